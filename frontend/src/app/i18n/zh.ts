import { account } from '@features/account/locales/zh';
import { audit } from '@features/audit/locales/zh';
import { clusters } from '@features/clusters/locales/zh';
import { home } from '@features/home/locales/zh';
import { jobs } from '@features/jobs/locales/zh';
import { logs } from '@features/logs/locales/zh';
import { members } from '@features/members/locales/zh';
import { metrics } from '@features/metrics/locales/zh';
import { platform } from '@features/platform/locales/zh';
import { quotas } from '@features/quotas/locales/zh';
import { templates } from '@features/templates/locales/zh';
import { tenants } from '@features/tenants/locales/zh';
import type { Translated } from '@shared/i18n/translated';
import { shared } from '@shared/i18n/zh';
import antd from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import { shell } from '../locales/zh';
import type { dictionary as english } from './en';
import type { LanguagePack } from './pack';

export const dictionary: Translated<typeof english> = {
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
