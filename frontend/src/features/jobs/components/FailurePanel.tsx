import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Job, Replica } from '../api';
import { useWords } from '../words';
import styles from './jobs.module.css';

interface Props {
  job: Job;
  /** The replica that ended it, when one did. */
  culprit: Replica | undefined;
  onLog: (replica: Replica) => void;
}

/** Why it failed: the phrase, the likely cause, who must act, what to try, and the log that shows it. */
export function FailurePanel({ job, culprit, onLog }: Props) {
  const { t } = useTranslation('jobs');
  const key = useKey();
  const words = useWords();
  const { failure } = job;
  if (!failure) return null;
  const endOf = ({ signal, exit_code, reason }: Replica) => {
    if (signal !== null) return t('signal', { signal });
    return exit_code === null ? words.reasonWord(reason) || reason : t('exitCode', { code: exit_code });
  };
  return (
    <section className={`${styles.panel} ${styles.failure}`} aria-label={t('failure.title')}>
      <p className={styles.sentence}>{words.failurePart(failure, 'phrase')}</p>
      <dl className={styles.facts}>
        <dt>{t('failure.what')}</dt>
        <dd>
          {culprit
            ? t('failure.replica', {
                name: `${culprit.role}-${culprit.index}`,
                end: endOf(culprit),
                attempt: culprit.attempt,
              })
            : job.message}
        </dd>
        <dt>{t('failure.cause')}</dt>
        <dd>{words.failurePart(failure, 'cause')}</dd>
        <dt>{t('failure.who')}</dt>
        <dd>{key(`jobs:failure.whoIs.${failure.who}`, { fallback: failure.who })}</dd>
        <dt>{t('failure.advice')}</dt>
        <dd>{words.failurePart(failure, 'advice')}</dd>
        {job.phase === 'restarting' && job.restart_at && (
          <>
            <dt>{t('failure.next')}</dt>
            <dd>
              <RelativeTime at={job.restart_at} />
            </dd>
          </>
        )}
      </dl>
      {culprit && (
        <Button style={{ marginTop: 12 }} onClick={() => onLog(culprit)}>
          {t('failure.openLog', { name: `${culprit.role}-${culprit.index}` })}
        </Button>
      )}
    </section>
  );
}
