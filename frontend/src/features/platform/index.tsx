import { ContactsOutlined, LoginOutlined, UsergroupAddOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { platformRoute } from '@shared/routing/routes';
import { listSearch, listWith, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const inWords = <Module,>(page: Promise<Module>) =>
  withWords(
    'platform',
    {
      en: () => import('./locales/en').then(({ platform }) => platform),
      zh: () => import('./locales/zh').then(({ platform }) => platform),
    },
    page,
  );

export const routes = [
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'users',
    validateSearch: listWith({ is_active: text }),
    component: lazyRouteComponent(
      () =>
        withWords(
          'leaving',
          {
            en: () => import('./leaving/en').then(({ leaving }) => leaving),
            zh: () => import('./leaving/zh').then(({ leaving }) => leaving),
          },
          inWords(import('./pages/UsersPage')),
        ),
      'UsersPage',
    ),
    staticData: { title: 'shared:pages.users' },
  }),
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'groups',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => inWords(import('./pages/GroupsPage')), 'GroupsPage'),
    staticData: { title: 'shared:pages.groups' },
  }),
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'single-sign-on',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => inWords(import('./pages/ProvidersPage')), 'ProvidersPage'),
    staticData: { title: 'shared:pages.singleSignOn' },
  }),
] as const;

export const feature: Feature = {
  name: 'platform',
  nav: [
    {
      id: 'users',
      label: 'shared:pages.users',
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
      label: 'shared:pages.groups',
      icon: <UsergroupAddOutlined />,
      scope: 'platform',
      needs: 'platform.view',
      to: '/platform/groups',
      section: 'platform',
      order: 36,
    },
    {
      id: 'single-sign-on',
      label: 'shared:pages.singleSignOn',
      icon: <LoginOutlined />,
      scope: 'platform',
      needs: 'platform.view',
      to: '/platform/single-sign-on',
      section: 'platform',
      order: 37,
    },
  ],
};
