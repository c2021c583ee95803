import { account } from '@features/account/locales/zh';
import { health } from '@features/health/locales/zh';
import { home } from '@features/home/locales/zh';
import { jobs } from '@features/jobs/locales/zh';
import { metrics } from '@features/metrics/locales/zh';
import { quotas } from '@features/quotas/locales/zh';
import { templates } from '@features/templates/locales/zh';
import { said } from '@shared/i18n/said.zh';
import type { Translated } from '@shared/i18n/translated';
import { shared } from '@shared/i18n/zh';
import antd from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import { shell } from '../locales/zh';
import type { dictionary as english } from './english';
import type { LanguagePack } from './pack';

export const dictionary: Translated<typeof english> = {
  shared,
  shell,
  account,
  health,
  home,
  jobs,
  metrics,
  quotas,
  templates,
  said,
};

export const pack: LanguagePack = { antd, dictionary };
