import { ApiOutlined } from '@ant-design/icons';
import type { ApiCall } from '@shared/lib/curl';
import { Button, Flex, Popover, Spin } from 'antd';
import { Fragment, lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  title: ReactNode;
  /** The way here, as links. */
  trail?: readonly ReactNode[];
  /** One line below the title: state, numbers, names. */
  facts?: ReactNode;
  /** At most one of them primary. */
  actions?: ReactNode;
  /** What this page reads or does, for "as API | CLI". */
  api?: ApiCall;
}

export function PageHeader({ title, trail = [], facts, actions, api }: Props) {
  const { t } = useTranslation();
  return (
    <header className="page-header">
      <Flex justify="space-between" align="flex-start" gap={16} wrap>
        <div style={{ minWidth: 0 }}>
          {trail.length > 0 ? (
            <nav aria-label={t('trail')} className="muted">
              {trail.map((step, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a trail never reorders.
                <Fragment key={index}>
                  {step}
                  <span aria-hidden="true"> / </span>
                </Fragment>
              ))}
            </nav>
          ) : null}
          <h1>{title}</h1>
          {facts ? <div className="muted page-facts">{facts}</div> : null}
        </div>
        <Flex gap={8} align="center" wrap>
          {api ? <AsApi call={api} /> : null}
          {actions}
        </Flex>
      </Flex>
    </header>
  );
}

// Loaded when somebody asks: the first page does without it.
const Ways = lazy(() => import('./Ways'));

/** The same as a call of the API, as a command line, and as a program. */
export function AsApi({ call }: { call: ApiCall }) {
  const { t } = useTranslation();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('asApi.title')}
      content={
        <Suspense fallback={<Spin size="small" />}>
          <Ways call={call} />
        </Suspense>
      }
    >
      <Button type="text" icon={<ApiOutlined />}>
        {t('asApi.button')}
      </Button>
    </Popover>
  );
}
