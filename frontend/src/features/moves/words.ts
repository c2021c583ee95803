import { withWords } from '@shared/i18n/later';

/** A page with the words of this feature. */
export const inWords = <Module>(page: Promise<Module>) =>
  withWords(
    'moves',
    {
      en: () => import('./locales/en').then(({ moves }) => moves),
      zh: () => import('./locales/zh').then(({ moves }) => moves),
    },
    page,
  );
