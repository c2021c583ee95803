import { jobs } from '@features/jobs/locales/zh';
import { logs } from '@features/logs/locales/zh';
import { metrics } from '@features/metrics/locales/zh';
import { templates } from '@features/templates/locales/zh';
import type { Translated } from '@shared/i18n/translated';
import { shared } from '@shared/i18n/zh';
import antd from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import { shell } from '../locales/zh';
import type { dictionary as english } from './en';
import type { LanguagePack } from './pack';

export const dictionary: Translated<typeof english> = { shared, shell, jobs, logs, metrics, templates };

export const pack: LanguagePack = { antd, dictionary };
