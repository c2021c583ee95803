import type { Problem } from '@shared/api/problem';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { StatusIcon } from '@shared/components/StatusTag';
import { Flex, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { FitTable } from '../components/FitTable';
import styles from '../components/jobs.module.css';
import { useWords } from '../words';
import type { Assessment, ClusterFit } from './useAssessment';

interface Props {
  assessment: Assessment | undefined;
  /** What the server refused about the job as a whole. */
  problem: Problem | null;
  /** Fields that are wrong. */
  wrong: number;
  settled: boolean;
}

/** "Will it fit?", in words and numbers, before anything is submitted. */
export function FitPanel({ assessment, problem, wrong, settled }: Props) {
  const { t } = useTranslation('jobs');
  return (
    <section className={`${styles.panel} ${styles.sticky}`} aria-label={t('fit.title')} aria-busy={!settled}>
      <Flex justify="space-between">
        <h2 className={styles.heading}>{t('fit.title')}</h2>
        {!settled && <Spin size="small" />}
      </Flex>
      <div role="status">
        {wrong > 0 ? (
          <p className={styles.sentence}>{t('fit.wrong', { count: wrong })}</p>
        ) : problem ? (
          <ErrorPanel error={problem} />
        ) : assessment ? (
          <Flex vertical gap={16}>
            {assessment.clusters.map((cluster) => (
              <Verdict key={cluster.cluster} fit={cluster} />
            ))}
          </Flex>
        ) : (
          <p className="muted">{t('fit.begin')}</p>
        )}
      </div>
    </section>
  );
}

function Verdict({ fit }: { fit: ClusterFit }) {
  const { t } = useTranslation('jobs');
  const { sayIt } = useWords();
  const sentence = sayIt(fit.said, fit.verdict);
  return (
    <div>
      <p className={styles.sentence}>
        <StatusIcon status={fit.starts_now ? 'succeeded' : 'waiting'} /> {sentence}
      </p>
      <FitTable asked={fit.asked} couldFit={fit.could_fit} free={fit.free} />
      <p className="muted" style={{ margin: '8px 0 0' }}>
        {t('fit.where', { cluster: fit.cluster })} {fit.ahead > 0 && t('why.ahead', { count: fit.ahead })}
      </p>
    </div>
  );
}
