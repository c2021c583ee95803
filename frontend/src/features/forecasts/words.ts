import { withWords } from '@shared/i18n/later';

/** A page with the words of this feature. */
export const inWords = <Module>(page: Promise<Module>) =>
  withWords(
    'forecasts',
    {
      en: () => import('./locales/en').then(({ forecasts }) => forecasts),
      zh: () => import('./locales/zh').then(({ forecasts }) => forecasts),
    },
    page,
  );
