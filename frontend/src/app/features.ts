/**
 * The list of features, and what each brings along.
 *
 * A feature is a folder `src/features/<name>/` whose `index.ts` exports
 *  - `routes`: an array of routes made with `createRoute({ getParentRoute: () => projectRoute, ... })`; the trunk they
 *    hang on is in `shared/routing/routes.ts`. Pages are loaded when they are opened:
 *    `component: lazyRouteComponent(() => import('./pages/JobsPage'), 'JobsPage')`. Search parameters are typed with
 *    `validateSearch` (see `shared/routing/search.ts`). `staticData: { title: 'jobs:title' }` names the page: a key of a dictionary.
 *  - `feature`: a `Feature` (see `shared/features.ts`): entries of the navigation and commands of the palette.
 *  - dictionaries `locales/en.ts` and `locales/zh.ts`; register them in `app/i18n/{english,chinese}.ts`, the namespace is the
 *    feature's name. `zh` is typed as a translation of `en`, so that a missing key does not compile.
 *
 * Features know `shared/`, never one another; only `app/` sees them all. To add one: a line in `app/router.tsx` for its
 * routes, a line below for the rest, a line in each of `app/i18n/{english,chinese}.ts`.
 */
import { feature as account } from '@features/account';
import { feature as apps } from '@features/apps';
import { feature as audit } from '@features/audit';
import { feature as buckets } from '@features/buckets';
import { feature as clusters } from '@features/clusters';
import { feature as datasets } from '@features/datasets';
import { feature as federation } from '@features/federation';
import { feature as forecasts } from '@features/forecasts';
import { feature as health } from '@features/health';
import { feature as home } from '@features/home';
import { feature as isolation } from '@features/isolation';
import { feature as jobs } from '@features/jobs';
import { feature as members } from '@features/members';
import { feature as moves } from '@features/moves';
import { feature as notifications } from '@features/notifications';
import { feature as platform } from '@features/platform';
import { feature as quotas } from '@features/quotas';
import { feature as schedules } from '@features/schedules';
import { feature as secrets } from '@features/secrets';
import { feature as templates } from '@features/templates';
import { feature as tenants } from '@features/tenants';
import { feature as volumes } from '@features/volumes';
import type { Feature } from '@shared/features';

export const features: readonly Feature[] = [
  home,
  jobs,
  schedules,
  apps,
  templates,
  secrets,
  buckets,
  datasets,
  volumes,
  quotas,
  clusters,
  federation,
  isolation,
  tenants,
  members,
  audit,
  forecasts,
  moves,
  platform,
  health,
  account,
  notifications,
];
