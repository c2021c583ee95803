import { can } from '@shared/components/Can';
import { CopyButton } from '@shared/components/CopyButton';
import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { StatusTag } from '@shared/components/StatusTag';
import { ExactTime, RelativeTime } from '@shared/components/values';
import { useLiveObject, useLivePage } from '@shared/live/useStream';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { useTenant } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { healthOf, type Partner, type Party, partnersPath, partnersQuery, partyPath, partyQuery } from '../api';
import { Invite, ReadLetter } from '../components/Asking';
import { ChecksTable } from '../components/ChecksTable';
import { ContractsOf, OfferedContract } from '../components/ContractsTable';
import { FederatedJobsOf, OfferedJob } from '../components/FederatedJobs';
import { PartyForm } from '../components/PartyForm';
import { PartyMap } from '../components/PartyMap';
import { Waits } from '../components/Waits';
import { contractsQuery } from '../contracts';
import { federatedJobsQuery } from '../jobs';
import '../federation.css';

export function PartiesPage() {
  const { t } = useTranslation('federation');
  const { t: shared } = useTranslation();
  const tenant = useTenant();
  const party = useQuery(partyQuery(tenant.id));
  const [describing, setDescribing] = useState(false);
  useLiveObject<Party>(partyQuery(tenant.id).queryKey, { tenant: tenant.id, kinds: ['party'] });
  if (party.error) return <ErrorPanel error={party.error} retry={() => void party.refetch()} />;
  if (party.data === undefined) return <PageLoading />;
  const mayManage = can(tenant, 'parties.manage');
  const form = (
    <PartyForm open={describing} tenant={tenant.id} party={party.data} onClose={() => setDescribing(false)} />
  );
  if (party.data === null)
    return (
      <div className="page">
        <PageHeader
          title={shared('pages.parties')}
          facts={<span>{t('intro')}</span>}
          api={{ method: 'GET', path: partyPath(tenant.id) }}
        />
        <EmptyState
          title={t('noParty')}
          action={
            mayManage && (
              <Button type="primary" onClick={() => setDescribing(true)}>
                {t('describe')}
              </Button>
            )
          }
        >
          {t('noPartyText')}
        </EmptyState>
        {form}
      </div>
    );
  return (
    <>
      <OfParty party={party.data} {...(mayManage && { onChange: () => setDescribing(true) })} />
      {form}
    </>
  );
}

function OfParty({ party, onChange }: { party: Party; onChange?: () => void }) {
  const { t } = useTranslation('federation');
  const { t: shared } = useTranslation();
  const tenant = useTenant();
  const navigate = useNavigate();
  const [view] = useView<ListSearch>();
  const options = partnersQuery(tenant.id, view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<Partner>(options.queryKey, { tenant: tenant.id, kinds: ['partner'] });
  const [asking, setAsking] = useState<'invite' | 'read' | null>(null);
  const decides = can(tenant, 'partners.decide');
  const offered = useQuery(contractsQuery(tenant.id, { phase: 'offered' })).data?.results ?? [];
  const offeredJobs = useQuery(federatedJobsQuery(tenant.id, { phase: 'offered' })).data?.results ?? [];
  const partners = query.data?.results ?? [];
  const waiting = partners.filter(({ phase }) => phase === 'asked' || phase === 'answered');
  const open = (partner: Partner) =>
    void navigate({ to: '/t/$tenant/parties/$partner', params: { tenant: tenant.slug, partner: partner.id } });
  const dialog = { tenant: tenant.id, onClose: () => setAsking(null), onDone: open };
  const called = (partner: Partner) => partner.name || (partner.number ?? t('unnamed'));
  const columns: Column<Partner>[] = [
    {
      key: 'name',
      title: t('partner'),
      always: true,
      render: (partner) => (
        <Link to="/t/$tenant/parties/$partner" params={{ tenant: tenant.slug, partner: partner.id }}>
          {called(partner)}
        </Link>
      ),
    },
    { key: 'number', title: t('number'), numeric: true, render: ({ number }) => number ?? '—' },
    { key: 'phase', title: t('phase'), render: ({ phase }) => <StatusTag status={phase} /> },
    { key: 'link', title: t('link'), render: (partner) => <StatusTag status={healthOf(partner)} /> },
    { key: 'heard', title: t('lastPing'), render: ({ heard_at }) => <RelativeTime at={heard_at} /> },
    {
      key: 'issued',
      title: t('issued'),
      render: ({ issued_until }) => issued_until && <ExactTime at={issued_until} />,
    },
    { key: 'given', title: t('given'), render: ({ given_until }) => given_until && <ExactTime at={given_until} /> },
  ];
  const actions = decides && (
    <>
      <Button onClick={() => setAsking('read')}>{t('readLetter')}</Button>
      <Button type="primary" onClick={() => setAsking('invite')}>
        {t('invite')}
      </Button>
    </>
  );
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.parties')}
        facts={
          <>
            <strong>
              {party.number} {party.name}
            </strong>
            <span>{party.cluster}</span>
            <span>{party.contact}</span>
          </>
        }
        actions={
          <>
            {onChange && <Button onClick={onChange}>{t('change')}</Button>}
            {actions}
          </>
        }
        api={{ method: 'GET', path: partnersPath(tenant.id), query: view }}
      />
      {waiting.length + offered.length + offeredJobs.length > 0 && (
        <section aria-label={t('waits')} className="party-waits">
          {offered.map((contract) => (
            <OfferedContract key={contract.id} contract={contract} slug={tenant.slug} />
          ))}
          {offeredJobs.map((job) => (
            <OfferedJob key={job.id} job={job} slug={tenant.slug} />
          ))}
          {waiting.map((partner) => (
            <Waits
              key={partner.id}
              name={called(partner)}
              number={partner.number}
              state={<StatusTag status={partner.phase} />}
              text={t('waitsText')}
              action={
                <Button size="small" onClick={() => open(partner)}>
                  {t('decide')}
                </Button>
              }
            />
          ))}
        </section>
      )}
      <PartyMap party={party} partners={partners} slug={tenant.slug} />
      <ResourceTable
        name="partners"
        label={t('partners')}
        query={query}
        columns={columns}
        changes={changes}
        onRefresh={() => void refresh()}
        empty={
          <EmptyState title={t('empty')} action={actions}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      <h2>{t('contracts')}</h2>
      <ContractsOf tenant={tenant} />
      <h2>{t('federatedJobs')}</h2>
      <FederatedJobsOf tenant={tenant} />
      <h2>{t('ourCluster')}</h2>
      <ChecksTable checks={party.checks} label={t('ourCluster')} />
      <h2>{t('ourWords')}</h2>
      <p className="muted">{t('ourWordsHelp')}</p>
      <p className="party-words">
        {party.fingerprint} <CopyButton text={party.fingerprint} />
      </p>
      <Invite open={asking === 'invite'} {...dialog} />
      <ReadLetter open={asking === 'read'} {...dialog} />
    </div>
  );
}
