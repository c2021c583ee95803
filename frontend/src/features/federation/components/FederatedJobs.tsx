import { StatusIcon } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { useSaid } from '@shared/i18n/said';
import type { SessionTenant } from '@shared/session/session';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type FederatedJob, federatedJobPagesQuery, federatedJobsKey } from '../jobs';
import { PagedTable } from './PagedTable';
import { Waits } from './Waits';

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
  return (
    <PagedTable<FederatedJob>
      tenant={tenant}
      kind="federated-job"
      pages={federatedJobPagesQuery(tenant.id, contract ? { contract } : {})}
      changes={federatedJobsKey(tenant.id)}
      label={t('federatedJobs')}
      none={t('noJobs')}
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
        { title: t('waitsFor'), render: (_, one) => <div className="link-found">{said(one.said, one.waits_for)}</div> },
        { title: t('since'), render: (_, one) => <RelativeTime at={one.created_at} /> },
      ]}
    />
  );
}

export function OfferedJob({ job, slug }: { job: FederatedJob; slug: string }) {
  const { t } = useTranslation('federation');
  return (
    <Waits
      name={job.name}
      number={job.partner.number}
      partner={job.partner.name}
      state={<JobPhase phase={job.phase} />}
      text={t('offeredJobText')}
      action={
        <Link to="/t/$tenant/parties/jobs/$federated" params={{ tenant: slug, federated: job.id }}>
          {t('read')}
        </Link>
      }
    />
  );
}
