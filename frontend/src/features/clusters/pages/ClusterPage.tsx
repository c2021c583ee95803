import type { Cluster } from '@shared/api/clusters';
import { etagOf, http } from '@shared/api/http';
import { Can } from '@shared/components/Can';
import { ErrorPage } from '@shared/components/ErrorPage';
import { FormModal } from '@shared/components/FormModal';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { useLiveObject } from '@shared/live/useStream';
import { useView } from '@shared/routing/view';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button, Form, Input, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clusterQuery } from '../api';
import { About } from '../components/About';
import { ClusterHealth } from '../components/ClusterHealth';
import { Flavors } from '../components/Flavors';
import { Nodes } from '../components/Nodes';
import { Usage } from '../components/Usage';

type Tab = 'nodes' | 'flavors' | 'about';

export function ClusterPage() {
  const { t } = useTranslation('clusters');
  const { t: shared } = useTranslation();
  const { cluster: slug } = useParams({ from: '/shell/clusters/$cluster' });
  const [view, setView] = useView<{ tab?: Tab }>();
  const [editing, setEditing] = useState(false);
  const options = clusterQuery(slug);
  const { data: cluster, error, refetch } = useQuery(options);
  useLiveObject<Cluster>(options.queryKey, { tenant: 'platform', kinds: ['cluster'] });
  if (error && !cluster) return <ErrorPage error={error} retry={() => void refetch()} />;
  if (!cluster) return <PageLoading />;
  // Nodes are for platform roles, as the totals are.
  const platformRole = cluster.nodes !== null;
  const first: Tab = platformRole ? 'nodes' : 'flavors';
  return (
    <div className="page">
      <PageHeader
        title={cluster.name}
        trail={[
          <Link key="clusters" to="/clusters">
            {t('title')}
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
          <Can do="clusters.manage" on={cluster}>
            <Button onClick={() => setEditing(true)}>{shared('edit')}</Button>
          </Can>
        }
        api={{ method: 'GET', path: `/clusters/${cluster.id}/` }}
      />
      {cluster.kind === 'local' ? (
        <Alert type="info" showIcon title={t('notIsolated')} style={{ marginBottom: 16 }} />
      ) : null}
      {cluster.stale ? <Alert type="warning" showIcon title={t('staleText')} style={{ marginBottom: 16 }} /> : null}
      {cluster.capacity?.length ? <Usage capacity={cluster.capacity} used={cluster.used ?? []} /> : null}
      <Tabs
        activeKey={view.tab ?? first}
        onChange={(tab) => setView({ tab: tab === first ? undefined : (tab as Tab) })}
        items={[
          ...(platformRole ? [{ key: 'nodes', label: t('nodes'), children: <Nodes cluster={cluster} /> }] : []),
          { key: 'flavors', label: t('flavors'), children: <Flavors cluster={cluster} /> },
          { key: 'about', label: t('about'), children: <About cluster={cluster} /> },
        ]}
      />
      <FormModal<{ name: string; zone: string }>
        open={editing}
        title={t('edit', { name: cluster.name })}
        submit={shared('save')}
        initial={{ name: cluster.name, zone: cluster.zone }}
        act={(given) => http.patch(`/clusters/${cluster.id}/`, given, { etag: etagOf(cluster) })}
        done={shared('saved')}
        changes={[['clusters']]}
        onClose={() => setEditing(false)}
      >
        <Form.Item name="name" label={shared('name')} rules={[{ required: true, whitespace: true, max: 150 }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="zone" label={t('zone')}>
          <Input autoComplete="off" />
        </Form.Item>
      </FormModal>
    </div>
  );
}
