import { can } from '@shared/components/Can';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { StatusTag } from '@shared/components/StatusTag';
import { ExactTime } from '@shared/components/values';
import { useStream } from '@shared/live/useStream';
import { useTenant } from '@shared/session/place';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button, Descriptions, Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PartnerDetail, partnerPath, partnerQuery, partyQuery } from '../api';
import { Acts } from '../components/Acts';
import { ChecksTable } from '../components/ChecksTable';
import { ContractsOf } from '../components/ContractsTable';
import { Letters } from '../components/Letters';
import { ProposeContract } from '../components/ProposeContract';
import '../federation.css';

export function PartnerPage() {
  const { t } = useTranslation('federation');
  const { t: shared } = useTranslation();
  const tenant = useTenant();
  const cache = useQueryClient();
  const { partner: id } = useParams({ strict: false }) as { partner: string };
  const options = partnerQuery(tenant.id, id);
  const query = useQuery(options);
  const party = useQuery(partyQuery(tenant.id));
  const [proposing, setProposing] = useState(false);
  const reread = () => void cache.invalidateQueries({ queryKey: options.queryKey, exact: true });
  useStream(
    { tenant: tenant.id, kinds: ['partner', 'contract'] },
    // A letter about a contract is one of the partner's letters too.
    { onEvent: (event) => (event.object_id === id || event.kind === 'contract') && reread(), onLost: reread },
  );
  if (query.error) return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <PageLoading />;
  const partner = query.data;
  const ours = partner.phase === 'ready' && can(tenant, 'partners.decide') ? party.data : null;
  return (
    <div className="page">
      <PageHeader
        title={partner.name || (partner.number ?? t('unnamed'))}
        trail={[
          <Link key="all" to="/t/$tenant/parties" params={{ tenant: tenant.slug }}>
            {shared('pages.parties')}
          </Link>,
        ]}
        facts={
          <>
            <StatusTag status={partner.phase} />
            {partner.cluster && <span>{partner.cluster}</span>}
            {partner.contact && <a href={`mailto:${partner.contact}`}>{partner.contact}</a>}
          </>
        }
        actions={
          <>
            {ours && <Button onClick={() => setProposing(true)}>{t('propose')}</Button>}
            <Acts partner={partner} tenant={tenant} />
          </>
        }
        api={{ method: 'GET', path: partnerPath(tenant.id, id) }}
      />
      <Progress partner={partner} />
      <Notes partner={partner} />
      <About partner={partner} />
      <h2>{t('contracts')}</h2>
      <ContractsOf tenant={tenant} partner={partner.id} />
      {ours && partner.number !== null && (
        <ProposeContract
          open={proposing}
          tenant={tenant}
          ours={ours.number}
          partner={{ id: partner.id, number: partner.number, name: partner.name }}
          onClose={() => setProposing(false)}
        />
      )}
      <h2>{t('checks')}</h2>
      {partner.checks.length > 0 ? (
        <ChecksTable checks={partner.checks} label={t('checks')} />
      ) : (
        <p className="muted">{t('noChecks')}</p>
      )}
      <h2>{t('letters')}</h2>
      <Letters letters={partner.letters} number={partner.number} />
    </div>
  );
}

const STEP: Record<string, number> = { invited: 0, asked: 0, answered: 1, accepted: 1, joining: 2, ready: 3 };

function Progress({ partner }: { partner: PartnerDetail }) {
  const { t } = useTranslation('federation');
  const step = STEP[partner.phase];
  if (step === undefined) return null;
  const ours = partner.phase === 'asked' || partner.phase === 'answered';
  const theirs = partner.phase === 'invited' || partner.phase === 'accepted';
  return (
    <>
      <Steps
        size="small"
        current={step}
        className="party-steps"
        items={[
          { title: t('steps.invited') },
          { title: t('steps.checked') },
          { title: t('steps.joining') },
          { title: t('steps.ready'), ...(step === 3 && { status: 'finish' as const }) },
        ]}
      />
      {(ours || theirs) && <p className="muted">{ours ? t('waitsForUs') : t('waitsForThem')}</p>}
    </>
  );
}

function Notes({ partner }: { partner: PartnerDetail }) {
  const { t } = useTranslation('federation');
  const ended = ['suspended', 'cut', 'refused', 'left'].includes(partner.phase);
  const silent =
    partner.cut_at && partner.silent_at
      ? (new Date(partner.silent_at).getTime() - new Date(partner.cut_at).getTime()) / 1000
      : null;
  return (
    <>
      {partner.note && (
        <Alert
          type={ended ? 'warning' : 'info'}
          showIcon
          title={ended ? t(partner.ended_by_them ? 'endedByThem' : 'endedByUs', { note: partner.note }) : partner.note}
        />
      )}
      {partner.phase === 'cut' && silent !== null && <p>{t('silentAfter', { seconds: silent.toFixed(1) })}</p>}
    </>
  );
}

function About({ partner }: { partner: PartnerDetail }) {
  const { t } = useTranslation('federation');
  const token = (role: string, until: string | null, suffix = '') =>
    role ? (
      <span>
        <code className="mono">{role}</code>{' '}
        {until && (
          <>
            {t('until')} <ExactTime at={until} />
          </>
        )}{' '}
        {suffix}
      </span>
    ) : (
      '—'
    );
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, md: 2 }}
      items={[
        { key: 'number', label: t('number'), children: partner.number ?? '—' },
        { key: 'agreement', label: t('agreement'), children: <code className="mono">{partner.agreement}</code> },
        { key: 'web', label: t('webUrl'), children: partner.web_url || '—' },
        { key: 'service', label: t('serviceUrl'), children: partner.service_url || '—' },
        {
          key: 'issued',
          label: t('issued'),
          children: token(partner.issued_role, partner.issued_until, partner.rotating ? t('rotating') : ''),
        },
        { key: 'given', label: t('given'), children: token(partner.given_role, partner.given_until) },
      ]}
    />
  );
}
