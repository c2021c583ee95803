import { BankOutlined, FolderOutlined, PlusOutlined, SettingOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { platformRoute, tenantRoute } from '@shared/routing/routes';
import { listSearch, listWith, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';

const inWords = <Module,>(page: Promise<Module>) =>
  withWords(
    'tenants',
    {
      en: () => import('./locales/en').then(({ tenants }) => tenants),
      zh: () => import('./locales/zh').then(({ tenants }) => tenants),
    },
    page,
  );

export const tenantsSearch = listWith({ phase: text });

export const tenantRoutes = [
  createRoute({
    getParentRoute: () => tenantRoute,
    path: '/',
    beforeLoad: ({ params }) => {
      throw redirect({ to: '/t/$tenant/projects', params });
    },
  }),
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'projects',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => inWords(import('./pages/ProjectsPage')), 'ProjectsPage'),
    staticData: { title: 'shared:pages.projects' },
  }),
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'settings',
    component: lazyRouteComponent(() => inWords(import('./pages/TenantPage')), 'TenantPage'),
    staticData: { title: 'shared:pages.tenantSettings' },
  }),
] as const;

export const platformRoutes = [
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'tenants',
    validateSearch: tenantsSearch,
    component: lazyRouteComponent(() => inWords(import('./pages/TenantsPage')), 'TenantsPage'),
    staticData: { title: 'shared:pages.tenants' },
  }),
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'tenants/new',
    component: lazyRouteComponent(() => inWords(import('./pages/OnboardPage')), 'OnboardPage'),
    staticData: { title: 'shared:pages.onboard' },
  }),
] as const;

export const feature: Feature = {
  name: 'tenants',
  nav: [
    {
      id: 'projects',
      label: 'shared:pages.projects',
      icon: <FolderOutlined />,
      scope: 'tenant',
      to: '/t/$tenant/projects',
      section: 'organisation',
      order: 20,
      letter: 'p',
    },
    {
      id: 'tenant',
      label: 'shared:pages.tenantSettings',
      icon: <SettingOutlined />,
      scope: 'tenant',
      needs: 'tenants.change',
      to: '/t/$tenant/settings',
      section: 'organisation',
      order: 23,
    },
    {
      id: 'tenants',
      label: 'shared:pages.tenants',
      icon: <BankOutlined />,
      scope: 'platform',
      needs: 'platform.view',
      to: '/platform/tenants',
      section: 'platform',
      order: 30,
      letter: 't',
    },
  ],
  commands: [
    {
      id: 'onboard',
      label: 'shared:pages.onboard',
      icon: <PlusOutlined />,
      scope: 'platform',
      needs: 'tenants.onboard',
      to: '/platform/tenants/new',
      keywords: 'tenant new onboard 租户 新建 开通',
    },
  ],
};
