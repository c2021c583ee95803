import type { Locale } from 'antd/es/locale';

export interface LanguagePack {
  antd: Locale;
  dictionary: Record<string, object>;
}
