import { type JobsFilter, listJobs } from '@shared/api/jobs';
import { queryOptions } from '@tanstack/react-query';

const MOST = 10;

export const LISTS = {
  needs: ['failed', 'preempted'],
  runs: ['admitted', 'starting', 'running', 'restarting'],
  waits: ['queued', 'preempted', 'suspended'],
} as const;

export type List = keyof typeof LISTS;

/** Whether the project has had any job at all. */
export const anyJobQuery = (project: string) =>
  queryOptions({
    queryKey: ['jobs', 'home', 'any', project],
    queryFn: ({ signal }) => listJobs({ project, limit: 1 }, signal),
  });

export const homeJobsQuery = (list: List, filter: Omit<JobsFilter, 'phase'>) =>
  queryOptions({
    queryKey: ['jobs', 'home', list, filter],
    queryFn: ({ signal }) => listJobs({ ...filter, phase: LISTS[list], limit: MOST }, signal),
  });
