import { withWords } from '@shared/i18n/later';

/** A module that draws the form of a job, with the form's words. */
export const inFormWords = <Module>(module: Promise<Module>) =>
  withWords(
    'jobs/form',
    {
      en: () => import('./locales/form.en').then(({ jobForm }) => jobForm),
      zh: () => import('./locales/form.zh').then(({ jobForm }) => jobForm),
    },
    module,
  );
