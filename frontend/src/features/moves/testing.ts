import { speak } from '@app/i18n/i18n';
import { inWords } from './words';

/** For `beforeAll` of tests: English, with the words of this feature, which pages load with their route. */
export async function speakOfMoves() {
  await speak('en');
  await inWords(Promise.resolve());
}
