import { StatusTag } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useSaid } from '@shared/i18n/said';
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LinkCheck } from '../api';

/** Each step, how it stands, and who must do what where it does not hold. */
export function ChecksTable({ checks, label }: { checks: readonly LinkCheck[]; label: string }) {
  const { t } = useTranslation('federation');
  const key = useKey();
  const said = useSaid();
  return (
    <section aria-label={label}>
      <Table<LinkCheck>
        rowKey="check"
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={[...checks]}
        columns={[
          { title: t('check'), render: (_, one) => key(`federation:checkName.${one.check}`, { fallback: one.check }) },
          { title: t('state'), render: (_, one) => <StatusTag status={one.state} /> },
          {
            title: t('found'),
            render: (_, one) => <div className="link-found">{said([one.said], one.text)}</div>,
          },
          {
            title: t('who'),
            render: (_, one) => (one.state === 'fine' || !one.who ? '' : one.who === 'us' ? t('us') : t('them')),
          },
          {
            title: t('took'),
            align: 'end',
            render: (_, one) => (one.milliseconds === null ? '' : `${one.milliseconds} ms`),
          },
          { title: t('since'), render: (_, one) => <RelativeTime at={one.since} /> },
        ]}
      />
    </section>
  );
}
