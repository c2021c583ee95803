import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { Duration, ExactTime, RelativeTime } from '@shared/components/values';
import { useSaid } from '@shared/i18n/said';
import { useTenant } from '@shared/session/place';
import type { SessionTenant } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Descriptions, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { FederatedJobActs } from '../components/FederatedJobActs';
import { JobPhase, PartState } from '../components/FederatedJobs';
import { Letters } from '../components/Letters';
import { useReread } from '../components/useReread';
import {
  type FederatedEvent,
  type FederatedJobDetail,
  federatedJobPath,
  federatedJobQuery,
  federatedJobsKey,
} from '../jobs';
import '../federation.css';

export function FederatedJobPage() {
  const { t } = useTranslation('federation');
  const { t: shared } = useTranslation();
  const tenant = useTenant();
  const said = useSaid();
  const { federated: id } = useParams({ strict: false }) as { federated: string };
  const query = useQuery(federatedJobQuery(tenant.id, id));
  useReread(tenant, 'federated-job', federatedJobsKey(tenant.id));
  if (query.error) return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <PageLoading />;
  const job = query.data;
  return (
    <div className="page">
      <PageHeader
        title={job.name}
        trail={[
          <Link key="all" to="/t/$tenant/parties" params={{ tenant: tenant.slug }}>
            {shared('pages.parties')}
          </Link>,
          <Link
            key="contract"
            to="/t/$tenant/parties/contracts/$contract"
            params={{ tenant: tenant.slug, contract: job.contract_id }}
          >
            {job.contract_name}
          </Link>,
        ]}
        facts={
          <>
            <JobPhase phase={job.phase} />
            <span>
              {t('round')} {job.round} / {job.rounds}
            </span>
            <span>
              {job.partner.number} {job.partner.name}
            </span>
          </>
        }
        actions={<FederatedJobActs job={job} tenant={tenant} />}
        api={{ method: 'GET', path: federatedJobPath(tenant.id, id) }}
      />
      {job.said.length > 0 && (
        <Alert
          type={job.theirs.silent_at ? 'warning' : 'info'}
          showIcon
          title={said(job.said, job.waits_for)}
          description={
            job.theirs.silent_at &&
            job.theirs.lost_at && (
              <>
                {t('givenUpAt')} <ExactTime at={job.theirs.lost_at} />
              </>
            )
          }
        />
      )}
      {job.why && (
        <Alert
          type={job.outcome === 'succeeded' ? 'success' : 'warning'}
          showIcon
          title={said(job.why_said && [job.why_said], job.why)}
          description={job.outcome !== 'succeeded' && t(job.ended_by_them ? 'cameFromThem' : 'cameFromUs')}
        />
      )}
      <h2>{t('parts')}</h2>
      <Parts job={job} tenant={tenant} />
      <h2>{t('agreedHere')}</h2>
      <Agreed job={job} />
      <h2>{t('timeline')}</h2>
      <Timeline job={job} />
      <h2>{t('letters')}</h2>
      <Letters letters={job.letters} number={job.partner.number} />
    </div>
  );
}

interface Side {
  number: number;
  us: boolean;
  part: FederatedJobDetail['ours']['part'];
  since: string;
  round: number;
  channels_open: boolean;
}

function Parts({ job, tenant }: { job: FederatedJobDetail; tenant: SessionTenant }) {
  const { t } = useTranslation('federation');
  const sides: Side[] = [
    { number: job.our_number, us: true, ...job.ours },
    { number: job.partner.number, us: false, ...job.theirs },
  ];
  const { job: ours } = job.ours;
  return (
    <section aria-label={t('parts')}>
      <Table<Side>
        rowKey="number"
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={sides}
        columns={[
          { title: t('whose'), render: (_, side) => `${side.number} (${t(side.us ? 'us' : 'them')})` },
          { title: t('state'), render: (_, side) => <PartState part={side.part} /> },
          { title: t('since'), render: (_, side) => <RelativeTime at={side.since} /> },
          { title: t('round'), align: 'end', render: (_, side) => `${side.round} / ${job.rounds}` },
          { title: t('channels'), render: (_, side) => t(side.channels_open ? 'channelsOpen' : 'channelsNotOpen') },
          {
            title: t('jobOfPart'),
            render: (_, side) =>
              side.us && ours ? (
                <Link
                  to="/t/$tenant/p/$project/jobs/$job"
                  params={{ tenant: tenant.slug, project: ours.project_slug, job: ours.id }}
                >
                  {t('openJob')}
                </Link>
              ) : (
                <span className="muted">{t(side.us ? 'noJobYet' : 'theirJob')}</span>
              ),
          },
          {
            title: t('heard'),
            render: (_, side) => (side.us ? '' : <RelativeTime at={job.theirs.heard_at} />),
          },
        ]}
      />
    </section>
  );
}

function Agreed({ job }: { job: FederatedJobDetail }) {
  const { t } = useTranslation('federation');
  const parameters = Object.entries(job.parameters).map(([name, value]) => `${name} = ${String(value)}`);
  return (
    <Descriptions
      size="small"
      column={1}
      items={[
        {
          key: 'proposed',
          label: t('proposedBy'),
          children: job.proposed_by_them ? job.partner.number : job.our_number,
        },
        { key: 'patience', label: t('patience'), children: <Duration seconds={job.patience_seconds} /> },
        {
          key: 'parameters',
          label: t('parameters'),
          children: parameters.length ? <code className="mono">{parameters.join(', ')}</code> : t('noParameters'),
        },
        ...(job.ours.given_by ? [{ key: 'given', label: t('givenBy'), children: job.ours.given_by }] : []),
        { key: 'shared', label: t('sharedId'), children: <code className="mono">{job.federated_job}</code> },
      ]}
    />
  );
}

/** What happened here and what they told, in the order in which it was known here. */
function Timeline({ job }: { job: FederatedJobDetail }) {
  const { t } = useTranslation('federation');
  const said = useSaid();
  return (
    <section aria-label={t('timeline')}>
      <Table<FederatedEvent>
        rowKey="id"
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={[...job.events]}
        columns={[
          { title: t('at'), render: (_, one) => <ExactTime at={one.at} /> },
          {
            title: t('whose'),
            render: (_, one) =>
              `${one.by_them ? job.partner.number : job.our_number} (${t(one.by_them ? 'them' : 'us')})`,
          },
          { title: t('happened'), render: (_, one) => <div className="link-found">{said([one.said], one.text)}</div> },
          { title: t('round'), align: 'end', render: (_, one) => one.round || '' },
        ]}
      />
    </section>
  );
}
