import { ClusterOutlined, CodeOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { projectRoute, shellRoute } from '@shared/routing/routes';
import { choice, listWith, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const inWords = <Module,>(page: Promise<Module>) =>
  withWords(
    'clusters',
    {
      en: () => import('./locales/en').then(({ clusters }) => clusters),
      zh: () => import('./locales/zh').then(({ clusters }) => clusters),
    },
    page,
  );

const clusterSearch = listWith({ tab: choice(['nodes', 'capacity', 'flavors', 'checks', 'about']), health: text });

export const routes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: 'clusters',
    validateSearch: listWith({ kind: text, health: text }),
    component: lazyRouteComponent(() => inWords(import('./pages/ClustersPage')), 'ClustersPage'),
    staticData: { title: 'shared:pages.clusters' },
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: 'clusters/$cluster',
    validateSearch: clusterSearch,
    component: lazyRouteComponent(() => inWords(import('./pages/ClusterPage')), 'ClusterPage'),
    staticData: { title: 'shared:pages.clusters' },
  }),
] as const;

export const projectRoutes = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'kubectl',
    validateSearch: listWith({ cluster: text }),
    component: lazyRouteComponent(() => inWords(import('./pages/KubectlPage')), 'KubectlPage'),
    staticData: { title: 'shared:pages.kubectl' },
  }),
] as const;

export const feature: Feature = {
  name: 'clusters',
  nav: [
    {
      id: 'clusters',
      label: 'shared:pages.clusters',
      icon: <ClusterOutlined />,
      scope: 'anywhere',
      needs: 'clusters.view',
      to: '/clusters',
      section: 'resources',
      order: 11,
      letter: 'c',
    },
  ],
  commands: [
    {
      id: 'kubectl',
      label: 'shared:pages.kubectl',
      icon: <CodeOutlined />,
      scope: 'project',
      needs: 'kubectl.use',
      to: '/t/$tenant/p/$project/kubectl',
      keywords: 'kubeconfig kubernetes namespace terminal 命名空间 终端',
    },
  ],
};
