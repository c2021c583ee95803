import { account } from '@features/account/locales/en';
import { audit } from '@features/audit/locales/en';
import { clusters } from '@features/clusters/locales/en';
import { home } from '@features/home/locales/en';
import { jobs } from '@features/jobs/locales/en';
import { logs } from '@features/logs/locales/en';
import { members } from '@features/members/locales/en';
import { metrics } from '@features/metrics/locales/en';
import { platform } from '@features/platform/locales/en';
import { quotas } from '@features/quotas/locales/en';
import { templates } from '@features/templates/locales/en';
import { tenants } from '@features/tenants/locales/en';
import { shared } from '@shared/i18n/en';
import antd from 'antd/locale/en_US';
import { shell } from '../locales/en';
import type { LanguagePack } from './pack';

/** One namespace a feature. */
export const dictionary = {
  shared,
  shell,
  account,
  audit,
  clusters,
  home,
  jobs,
  logs,
  members,
  metrics,
  platform,
  quotas,
  templates,
  tenants,
};

export const pack: LanguagePack = { antd, dictionary };
