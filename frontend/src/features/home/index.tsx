import { HomeOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { projectRoute } from '@shared/routing/routes';
import { flag, search } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const routes = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: '/',
    validateSearch: search({ mine: flag }),
    component: lazyRouteComponent(() => import('./pages/HomePage'), 'HomePage'),
    staticData: { title: 'home:title' },
  }),
] as const;

export const feature: Feature = {
  name: 'home',
  nav: [
    {
      id: 'home',
      label: 'home:title',
      icon: <HomeOutlined />,
      scope: 'anywhere',
      to: '/t/$tenant/p/$project',
      section: 'work',
      order: 0,
      letter: 'h',
    },
  ],
};
