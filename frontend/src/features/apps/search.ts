/** What of the pages of apps is in the address. Every first page loads this. */
import { choice, listWith, openSearch, type SearchOf, search, text } from '@shared/routing/search';

export const TABS = ['overview', 'try', 'revisions', 'replicas', 'logs', 'metrics', 'keys'] as const;
export type Tab = (typeof TABS)[number];

export const appsSearch = listWith({ phase: text });
export type AppsSearch = SearchOf<typeof appsSearch>;
/** The tab of an app's page; what its panels keep in the address is theirs to check. */
export const appSearch = openSearch({ tab: choice(TABS) });
export type AppSearch = SearchOf<typeof appSearch>;
/** What a new app serves: a file that a job left, both by their names. */
export const deploySearch = search({ job: text, artifact: text, name: text });
export type DeploySearch = SearchOf<typeof deploySearch>;
