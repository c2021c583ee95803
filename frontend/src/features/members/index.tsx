import { SafetyOutlined, TeamOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { platformRoute, tenantRoute } from '@shared/routing/routes';
import { listWith, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const membersSearch = listWith({ role: text, project: text });

export const tenantRoutes = [
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'members',
    validateSearch: membersSearch,
    component: lazyRouteComponent(() => import('./pages/MembersPage'), 'MembersPage'),
    staticData: { title: 'members:title' },
  }),
] as const;

export const platformRoutes = [
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'roles',
    validateSearch: membersSearch,
    component: lazyRouteComponent(() => import('./pages/PlatformMembersPage'), 'PlatformMembersPage'),
    staticData: { title: 'members:platformTitle' },
  }),
] as const;

export const feature: Feature = {
  name: 'members',
  nav: [
    {
      id: 'members',
      label: 'members:title',
      icon: <TeamOutlined />,
      scope: 'tenant',
      needs: 'members.view',
      to: '/t/$tenant/members',
      section: 'organisation',
      order: 21,
      letter: 'm',
    },
    {
      id: 'platform-roles',
      label: 'members:platformTitle',
      icon: <SafetyOutlined />,
      scope: 'platform',
      needs: 'platform.view',
      to: '/platform/roles',
      section: 'platform',
      order: 37,
    },
  ],
};
