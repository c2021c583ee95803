import { withWords } from '../later';

/** Load a page that lists permissions together with the words for them. */
export const withPermissions = <Module>(page: Promise<Module>) =>
  withWords(
    'permission',
    {
      en: () => import('./en').then(({ permission }) => permission),
      zh: () => import('./zh').then(({ permission }) => permission),
    },
    page,
  );
