import {
  BarChartOutlined,
  GroupOutlined,
  InboxOutlined,
  OrderedListOutlined,
  PieChartOutlined,
  PlusOutlined,
} from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { platformRoute, tenantRoute } from '@shared/routing/routes';
import { choice, listSearch, listWith, text, texts } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const withPages = <Module,>(page: Promise<Module>) =>
  withWords(
    'quotas/page',
    {
      en: () => import('./locales/page.en').then((words) => words.quotaPages),
      zh: () => import('./locales/page.zh').then((words) => words.quotaPages),
    },
    page,
  );

const withRules = <Module,>(page: Promise<Module>) =>
  withWords(
    'quotas/rules',
    {
      en: () => import('./locales/rules.en').then((words) => words.quotaRules),
      zh: () => import('./locales/rules.zh').then((words) => words.quotaRules),
    },
    page,
  );

export const tenantRoutes = [
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'quotas',
    validateSearch: listWith({
      tab: choice(['now', 'caps', 'usage', 'requests']),
      state: texts,
      request: text,
      since: text,
      until: text,
    }),
    component: lazyRouteComponent(() => withPages(import('./pages/TenantQuotaPage')), 'TenantQuotaPage'),
    staticData: { title: 'quotas:tenant.title' },
  }),
] as const;

export const platformRoutes = [
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'quotas',
    validateSearch: listWith({ tenant: text, cluster: text, cohort: text }),
    component: lazyRouteComponent(() => withPages(import('./pages/QuotasPage')), 'QuotasPage'),
    staticData: { title: 'quotas:list.title' },
  }),
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'quotas/$quota',
    component: lazyRouteComponent(() => withPages(import('./pages/QuotaPage')), 'QuotaPage'),
    staticData: { title: 'quotas:list.title' },
  }),
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'cohorts',
    validateSearch: listWith({ cluster: text }),
    component: lazyRouteComponent(() => withRules(import('./pages/CohortsPage')), 'CohortsPage'),
    staticData: { title: 'quotas:cohorts.title' },
  }),
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'quota-requests',
    validateSearch: listWith({ state: texts, request: text }),
    component: lazyRouteComponent(() => withPages(import('./pages/QuotaRequestsPage')), 'QuotaRequestsPage'),
    staticData: { title: 'quotas:requests.title' },
  }),
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'priorities',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => withRules(import('./pages/PrioritiesPage')), 'PrioritiesPage'),
    staticData: { title: 'quotas:priorities.title' },
  }),
] as const;

export const feature: Feature = {
  name: 'quotas',
  nav: [
    {
      id: 'quotas',
      label: 'quotas:tenant.title',
      icon: <PieChartOutlined />,
      scope: 'tenant',
      to: '/t/$tenant/quotas',
      section: 'resources',
      order: 10,
      letter: 'q',
    },
    {
      id: 'platform-quotas',
      label: 'quotas:list.title',
      icon: <BarChartOutlined />,
      scope: 'platform',
      needs: 'quotas.view',
      to: '/platform/quotas',
      section: 'platform',
      order: 31,
    },
    {
      id: 'quota-requests',
      label: 'quotas:requests.title',
      icon: <InboxOutlined />,
      scope: 'platform',
      needs: 'quotas.view',
      to: '/platform/quota-requests',
      section: 'platform',
      order: 31.5,
    },
    {
      id: 'cohorts',
      label: 'quotas:cohorts.title',
      icon: <GroupOutlined />,
      scope: 'platform',
      needs: 'quotas.view',
      to: '/platform/cohorts',
      section: 'platform',
      order: 32,
    },
    {
      id: 'priorities',
      label: 'quotas:priorities.title',
      icon: <OrderedListOutlined />,
      scope: 'platform',
      needs: 'platform.view',
      to: '/platform/priorities',
      section: 'platform',
      order: 33,
    },
  ],
  commands: [
    {
      id: 'grant-quota',
      label: 'quotas:list.grant',
      icon: <PlusOutlined />,
      scope: 'platform',
      needs: 'quotas.manage',
      to: '/platform/quotas/new',
      keywords: 'quota grant 配额 分配',
    },
  ],
};
