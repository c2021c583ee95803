import { FileSearchOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { platformRoute, tenantRoute } from '@shared/routing/routes';
import { listWith, text } from '@shared/routing/search';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

const auditSearch = listWith({
  action: text,
  actor: text,
  subject: text,
  kind: text,
  token: text,
  on_behalf_of: text,
  address: text,
  request: text,
  since: text,
  until: text,
  tenant: text,
});

const inWords = <Module,>(page: Promise<Module>) =>
  withWords(
    'audit',
    {
      en: () => import('./locales/en').then(({ audit }) => audit),
      zh: () => import('./locales/zh').then(({ audit }) => audit),
    },
    page,
  );

export const tenantRoutes = [
  createRoute({
    getParentRoute: () => tenantRoute,
    path: 'audit',
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => inWords(import('./pages/AuditPage')), 'TenantAuditPage'),
    staticData: { title: 'shared:pages.audit' },
  }),
] as const;

export const platformRoutes = [
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'audit',
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => inWords(import('./pages/AuditPage')), 'PlatformAuditPage'),
    staticData: { title: 'shared:pages.platformAudit' },
  }),
] as const;

export const feature: Feature = {
  name: 'audit',
  nav: [
    {
      id: 'audit',
      label: 'shared:pages.audit',
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
      label: 'shared:pages.platformAudit',
      icon: <FileSearchOutlined />,
      scope: 'platform',
      needs: 'audit.view',
      to: '/platform/audit',
      section: 'platform',
      order: 38,
    },
  ],
};
