import { ApiOutlined, DownloadOutlined } from '@ant-design/icons';
import { API } from '@shared/api/http';
import { can } from '@shared/components/Can';
import { CopyButton } from '@shared/components/CopyButton';
import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageLoading } from '@shared/components/PageLoading';
import { Bytes, RelativeTime } from '@shared/components/values';
import { useHeld, useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Flex, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Artifact, artifactsQuery, type Job, jobPath } from '../api';

/** What the server of models reads; a .json is XGBoost's, unless it is the example beside a model. */
const isServed = (name: string) => /\.(npz|onnx|ubj|json)$/.test(name) && !/(^|\/)example\.json$/.test(name);

/** What the job left behind, to be downloaded, checked, and deployed. */
export function ArtifactsTab({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  const { tenant, project } = useProject();
  const deploys = can(useHeld(), 'apps.deploy');
  const where = { tenant: tenant.slug, project: project.slug };
  const { data, error, isPending, refetch } = useQuery(artifactsQuery(job.project_id, job.id, job.version));
  if (isPending) return <PageLoading />;
  if (error && !data) return <ErrorPanel error={error} retry={() => void refetch()} />;
  if (!data || data.length === 0)
    return (
      <EmptyState title={t('artifacts.none')} command={'cp model.npz "$HANSE_ARTIFACTS/"'}>
        {t('artifacts.howTo')}
      </EmptyState>
    );
  return (
    <Table<Artifact>
      size="small"
      rowKey="id"
      dataSource={data}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: t('artifacts.name'),
          render: (_, { name, needed }) => (
            <>
              <strong>{name}</strong>{' '}
              {needed ? <Tag title={t('artifacts.neededWhy')}>{t('artifacts.needed')}</Tag> : null}
            </>
          ),
        },
        {
          title: t('artifacts.size'),
          align: 'right',
          dataIndex: 'size_bytes',
          render: (size: number) => <Bytes value={size} />,
        },
        {
          title: t('artifacts.sha256'),
          dataIndex: 'sha256',
          render: (digest: string) => (
            <span>
              <code className="mono" title={digest}>
                {digest.slice(0, 16)}…
              </code>
              <CopyButton text={digest} label={t('artifacts.copyDigest')} />
            </span>
          ),
        },
        { title: t('replicas.attempt'), align: 'right', dataIndex: 'attempt' },
        { title: t('replicas.rank'), align: 'right', dataIndex: 'rank' },
        { title: t('columns.created'), dataIndex: 'created_at', render: (at: string) => <RelativeTime at={at} /> },
        {
          title: '',
          render: (_, artifact) => (
            <Flex gap={8} justify="flex-end">
              {deploys && isServed(artifact.name) ? (
                <Link
                  to="/t/$tenant/p/$project/apps/new"
                  params={where}
                  search={{ job: job.id, artifact: artifact.name, name: job.name }}
                >
                  <Button icon={<ApiOutlined />}>{t('artifacts.deploy')}</Button>
                </Link>
              ) : null}
              <Button
                icon={<DownloadOutlined />}
                href={`${API}${jobPath(job.project_id, job.id, `artifacts/${artifact.id}/download/`)}`}
                download={artifact.name}
                aria-label={t('artifacts.download', { name: artifact.name })}
              >
                {t('download')}
              </Button>
            </Flex>
          ),
        },
      ]}
    />
  );
}
