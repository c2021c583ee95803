/**
 * The trunk of the route tree: who and where. Features hang their pages on it, `app/router.tsx` gives it its frames.
 * The tenant and the project are in the address, never in hidden state.
 */
import { isProblem } from '@shared/api/problem';
import { requireProject, requireTenant } from '@shared/session/place';
import { sessionQuery } from '@shared/session/session';
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';

export interface RouterContext {
  queries: QueryClient;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()();

/** Who was asked for a second factor and chose "later" is not asked again in this window. */
export const LATER = 'hanse.second-factor-later';

/** Pages of people who are signed in: header, navigation, content. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    try {
      const { second_factor } = await context.queries.ensureQueryData(sessionQuery);
      const asked = second_factor.needed || (second_factor.needed_in.length > 0 && !sessionStorage.getItem(LATER));
      if (asked) throw redirect({ to: '/second-factor' });
    } catch (error) {
      if (!isProblem(error) || error.status !== 401) throw error;
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    }
  },
});

export const tenantRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: 't/$tenant',
  beforeLoad: async ({ context, params }) => {
    await requireTenant(context.queries, params.tenant);
  },
});

export const projectRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: 'p/$project',
  beforeLoad: async ({ context, params }) => {
    await requireProject(context.queries, params.tenant, params.project);
  },
});

/** Pages above all tenants. */
export const platformRoute = createRoute({ getParentRoute: () => shellRoute, path: 'platform' });
