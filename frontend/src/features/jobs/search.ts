import { choice, flag, listWith, openSearch, type SearchOf, search, text, texts } from '@shared/routing/search';

/** The view of the jobs list, in the address. */
export const jobsSearch = listWith({
  phase: texts,
  framework: text,
  priority: text,
  schedule: text,
  mine: flag,
  bin: flag,
});
export type JobsSearch = SearchOf<typeof jobsSearch>;

/** The same, of all projects of a tenant. */
export const tenantJobsSearch = listWith({ phase: texts, project: text, mine: flag });
export type TenantJobsSearch = SearchOf<typeof tenantJobsSearch>;

export const TABS = [
  'overview',
  'logs',
  'metrics',
  'replicas',
  'shell',
  'timeline',
  'spec',
  'manifests',
  'artifacts',
  'audit',
] as const;
export type Tab = (typeof TABS)[number];

/** The tab of a job's page; what its panels keep in the address is theirs to check. */
export const jobSearch = openSearch({ tab: choice(TABS) });
export type JobSearch = SearchOf<typeof jobSearch>;

/** What a new job starts from, and how it is written. */
export const newJobSearch = search({
  from: text,
  template: text,
  draft: text,
  blank: flag,
  framework: text,
  as: choice(['form', 'yaml']),
});
export type NewJobSearch = SearchOf<typeof newJobSearch>;
