import { HddOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { projectRoute } from '@shared/routing/routes';
import { listSearch } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const inWords = <Module,>(page: Promise<Module>) =>
  withWords(
    'volumes',
    {
      en: () => import('./locales/en').then(({ volumes }) => volumes),
      zh: () => import('./locales/zh').then(({ volumes }) => volumes),
    },
    page,
  );

export const routes = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'volumes',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => inWords(import('./pages/VolumesPage')), 'VolumesPage'),
    staticData: { title: 'shared:pages.volumes' },
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'volumes/$volume',
    component: lazyRouteComponent(() => inWords(import('./pages/VolumePage')), 'VolumePage'),
    staticData: { title: 'shared:pages.volumes' },
  }),
] as const;

export const feature: Feature = {
  name: 'volumes',
  nav: [
    {
      id: 'volumes',
      label: 'shared:pages.volumes',
      icon: <HddOutlined />,
      scope: 'project',
      needs: 'volumes.view',
      to: '/t/$tenant/p/$project/volumes',
      section: 'work',
      order: 35,
    },
  ],
};
