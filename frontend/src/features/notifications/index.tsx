import { BellOutlined, MailOutlined } from '@ant-design/icons';
import type { Feature } from '@shared/features';
import { withWords } from '@shared/i18n/later';
import { platformRoute, shellRoute } from '@shared/routing/routes';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { mailSearch, notificationsSearch } from './api';

const worded = <Module,>(page: Promise<Module>) =>
  withWords(
    'notifications',
    {
      en: () => import('./locales/en').then(({ notifications }) => notifications),
      zh: () => import('./locales/zh').then(({ notifications }) => notifications),
    },
    page,
  );

export const routes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: 'me/notifications',
    validateSearch: notificationsSearch,
    component: lazyRouteComponent(() => worded(import('./pages/NotificationsPage')), 'NotificationsPage'),
    staticData: { title: 'shell:pages.notifications' },
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: 'me/notifications/preferences',
    component: lazyRouteComponent(() => worded(import('./pages/PreferencesPage')), 'PreferencesPage'),
    staticData: { title: 'shell:pages.preferences' },
  }),
] as const;

export const platformRoutes = [
  createRoute({
    getParentRoute: () => platformRoute,
    path: 'mail',
    validateSearch: mailSearch,
    component: lazyRouteComponent(() => worded(import('./pages/MailPage')), 'MailPage'),
    staticData: { title: 'shell:pages.mail' },
  }),
] as const;

export const feature: Feature = {
  name: 'notifications',
  nav: [
    {
      id: 'platform-mail',
      label: 'shell:pages.mail',
      icon: <MailOutlined />,
      scope: 'platform',
      needs: 'mail.view',
      to: '/platform/mail',
      section: 'platform',
      order: 39,
    },
  ],
  commands: [
    {
      id: 'notifications',
      label: 'shell:pages.notifications',
      icon: <BellOutlined />,
      scope: 'anywhere',
      to: '/me/notifications',
      keywords: 'bell inbox mail 通知 邮件',
    },
  ],
};

/** The drawer that the bell opens, with its words. */
export const loadBellDrawer = () => worded(import('./components/BellDrawer'));
