import type { Cluster } from '@shared/api/clusters';
import { http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { useAmount } from '@shared/components/values';
import { Alert, Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';

type Proposal = NonNullable<Cluster['proposals']>[number];

/** Hardware that was found and that no flavor names yet, each to be taken as it is. */
export function Proposals({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('clusters');
  const amount = useAmount();
  const accept = useAct<Proposal[]>({
    act: async (proposals) => {
      for (const { nodes: _nodes, amount: _amount, ...flavor } of proposals)
        await http.post(`/clusters/${cluster.id}/flavors/`, flavor);
    },
    done: t('proposalsAccepted'),
    changes: [['clusters']],
  });
  const proposals = cluster.proposals ?? [];
  if (proposals.length === 0 || !can(cluster, 'flavors.manage')) return null;
  return (
    <Alert
      type="info"
      showIcon
      style={{ marginBottom: 16 }}
      title={t('proposals', { count: proposals.length })}
      action={
        <Button size="small" loading={accept.isPending} onClick={() => accept.mutate(proposals)}>
          {t('acceptAll')}
        </Button>
      }
      description={
        <>
          <p>{t('proposalsText')}</p>
          <ul className="proposals">
            {proposals.map((one) => (
              <li key={one.name}>
                <Flex gap={8} align="baseline" justify="space-between">
                  <span>
                    <code className="mono">{one.name}</code> {t(`flavorKinds.${one.kind}`)} {one.model}{' '}
                    <span className="muted">
                      {one.device_resource ? `${one.device_resource} · ` : null}
                      {t('proposalCovers', {
                        count: one.nodes,
                        amount: amount(one.kind, one.amount),
                      })}
                    </span>
                  </span>
                  <Button size="small" type="link" disabled={accept.isPending} onClick={() => accept.mutate([one])}>
                    {t('accept')}
                  </Button>
                </Flex>
              </li>
            ))}
          </ul>
        </>
      }
    />
  );
}
