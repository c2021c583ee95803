import { ClusterOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { shellRoute } from '@shared/routing/routes';
import { choice, listWith, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const clusterSearch = listWith({ tab: choice(['nodes', 'flavors', 'about']) });

export const routes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: 'clusters',
    validateSearch: listWith({ kind: text, health: text }),
    component: lazyRouteComponent(() => import('./pages/ClustersPage'), 'ClustersPage'),
    staticData: { title: 'clusters:title' },
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: 'clusters/$cluster',
    validateSearch: clusterSearch,
    component: lazyRouteComponent(() => import('./pages/ClusterPage'), 'ClusterPage'),
    staticData: { title: 'clusters:title' },
  }),
] as const;

export const feature: Feature = {
  name: 'clusters',
  nav: [
    {
      id: 'clusters',
      label: 'clusters:title',
      icon: <ClusterOutlined />,
      scope: 'anywhere',
      needs: 'clusters.view',
      to: '/clusters',
      section: 'resources',
      order: 11,
      letter: 'c',
    },
  ],
};
