/** Jobs over REST: the documents, the queries, the acts. */
import { etagOf, http, type Page } from '@shared/api/http';
import type { Operation } from '@shared/api/operations';
import type { Of } from '@shared/api/types';
import type { Said } from '@shared/i18n/said';
import type { Amount } from '@shared/lib/units';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Value } from './model/document';
import type { JobsSearch, TenantJobsSearch } from './search';

export const PHASES = [
  'draft',
  'queued',
  'admitted',
  'starting',
  'running',
  'suspended',
  'preempted',
  'restarting',
  'succeeded',
  'failed',
  'cancelled',
] as const;
export type Phase = (typeof PHASES)[number];
export const ENDED: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled']);
/** It asked for quota and has none (yet, or any more). */
export const WAITING: ReadonlySet<string> = new Set(['queued', 'preempted']);

export const ACTS = ['submit', 'resume', 'retry', 'suspend', 'cancel', 'restore', 'delete'] as const;
export type Act = (typeof ACTS)[number];

/** The permission that each act needs. */
export const PERMISSION: Record<Act | 'clone', string> = {
  submit: 'jobs.submit',
  cancel: 'jobs.cancel',
  suspend: 'jobs.suspend',
  resume: 'jobs.suspend',
  retry: 'jobs.retry',
  clone: 'jobs.submit',
  delete: 'jobs.delete',
  restore: 'jobs.delete',
};

export interface Failure {
  code: string;
  phrase: string;
  cause: string;
  who: string;
  advice: string;
}

export interface Job {
  id: string;
  version: number;
  generation: number;
  tenant_id: string;
  tenant_slug: string;
  project_id: string;
  project_slug: string;
  name: string;
  description: string;
  labels: Record<string, string>;
  framework: string;
  priority: string;
  phase: Phase;
  reason: string;
  message: string;
  attempt: number;
  restarts: number;
  replicas: { wanted: number; running: number };
  stopping: boolean;
  resources: Amount[];
  cluster: { id: string; slug: string } | null;
  queue_position: number | null;
  why: string | null;
  said: readonly Said[];
  progress: number | null;
  eta_seconds: number | null;
  metrics: Record<string, number>;
  failure: Failure | null;
  submitted_by: { id: string; name: string; kind: 'person' | 'service' };
  /** What submitted it, when nobody did by hand. */
  schedule: { id: string; name: string } | null;
  acts: string[];
  created_at: string;
  queued_at: string | null;
  admitted_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  deadline_at: string | null;
  restart_at: string | null;
  deleted_at: string | null;
  purge_at: string | null;
}

export interface JobDetail extends Job {
  spec: Value;
  conditions: { type: string; status: string; reason: string; message: string; since: string }[];
  resolved: (Amount & { role: string })[];
  can: string[];
}

export interface Replica {
  id: string;
  attempt: number;
  rank: number;
  role: string;
  index: number;
  node: string;
  phase: string;
  exit_code: number | null;
  signal: number | null;
  reason: string;
  /** What the cluster says of it, such as why no node takes it. */
  message: string;
  /** In a cluster: its pod's name, and when that was made and scheduled. */
  pod: string | null;
  made_at: string | null;
  scheduled_at: string | null;
  failure: Failure | null;
  started_at: string | null;
  finished_at: string | null;
}

export interface TimelineEntry {
  id: string;
  at: string;
  attempt: number;
  phase: Phase;
  reason: string;
  message: string;
  actor_id: string | null;
  actor_label: string;
}

export interface Artifact {
  id: string;
  name: string;
  attempt: number;
  rank: number;
  size_bytes: number;
  sha256: string;
  media_type: string;
  created_at: string;
  needed: boolean;
}

export type Share = Of<'JobShareOutput'>;

export type Why = Omit<Of<'WhyOutput'>, AmountRows> & Record<AmountRows, Amount[]>;
type AmountRows = 'asked' | 'could_fit' | 'free';

export interface BulkResult {
  id: string;
  status: number;
  problem?: { title: string; detail?: string };
}

export const jobsPath = (project: string) => `/projects/${project}/jobs/`;
export const jobPath = (project: string, job: string, rest = '') => `${jobsPath(project)}${job}/${rest}`;

