import type { Page } from '@shared/api/http';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { ProgressBar } from '@shared/components/ProgressBar';
import { StatusTag } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { formatBytes, formatNumber } from '@shared/lib/units';
import { useStream } from '@shared/live/useStream';
import { useProject } from '@shared/session/place';
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Version, versionsQuery } from '../api';

/** Versions of a dataset, each as far as its worker has told. */
export function useVersions(project: { id: string }, dataset: string) {
  const { tenant } = useProject();
  const cache = useQueryClient();
  const options = versionsQuery(project.id, dataset);
  useStream(
    { tenant: tenant.id, project: project.id, kinds: ['dataset-version'] },
    {
      onEvent: ({ object_id, op, object }) => {
        const told = object as Version | null;
        if (op === 'removed' || told?.dataset_id === dataset)
          cache.setQueryData<Page<Version>>(options.queryKey, (page) => page && withTold(page, object_id, told));
      },
      onLost: () => void cache.invalidateQueries({ queryKey: options.queryKey, exact: true }),
    },
  );
  return useQuery(options);
}

function withTold(page: Page<Version>, id: string, told: Version | null): Page<Version> {
  const known = page.results.find((row) => row.id === id);
  if (!told) return { ...page, results: page.results.filter((row) => row.id !== id) };
  if (!known) return { ...page, results: [told, ...page.results] };
  if (known.version >= told.version) return page;
  return { ...page, results: page.results.map((row) => (row.id === id ? told : row)) };
}

/** What a version is doing, in the words that all states have. */
export function State({ version }: { version: Version }) {
  const { t } = useTranslation('datasets');
  if (version.deleting) return <StatusTag status="deleting" />;
  const copying = version.phase === 'copying';
  return (
    <Flex gap={8} align="center">
      <StatusTag status={copying ? 'running' : version.phase} {...(version.why ? { reason: version.why } : {})} />
      {copying && (
        <ProgressBar
          share={version.files ? version.copied_files / version.files : 0}
          label={t('copied', { number: version.number })}
          width={120}
        />
      )}
    </Flex>
  );
}

interface Props {
  query: UseQueryResult<Page<Version>>;
  shown?: string;
  onShow: (number: number) => void;
}

export function VersionTable({ query, shown, onShow }: Props) {
  const { t, i18n } = useTranslation('datasets');
  if (query.error) return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  return (
    <section aria-label={t('versions')}>
      <Table<Version>
        size="small"
        rowKey="id"
        loading={query.isPending}
        dataSource={query.data?.results ?? []}
        pagination={false}
        locale={{ emptyText: t('noVersions') }}
        rowClassName={({ id }) => (id === shown ? 'ant-table-row-selected' : '')}
        columns={[
          {
            key: 'number',
            title: t('version'),
            render: (_, { number, id }) => (
              <Button
                type="link"
                size="small"
                style={{ padding: 0 }}
                aria-pressed={id === shown}
                onClick={() => onShow(number)}
              >
                {t('versionNumber', { number })}
              </Button>
            ),
          },
          { key: 'state', title: t('state'), render: (_, version) => <State version={version} /> },
          {
            key: 'files',
            title: t('files'),
            align: 'right',
            className: 'tabular',
            render: (_, { files }) => (files === null ? '—' : formatNumber(files, i18n.language)),
          },
          {
            key: 'size',
            title: t('size'),
            align: 'right',
            className: 'tabular',
            render: (_, { size_bytes }) => (size_bytes === null ? '—' : formatBytes(size_bytes, i18n.language)),
          },
          {
            key: 'digest',
            title: t('digest'),
            render: (_, { digest }) => <code className="mono">{digest ? `${digest.slice(0, 12)}…` : '—'}</code>,
          },
          { key: 'note', title: t('note'), dataIndex: 'note' },
          { key: 'by', title: t('by'), render: (_, { created_by }) => created_by.name },
          { key: 'made', title: t('made'), render: (_, { created_at }) => <RelativeTime at={created_at} /> },
        ]}
      />
    </section>
  );
}
