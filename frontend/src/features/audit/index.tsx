import { FileSearchOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { platformRoute, tenantRoute } from '@shared/routing/routes';
import { listWith, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const auditSearch = listWith({
  action: text,
  actor: text,
  subject: text,
  since: text,
  until: text,
  tenant: text,
});

export const tenantRoutes = [
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'audit',
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => import('./pages/AuditPage'), 'TenantAuditPage'),
    staticData: { title: 'audit:title' },
  }),
] as const;

export const platformRoutes = [
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'audit',
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => import('./pages/AuditPage'), 'PlatformAuditPage'),
    staticData: { title: 'audit:platformTitle' },
  }),
] as const;

export const feature: Feature = {
  name: 'audit',
  nav: [
    {
      id: 'audit',
      label: 'audit:title',
      icon: <FileSearchOutlined />,
      scope: 'tenant',
      needs: 'audit.view',
      to: '/t/$tenant/audit',
      section: 'organisation',
      order: 22,
      letter: 'a',
    },
    {
      id: 'platform-audit',
      label: 'audit:platformTitle',
      icon: <FileSearchOutlined />,
      scope: 'platform',
      needs: 'audit.view',
      to: '/platform/audit',
      section: 'platform',
      order: 38,
    },
  ],
};
