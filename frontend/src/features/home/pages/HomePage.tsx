import type { Page } from '@shared/api/http';
import { type JobLine, jobAddress } from '@shared/api/jobs';
import { tenantQuotasQuery } from '@shared/api/quotas';
import { type QuotaRequest, requestsKey, requestsQuery } from '@shared/api/requests';
import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageHeader } from '@shared/components/PageHeader';
import { applyEvent } from '@shared/live/applyEvent';
import { useStream } from '@shared/live/useStream';
import { useView } from '@shared/routing/view';
import { useProject } from '@shared/session/place';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Segmented, Skeleton } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { anyJobQuery, homeJobsQuery, LISTS, type List } from '../api';
import { JobRow } from '../components/JobRow';
import { QuotaRow } from '../components/QuotaRow';
import { RequestRow } from '../components/RequestRow';

const MOST_REQUESTS = 10;

/** In five seconds: what needs me, what runs, what waits and why, what is left. Nothing else. */
export function HomePage() {
  const { t } = useTranslation('home');
  const { tenant, project } = useProject();
  const [view, setView] = useView<{ mine?: boolean }>();
  const filter = { project: project.id, ...(view.mine ? { mine: true } : {}) };
  const lists = {
    needs: useQuery(homeJobsQuery('needs', { mine: true, project: project.id })),
    runs: useQuery(homeJobsQuery('runs', filter)),
    waits: useQuery(homeJobsQuery('waits', filter)),
  };
  const any = useQuery(anyJobQuery(project.id));
  const requests = useQuery(requestsQuery({ decidable: true, limit: MOST_REQUESTS }));
  useLiveLists(tenant.id, project.id);
  const quota = useQuery(tenantQuotasQuery(tenant.id));
  const newJob = can(project, 'jobs.submit') ? (
    <Link to={`/t/${tenant.slug}/p/${project.slug}/jobs/new` as string}>
      <Button type="primary">{t('newJob')}</Button>
    </Link>
  ) : null;
  const nothing = requests.data?.count === 0 && any.data?.count === 0;
  return (
    <div className="page">
      <PageHeader
        title={project.name}
        facts={<span>{tenant.name}</span>}
        actions={
          <>
            <Segmented
              aria-label={t('whose')}
              value={view.mine ? 'mine' : 'all'}
              onChange={(value) => setView({ mine: value === 'mine' })}
              options={[
                { value: 'all', label: t('everyone') },
                { value: 'mine', label: t('mine') },
              ]}
            />
            {newJob}
          </>
        }
        api={{ method: 'GET', path: '/jobs/', query: { ...filter, phase: LISTS.runs } }}
      />
      <section aria-labelledby="home-quota">
        <h2 id="home-quota" className="section-title">
          {t('quota')}
        </h2>
        {quota.error ? <ErrorPanel brief error={quota.error} retry={() => void quota.refetch()} /> : null}
        {quota.isPending ? <Skeleton active title={false} paragraph={{ rows: 1 }} /> : null}
        {quota.data ? <QuotaRow tenant={tenant.slug} lines={quota.data.results} /> : null}
      </section>
      {nothing ? (
        <EmptyState
          title={t('empty.title')}
          action={newJob}
          {...(newJob
            ? {
                command: `curl -X POST ${location.origin}/api/v1/projects/${project.id}/jobs/ -H "Authorization: Bearer $HANSE_TOKEN" -d @job.json`,
              }
            : {})}
        >
          {t('empty.text')}
        </EmptyState>
      ) : (
        (['needs', 'runs', 'waits'] as const).map((list) => (
          <JobList key={list} list={list} query={lists[list]} requests={list === 'needs' ? requests.data : undefined} />
        ))
      )}
    </div>
  );
}

interface JobListProps {
  list: List;
  query: ReturnType<typeof useQuery<Page<JobLine>>>;
  /** Requests for quota that wait for the reader. */
  requests: Page<QuotaRequest> | undefined;
}

function JobList({ list, query, requests }: JobListProps) {
  const { t } = useTranslation('home');
  const { tenant, project } = useProject();
  const { data, error, isPending, refetch } = query;
  const search = new URLSearchParams(LISTS[list].map((phase) => ['phase', phase]));
  return (
    <section aria-labelledby={`home-${list}`} className="home-list">
      <h2 id={`home-${list}`} className="section-title">
        {t(`${list}.title`)}{' '}
        {data ? <span className="muted tabular">{data.count + (requests?.count ?? 0)}</span> : null}
      </h2>
      {error ? <ErrorPanel brief error={error} retry={() => void refetch()} /> : null}
      {isPending ? <Skeleton active title={false} paragraph={{ rows: 2 }} /> : null}
      {data?.results.length === 0 && !requests?.count ? <p className="muted">{t(`${list}.nothing`)}</p> : null}
      <ul>
        {requests?.results.map((request) => (
          <RequestRow key={request.id} request={request} />
        ))}
        {data?.results.map((job) => (
          <JobRow key={job.id} job={job} address={jobAddress(job)} />
        ))}
      </ul>
      {data && data.count > data.results.length ? (
        <Link to={`/t/${tenant.slug}/p/${project.slug}/jobs?${search}` as string}>
          {t('all', { count: data.count })}
        </Link>
      ) : null}
    </section>
  );
}

const SETTLE_MS = 800;

/** Rows change in place; a job that begins, ends or waits moves between the lists, which are then read again, once. */
function useLiveLists(tenant: string, project: string) {
  const cache = useQueryClient();
  const due = useRef<ReturnType<typeof setTimeout>>(undefined);
  const readAgain = () => {
    clearTimeout(due.current);
    due.current = setTimeout(() => {
      void cache.invalidateQueries({ queryKey: ['jobs', 'home'] });
      void cache.invalidateQueries({ queryKey: requestsKey });
      void cache.invalidateQueries(tenantQuotasQuery(tenant));
    }, SETTLE_MS);
  };
  useStream(
    { tenant, project, kinds: ['job', 'quota', 'quota-request'] },
    {
      onEvent: (event) => {
        const known = cache
          .getQueriesData<Page<JobLine>>({ queryKey: ['jobs', 'home'] })
          .flatMap(([, page]) => page?.results ?? [])
          .find(({ id }) => id === event.object_id);
        if (known?.phase === event.object?.phase)
          cache.setQueriesData<Page<JobLine>>(
            { queryKey: ['jobs', 'home'] },
            (page) => page && applyEvent(page, event),
          );
        else readAgain();
      },
      onLost: readAgain,
    },
  );
}
