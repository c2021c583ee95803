/** Both languages of these pages come with them, so that switching between the two needs no further request. */
import i18next from 'i18next';
import { security as en } from './en';
import { security as zh } from './zh';

i18next.addResourceBundle('en', 'security', en);
i18next.addResourceBundle('zh', 'security', zh);
