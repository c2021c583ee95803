import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Translate a key that is data (an entry of the navigation, a state, a permission), with what to say when it is unknown. */
export function useKey() {
  const { t } = useTranslation();
  return useCallback(
    (key: string, options?: { fallback?: string } & Record<string, unknown>) => {
      const translate = t as unknown as (key: string, options?: Record<string, unknown>) => string;
      return translate(key, { ...options, defaultValue: options?.fallback ?? key });
    },
    [t],
  );
}
