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
import { useWords } from '../words';
import styles from './jobs.module.css';

const YamlEditor = lazy(() => import('./YamlEditor'));

/** The specification as it was submitted, and what its needs were resolved to. */
export function SpecTab({ job }: { job: JobDetail }) {
  const { t } = useTranslation('jobs');
  const { amount } = useWords();
  const { data, error, refetch } = useQuery(specYamlQuery(job.project_id, job.id, job.generation));
  if (error && data === undefined) return <ErrorPanel error={error} retry={() => void refetch()} />;
  if (data === undefined) return <PageLoading />;
  const text = textOf(read(data).value ?? {});
  return (
    <Flex vertical gap={12}>
      <Flex gap={8}>
        <CopyButton wordy size="middle" text={text} />
        <Button icon={<DownloadOutlined />} onClick={() => downloadText(`${job.name}.yaml`, text, 'application/yaml')}>
          {t('download')}
        </Button>
      </Flex>
      {job.resolved.length > 0 && (
        <dl className={styles.facts}>
          <dt>{t('resolved')}</dt>
          <dd>
            {job.resolved
              .map((row) => t('resolvedRow', { role: row.role, amount: amount(row), flavor: row.flavor }))
              .join(' · ')}
          </dd>
        </dl>
      )}
      <Suspense fallback={<PageLoading />}>
        <YamlEditor label={t('tabs.spec')} text={text} />
      </Suspense>
    </Flex>
  );
}
