import { ApiOutlined } from '@ant-design/icons';
import { type ApiCall, apiLine, curl } from '@shared/lib/curl';
import { Button, Flex, Popover } from 'antd';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './CopyButton';

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

/** The same as a call of the API and as a command line. */
export function AsApi({ call }: { call: ApiCall }) {
  const { t } = useTranslation();
  const line = apiLine(call);
  const command = curl(call);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('asApi.title')}
      content={
        <div style={{ width: 'min(620px, 80vw)' }}>
          <Shown label={t('asApi.call')} text={line} />
          <Shown label={t('asApi.command')} text={command} />
          <p className="muted" style={{ marginBottom: 0 }}>
            {t('asApi.token')}
          </p>
        </div>
      }
    >
      <Button type="text" icon={<ApiOutlined />}>
        {t('asApi.button')}
      </Button>
    </Popover>
  );
}

function Shown({ label, text }: { label: string; text: string }) {
  return (
    <div style={{ marginBottom: 8 }}>
      <Flex justify="space-between" align="center">
        <span className="muted">{label}</span>
        <CopyButton text={text} />
      </Flex>
      <pre className="mono code-block">{text}</pre>
    </div>
  );
}
