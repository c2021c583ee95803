import type { Cluster } from '@shared/api/clusters';
import { etagOf, http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

/** The version of Kueue's API that Hanse writes. */
const SPOKEN = 'kueue.x-k8s.io/v1beta2';
type By = Cluster['admission'];

/** Who decides what starts: the portal, or the Kueue of the cluster, where there is one. */
export function Admission({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('clusters');
  const choose = useAct<By>({
    act: (admission) => http.patch(`/clusters/${cluster.id}/admission/`, { admission }, { etag: etagOf(cluster) }),
    done: t('admissionChosen'),
    changes: [['clusters']],
  });
  const there = cluster.capabilities.kueue === SPOKEN;
  const options = (['portal', 'kueue'] as const).map((value) => ({
    value,
    label: t(`admissions.${value}`),
    disabled: value === 'kueue' && !there,
  }));
  const given = can(cluster, 'clusters.manage') ? (
    <Select<By>
      aria-label={t('admission')}
      value={cluster.admission}
      options={options}
      loading={choose.isPending}
      disabled={choose.isPending}
      onChange={(admission) => choose.mutate(admission)}
      style={{ width: 140 }}
    />
  ) : (
    t(`admissions.${cluster.admission}`)
  );
  return (
    <>
      {given}
      <div className="muted" style={{ marginTop: 4 }}>
        {t(`admissionBy.${cluster.admission}`)}
      </div>
      {there ? <div className="muted">{t('admissionLimits')}</div> : null}
      {there ? null : <div className="muted">{t('admissionNoKueue', { needed: SPOKEN })}</div>}
    </>
  );
}
