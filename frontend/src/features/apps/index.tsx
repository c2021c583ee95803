import { CloudServerOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { projectRoute } from '@shared/routing/routes';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appSearch, appsSearch } from './search';

const worded = <Module,>(page: Promise<Module>) =>
  withWords(
    'apps',
    {
      en: () => import('./locales/en').then(({ apps }) => apps),
      zh: () => import('./locales/zh').then(({ apps }) => apps),
    },
    page,
  );

export const routes = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'apps',
    validateSearch: appsSearch,
    component: lazyRouteComponent(() => worded(import('./pages/AppsPage')), 'AppsPage'),
    staticData: { title: 'shared:pages.apps' },
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'apps/new',
    component: lazyRouteComponent(() => worded(import('./pages/DeployPage')), 'DeployPage'),
    staticData: { title: 'shared:pages.apps' },
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'apps/$app',
    validateSearch: appSearch,
    component: lazyRouteComponent(() => worded(import('./pages/AppPage')), 'AppPage'),
    staticData: { title: 'shared:pages.apps' },
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'apps/$app/change',
    component: lazyRouteComponent(() => worded(import('./pages/DeployPage')), 'ChangePage'),
    staticData: { title: 'shared:pages.apps' },
  }),
] as const;

export const feature: Feature = {
  name: 'apps',
  nav: [
    {
      id: 'apps',
      label: 'shared:pages.apps',
      icon: <CloudServerOutlined />,
      scope: 'project',
      needs: 'apps.view',
      to: '/t/$tenant/p/$project/apps',
      section: 'work',
      order: 22,
      letter: 'v',
    },
  ],
};
