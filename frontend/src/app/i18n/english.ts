import { account } from '@features/account/locales/en';
import { health } from '@features/health/locales/en';
import { home } from '@features/home/locales/en';
import { jobs } from '@features/jobs/locales/en';
import { metrics } from '@features/metrics/locales/en';
import { quotas } from '@features/quotas/locales/en';
import { templates } from '@features/templates/locales/en';
import { shared } from '@shared/i18n/en';
import antd from 'antd/locale/en_US';
import { shell } from '../locales/en';
import type { LanguagePack } from './pack';

/** One namespace a feature. */
export const dictionary = {
  shared,
  shell,
  account,
  health,
  home,
  jobs,
  metrics,
  quotas,
  templates,
  // English comes from the server.
  said: {},
};

export const pack: LanguagePack = { antd, dictionary };
