import { KeyOutlined, UserOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { shellRoute } from '@shared/routing/routes';
import { listSearch } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const routes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: 'me',
    component: lazyRouteComponent(() => import('./pages/ProfilePage'), 'ProfilePage'),
    staticData: { title: 'account:profile.title' },
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: 'me/tokens',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('./pages/TokensPage'), 'TokensPage'),
    staticData: { title: 'account:tokens.title' },
  }),
] as const;

export const feature: Feature = {
  name: 'account',
  nav: [],
  commands: [
    {
      id: 'profile',
      label: 'account:profile.title',
      icon: <UserOutlined />,
      scope: 'anywhere',
      to: '/me',
      keywords: 'password time zone language 密码 时区 语言',
    },
    {
      id: 'tokens',
      label: 'account:tokens.title',
      icon: <KeyOutlined />,
      scope: 'anywhere',
      to: '/me/tokens',
      keywords: 'api key curl 令牌 密钥',
    },
  ],
};
