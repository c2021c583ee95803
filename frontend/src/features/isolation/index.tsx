import { ClusterOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { projectRoute } from '@shared/routing/routes';
import { listSearch } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const inWords = <Module,>(page: Promise<Module>) =>
  withWords(
    'isolation',
    {
      en: () => import('./locales/en').then(({ isolation }) => isolation),
      zh: () => import('./locales/zh').then(({ isolation }) => isolation),
    },
    page,
  );

export const routes = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'network',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => inWords(import('./pages/NetworkPage')), 'NetworkPage'),
    staticData: { title: 'shared:pages.network' },
  }),
] as const;

export const feature: Feature = {
  name: 'isolation',
  nav: [],
  commands: [
    {
      id: 'network',
      label: 'shared:pages.network',
      icon: <ClusterOutlined />,
      scope: 'project',
      needs: 'networks.view',
      to: '/t/$tenant/p/$project/network',
      keywords: 'network policy firewall egress ingress cidr port 网络 防火墙 端口',
    },
  ],
};
