import { KeyOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { projectRoute } from '@shared/routing/routes';
import { listSearch } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const inWords = <Module,>(page: Promise<Module>) =>
  withWords(
    'secrets',
    {
      en: () => import('./locales/en').then(({ secrets }) => secrets),
      zh: () => import('./locales/zh').then(({ secrets }) => secrets),
    },
    page,
  );

export const routes = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'secrets',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => inWords(import('./pages/SecretsPage')), 'SecretsPage'),
    staticData: { title: 'shared:pages.secrets' },
  }),
] as const;

export const feature: Feature = {
  name: 'secrets',
  nav: [
    {
      id: 'secrets',
      label: 'shared:pages.secrets',
      icon: <KeyOutlined />,
      scope: 'project',
      needs: 'secrets.view',
      to: '/t/$tenant/p/$project/secrets',
      section: 'work',
      order: 35,
    },
  ],
};
