import { DatabaseOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { projectRoute } from '@shared/routing/routes';
import { listSearch, search, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const inWords = <Module,>(page: Promise<Module>) =>
  withWords(
    'buckets',
    {
      en: () => import('./locales/en').then(({ buckets }) => buckets),
      zh: () => import('./locales/zh').then(({ buckets }) => buckets),
    },
    page,
  );

/** The uploads that go on, whatever page is shown. */
export const loadUploadTray = () => inWords(import('./components/UploadTray'));

export const routes = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'buckets',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => inWords(import('./pages/BucketsPage')), 'BucketsPage'),
    staticData: { title: 'shared:pages.buckets' },
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'buckets/$bucket',
    validateSearch: search({ folder: text, begins: text, as: text }),
    component: lazyRouteComponent(() => inWords(import('./pages/BucketPage')), 'BucketPage'),
    staticData: { title: 'shared:pages.buckets' },
  }),
] as const;

export const feature: Feature = {
  name: 'buckets',
  nav: [
    {
      id: 'buckets',
      label: 'shared:pages.buckets',
      icon: <DatabaseOutlined />,
      scope: 'project',
      needs: 'buckets.view',
      to: '/t/$tenant/p/$project/buckets',
      section: 'work',
      order: 33,
    },
  ],
};
