import { LineChartOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { platformRoute } from '@shared/routing/routes';
import { listWith, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const inWords = <Module,>(page: Promise<Module>) =>
  withWords(
    'forecasts',
    {
      en: () => import('./locales/en').then(({ forecasts }) => forecasts),
      zh: () => import('./locales/zh').then(({ forecasts }) => forecasts),
    },
    page,
  );

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
