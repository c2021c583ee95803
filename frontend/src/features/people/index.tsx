import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { withPermissions } from '@shared/i18n/permissions';
import { rootRoute, tenantRoute } from '@shared/routing/routes';
import { listSearch } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

/** A page together with the words that it needs. */
const worded = <Module,>(page: () => Promise<Module>) =>
  withWords(
    'people',
    {
      en: () => import('./locales/en').then(({ people }) => people),
      zh: () => import('./locales/zh').then(({ people }) => people),
    },
    page(),
  );

export const tenantRoutes = [
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'members/invitations',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => worded(() => import('./pages/InvitationsPage')), 'InvitationsPage'),
    staticData: { title: 'people:invitations.title' },
  }),
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'members/service-accounts',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => worded(() => import('./pages/ProgramsPage')), 'ProgramsPage'),
    staticData: { title: 'people:programs.title' },
  }),
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'members/service-accounts/$account',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => worded(() => withPermissions(import('./pages/ProgramPage'))), 'ProgramPage'),
    staticData: { title: 'people:programs.title' },
  }),
] as const;

/** For whoever has a link, with or without a session. */
export const rootRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: 'invitation',
    component: lazyRouteComponent(() => worded(() => import('./pages/OfferPage')), 'OfferPage'),
    staticData: { title: 'people:offer.title' },
  }),
] as const;

export const feature: Feature = { name: 'people', nav: [] };
