import { StatusIcon } from '@shared/components/StatusTag';
import { Duration } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useTranslation } from 'react-i18next';
import type { Job } from '../api';
import { strip } from '../model/strip';
import styles from './jobs.module.css';

/** queued 2 min > starting 48 s > running ... with what the workload says of its end. */
export function PhaseStrip({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  const key = useKey();
  return (
    <ol className={styles.strip} aria-label={t('way')}>
      {strip(job).map((step) => (
        <li
          key={step.phase}
          className={`${styles.step} ${styles[step.state]}`}
          {...(step.state === 'now' ? { 'aria-current': 'step' as const } : {})}
        >
          <StatusIcon status={step.state === 'ahead' ? 'ahead' : step.phase} size={12} />
          <span>{key(`shared:status.${step.phase}`)}</span>
          {step.since && step.since !== step.until && <Duration since={step.since} until={step.until} />}
          {step.phase === 'running' && step.state === 'now' && <Remaining job={job} />}
        </li>
      ))}
    </ol>
  );
}

function Remaining({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  if (job.progress === null && job.eta_seconds === null) return null;
  return (
    <span className="tabular">
      {job.progress !== null && t('percent', { value: Math.floor(job.progress * 100) })}{' '}
      {job.eta_seconds !== null && (
        <>
          {t('eta')} <Duration seconds={job.eta_seconds} />
        </>
      )}
    </span>
  );
}
