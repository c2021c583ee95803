import { CopyButton } from '@shared/components/CopyButton';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { StatusTag } from '@shared/components/StatusTag';
import { ExactTime, useExactTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useTenant } from '@shared/session/place';
import type { SessionTenant } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Descriptions, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelsOf } from '../components/ChannelsOf';
import { ContractActs } from '../components/ContractActs';
import { ProposeJob } from '../components/FederatedJobActs';
import { FederatedJobsOf } from '../components/FederatedJobs';
import { Letters } from '../components/Letters';
import { useReread } from '../components/useReread';
import {
  type Contract,
  type ContractDetail,
  changedTerms,
  contractPath,
  contractQuery,
  contractsKey,
  contractsQuery,
} from '../contracts';
import '../federation.css';

export function ContractPage() {
  const { t } = useTranslation('federation');
  const { t: shared } = useTranslation();
  const tenant = useTenant();
  const exact = useExactTime();
  const { contract: id } = useParams({ strict: false }) as { contract: string };
  const query = useQuery(contractQuery(tenant.id, id));
  const shared_id = query.data?.contract ?? '';
  const editions = useQuery({ ...contractsQuery(tenant.id, { contract: shared_id }), enabled: shared_id !== '' });
  useReread(tenant, 'contract', contractsKey(tenant.id));
  if (query.error) return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <PageLoading />;
  const contract = query.data;
  const all = editions.data?.results ?? [];
  const waits = contract.phase === 'proposed' || contract.phase === 'offered';
  return (
    <div className="page">
      <PageHeader
        title={contract.terms.name}
        trail={[
          <Link key="all" to="/t/$tenant/parties" params={{ tenant: tenant.slug }}>
            {shared('pages.parties')}
          </Link>,
          <Link
            key="partner"
            to="/t/$tenant/parties/$partner"
            params={{ tenant: tenant.slug, partner: contract.partner.id }}
          >
            {contract.partner.name || contract.partner.number}
          </Link>,
        ]}
        facts={
          <>
            <StatusTag status={contract.phase} />
            <span>
              {t('edition')} {contract.edition}
            </span>
            {waits && <span>{t('endsUnsigned', { when: exact(contract.ends_at) })}</span>}
          </>
        }
        actions={
          <>
            <ProposeJob contract={contract} tenant={tenant} />
            <ContractActs contract={contract} tenant={tenant} />
          </>
        }
        api={{ method: 'GET', path: contractPath(tenant.id, id) }}
      />
      {contract.note && (
        <Alert
          type="warning"
          showIcon
          title={t(contract.ended_by_them ? 'endedByThem' : 'endedByUs', { note: contract.note })}
        />
      )}
      {contract.channels && <ChannelsOf channels={contract.channels} contract={contract.contract} />}
      {contract.channels && (
        <>
          <h2>{t('federatedJobs')}</h2>
          <FederatedJobsOf tenant={tenant} contract={contract.id} />
        </>
      )}
      <h2>{t('terms')}</h2>
      <TermsShown contract={contract} before={before(contract, all)} />
      <h2>{t('signatures')}</h2>
      <Signatures contract={contract} />
      {all.length > 1 && (
        <>
          <h2>{t('editions')}</h2>
          <Editions contract={contract} all={all} tenant={tenant} />
        </>
      )}
      <h2>{t('letters')}</h2>
      <Letters letters={contract.letters} number={contract.partner.number} />
    </div>
  );
}

/** The edition that stood when this one was proposed. */
const before = (contract: Contract, all: readonly Contract[]): Contract | null =>
  all
    .filter(({ edition, phase }) => edition < contract.edition && (phase === 'agreed' || phase === 'replaced'))
    .sort((one, other) => other.edition - one.edition)[0] ?? null;

function TermsShown({ contract, before }: { contract: ContractDetail; before: Contract | null }) {
  const { t } = useTranslation('federation');
  const key = useKey();
  const { terms } = contract;
  const changed: ReadonlySet<string> = before ? changedTerms(before.terms, terms) : new Set();
  const term = (path: string, label: string, children: ReactNode) => ({
    key: path,
    label,
    children: (
      <span>
        {children}{' '}
        {before && changed.has(path) && <Tag color="warning">{t('changedTerm', { edition: before.edition })}</Tag>}
      </span>
    ),
  });
  const sides = [contract.our_number, contract.partner.number].flatMap((number) => {
    const brought = terms.brings[String(number)];
    return brought
      ? [
          term(`brings.${number}.dataset`, t('brings', { number }), brought.dataset),
          term(`brings.${number}.columns`, t('columns'), <code className="mono">{brought.columns.join(', ')}</code>),
        ]
      : [];
  });
  return (
    <Descriptions
      size="small"
      bordered
      column={1}
      className="contract-terms"
      items={[
        term('purpose', t('purpose'), terms.purpose),
        ...sides,
        term(
          'algorithm',
          t('algorithm'),
          key(`federation:algorithmName.${terms.algorithm}`, { fallback: terms.algorithm }),
        ),
        term('rounds', t('rounds'), terms.rounds),
        term('megabytes', t('megabytes'), `${terms.megabytes} MB`),
        term('epsilon', t('epsilon'), terms.epsilon ?? t('noEpsilon')),
        term('model_at', t('modelAt'), terms.model_at.join(', ')),
        term('until', t('ends'), <ExactTime at={terms.until} />),
      ]}
    />
  );
}

function Signatures({ contract }: { contract: ContractDetail }) {
  const { t } = useTranslation('federation');
  const signature = (officer: string, number: number, at: string | null) =>
    at ? (
      <span>
        {t('signedBy', { officer, number })}, <ExactTime at={at} />
      </span>
    ) : (
      <span className="muted">{t('notSigned')}</span>
    );
  return (
    <Descriptions
      size="small"
      column={1}
      items={[
        {
          key: 'us',
          label: contract.our_number,
          children: signature(contract.our_officer, contract.our_number, contract.our_signature_at),
        },
        {
          key: 'them',
          label: contract.partner.number,
          children: signature(contract.their_officer, contract.partner.number, contract.their_signature_at),
        },
        {
          key: 'digest',
          label: t('digest'),
          children: (
            <span className="contract-digest">
              <code className="mono">{contract.digest}</code> <CopyButton text={contract.digest} />
            </span>
          ),
        },
      ]}
    />
  );
}

function Editions({ contract, all, tenant }: { contract: Contract; all: readonly Contract[]; tenant: SessionTenant }) {
  const { t } = useTranslation('federation');
  return (
    <ul aria-label={t('editions')}>
      {all.map((one) => (
        <li key={one.id}>
          <Link to="/t/$tenant/parties/contracts/$contract" params={{ tenant: tenant.slug, contract: one.id }}>
            {t('edition')} {one.edition}
          </Link>{' '}
          <StatusTag status={one.phase} /> {one.id === contract.id && <span className="muted">{t('current')}</span>}
        </li>
      ))}
    </ul>
  );
}
