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

/** The page of one job, with its own words; it can be cloned, so those of the form belong to it too. */
export const inPageWords = <Module>(module: Promise<Module>) =>
  withWords(
    'jobs/page',
    {
      en: () => import('./locales/page.en').then(({ jobPage }) => jobPage),
      zh: () => import('./locales/page.zh').then(({ jobPage }) => jobPage),
    },
    inFormWords(module),
  );
