import type { Cluster } from '@shared/api/clusters';
import { StatusTag } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { useSaid } from '@shared/i18n/said';
import { useTranslation } from 'react-i18next';

/** What is known of its health, and how old that is: old news is not drawn as health. */
export function ClusterHealth({
  cluster,
}: {
  cluster: Pick<Cluster, 'health' | 'health_message' | 'health_said' | 'last_seen_at' | 'stale'>;
}) {
  const { t } = useTranslation('clusters');
  const say = useSaid();
  return (
    <StatusTag
      status={cluster.stale ? 'stale' : cluster.health}
      reason={say(cluster.health_said, cluster.health_message) || undefined}
      suffix={
        <>
          {t('seen')} <RelativeTime at={cluster.last_seen_at} none={t('neverSeen')} />
        </>
      }
    />
  );
}
