import { ShareAltOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { tenantRoute } from '@shared/routing/routes';
import { listSearch } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const inWords = <Module,>(page: Promise<Module>) =>
  withWords(
    'federation',
    {
      en: () => import('./locales/en').then(({ federation }) => federation),
      zh: () => import('./locales/zh').then(({ federation }) => federation),
    },
    page,
  );

export const routes = [
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'parties',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => inWords(import('./pages/PartiesPage')), 'PartiesPage'),
    staticData: { title: 'shared:pages.parties' },
  }),
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'parties/$partner',
    component: lazyRouteComponent(() => inWords(import('./pages/PartnerPage')), 'PartnerPage'),
    staticData: { title: 'shared:pages.parties' },
  }),
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'parties/contracts/$contract',
    component: lazyRouteComponent(() => inWords(import('./pages/ContractPage')), 'ContractPage'),
    staticData: { title: 'shared:pages.parties' },
  }),
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'parties/jobs/$federated',
    component: lazyRouteComponent(() => inWords(import('./pages/FederatedJobPage')), 'FederatedJobPage'),
    staticData: { title: 'shared:pages.parties' },
  }),
] as const;

export const feature: Feature = {
  name: 'federation',
  nav: [
    {
      id: 'parties',
      label: 'shared:pages.parties',
      icon: <ShareAltOutlined />,
      scope: 'tenant',
      needs: 'parties.view',
      to: '/t/$tenant/parties',
      section: 'resources',
      order: 20,
    },
  ],
};
