import type { Feature } from '@shared/features';
import { projectRoute, shellRoute, tenantRoute } from '@shared/routing/routes';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inFormWords, inPageWords } from './formWords';
import { icon, newIcon } from './icons';
import { jobSearch, jobsSearch, newJobSearch, tenantJobsSearch } from './search';

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
    component: lazyRouteComponent(() => inFormWords(import('./pages/NewJobPage')), 'NewJobPage'),
    staticData: { title: 'jobs:new' },
  }),
  createRoute({
    getParentRoute: () => projectRoute,
    path: 'jobs/$job',
    validateSearch: jobSearch,
    component: lazyRouteComponent(() => inPageWords(import('./pages/JobPage')), 'JobPage'),
    staticData: { title: 'jobs:job' },
  }),
] as const;

export const tenantRoutes = [
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'jobs',
    validateSearch: tenantJobsSearch,
    component: lazyRouteComponent(() => import('./pages/TenantJobsPage'), 'TenantJobsPage'),
    staticData: { title: 'jobs:all' },
  }),
] as const;

/** Above all tenants: what others shared with the reader. */
export const sharedRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: 'shared/jobs/$project/$job',
    validateSearch: jobSearch,
    component: lazyRouteComponent(() => inPageWords(import('./pages/JobPage')), 'SharedJobPage'),
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
    {
      id: 'tenant-jobs',
      label: 'jobs:all',
      icon,
      scope: 'tenant',
      needs: 'jobs.view',
      to: '/t/$tenant/jobs',
      section: 'work',
      order: 21,
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
