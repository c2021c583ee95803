import type { Feature } from '@shared/features';
import { projectRoute, shellRoute } from '@shared/routing/routes';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { icon, newIcon } from './icons';
import { jobSearch, jobsSearch, newJobSearch } from './search';

export const routes = [
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'jobs',
    validateSearch: jobsSearch,
    component: lazyRouteComponent(() => import('./pages/JobsPage'), 'JobsPage'),
    staticData: { title: 'jobs:title' },
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'jobs/new',
    validateSearch: newJobSearch,
    component: lazyRouteComponent(() => import('./pages/NewJobPage'), 'NewJobPage'),
    staticData: { title: 'jobs:new' },
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'jobs/$job',
    validateSearch: jobSearch,
    component: lazyRouteComponent(() => import('./pages/JobPage'), 'JobPage'),
    staticData: { title: 'jobs:job' },
  }),
] as const;

/** Above all tenants: what others shared with the reader. */
export const sharedRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: 'shared/jobs/$project/$job',
    validateSearch: jobSearch,
    component: lazyRouteComponent(() => import('./pages/JobPage'), 'SharedJobPage'),
    staticData: { title: 'jobs:job' },
  }),
] as const;

export const feature: Feature = {
  name: 'jobs',
  nav: [
    {
      id: 'jobs',
      label: 'jobs:title',
      icon,
      scope: 'project',
      needs: 'jobs.view',
      to: '/t/$tenant/p/$project/jobs',
      section: 'work',
      order: 20,
      letter: 'j',
    },
  ],
  commands: [
    {
      id: 'jobs.new',
      label: 'jobs:new',
      icon: newIcon,
      scope: 'project',
      needs: 'jobs.submit',
      to: '/t/$tenant/p/$project/jobs/new',
      keywords: 'submit train run 训练 提交 作业',
    },
  ],
};
