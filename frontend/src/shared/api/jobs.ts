/** The few things of jobs that pages of other features show: a line each, with the way to its page. */
import { http, type Page } from './http';
import type { Of } from './types';

export type JobLine = Of<'JobOutput'>;

export interface JobsFilter {
  phase?: readonly string[];
  mine?: boolean;
  project?: string;
  limit?: number;
}

/** Jobs of all projects that the reader sees, newest first. */
export const listJobs = (filter: JobsFilter, signal: AbortSignal) =>
  http.get<Page<JobLine>>('/jobs/', { query: filter, signal });

export const jobAddress = (job: JobLine) => `/t/${job.tenant_slug}/p/${job.project_slug}/jobs/${job.id}`;

/** What happened to a job last. */
export const changedAt = (job: JobLine) => job.finished_at ?? job.started_at ?? job.queued_at ?? '';
