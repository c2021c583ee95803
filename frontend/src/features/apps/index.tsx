import { ApiOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { projectRoute } from '@shared/routing/routes';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appSearch, appsSearch, deploySearch } from './search';

/** All pages in one piece: the first page of the console pays for the address of each piece. */
const load = () =>
  withWords(
    'apps',
    {
      en: () => import('./locales/en').then(({ apps }) => apps),
      zh: () => import('./locales/zh').then(({ apps }) => apps),
    },
    import('./pages'),
  );

export const routes = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'apps',
    validateSearch: appsSearch,
    component: lazyRouteComponent(load, 'AppsPage'),
    staticData: { title: 'shared:pages.apps' },
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'apps/new',
    validateSearch: deploySearch,
    component: lazyRouteComponent(load, 'DeployPage'),
    staticData: { title: 'shared:pages.apps' },
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'apps/$app',
    validateSearch: appSearch,
    component: lazyRouteComponent(load, 'AppPage'),
    staticData: { title: 'shared:pages.apps' },
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'apps/$app/change',
    component: lazyRouteComponent(load, 'ChangePage'),
    staticData: { title: 'shared:pages.apps' },
  }),
] as const;

export const feature: Feature = {
  name: 'apps',
  nav: [
    {
      id: 'apps',
      label: 'shared:pages.apps',
      icon: <ApiOutlined />,
      scope: 'project',
      needs: 'apps.view',
      to: '/t/$tenant/p/$project/apps',
      section: 'work',
      order: 22,
      letter: 'v',
    },
  ],
};
