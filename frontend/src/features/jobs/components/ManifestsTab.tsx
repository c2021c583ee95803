import { DownloadOutlined } from '@ant-design/icons';
import { failureOf, useOperation } from '@shared/api/operations';
import { CopyButton } from '@shared/components/CopyButton';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageLoading } from '@shared/components/PageLoading';
import { downloadText } from '@shared/lib/download';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { type JobDetail, manifestsQuery } from '../api';

const YamlEditor = lazy(() => import('./YamlEditor'));

/** What the newest attempt is in its Kubernetes cluster. A worker renders it, as it is rendered to be applied. */
export function ManifestsTab({ job }: { job: JobDetail }) {
  const { t } = useTranslation('jobs');
  const { data: asked, error, refetch } = useQuery(manifestsQuery(job.project_id, job.id, job.attempt));
  const operation = useOperation(asked?.id ?? '');
  const failure = error ?? failureOf(operation);
  if (failure) return <ErrorPanel error={failure} retry={() => void refetch()} />;
  if (operation?.state !== 'succeeded') return <PageLoading />;
  const { yaml, pods_left_out: leftOut } = operation.result as { yaml: string; pods_left_out: number };
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} align="center" wrap>
        <CopyButton wordy size="middle" text={yaml} />
        <Button
          icon={<DownloadOutlined />}
          onClick={() => downloadText(`${job.name}-${job.attempt}.yaml`, yaml, 'application/yaml')}
        >
          {t('download')}
        </Button>
        <span className="muted">
          {t('manifests.about')} {leftOut > 0 && t('manifests.leftOut', { count: leftOut })}
        </span>
      </Flex>
      <Suspense fallback={<PageLoading />}>
        <YamlEditor label={t('tabs.manifests')} text={yaml} />
      </Suspense>
    </Flex>
  );
}
