import { can } from '@shared/components/Can';
import { ErrorPage } from '@shared/components/ErrorPage';
import { PageLoading } from '@shared/components/PageLoading';
import { StatusIcon } from '@shared/components/StatusTag';
import { useKey } from '@shared/i18n/key';
import { withWords } from '@shared/i18n/later';
import { useLiveObject } from '@shared/live/useStream';
import { usePageName } from '@shared/routing/title';
import { useHeld, useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Alert, Button, Flex, Select, Tabs } from 'antd';
import { lazy, type ReactNode, Suspense, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ENDED, type JobDetail, jobPath, jobQuery, type Replica, replicasQuery } from '../api';
import { ArtifactsTab } from '../components/ArtifactsTab';
import { AuditTab } from '../components/AuditTab';
import { JobHeader } from '../components/JobHeader';
import { ManifestsTab } from '../components/ManifestsTab';
import { OverviewTab } from '../components/OverviewTab';
import { ReplicasTable, replicaName } from '../components/ReplicasTable';
import { SpecTab } from '../components/SpecTab';
import { TimelineTab } from '../components/TimelineTab';
import { useJobActs } from '../components/useJobActs';
import { type PanelRank, type PanelSubject, useJobPanels } from '../panels';
import { type JobSearch, TABS, type Tab } from '../search';

const ShellTab = lazy(() =>
  withWords(
    'jobs/shell',
    {
      en: () => import('../shell/en').then(({ jobShell }) => jobShell),
      zh: () => import('../shell/zh').then(({ jobShell }) => jobShell),
    },
    import('../shell/ShellTab').then(({ ShellTab }) => ({ default: ShellTab })),
  ),
);

export function JobPage() {
  const { tenant, project } = useProject();
  const { job: id } = useParams({ strict: false }) as { job: string };
  const options = jobQuery(project.id, id);
  const { data: job, error, isPending, refetch } = useQuery(options);
  useLiveObject<JobDetail>(options.queryKey, { tenant: tenant.id, project: project.id, kinds: ['job'] });
  if (isPending) return <PageLoading />;
  if (!job) return <ErrorPage error={error} retry={() => void refetch()} />;
  return <Shown key={job.id} job={job} />;
}

const SHARED_REREAD_MS = 5_000;

/** A job of a tenant that the reader is no member of, shared with them. Its tenant's events are not theirs to hear. */
export function SharedJobPage() {
  const { project, job: id } = useParams({ strict: false }) as { project: string; job: string };
  const {
    data: job,
    error,
    isPending,
    refetch,
  } = useQuery({
    ...jobQuery(project, id),
    refetchInterval: (query) => (query.state.data && ENDED.has(query.state.data.phase) ? false : SHARED_REREAD_MS),
  });
  if (isPending) return <PageLoading />;
  if (!job) return <ErrorPage error={error} retry={() => void refetch()} />;
  return <Shown key={job.id} job={job} shared />;
}

