/** Languages are loaded one at a time: a dictionary, the component library's words, and the calendar's. */
import { loadWanted } from '@shared/i18n/later';
import { type Language, languageCode } from '@shared/preferences';
import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { LanguagePack } from './pack';

dayjs.extend(relativeTime);

const packs: Record<Language, () => Promise<{ pack: LanguagePack }>> = {
  en: () => import('./english'),
  zh: () => import('./chinese'),
};

export async function speak(language: Language): Promise<LanguagePack> {
  const { pack } = await packs[language]();
  if (!i18next.isInitialized)
    await i18next.use(initReactI18next).init({
      lng: language,
      fallbackLng: false,
      defaultNS: 'shared',
      resources: {},
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  for (const [namespace, words] of Object.entries(pack.dictionary))
    i18next.addResourceBundle(language, namespace, words);
  await loadWanted(language);
  await i18next.changeLanguage(language);
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : languageCode(language);
  return pack;
}
