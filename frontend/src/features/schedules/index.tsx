import { ScheduleOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { projectRoute } from '@shared/routing/routes';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { schedulesSearch } from './api';

const worded = <Module,>(page: Promise<Module>) =>
  withWords(
    'schedules',
    {
      en: () => import('./locales/en').then(({ schedules }) => schedules),
      zh: () => import('./locales/zh').then(({ schedules }) => schedules),
    },
    page,
  );

export const routes = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'schedules',
    validateSearch: schedulesSearch,
    component: lazyRouteComponent(() => worded(import('./pages/SchedulesPage')), 'SchedulesPage'),
    staticData: { title: 'shell:pages.schedules' },
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'schedules/$schedule',
    validateSearch: schedulesSearch,
    component: lazyRouteComponent(() => worded(import('./pages/SchedulePage')), 'SchedulePage'),
    staticData: { title: 'shell:pages.schedules' },
  }),
] as const;

export const feature: Feature = {
  name: 'schedules',
  nav: [
    {
      id: 'schedules',
      label: 'shell:pages.schedules',
      icon: <ScheduleOutlined />,
      scope: 'project',
      needs: 'schedules.view',
      to: '/t/$tenant/p/$project/schedules',
      section: 'work',
      order: 21,
      letter: 's',
    },
  ],
};
