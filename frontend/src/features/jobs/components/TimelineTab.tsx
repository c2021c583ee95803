import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageLoading } from '@shared/components/PageLoading';
import { StatusIcon } from '@shared/components/StatusTag';
import { ExactTime, RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useQuery } from '@tanstack/react-query';
import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Job, timelineQuery } from '../api';
import { useWords } from '../words';

/** Parts of Hanse that act of their own accord. */
const HANSE: ReadonlySet<string> = new Set(['', 'admission', 'clock', 'watcher']);

/** Every change of the job's life: when, why, and who or what made it. */
export function TimelineTab({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  const key = useKey();
  const { reasonWord, english } = useWords();
  const { data, error, isPending, refetch } = useQuery(timelineQuery(job.project_id, job.id, job.version));
  if (isPending) return <PageLoading />;
  if (error && !data) return <ErrorPanel error={error} retry={() => void refetch()} />;
  const entries = [...(data ?? [])].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return (
    <Timeline
      style={{ marginTop: 16 }}
      items={entries.map((entry) => {
        const word = reasonWord(entry.reason);
        return {
          key: entry.id,
          icon: <StatusIcon status={entry.phase} />,
          content: (
            <div>
              <strong>{key(`shared:status.${entry.phase}`)}</strong>{' '}
              <span className="muted">
                <RelativeTime at={entry.at} /> · <ExactTime at={entry.at} />
                {entry.attempt > 0 && ` · ${t('attemptNumber', { number: entry.attempt })}`}
              </span>
              <div>{english ? entry.message || word : word || entry.message}</div>
              <div className="muted">
                {HANSE.has(entry.actor_label) ? t('byHanse') : t('byActor', { actor: entry.actor_label })}
              </div>
            </div>
          ),
        };
      })}
    />
  );
}
