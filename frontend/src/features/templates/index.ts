import type { Feature } from '@shared/features';
import { projectRoute } from '@shared/routing/routes';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { icon } from './icons';

export const routes = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'templates',
    component: lazyRouteComponent(() => import('./pages/TemplatesPage'), 'TemplatesPage'),
    staticData: { title: 'templates:title' },
  }),
] as const;

export const feature: Feature = {
  name: 'templates',
  nav: [
    {
      id: 'templates',
      label: 'templates:title',
      icon,
      scope: 'project',
      needs: 'templates.view',
      to: '/t/$tenant/p/$project/templates',
      section: 'work',
      order: 30,
    },
  ],
};