function Shown({ job, shared = false }: { job: JobDetail; shared?: boolean }) {
  const { t } = useTranslation('jobs');
  usePageName(job.name);
  const held = useHeld();
  const search = useSearch({ strict: false }) as JobSearch;
  const navigate = useNavigate();
  const { Logs, Metrics } = useJobPanels();
  const attempt = typeof search.attempt === 'number' && search.attempt > 0 ? search.attempt : job.attempt;
  const { data: newest = NONE } = useQuery(replicasQuery(job.project_id, job.id, job.attempt, job.version));
  const { data: looked = NONE } = useQuery(replicasQuery(job.project_id, job.id, attempt, job.version));

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
    () => ({ kind: 'job', id: job.id, base: jobPath(job.project_id, job.id) }),
    [job.id, job.project_id],
  );
  const rankName = useCallback(
    (rank: number) => {
      const replica = newest.find((one) => one.rank === rank);
      return replica ? replicaName(replica) : t('rankNumber', { rank });
    },
    [newest, t],
  );
  const onLog = useCallback(
    (replica: Replica) => onSearch({ tab: 'logs', attempt: replica.attempt, rank: replica.rank, line: undefined }),
    [onSearch],
  );
  const onShell = useCallback((replica: Replica) => onSearch({ tab: 'shell', rank: replica.rank }), [onSearch]);
  const ranks = useRanks(looked);
  const mayExec = can(job, 'jobs.exec') && !shared;

  const panes: Record<Tab, () => ReactNode> = {
    overview: () => (
      <OverviewTab
        job={job}
        replicas={newest}
        subject={subject}
        search={search}
        onSearch={onSearch}
        rankName={rankName}
        onLog={onLog}
      />
    ),
    logs: () => (
      <div style={{ height: 'max(420px, calc(100vh - 290px))' }}>
        <Logs subject={subject} ranks={ranks} newestAttempt={job.attempt} search={search} onSearch={onSearch} />
      </div>
    ),
    metrics: () => (
      <Metrics subject={subject} attempt={job.attempt} search={search} onSearch={onSearch} rankName={rankName} />
    ),
    replicas: () => (
      <Flex vertical gap={16}>
        {job.attempt > 1 && (
          <Select
            aria-label={t('replicas.attempt')}
            value={attempt}
            onChange={(chosen) => onSearch({ attempt: chosen === job.attempt ? undefined : chosen })}
            options={Array.from({ length: job.attempt }, (_, index) => job.attempt - index).map((number) => ({
              value: number,
              label: t('attemptNumber', { number }),
            }))}
            style={{ width: 160 }}
          />
        )}
        <ReplicasTable
          whole
          replicas={looked}
          subject={subject}
          onLog={onLog}
          onShell={mayExec && attempt === job.attempt ? onShell : undefined}
        />
      </Flex>
    ),
    shell: () => (
      <ShellTab
        job={job}
        replicas={newest}
        rank={typeof search.rank === 'number' ? search.rank : undefined}
        onRank={(rank) => onSearch({ rank })}
      />
    ),
    timeline: () => <TimelineTab job={job} />,
    spec: () => <SpecTab job={job} />,
    manifests: () => <ManifestsTab job={job} />,
    artifacts: () => <ArtifactsTab job={job} />,
    audit: () => <AuditTab job={job} />,
  };
  const offered: Partial<Record<Tab, boolean>> = {
    audit: can(held, 'audit.view'),
    artifacts: !shared,
    manifests: can(job, 'jobs.submit') && !shared && newest.some(({ pod }) => pod),
    // While one is open it stays, also when nothing runs any more.
    shell: mayExec && (search.tab === 'shell' || job.replicas.running > 0),
  };
  const shown = TABS.filter((one) => offered[one] ?? true);
  const tab = shown.find((one) => one === search.tab) ?? 'overview';

  return (
    <div className="page">
      {job.deleted_at && <InBin job={job} />}
      <JobHeader job={job} shared={shared} />
      <Tabs
        activeKey={tab}
        onChange={(chosen) => onSearch({ tab: chosen === 'overview' ? undefined : chosen })}
        destroyOnHidden
        items={shown.map((one) => ({
          key: one,
          label: t(`tabs.${one}`),
          children: one === tab ? <Suspense fallback={<PageLoading />}>{panes[one]()}</Suspense> : null,
        }))}
      />
    </div>
  );
}

const NONE: readonly Replica[] = [];

/** The ranks as the log viewer lists them. */
function useRanks(replicas: readonly Replica[]): PanelRank[] {
  const key = useKey();
  return useMemo(
    () =>
      [...replicas]
        .sort((one, other) => one.rank - other.rank)
        .map((replica) => ({
          attempt: replica.attempt,
          rank: replica.rank,
          name: replicaName(replica),
          node: replica.node,
          health: (
            <span title={key(`shared:status.${replica.phase}`)}>
              <StatusIcon status={replica.phase} />
              <span className="visually-hidden">{key(`shared:status.${replica.phase}`)}</span>
            </span>
          ),
        })),
    [replicas, key],
  );
}

function InBin({ job }: { job: JobDetail }) {
  const { t } = useTranslation('jobs');
  const { act } = useJobActs(job.project_id);
  return (
    <Alert
      type="warning"
      showIcon
      title={t('inBin')}
      style={{ marginBottom: 16 }}
      action={
        can(job, 'jobs.delete', 'restore') ? (
          <Button onClick={() => act('restore', job)}>{t('acts.restore')}</Button>
        ) : null
      }
    />
  );
}
