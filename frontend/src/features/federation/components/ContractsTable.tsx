import { ErrorPanel } from '@shared/components/ErrorPanel';
import { StatusTag } from '@shared/components/StatusTag';
import { ExactTime } from '@shared/components/values';
import { useStream } from '@shared/live/useStream';
import type { SessionTenant } from '@shared/session/session';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Flex, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Contract, contractPagesQuery, contractsKey } from '../contracts';

/** Contracts with all partners, or with one: what waits, what stands, what was. */
export function ContractsOf({ tenant, partner }: { tenant: SessionTenant; partner?: string }) {
  const { t } = useTranslation('federation');
  const cache = useQueryClient();
  const query = useInfiniteQuery(contractPagesQuery(tenant.id, partner ? { partner } : {}));
  const contracts = query.data?.pages.flatMap(({ results }) => results) ?? [];
  const reread = () => void cache.invalidateQueries({ queryKey: contractsKey(tenant.id) });
  useStream({ tenant: tenant.id, kinds: ['contract'] }, { onEvent: reread, onLost: reread });
  if (query.error) return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  if (query.data && contracts.length === 0) return <p className="muted">{t('noContracts')}</p>;
  return (
    <section aria-label={t('contracts')}>
      <Table<Contract>
        rowKey="id"
        size="small"
        loading={query.isPending}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={contracts}
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

export function OfferedContract({ contract, slug }: { contract: Contract; slug: string }) {
  const { t } = useTranslation('federation');
  return (
    <Alert
      type="warning"
      showIcon
      title={
        <>
          <strong>{contract.terms.name}</strong> {contract.partner.number} {contract.partner.name}{' '}
          <StatusTag status={contract.phase} />
        </>
      }
      description={t('offeredText')}
      action={
        <Link to="/t/$tenant/parties/contracts/$contract" params={{ tenant: slug, contract: contract.id }}>
          {t('read')}
        </Link>
      }
    />
  );
}
