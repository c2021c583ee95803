import { ContactsOutlined, UsergroupAddOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { platformRoute } from '@shared/routing/routes';
import { listSearch, listWith, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const routes = [
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'users',
    validateSearch: listWith({ is_active: text }),
    component: lazyRouteComponent(() => import('./pages/UsersPage'), 'UsersPage'),
    staticData: { title: 'platform:users.title' },
  }),
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'groups',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('./pages/GroupsPage'), 'GroupsPage'),
    staticData: { title: 'platform:groups.title' },
  }),
] as const;

export const feature: Feature = {
  name: 'platform',
  nav: [
    {
      id: 'users',
      label: 'platform:users.title',
      icon: <ContactsOutlined />,
      scope: 'platform',
      needs: 'platform.view',
      to: '/platform/users',
      section: 'platform',
      order: 35,
      letter: 'u',
    },
    {
      id: 'groups',
      label: 'platform:groups.title',
      icon: <UsergroupAddOutlined />,
      scope: 'platform',
      needs: 'platform.view',
      to: '/platform/groups',
      section: 'platform',
      order: 36,
    },
  ],
};
