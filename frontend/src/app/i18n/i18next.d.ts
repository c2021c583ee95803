import type { security } from '@features/account/security/en';
import type { apps } from '@features/apps/locales/en';
import type { audit } from '@features/audit/locales/en';
import type { buckets } from '@features/buckets/locales/en';
import type { clusters } from '@features/clusters/locales/en';
import type { datasets } from '@features/datasets/locales/en';
import type { federation } from '@features/federation/locales/en';
import type { forecasts } from '@features/forecasts/locales/en';
import type { isolation } from '@features/isolation/locales/en';
import type { jobForm } from '@features/jobs/locales/form.en';
import type { jobPage } from '@features/jobs/locales/page.en';
import type { jobShell } from '@features/jobs/shell/en';
import type { logs } from '@features/logs/locales/en';
import type { members } from '@features/members/locales/en';
import type { moves } from '@features/moves/locales/en';
import type { notifications } from '@features/notifications/locales/en';
import type { people } from '@features/people/locales/en';
import type { leaving } from '@features/platform/leaving/en';
import type { platform } from '@features/platform/locales/en';
import type { providers } from '@features/platform/sign-in/en';
import type { quotaPages } from '@features/quotas/locales/page.en';
import type { quotaRules } from '@features/quotas/locales/rules.en';
import type { schedules } from '@features/schedules/locales/en';
import type { secrets } from '@features/secrets/locales/en';
import type { tenants } from '@features/tenants/locales/en';
import type { volumes } from '@features/volumes/locales/en';
import type { permission } from '@shared/i18n/permissions/en';
import type { dictionary } from './english';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shared';
    resources: typeof dictionary & {
      jobs: typeof jobForm & typeof jobPage & typeof jobShell;
      quotas: typeof quotaPages & typeof quotaRules;
      leaving: typeof leaving;
      security: typeof security;
      providers: typeof providers;
      people: typeof people;
      forecasts: typeof forecasts;
      moves: typeof moves;
      platform: typeof platform;
      logs: typeof logs;
      members: typeof members;
      audit: typeof audit;
      notifications: typeof notifications;
      apps: typeof apps;
      schedules: typeof schedules;
      clusters: typeof clusters;
      buckets: typeof buckets;
      datasets: typeof datasets;
      volumes: typeof volumes;
      federation: typeof federation;
      isolation: typeof isolation;
      permission: typeof permission;
      secrets: typeof secrets;
      tenants: typeof tenants;
    };
    returnNull: false;
  }
}
