import type { JobLine } from '@shared/api/jobs';
import { useKey } from '@shared/i18n/key';
import { useSaid } from '@shared/i18n/said';
import { useTranslation } from 'react-i18next';

/** The one sentence that matters now about a job: why it failed, what it waits for, what happened last. */
export function useJobSentence() {
  const { i18n } = useTranslation();
  const key = useKey();
  const said = useSaid();
  return (job: JobLine): string => {
    if (job.failure) return key(`jobs:failures.${job.failure.code}.phrase`, { fallback: job.failure.phrase });
    if (job.why) return said(job.said, job.why);
    if (i18n.language === 'en') return job.message;
    return said(job.said, key(`jobs:reasons.${job.reason}`, { fallback: job.message }));
  };
}
