import { ContainerOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { projectRoute } from '@shared/routing/routes';
import { listSearch, search, text, wholeNumber } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const inWords = <Module,>(page: Promise<Module>) =>
  withWords(
    'datasets',
    {
      en: () => import('./locales/en').then(({ datasets }) => datasets),
      zh: () => import('./locales/zh').then(({ datasets }) => datasets),
    },
    page,
  );

export const routes = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'datasets',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => inWords(import('./pages/DatasetsPage')), 'DatasetsPage'),
    staticData: { title: 'shared:pages.datasets' },
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'datasets/register',
    validateSearch: search({ bucket: text, prefix: text, dataset: text, job: text }),
    component: lazyRouteComponent(() => inWords(import('./pages/RegisterPage')), 'RegisterPage'),
    staticData: { title: 'shared:pages.datasets' },
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'datasets/$dataset',
    validateSearch: search({ version: wholeNumber(1), folder: text }),
    component: lazyRouteComponent(() => inWords(import('./pages/DatasetPage')), 'DatasetPage'),
    staticData: { title: 'shared:pages.datasets' },
  }),
] as const;

export const feature: Feature = {
  name: 'datasets',
  nav: [
    {
      id: 'datasets',
      label: 'shared:pages.datasets',
      icon: <ContainerOutlined />,
      scope: 'project',
      needs: 'datasets.view',
      to: '/t/$tenant/p/$project/datasets',
      section: 'work',
      order: 34,
    },
  ],
};
