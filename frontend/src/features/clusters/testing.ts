import { speak } from '@app/i18n/i18n';
import { withWords } from '@shared/i18n/later';

/** For `beforeAll` of tests: English, with the words of this feature, which pages load with their route. */
export async function speakOfClusters() {
  await speak('en');
  const loaders = {
    en: () => import('./locales/en').then(({ clusters }) => clusters),
    zh: () => import('./locales/zh').then(({ clusters }) => clusters),
  };
  await withWords('clusters', loaders, Promise.resolve());
}
