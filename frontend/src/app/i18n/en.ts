import { shared } from '@shared/i18n/en';
import antd from 'antd/locale/en_US';
import { shell } from '../locales/en';
import type { LanguagePack } from './pack';

/** One namespace a feature. */
export const dictionary = { shared, shell };

export const pack: LanguagePack = { antd, dictionary };
