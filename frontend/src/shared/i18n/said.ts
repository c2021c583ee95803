/** What the server says in sentences, in the reader's language: English as it came, Chinese by code and arguments. */
import { type Amount, formatAmount } from '@shared/lib/units';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Of } from '../api/types';
import { useAmount, useTimeZone } from '../components/values';
import { useKey } from './key';

export type Said = Of<'SaidOutput'>;

type AmountSaid = Amount & { plain: boolean };

const isAmount = (value: unknown): value is AmountSaid =>
  typeof value === 'object' && value !== null && 'resource' in value && 'amount' in value;
const isMoment = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);

/** -> (what is said, the same in English) => a sentence. What this console does not know yet is said in English. */
export function useSaid() {
  const { i18n } = useTranslation();
  const key = useKey();
  const amountOf = useAmount();
  const timeZone = useTimeZone();
  const language = i18n.language;
  return useMemo(() => {
    const clock = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone });
    const word = (name: string, value: unknown): unknown => {
      if (name === 'phase') return key(`shared:status.${value}`, { fallback: String(value) });
      if (name === 'what') return key(`shared:resource.${value}`, { fallback: String(value) });
      if (isMoment(value)) return clock.format(new Date(value));
      if (!isAmount(value)) return value;
      if (value.plain) return formatAmount(value.resource, value.amount, language);
      const device = value.resource !== 'cpu' && value.resource !== 'memory';
      return amountOf(value.resource, value.amount) + (device && value.flavor ? ` ${value.flavor}` : '');
    };
    const one = ({ code, arguments: given }: Said): string => {
      const words = Object.entries(given).map(([name, value]) => [name, word(name, value)]);
      return key(`said:${code}`, { ...Object.fromEntries(words), fallback: '' });
    };
    return (said: readonly Said[] | null | undefined, english: string): string => {
      if (language === 'en' || !said?.length) return english;
      const sentences = said.map(one);
      return sentences.every(Boolean) ? sentences.join('') : english;
    };
  }, [language, key, amountOf, timeZone]);
}
