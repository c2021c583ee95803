import { Duration } from '@shared/components/values';
import { usePalette } from '@shared/theme/theme';
import { useTranslation } from 'react-i18next';
import type { Job, Replica } from '../api';
import { STAGES, slowest, startOf } from '../model/start';
import styles from './jobs.module.css';
import { replicaName } from './ReplicasTable';

/** Where the time until the job ran went: one bar, the same in words, and what would help where it was long. */
export function StartBar({ job, replicas }: { job: Job; replicas: readonly Replica[] }) {
  const { t } = useTranslation('jobs');
  const palette = usePalette();
  const start = startOf(job, replicas);
  if (!start || start.seconds === 0) return null;
  const advice = slowest(start);
  const pods = start.last.made_at !== null;
  const colour = (stage: (typeof STAGES)[number]) => palette.series[STAGES.indexOf(stage)];
  return (
    <section aria-label={t('start.title')}>
      <h2 className={styles.heading}>{t('start.title')}</h2>
      <div className={styles.startBar} aria-hidden="true">
        {start.parts.map(({ stage, seconds }) => (
          <span key={stage} style={{ flexGrow: seconds, background: colour(stage) }} />
        ))}
      </div>
      <ul className={styles.startWords}>
        {start.parts.map(({ stage, seconds }) => (
          <li key={stage}>
            <span className={styles.startKey} style={{ background: colour(stage) }} aria-hidden="true" />
            {t(stage === 'image' && !pods ? 'start.process' : `start.${stage}`)} <Duration seconds={seconds} />
          </li>
        ))}
      </ul>
      <p className="muted">
        {replicas.length > 1 && t('start.last', { replica: replicaName(start.last) })}{' '}
        {advice && (advice !== 'image' || pods) && t(`start.slow.${advice}`)}
      </p>
    </section>
  );
}
