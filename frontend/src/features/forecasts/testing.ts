import { speak } from '@app/i18n/i18n';
import { withWords } from '@shared/i18n/later';

/** For `beforeAll` of tests: English, with the words of this feature, which pages load with their route. */
export async function speakOfForecasts() {
  await speak('en');
  const loaders = {
    en: () => import('./locales/en').then(({ forecasts }) => forecasts),
    zh: () => import('./locales/zh').then(({ forecasts }) => forecasts),
  };
  await withWords('forecasts', loaders, Promise.resolve());
}
