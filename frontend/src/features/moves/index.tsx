import { ScheduleOutlined, SwapOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { platformRoute } from '@shared/routing/routes';
import { listWith, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inWords } from './words';

export const routes = [
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'moves',
    validateSearch: listWith({ place: text }),
    component: lazyRouteComponent(() => inWords(import('./pages/MovesPage')), 'MovesPage'),
    staticData: { title: 'shared:pages.moves' },
  }),
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'plans',
    validateSearch: listWith({}),
    component: lazyRouteComponent(() => inWords(import('./pages/PlansPage')), 'PlansPage'),
    staticData: { title: 'shared:pages.plans' },
  }),
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'plans/$plan',
    component: lazyRouteComponent(() => inWords(import('./pages/PlanPage')), 'PlanPage'),
    staticData: { title: 'shared:pages.plans' },
  }),
] as const;

export const feature: Feature = {
  name: 'moves',
  nav: [
    {
      id: 'moves',
      label: 'shared:pages.moves',
      icon: <SwapOutlined />,
      scope: 'platform',
      needs: 'moves.view',
      to: '/platform/moves',
      section: 'platform',
      order: 36,
    },
    {
      id: 'plans',
      label: 'shared:pages.plans',
      icon: <ScheduleOutlined />,
      scope: 'platform',
      needs: 'moves.view',
      to: '/platform/plans',
      section: 'platform',
      order: 36,
    },
  ],
};
