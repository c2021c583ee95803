import { DownloadOutlined } from '@ant-design/icons';
import { CopyButton } from '@shared/components/CopyButton';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageLoading } from '@shared/components/PageLoading';
import { downloadText } from '@shared/lib/download';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { type JobDetail, specYamlQuery } from '../api';
import { read, textOf } from '../model/document';
import { Reproduce } from './Reproduce';

const YamlEditor = lazy(() => import('./YamlEditor'));

/** What the job was made of, and the specification as it was submitted. */
export function SpecTab({ job }: { job: JobDetail }) {
  const { t } = useTranslation('jobs');
  const { data, error, refetch } = useQuery(specYamlQuery(job.project_id, job.id, job.generation));
  if (error && data === undefined) return <ErrorPanel error={error} retry={() => void refetch()} />;
  if (data === undefined) return <PageLoading />;
  const text = textOf(read(data).value ?? {});
  return (
    <Flex vertical gap={12}>
      <Reproduce job={job} />
      <Flex gap={8}>
        <CopyButton wordy size="middle" text={text} />
        <Button icon={<DownloadOutlined />} onClick={() => downloadText(`${job.name}.yaml`, text, 'application/yaml')}>
          {t('download')}
        </Button>
      </Flex>
      <Suspense fallback={<PageLoading />}>
        <YamlEditor label={t('tabs.spec')} text={text} />
      </Suspense>
    </Flex>
  );
}
