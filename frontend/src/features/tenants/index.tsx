import { BankOutlined, FolderOutlined, PlusOutlined, SettingOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { platformRoute, tenantRoute } from '@shared/routing/routes';
import { listSearch, listWith, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';

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
    component: lazyRouteComponent(() => import('./pages/ProjectsPage'), 'ProjectsPage'),
    staticData: { title: 'tenants:projects.title' },
  }),
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'settings',
    component: lazyRouteComponent(() => import('./pages/TenantPage'), 'TenantPage'),
    staticData: { title: 'tenants:settings.title' },
  }),
] as const;

export const platformRoutes = [
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'tenants',
    validateSearch: tenantsSearch,
    component: lazyRouteComponent(() => import('./pages/TenantsPage'), 'TenantsPage'),
    staticData: { title: 'tenants:list.title' },
  }),
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'tenants/new',
    component: lazyRouteComponent(() => import('./pages/OnboardPage'), 'OnboardPage'),
    staticData: { title: 'tenants:onboard.title' },
  }),
] as const;

export const feature: Feature = {
  name: 'tenants',
  nav: [
    {
      id: 'projects',
      label: 'tenants:projects.title',
      icon: <FolderOutlined />,
      scope: 'tenant',
      to: '/t/$tenant/projects',
      section: 'organisation',
      order: 20,
      letter: 'p',
    },
    {
      id: 'tenant',
      label: 'tenants:settings.title',
      icon: <SettingOutlined />,
      scope: 'tenant',
      needs: 'tenants.change',
      to: '/t/$tenant/settings',
      section: 'organisation',
      order: 23,
    },
    {
      id: 'tenants',
      label: 'tenants:list.title',
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
      label: 'tenants:onboard.title',
      icon: <PlusOutlined />,
      scope: 'platform',
      needs: 'tenants.onboard',
      to: '/platform/tenants/new',
      keywords: 'tenant new onboard 租户 新建 开通',
    },
  ],
};
