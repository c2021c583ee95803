import { HeartOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { platformRoute } from '@shared/routing/routes';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const routes = [
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'health',
    component: lazyRouteComponent(() => import('./pages/HealthPage'), 'HealthPage'),
    staticData: { title: 'health:title' },
  }),
] as const;

export const feature: Feature = {
  name: 'health',
  nav: [
    {
      id: 'health',
      label: 'health:title',
      icon: <HeartOutlined />,
      scope: 'platform',
      needs: 'platform.view',
      to: '/platform/health',
      section: 'platform',
      order: 40,
    },
  ],
};
