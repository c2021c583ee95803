import { prefer, usePreferences } from '@shared/preferences';
import { Button } from 'antd';
import { useProfile } from './useProfile';

/** The other language, named in itself. */
const OTHER = {
  en: { language: 'zh', lang: 'zh-Hans', word: '中文' },
  zh: { language: 'en', lang: 'en', word: 'English' },
} as const;

export function LanguageButton() {
  const { language } = usePreferences();
  const keep = useProfile();
  const other = OTHER[language];
  return (
    <Button
      type="text"
      lang={other.lang}
      onClick={() => {
        prefer({ language: other.language });
        keep({ language: other.language });
      }}
    >
      {other.word}
    </Button>
  );
}
