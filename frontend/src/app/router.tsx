/** All addresses of the console. The trunk is in shared/routing; here it gets its frames and the features' pages. */
import { routes as account, enrolRoute } from '@features/account';
import { routes as apps } from '@features/apps';
import * as audit from '@features/audit';
import { routes as buckets } from '@features/buckets';
import * as clusters from '@features/clusters';
import { routes as datasets } from '@features/datasets';
import { routes as federation } from '@features/federation';
import { routes as forecasts } from '@features/forecasts';
import { routes as health } from '@features/health';
import { routes as home } from '@features/home';
import { routes as isolation } from '@features/isolation';
import { routes as jobs, sharedRoutes as sharedJobs, tenantRoutes as tenantJobs } from '@features/jobs';
import * as members from '@features/members';
import { routes as moves } from '@features/moves';
import * as notifications from '@features/notifications';
import * as people from '@features/people';
import { routes as platform } from '@features/platform';
import * as quotas from '@features/quotas';
import { routes as schedules } from '@features/schedules';
import { routes as secrets } from '@features/secrets';
import { routes as templates } from '@features/templates';
import * as tenants from '@features/tenants';
import { routes as volumes } from '@features/volumes';
import { Problem } from '@shared/api/problem';
import { ErrorPage } from '@shared/components/ErrorPage';
import { PageLoading } from '@shared/components/PageLoading';
import { platformRoute, projectRoute, rootRoute, shellRoute, tenantRoute } from '@shared/routing/routes';
import { ownAddress, search, shortText } from '@shared/routing/search';
import { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { Root } from './Root';
import { Shell } from './shell/Shell';

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in',
  validateSearch: search({ next: ownAddress, refused: shortText(40) }),
  component: lazyRouteComponent(() => import('./pages/SignInPage'), 'SignInPage'),
  staticData: { title: 'shell:signIn.title' },
});

const resetPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'reset-password',
  component: lazyRouteComponent(() => import('./pages/ResetPasswordPage'), 'ResetPasswordPage'),
  staticData: { title: 'shell:signIn.title' },
});

rootRoute.update({ component: Root, notFoundComponent: () => <ErrorPage /> });

shellRoute.update({ component: Shell });

/** What no other route takes: said inside the frame, so that the way on is at hand. */
const nowhereRoute = createRoute({ getParentRoute: () => shellRoute, path: '$', component: () => <ErrorPage /> });

const startRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/StartPage'), 'StartPage'),
});

/** `/platform` has no page of its own: on to the first of its pages. */
const platformStartRoute = createRoute({
  getParentRoute: () => platformRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/platform/tenants', replace: true });
  },
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  ...people.rootRoutes,
  resetPasswordRoute,
  enrolRoute,
  shellRoute.addChildren([
    startRoute,
    nowhereRoute,
    ...account,
    ...notifications.routes,
    ...sharedJobs,
    ...clusters.routes,
    tenantRoute.addChildren([
      ...tenants.tenantRoutes,
      ...tenantJobs,
      ...quotas.tenantRoutes,
      ...members.tenantRoutes,
      ...people.tenantRoutes,
      ...audit.tenantRoutes,
      ...federation,
      projectRoute.addChildren([
        ...home,
        ...jobs,
        ...clusters.projectRoutes,
        ...schedules,
        ...apps,
        ...templates,
        ...secrets,
        ...buckets,
        ...datasets,
        ...volumes,
        ...isolation,
      ]),
    ]),
    platformRoute.addChildren([
      platformStartRoute,
      ...tenants.platformRoutes,
      ...quotas.platformRoutes,
      ...members.platformRoutes,
      ...audit.platformRoutes,
      ...platform,
      ...forecasts,
      ...moves,
      ...health,
      ...notifications.platformRoutes,
    ]),
  ]),
]);

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) =>
        failures < 2 && error instanceof Problem && (error.status === 0 || error.status >= 502),
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false },
  },
});

export const router = createRouter({
  routeTree,
  context: { queries },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: PageLoading,
  defaultPendingMs: 200,
  defaultErrorComponent: ({ error, reset }) => <ErrorPage error={error} retry={reset} />,
  defaultNotFoundComponent: () => <ErrorPage />,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface StaticDataRouteOption {
    /** Key of a dictionary: the page's name in the window's title. */
    title?: string;
  }
}
