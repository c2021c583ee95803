import { relative, useExactTime, useNow } from '@shared/components/values';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import './words';

/** When one may try again, counted down. */
export function Locked({ seconds }: { seconds: number }) {
  const { t, i18n } = useTranslation('security');
  const exact = useExactTime();
  const now = useNow();
  const [until] = useState(() => Date.now() + seconds * 1000);
  if (until <= now) return null;
  return (
    <p role="alert" className="bad">
      {t('signIn.locked', { wait: relative(until, now, i18n.language), at: exact(until) })}
    </p>
  );
}
