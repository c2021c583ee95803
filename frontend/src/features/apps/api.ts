/** Apps over REST: the documents, the queries, the acts. */
import { etagOf, http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AppsSearch } from './search';

export type App = Of<'AppOutput'>;
export type AppDetail = Of<'AppDetailOutput'>;
export type AppSpec = Of<'AppSpec'>;
export type Revision = Of<'RevisionOutput'>;
export type Replica = Of<'AppReplicaOutput'>;
export type Key = Of<'AppKeyOutput'>;
export type KeyShown = Of<'AppKeyShownOutput'>;
export type Traffic = Of<'TrafficOutput'>;
export type Access = App['access'];

export const PHASES = ['deploying', 'ready', 'degraded', 'failed', 'stopped'] as const;
export const ACCESSES = ['tenant', 'key', 'public'] as const;
export const appsPath = (project: string) => `/projects/${project}/apps/`;
export const appPath = (project: string, app: string, rest = '') => `${appsPath(project)}${app}/${rest}`;

export const appsKey = (project: string) => ['projects', project, 'apps'];
export const appKey = (project: string, app: string) => ['projects', project, 'app', app];

export const appsQuery = (project: string, view: AppsSearch) =>
  queryOptions({
    queryKey: [...appsKey(project), view],
    queryFn: ({ signal }) => http.get<Page<App>>(appsPath(project), { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const appQuery = (project: string, app: string) =>
  queryOptions({
    queryKey: appKey(project, app),
    queryFn: ({ signal }) => http.get<AppDetail>(appPath(project, app), { signal }),
  });

/** No list of an app's parts is longer than a page of it, as a rule; of longer ones the newest are shown. */
const MOST_ROWS = 500;

/** Parts of an app change with it: its version is in their keys. */
const part =
  <Row>(name: string) =>
  (app: App) =>
    queryOptions({
      queryKey: [...appKey(app.project_id, app.id), name, app.version],
      queryFn: ({ signal }) =>
        http.get<Page<Row>>(appPath(app.project_id, app.id, `${name}/`), { query: { limit: MOST_ROWS }, signal }),
      select: (page) => page.results,
      placeholderData: keepPreviousData,
    });

export const revisionsQuery = part<Revision>('revisions');
export const replicasQuery = part<Replica>('replicas');

export const keysKey = (app: App) => [...appKey(app.project_id, app.id), 'keys'];
export const keysQuery = (app: App) =>
  queryOptions({
    queryKey: keysKey(app),
    queryFn: ({ signal }) =>
      http.get<Page<Key>>(appPath(app.project_id, app.id, 'keys/'), { query: { limit: MOST_ROWS }, signal }),
    select: (page) => page.results,
    // What a key was used for is no event.
    refetchInterval: 10_000,
  });

export const SPANS = { hour: 3_600, day: 86_400, week: 7 * 86_400 } as const;
export type Span = keyof typeof SPANS;
export const WAYS_TO_DIVIDE = ['all', 'endpoint', 'consumer'] as const;
export type By = (typeof WAYS_TO_DIVIDE)[number];

export const trafficQuery = (app: App, span: Span, by: By) =>
  queryOptions({
    queryKey: [...appKey(app.project_id, app.id), 'traffic', span, by],
    queryFn: ({ signal }) => {
      const since = new Date(Date.now() - SPANS[span] * 1000).toISOString();
      const query = { since, by: by === 'all' ? undefined : by };
      return http.get<Traffic>(appPath(app.project_id, app.id, 'traffic/'), { query, signal });
    },
    placeholderData: keepPreviousData,
    // What came to an app is no event: there would be one for each request.
    refetchInterval: 10_000,
  });

/** What a training leaves beside its model: a request to try it with. Longer ones are no example. */
const EXAMPLE = 'example.json';
const MOST_EXAMPLE = 20_000;

export const exampleQuery = (project: string, job: string, artifact: string) =>
  queryOptions({
    queryKey: ['projects', project, 'job', job, 'example', artifact],
    queryFn: async ({ signal }) => {
      const path = `/projects/${project}/jobs/${job}/artifacts/`;
      const { results } = await http.get<Page<Of<'ArtifactOutput'>>>(path, { query: { limit: MOST_ROWS }, signal });
      const name = artifact.slice(0, artifact.lastIndexOf('/') + 1) + EXAMPLE;
      const found = results.findLast((one) => one.name === name && one.size_bytes <= MOST_EXAMPLE);
      return found ? await http.text(`${path}${found.id}/download/`, { signal }) : '';
    },
  });

/** What a form or a text says of an app; the server checks it. */
export type Body = Record<string, unknown>;

export const createApp = (project: string, body: Body) => http.post<AppDetail>(appsPath(project), body);
export const changeApp = (app: AppDetail, body: Body) =>
  http.patch<AppDetail>(appPath(app.project_id, app.id), body, { etag: etagOf(app) });
export const removeApp = (app: App) => http.delete(appPath(app.project_id, app.id), { etag: etagOf(app) });
export const switchApp = (app: App, act: 'stop' | 'start') =>
  http.post<AppDetail>(appPath(app.project_id, app.id, `${act}/`), {});
export const rollBack = (app: App, revision: number) =>
  http.post<AppDetail>(appPath(app.project_id, app.id, 'rollback/'), { revision });
export const createKey = (
  app: App,
  body: { consumer: string; requests_per_minute: number | null; expires_at: string | null },
) => http.post<KeyShown>(appPath(app.project_id, app.id, 'keys/'), body);
export const revokeKey = (app: App, key: Key) => http.delete(appPath(app.project_id, app.id, `keys/${key.id}/`));
