import { ErrorPage } from '@shared/components/ErrorPage';
import { PageLoading } from '@shared/components/PageLoading';
import { StatusIcon } from '@shared/components/StatusTag';
import { useKey } from '@shared/i18n/key';
import { useLiveObject } from '@shared/live/useStream';
import { usePageName } from '@shared/routing/title';
import { useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { type ReactNode, Suspense, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type AppDetail, appPath, appQuery, type Replica, replicasQuery } from '../api';
import { AppHeader } from '../components/AppHeader';
import { Keys } from '../components/Keys';
import { Overview } from '../components/Overview';
import { ReplicasTable } from '../components/ReplicasTable';
import { Revisions } from '../components/Revisions';
import { Traffic } from '../components/Traffic';
import { TryIt } from '../components/TryIt';
import { type PanelRank, type PanelSubject, useAppPanels } from '../panels';
import { type AppSearch, TABS, type Tab } from '../search';

export function AppPage() {
  const { tenant, project } = useProject();
  const { app: id } = useParams({ strict: false }) as { app: string };
  const options = appQuery(project.id, id);
  const { data: app, error, isPending, refetch } = useQuery(options);
  useLiveObject<AppDetail>(options.queryKey, { tenant: tenant.id, project: project.id, kinds: ['app'] });
  if (isPending) return <PageLoading />;
  if (!app) return <ErrorPage error={error} retry={() => void refetch()} />;
  return <Shown key={app.id} app={app} />;
}

const NONE: readonly Replica[] = [];

function Shown({ app }: { app: AppDetail }) {
  const { t } = useTranslation('apps');
  usePageName(app.name);
  const search = useSearch({ strict: false }) as AppSearch;
  const navigate = useNavigate();
  const { Logs, Metrics } = useAppPanels();
  const { data: replicas = NONE } = useQuery(replicasQuery(app));
  const onSearch = useCallback(
    (change: Record<string, unknown>) =>
      void navigate({
        to: '.',
        search: ((old: Record<string, unknown>) => ({ ...old, ...change })) as never,
        replace: !('tab' in change),
        resetScroll: false,
      }),
    [navigate],
  );
  const subject: PanelSubject = useMemo(
    () => ({ kind: 'app', id: app.id, base: appPath(app.project_id, app.id) }),
    [app.id, app.project_id],
  );
  const nameOf = useCallback((number: number) => `${app.name}-${number}`, [app.name]);
  const onLog = useCallback(
    (replica: Replica) => onSearch({ tab: 'logs', attempt: replica.revision, rank: replica.number, line: undefined }),
    [onSearch],
  );
  const ranks = useRanks(replicas, nameOf);
  // Logs and metrics begin with what answers now.
  const looked = app.serving_revision ?? app.revision;
  const panes: Record<Tab, () => ReactNode> = {
    overview: () => <Overview app={app} replicas={replicas} subject={subject} nameOf={nameOf} onLog={onLog} />,
    try: () => <TryIt app={app} />,
    revisions: () => <Revisions app={app} />,
    replicas: () => <ReplicasTable whole replicas={replicas} subject={subject} nameOf={nameOf} onLog={onLog} />,
    logs: () => (
      <div style={{ height: 'max(420px, calc(100vh - 290px))' }}>
        <Logs
          subject={subject}
          ranks={ranks}
          newestAttempt={app.revision}
          search={{ attempt: looked, ...search }}
          onSearch={onSearch}
        />
      </div>
    ),
    metrics: () => (
      <>
        <Traffic app={app} />
        <h2 className="section-title">{t('traffic.use')}</h2>
        <Metrics subject={subject} attempt={looked} search={search} onSearch={onSearch} rankName={nameOf} />
      </>
    ),
    keys: () => <Keys app={app} />,
  };
  const tab = TABS.find((one) => one === search.tab) ?? 'overview';
  return (
    <div className="page">
      <AppHeader app={app} />
      <Tabs
        activeKey={tab}
        onChange={(chosen) => onSearch({ tab: chosen === 'overview' ? undefined : chosen })}
        destroyOnHidden
        items={TABS.map((one) => ({
          key: one,
          label: t(`tabs.${one}`),
          children: one === tab ? <Suspense fallback={<PageLoading />}>{panes[one]()}</Suspense> : null,
        }))}
      />
    </div>
  );
}

/** The replicas as the log viewer lists them. */
function useRanks(replicas: readonly Replica[], nameOf: (number: number) => string): PanelRank[] {
  const key = useKey();
  return useMemo(
    () =>
      [...replicas].reverse().map((replica) => ({
        attempt: replica.revision,
        rank: replica.number,
        name: nameOf(replica.number),
        node: replica.node,
        health: (
          <span title={key(`shared:status.${replica.phase}`)}>
            <StatusIcon status={replica.phase} />
            <span className="visually-hidden">{key(`shared:status.${replica.phase}`)}</span>
          </span>
        ),
      })),
    [replicas, nameOf, key],
  );
}
