import type { Cluster } from '@shared/api/clusters';
import { etagOf, http } from '@shared/api/http';
import { Can } from '@shared/components/Can';
import { ErrorPage } from '@shared/components/ErrorPage';
import { FormModal } from '@shared/components/FormModal';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { useSaid } from '@shared/i18n/said';
import { useLiveObject } from '@shared/live/useStream';
import { usePageName } from '@shared/routing/title';
import { useView } from '@shared/routing/view';
import { may, useStanding } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button, Form, Input, Tabs } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clusterQuery } from '../api';
import { About } from '../components/About';
import { Checks } from '../components/Checks';
import { ClusterHealth } from '../components/ClusterHealth';
import { RemoveCluster, RenewConnection } from '../components/Connection';
import { Drift } from '../components/Drift';
import { Flavors } from '../components/Flavors';
import { Nodes } from '../components/Nodes';
import { Proposals } from '../components/Proposals';
import { Usage } from '../components/Usage';

const Pools = lazy(() => import('../components/Pools').then((module) => ({ default: module.Pools })));
const Capacity = lazy(() => import('../components/Capacity').then((module) => ({ default: module.Capacity })));

type Tab = 'nodes' | 'pools' | 'capacity' | 'flavors' | 'checks' | 'about';

/** Measured, where that is measured; of devices what was asked for: they are taken whole. */
const taken = ({ kind, capacity, used, requested }: Cluster) => {
  if (kind !== 'kubernetes' || !requested) return used ?? [];
  // None asked for is none in use.
  const devices = (capacity ?? []).filter(({ resource }) => resource !== 'cpu' && resource !== 'memory');
  const asked = devices.map((row) => ({
    ...row,
    amount: requested.find((one) => one.flavor === row.flavor && one.resource === row.resource)?.amount ?? 0,
  }));
  return [...(used ?? []), ...asked];
};

export function ClusterPage() {
  const { t } = useTranslation('clusters');
  const { t: shared } = useTranslation();
  const { cluster: slug } = useParams({ from: '/shell/clusters/$cluster' });
  const say = useSaid();
  const [view, setView] = useView<{ tab?: Tab }>();
  const [asked, setAsked] = useState<'edit' | 'renew' | 'remove' | null>(null);
  const close = () => setAsked(null);
  const options = clusterQuery(slug);
  const { data: cluster, error, refetch } = useQuery(options);
  usePageName(cluster?.name);
  useLiveObject<Cluster>(options.queryKey, { tenant: 'platform', kinds: ['cluster'] });
  if (error && !cluster) return <ErrorPage error={error} retry={() => void refetch()} />;
  if (!cluster) return <PageLoading />;
  // Nodes are for platform roles, as the totals are.
  const platformRole = cluster.nodes !== null;
  const first: Tab = platformRole ? 'nodes' : 'flavors';
  // A link may name a tab that this cluster, or this reader, does not have.
  const tabs = [
    ...(platformRole
      ? [
          { key: 'nodes', label: t('nodes'), children: <Nodes cluster={cluster} /> },
          ...(cluster.kind === 'kubernetes'
            ? [
                {
                  key: 'pools',
                  label: t('pools'),
                  children: (
                    <Suspense fallback={<PageLoading />}>
                      <Pools cluster={cluster} />
                    </Suspense>
                  ),
                },
              ]
            : []),
          {
            key: 'capacity',
            label: t('capacity'),
            children: (
              <Suspense fallback={<PageLoading />}>
                <Capacity cluster={cluster} />
              </Suspense>
            ),
          },
        ]
      : []),
    { key: 'flavors', label: t('flavors'), children: <Flavors cluster={cluster} /> },
    ...(platformRole && cluster.kind === 'kubernetes'
      ? [
          {
            key: 'checks',
            label: t('checks'),
            children: (
              <>
                <Checks cluster={cluster} />
                <Drift cluster={cluster} />
              </>
            ),
          },
        ]
      : []),
    { key: 'about', label: t('about'), children: <About cluster={cluster} /> },
  ];
  return (
    <div className="page">
      <PageHeader
        title={cluster.name}
        trail={[
          <Link key="clusters" to="/clusters">
            {shared('pages.clusters')}
          </Link>,
        ]}
        facts={
          <>
            <ClusterHealth cluster={cluster} />
            <span>{t(`kinds.${cluster.kind}`)}</span>
            {cluster.zone ? <span>{cluster.zone}</span> : null}
            {cluster.nodes ? (
              <span>{t('nodesReady', { ready: cluster.nodes.ready, count: cluster.nodes.total })}</span>
            ) : null}
          </>
        }
        actions={
          <>
            <ToKubectl cluster={cluster} />
            <Can do="clusters.manage" on={cluster}>
              {cluster.kind === 'kubernetes' ? (
                <Button onClick={() => setAsked('renew')}>{t('renewAct')}</Button>
              ) : null}
              <Button onClick={() => setAsked('edit')}>{shared('edit')}</Button>
              <Button danger onClick={() => setAsked('remove')}>
                {shared('remove')}
              </Button>
            </Can>
          </>
        }
        api={{ method: 'GET', path: `/clusters/${cluster.id}/` }}
      />
      {cluster.kind === 'local' ? (
        <Alert type="info" showIcon title={t('notIsolated')} style={{ marginBottom: 16 }} />
      ) : null}
      {cluster.stale ? <Alert type="warning" showIcon title={t('staleText')} style={{ marginBottom: 16 }} /> : null}
      {cluster.health === 'down' && cluster.health_message ? (
        <Alert
          type="error"
          showIcon
          title={say(cluster.health_said, cluster.health_message)}
          description={t('downText')}
          style={{ marginBottom: 16 }}
        />
      ) : null}
      <Proposals cluster={cluster} />
      {cluster.capacity?.length ? <Usage capacity={cluster.capacity} used={taken(cluster)} /> : null}
      <Tabs
        activeKey={tabs.find(({ key }) => key === view.tab)?.key ?? first}
        onChange={(tab) => setView({ tab: tab === first ? undefined : (tab as Tab) })}
        items={tabs}
      />
      <FormModal<{ name: string; zone: string }>
        open={asked === 'edit'}
        title={t('edit', { name: cluster.name })}
        submit={shared('save')}
        initial={{ name: cluster.name, zone: cluster.zone }}
        act={(given) => http.patch(`/clusters/${cluster.id}/`, given, { etag: etagOf(cluster) })}
        done={shared('saved')}
        changes={[['clusters']]}
        onClose={close}
      >
        <Form.Item name="name" label={shared('name')} rules={[{ required: true, whitespace: true, max: 150 }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="zone" label={t('zone')}>
          <Input autoComplete="off" />
        </Form.Item>
      </FormModal>
      {asked === 'renew' ? <RenewConnection cluster={cluster} onClose={close} /> : null}
      {asked === 'remove' ? <RemoveCluster cluster={cluster} onClose={close} /> : null}
    </div>
  );
}

/** For members: kubectl in the project where they work. */
function ToKubectl({ cluster }: { cluster: Cluster }) {
  const { t: shared } = useTranslation();
  const place = useStanding();
  const { tenant, project } = place;
  if (cluster.kind !== 'kubernetes' || !tenant || !project || !may(place, 'kubectl.use', 'project')) return null;
  return (
    <Link
      to="/t/$tenant/p/$project/kubectl"
      params={{ tenant: tenant.slug, project: project.slug }}
      search={{ cluster: cluster.slug }}
    >
      <Button>{shared('pages.kubectl')}</Button>
    </Link>
  );
}
