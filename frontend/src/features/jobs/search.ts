import { flag, listSearch, text, texts } from '@shared/routing/view';
import { z } from 'zod';

/** The view of the jobs list, in the address. */
export const jobsSearch = listSearch.extend({
  phase: texts,
  framework: text,
  priority: text,
  mine: flag,
  bin: flag,
});
export type JobsSearch = z.infer<typeof jobsSearch>;

export const TABS = ['overview', 'logs', 'metrics', 'replicas', 'timeline', 'spec', 'artifacts', 'audit'] as const;
export type Tab = (typeof TABS)[number];

/** The tab of a job's page; what its panels keep in the address is theirs to check. */
export const jobSearch = z.looseObject({ tab: z.enum(TABS).optional().catch(undefined) });
export type JobSearch = z.infer<typeof jobSearch>;

/** What a new job starts from, and how it is written. */
export const newJobSearch = z.object({
  from: text,
  template: text,
  draft: text,
  blank: flag,
  framework: text,
  as: z.enum(['form', 'yaml']).optional().catch(undefined),
});
export type NewJobSearch = z.infer<typeof newJobSearch>;
