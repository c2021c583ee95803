import { LineChartOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { platformRoute } from '@shared/routing/routes';
import { listWith, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inWords } from './words';

export const routes = [
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'fleet',
    validateSearch: listWith({ q: text, kind: text }),
    component: lazyRouteComponent(() => inWords(import('./pages/FleetPage')), 'FleetPage'),
    staticData: { title: 'shared:pages.fleet' },
  }),
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'fleet/models',
    component: lazyRouteComponent(() => inWords(import('./pages/ModelsPage')), 'ModelsPage'),
    staticData: { title: 'shared:pages.fleet' },
  }),
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'fleet/$target',
    component: lazyRouteComponent(() => inWords(import('./pages/TargetPage')), 'TargetPage'),
    staticData: { title: 'shared:pages.fleet' },
  }),
] as const;

export const feature: Feature = {
  name: 'forecasts',
  nav: [
    {
      id: 'fleet',
      label: 'shared:pages.fleet',
      icon: <LineChartOutlined />,
      scope: 'platform',
      needs: 'forecasts.view',
      to: '/platform/fleet',
      section: 'platform',
      order: 36,
    },
  ],
};
