import { ErrorPanel } from '@shared/components/ErrorPanel';
import { StatusIcon } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { useSaid } from '@shared/i18n/said';
import { useStream } from '@shared/live/useStream';
import type { SessionTenant } from '@shared/session/session';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Flex, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { type FederatedJob, federatedJobPagesQuery, federatedJobsKey } from '../jobs';

const ICONS: Partial<Record<FederatedJob['phase'] | FederatedJob['ours']['part'], string>> = {
  ready: 'waiting',
  ending: 'draining',
  none: 'unknown',
};

/** How far the whole is. */
export function JobPhase({ phase }: { phase: FederatedJob['phase'] }) {
  const { t } = useTranslation('federation');
  return (
    <span className="channels-state">
      <StatusIcon status={ICONS[phase] ?? phase} /> {t(`jobPhase.${phase}`)}
    </span>
  );
}

/** How far one side's part is. */
export function PartState({ part }: { part: FederatedJob['ours']['part'] }) {
  const { t } = useTranslation('federation');
  return (
    <span className="channels-state">
      <StatusIcon status={ICONS[part] ?? part} /> {t(`part.${part}`)}
    </span>
  );
}

/** Those of all contracts, or of one: what waits for whom, what runs, what was. */
export function FederatedJobsOf({ tenant, contract }: { tenant: SessionTenant; contract?: string }) {
  const { t } = useTranslation('federation');
  const said = useSaid();
  const cache = useQueryClient();
  const query = useInfiniteQuery(federatedJobPagesQuery(tenant.id, contract ? { contract } : {}));
  const jobs = query.data?.pages.flatMap(({ results }) => results) ?? [];
  const reread = () => void cache.invalidateQueries({ queryKey: federatedJobsKey(tenant.id) });
  useStream({ tenant: tenant.id, kinds: ['federated-job'] }, { onEvent: reread, onLost: reread });
  if (query.error) return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  if (query.data && jobs.length === 0) return <p className="muted">{t('noJobs')}</p>;
  return (
    <section aria-label={t('federatedJobs')}>
      <Table<FederatedJob>
        rowKey="id"
        size="small"
        loading={query.isPending}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={jobs}
        columns={[
          {
            title: t('federatedJob'),
            render: (_, one) => (
              <Link to="/t/$tenant/parties/jobs/$federated" params={{ tenant: tenant.slug, federated: one.id }}>
                {one.name}
              </Link>
            ),
          },
          { title: t('state'), render: (_, one) => <JobPhase phase={one.phase} /> },
          { title: t('partner'), render: (_, one) => `${one.partner.number} ${one.partner.name}` },
          { title: t('round'), align: 'end', render: (_, one) => `${one.round} / ${one.rounds}` },
          {
            title: t('waitsFor'),
            render: (_, one) => <div className="link-found">{said(one.said, one.waits_for)}</div>,
          },
          { title: t('since'), render: (_, one) => <RelativeTime at={one.created_at} /> },
        ]}
      />
      {query.hasNextPage && (
        <Flex justify="center">
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('more')}
          </Button>
        </Flex>
      )}
    </section>
  );
}

export function OfferedJob({ job, slug }: { job: FederatedJob; slug: string }) {
  const { t } = useTranslation('federation');
  return (
    <Alert
      type="warning"
      showIcon
      title={
        <>
          <strong>{job.name}</strong> {job.partner.number} {job.partner.name} <JobPhase phase={job.phase} />
        </>
      }
      description={t('offeredJobText')}
      action={
        <Link to="/t/$tenant/parties/jobs/$federated" params={{ tenant: slug, federated: job.id }}>
          {t('read')}
        </Link>
      }
    />
  );
}
