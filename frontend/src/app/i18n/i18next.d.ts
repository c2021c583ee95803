import type { dictionary } from './en';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shared';
    resources: typeof dictionary;
    returnNull: false;
  }
}
