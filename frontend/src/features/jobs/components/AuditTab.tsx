import { http, type Page } from '@shared/api/http';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageLoading } from '@shared/components/PageLoading';
import { RelativeTime } from '@shared/components/values';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Empty, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Job } from '../api';

interface Entry {
  id: string;
  at: string;
  actor_label: string;
  token_label: string;
  action: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  address: string;
  request_id: string;
}

const auditQuery = (job: Job) =>
  queryOptions({
    queryKey: ['projects', job.project_id, 'job', job.id, 'audit', job.version],
    queryFn: ({ signal }) =>
      http.get<Page<Entry>>(`/tenants/${job.tenant_id}/audit/`, { query: { subject: job.id, limit: 200 }, signal }),
  });

/** Every act on this job: who, with which token, from where, and what it changed. */
export function AuditTab({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  const { data, error, isPending, refetch } = useQuery(auditQuery(job));
  if (isPending) return <PageLoading />;
  if (error && !data) return <ErrorPanel error={error} retry={() => void refetch()} />;
  if (!data || data.results.length === 0) return <Empty description={t('audit.none')} />;
  return (
    <Table<Entry>
      size="small"
      rowKey="id"
      dataSource={data.results}
      pagination={false}
      scroll={{ x: 'max-content' }}
      expandable={{
        rowExpandable: (entry) => Boolean(entry.before ?? entry.after),
        expandedRowRender: (entry) => (
          <pre className="mono code-block">{JSON.stringify({ before: entry.before, after: entry.after }, null, 2)}</pre>
        ),
      }}
      columns={[
        { title: t('audit.at'), render: (_, entry) => <RelativeTime at={entry.at} /> },
        {
          title: t('audit.who'),
          render: (_, entry) => (entry.token_label ? `${entry.actor_label} (${entry.token_label})` : entry.actor_label),
        },
        {
          title: t('audit.action'),
          dataIndex: 'action',
          render: (action: string) => <code className="mono">{action}</code>,
        },
        { title: t('audit.from'), dataIndex: 'address', className: 'tabular' },
        {
          title: t('audit.request'),
          dataIndex: 'request_id',
          render: (id: string) => <code className="mono">{id}</code>,
        },
      ]}
    />
  );
}