export const jobsQuery = (project: string, view: JobsSearch) =>
  queryOptions({
    queryKey: ['projects', project, 'jobs', view],
    queryFn: ({ signal }) => http.get<Page<Job>>(jobsPath(project), { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const tenantJobsQuery = (tenant: string, view: TenantJobsSearch) =>
  queryOptions({
    queryKey: ['tenants', tenant, 'jobs', view],
    queryFn: ({ signal }) => http.get<Page<Job>>('/jobs/', { query: { ...view, tenant }, signal }),
    placeholderData: keepPreviousData,
  });

export const jobQuery = (project: string, job: string) =>
  queryOptions({
    queryKey: ['projects', project, 'job', job],
    queryFn: ({ signal }) => http.get<JobDetail>(jobPath(project, job), { signal }),
  });

/** Parts of a job change with it: its version is in their keys. */
const part =
  <Row>(name: string, query: Record<string, string> = {}) =>
  (project: string, job: string, version: number) =>
    queryOptions({
      queryKey: ['projects', project, 'job', job, name, version],
      queryFn: ({ signal }) =>
        http.get<Page<Row>>(jobPath(project, job, `${name}/`), { query: { limit: MOST_ROWS, ...query }, signal }),
      select: (page) => page.results,
      placeholderData: keepPreviousData,
    });

/** No list of a job's parts is longer than a page of it, as a rule; of longer ones the first are shown. */
const MOST_ROWS = 500;

export const timelineQuery = part<TimelineEntry>('timeline', { order: '-created' });
export const artifactsQuery = part<Artifact>('artifacts');
export const sharesQuery = part<Share>('shares');

/** The replicas of one attempt, by rank. */
export const replicasQuery = (project: string, job: string, attempt: number, version: number) =>
  queryOptions({
    queryKey: ['projects', project, 'job', job, 'replicas', attempt, version],
    queryFn: ({ signal }) =>
      http.get<Page<Replica>>(jobPath(project, job, 'replicas/'), { query: { attempt, limit: MOST_ROWS }, signal }),
    select: (page) => page.results,
    placeholderData: (old, before) => (before?.queryKey[5] === attempt ? old : undefined),
    enabled: attempt > 0,
  });

export const whyQuery = (project: string, job: string, version: number) =>
  queryOptions({
    queryKey: ['projects', project, 'job', job, 'why', version],
    queryFn: ({ signal }) => http.get<Why>(jobPath(project, job, 'why/'), { signal }),
    placeholderData: keepPreviousData,
    // Others' jobs end and free quota without this one changing.
    refetchInterval: 15_000,
  });

export const specYamlQuery = (project: string, job: string, generation: number) =>
  queryOptions({
    queryKey: ['projects', project, 'job', job, 'spec.yaml', generation],
    queryFn: ({ signal }) => http.text(jobPath(project, job, 'spec.yaml'), { signal }),
  });

/** Asks a worker for the manifests of an attempt; the answer is the operation. */
export const manifestsQuery = (project: string, job: string, attempt: number) =>
  queryOptions({
    queryKey: ['projects', project, 'job', job, 'manifests', attempt],
    queryFn: ({ signal }) => http.post<Operation>(jobPath(project, job, 'manifests/'), {}, { signal }),
    // An operation is kept for a day, an attempt's manifests do not change; whoever comes back soon sees the same.
    staleTime: 600_000,
  });

/** What the job was made of. */
export const inputsQuery = (project: string, job: string, version: number) =>
  queryOptions({
    queryKey: ['projects', project, 'job', job, 'inputs', version],
    queryFn: ({ signal }) => http.get<Of<'InputsOutput'>>(jobPath(project, job, 'inputs/'), { signal }),
    placeholderData: keepPreviousData,
  });

export const schemaQuery = queryOptions({
  queryKey: ['job-schema'],
  queryFn: ({ signal }) => http.get<Record<string, unknown> & { examples?: Value[] }>('/job-schema/', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: ['templates', id],
    queryFn: ({ signal }) => http.get<{ id: string; name: string; spec: Value }>(`/templates/${id}/`, { signal }),
  });

/** Carry out an act on one job; answers its new document (nothing for a deletion). */
export const carryOut = (act: Act, job: Job): Promise<Job | null> =>
  act === 'delete'
    ? http.delete<Job | null>(jobPath(job.project_id, job.id), { etag: etagOf(job) })
    : http.post<Job>(jobPath(job.project_id, job.id, `${act}/`), {});

export const carryOutAll = (project: string, act: Act, ids: readonly string[]) =>
  http.post<{ results: BulkResult[] }>(`${jobsPath(project)}bulk/`, { act, ids });
