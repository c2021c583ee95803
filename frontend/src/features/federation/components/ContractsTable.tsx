import { StatusTag } from '@shared/components/StatusTag';
import { ExactTime } from '@shared/components/values';
import type { SessionTenant } from '@shared/session/session';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Contract, contractPagesQuery, contractsKey } from '../contracts';
import { PagedTable } from './PagedTable';
import { Waits } from './Waits';

/** Contracts with all partners, or with one: what waits, what stands, what was. */
export function ContractsOf({ tenant, partner }: { tenant: SessionTenant; partner?: string }) {
  const { t } = useTranslation('federation');
  return (
    <PagedTable<Contract>
      tenant={tenant}
      kind="contract"
      pages={contractPagesQuery(tenant.id, partner ? { partner } : {})}
      changes={contractsKey(tenant.id)}
      label={t('contracts')}
      none={t('noContracts')}
      columns={[
        {
          title: t('contract'),
          render: (_, one) => (
            <Link to="/t/$tenant/parties/contracts/$contract" params={{ tenant: tenant.slug, contract: one.id }}>
              {one.terms.name}
            </Link>
          ),
        },
        { title: t('edition'), align: 'end', dataIndex: 'edition' },
        { title: t('state'), render: (_, one) => <StatusTag status={one.phase} /> },
        { title: t('partner'), render: (_, one) => `${one.partner.number} ${one.partner.name}` },
        { title: t('ends'), render: (_, one) => <ExactTime at={one.terms.until} /> },
      ]}
    />
  );
}

export function OfferedContract({ contract, slug }: { contract: Contract; slug: string }) {
  const { t } = useTranslation('federation');
  return (
    <Waits
      name={contract.terms.name}
      number={contract.partner.number}
      partner={contract.partner.name}
      state={<StatusTag status={contract.phase} />}
      text={t('offeredText')}
      action={
        <Link to="/t/$tenant/parties/contracts/$contract" params={{ tenant: slug, contract: contract.id }}>
          {t('read')}
        </Link>
      }
    />
  );
}
