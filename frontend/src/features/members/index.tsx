import { SafetyOutlined, TeamOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { withPermissions } from '@shared/i18n/permissions';
import { platformRoute, tenantRoute } from '@shared/routing/routes';
import { listWith, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const inWords = <Module,>(page: Promise<Module>) =>
  withWords(
    'members',
    {
      en: () => import('./locales/en').then(({ members }) => members),
      zh: () => import('./locales/zh').then(({ members }) => members),
    },
    page,
  );

export const membersSearch = listWith({ role: text, project: text });

export const tenantRoutes = [
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'members',
    validateSearch: membersSearch,
    component: lazyRouteComponent(() => inWords(withPermissions(import('./pages/MembersPage'))), 'MembersPage'),
    staticData: { title: 'shared:pages.members' },
  }),
] as const;

export const platformRoutes = [
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'roles',
    validateSearch: membersSearch,
    component: lazyRouteComponent(
      () => inWords(withPermissions(import('./pages/PlatformMembersPage'))),
      'PlatformMembersPage',
    ),
    staticData: { title: 'shared:pages.platformMembers' },
  }),
] as const;

export const feature: Feature = {
  name: 'members',
  nav: [
    {
      id: 'members',
      label: 'shared:pages.members',
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
      label: 'shared:pages.platformMembers',
      icon: <SafetyOutlined />,
      scope: 'platform',
      needs: 'platform.view',
      to: '/platform/roles',
      section: 'platform',
      order: 37,
    },
  ],
};
