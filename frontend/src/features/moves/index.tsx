import { SwapOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { platformRoute } from '@shared/routing/routes';
import { listWith, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const inWords = <Module,>(page: Promise<Module>) =>
  withWords(
    'moves',
    {
      en: () => import('./locales/en').then(({ moves }) => moves),
      zh: () => import('./locales/zh').then(({ moves }) => moves),
    },
    page,
  );

export const routes = [
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'moves',
    validateSearch: listWith({ place: text }),
    component: lazyRouteComponent(() => inWords(import('./pages/MovesPage')), 'MovesPage'),
    staticData: { title: 'shared:pages.moves' },
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
  ],
};
