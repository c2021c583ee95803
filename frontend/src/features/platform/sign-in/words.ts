import i18next from 'i18next';
import { providers as en } from './en';
import { providers as zh } from './zh';

i18next.addResourceBundle('en', 'providers', en);
i18next.addResourceBundle('zh', 'providers', zh);
