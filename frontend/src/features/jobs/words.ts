/** What the server says in English sentences, said in the reader's language: by code where there is one. */
import { useAmount } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useSaid } from '@shared/i18n/said';
import type { Amount } from '@shared/lib/units';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Failure, type Job, WAITING, type Why } from './api';

/** The resource of which the least share of what is asked for is free. */
export function scarcest(asked: readonly Amount[], free: readonly Amount[]): { asked: Amount; free: number } | null {
  const rows = asked.map((row) => ({
    asked: row,
    free: free.find((other) => other.flavor === row.flavor && other.resource === row.resource)?.amount ?? 0,
  }));
  const short = rows.filter((row) => row.free < row.asked.amount);
  return short.sort((one, other) => one.free / one.asked.amount - other.free / other.asked.amount)[0] ?? null;
}

export function useWords() {
  const { i18n } = useTranslation('jobs');
  const key = useKey();
  const amountOf = useAmount();
  const sayIt = useSaid();
  // Every identity here follows the language: what is made of it is made anew when that changes.
  return useMemo(() => {
    const english = i18n.language === 'en';
    const amount = (row: Amount, value = row.amount) =>
      amountOf(row.resource, value) + (row.resource === 'cpu' || row.resource === 'memory' ? '' : ` ${row.flavor}`);
    const reasonWord = (code: string) =>
      code && key(`jobs:reasons.${code}`, { fallback: key(`jobs:failures.${code}.phrase`, { fallback: '' }) });

    /** Why a job is where it is, in one line; null when that needs no word. */
    const reason = (job: Pick<Job, 'phase' | 'why' | 'said' | 'reason' | 'message' | 'failure'>): string | null => {
      if (job.failure) return english ? job.message || job.failure.phrase : failurePart(job.failure, 'phrase');
      if (WAITING.has(job.phase) && job.why) return sayIt(job.said, job.why);
      if (job.phase === 'succeeded' || job.phase === 'running' || job.phase === 'draft') return null;
      return (english ? job.message : sayIt(job.said, reasonWord(job.reason) || job.message)) || null;
    };

    const failurePart = (failure: Failure, part: 'phrase' | 'cause' | 'advice') =>
      key(`jobs:failures.${failure.code}.${part}`, { fallback: failure[part] });

    /** What a queued job waits for. */
    const waiting = (why: Pick<Why, 'sentence' | 'said' | 'reason'>): string =>
      sayIt(why.said, english ? why.sentence : reasonWord(why.reason) || why.sentence);

    return { amount, reason, reasonWord, failurePart, waiting, sayIt, english };
  }, [i18n.language, key, amountOf, sayIt]);
}
