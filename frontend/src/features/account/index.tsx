import { KeyOutlined, SafetyOutlined, UserOutlined } from '@ant-design/icons';
import { isProblem } from '@shared/api/problem';
import type { Feature } from '@shared/features';
import { withPermissions } from '@shared/i18n/permissions';
import { rootRoute, shellRoute } from '@shared/routing/routes';
import { listSearch } from '@shared/routing/search';
import { sessionQuery } from '@shared/session/session';
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';

export const routes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: 'me',
    component: lazyRouteComponent(() => import('./pages/ProfilePage'), 'ProfilePage'),
    staticData: { title: 'account:profile.title' },
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: 'me/security',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('./pages/SecurityPage'), 'SecurityPage'),
    staticData: { title: 'account:security' },
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: 'me/tokens',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => withPermissions(import('./pages/TokensPage')), 'TokensPage'),
    staticData: { title: 'account:tokens.title' },
  }),
] as const;

/** Outside the frame: nothing else is open to who comes here. */
export const enrolRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'second-factor',
  beforeLoad: async ({ context }) => {
    await context.queries.ensureQueryData(sessionQuery).catch((error) => {
      throw isProblem(error) && error.status === 401 ? redirect({ to: '/sign-in' }) : error;
    });
  },
  component: lazyRouteComponent(() => import('./pages/EnrolPage'), 'EnrolPage'),
  staticData: { title: 'account:security' },
});

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
      keywords: 'time zone language 时区 语言',
    },
    {
      id: 'security',
      label: 'account:security',
      icon: <SafetyOutlined />,
      scope: 'anywhere',
      to: '/me/security',
      keywords: 'password second factor passkey totp sessions 密码 两步验证 通行密钥 会话',
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
