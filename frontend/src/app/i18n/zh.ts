import type { Translated } from '@shared/i18n/translated';
import { shared } from '@shared/i18n/zh';
import antd from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import { shell } from '../locales/zh';
import type { dictionary as english } from './en';
import type { LanguagePack } from './pack';

export const dictionary: Translated<typeof english> = { shared, shell };

export const pack: LanguagePack = { antd, dictionary };
