import { ProgressBar } from '@shared/components/ProgressBar';
import { Duration, ExactTime, RelativeTime, useAmount } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { Alert, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { type JobDetail, type Replica, WAITING } from '../api';
import { type PanelSubject, useJobPanels } from '../panels';
import { useWords } from '../words';
import { FailurePanel } from './FailurePanel';
import styles from './jobs.module.css';
import { ReplicasTable } from './ReplicasTable';
import { StartBar } from './StartBar';
import { WhyPanel } from './WhyPanel';

interface Props {
  job: JobDetail;
  /** Of the newest attempt. */
  replicas: readonly Replica[];
  subject: PanelSubject;
  search: Record<string, unknown>;
  onSearch: (change: Record<string, unknown>) => void;
  rankName: (rank: number) => string;
  onLog: (replica: Replica) => void;
}

/** What a person wants to know first: is it well, how far is it, and if not, why. */
export function OverviewTab({ job, replicas, subject, search, onSearch, rankName, onLog }: Props) {
  const { t } = useTranslation('jobs');
  const words = useWords();
  const { Metrics } = useJobPanels();
  const culprit = replicas.find((replica) => replica.failure?.code === job.failure?.code);
  const held = ['suspended', 'preempted', 'restarting', 'cancelled'].includes(job.phase) ? words.reason(job) : null;
  const blocked = job.conditions.find(({ type, status }) => type === 'Reconciled' && status === 'False');
  return (
    <Flex vertical gap={24}>
      {(WAITING.has(job.phase) || waitsInPart(job) || waitsForCode(job)) && <WhyPanel job={job} />}
      {job.failure && <FailurePanel job={job} culprit={culprit} onLog={onLog} />}
      {blocked && (
        <Alert
          type="warning"
          showIcon
          title={t('notCarriedOut')}
          description={
            <>
              {blocked.message} <RelativeTime at={blocked.since} />
            </>
          }
        />
      )}
      {held && !job.failure && <p className={styles.panel}>{held}</p>}
      {job.phase === 'draft' && <p className={styles.panel}>{t('draftHint')}</p>}
      {job.progress !== null && (
        <Flex gap={16} align="center">
          <ProgressBar
            share={job.progress}
            failed={job.phase === 'failed'}
            label={t('progressOf', { name: job.name })}
          />
          {job.phase === 'running' && job.eta_seconds !== null && (
            <span>
              {t('eta')} <Duration seconds={job.eta_seconds} />
            </span>
          )}
        </Flex>
      )}
      <div className={styles.columns}>
        <Flex vertical gap={24} style={{ minWidth: 0 }}>
          <Metrics
            brief
            subject={subject}
            attempt={job.attempt}
            search={search}
            onSearch={onSearch}
            rankName={rankName}
          />
          <StartBar job={job} replicas={replicas} />
          {replicas.length > 0 && (
            <section aria-label={t('tabs.replicas')}>
              <h2 className={styles.heading}>{t('tabs.replicas')}</h2>
              <ReplicasTable replicas={replicas} subject={subject} onLog={onLog} />
            </section>
          )}
        </Flex>
        <Facts job={job} />
      </div>
    </Flex>
  );
}

/** Some of its independent replicas run; the others wait for room. */
const waitsForCode = (job: JobDetail) =>
  ['admitted', 'starting'].includes(job.phase) &&
  job.conditions.some(({ type, status }) => type === 'CodeReady' && status === 'False');
const waitsInPart = (job: JobDetail) => ['admitted', 'starting', 'running'].includes(job.phase) && Boolean(job.why);

function Facts({ job }: { job: JobDetail }) {
  const { t } = useTranslation('jobs');
  const key = useKey();
  const amount = useAmount();
  const times = [
    ['created', job.created_at],
    ['queued', job.queued_at],
    ['admitted', job.admitted_at],
    ['started', job.started_at],
    ['finished', job.finished_at],
    ['deadline', job.deadline_at],
    ['purge', job.purge_at],
  ] as const;
  return (
    <section className={styles.panel} aria-label={t('facts.title')}>
      <h2 className={styles.heading}>{t('facts.title')}</h2>
      <dl className={styles.facts}>
        {job.description && (
          <>
            <dt>{t('form.description')}</dt>
            <dd style={{ whiteSpace: 'pre-wrap' }}>{job.description}</dd>
          </>
        )}
        {Object.entries(job.metrics).map(([name, value]) => (
          <Fact key={name} name={key(`metrics:names.${name}`, { fallback: name })}>
            <strong className="tabular">{Number(value.toPrecision(4))}</strong>
          </Fact>
        ))}
        <Fact name={t('framework')}>{key(`jobs:frameworks.${job.framework}`, { fallback: job.framework })}</Fact>
        {job.resolved.length > 0 && (
          <Fact name={t('resolved')}>
            {job.resolved.map((row) => (
              <div key={`${row.role}/${row.flavor}/${row.resource}`}>
                {t('resolvedRow', { role: row.role, amount: amount(row.resource, row.amount), flavor: row.flavor })}
              </div>
            ))}
          </Fact>
        )}
        {times.map(([name, at]) =>
          at ? (
            <Fact key={name} name={t(`facts.${name}`)}>
              <ExactTime at={at} />
            </Fact>
          ) : null,
        )}
        <Fact name={t('facts.attempt')}>{job.attempt}</Fact>
        <Fact name={t('facts.id')}>
          <code className="mono">{job.id}</code>
        </Fact>
      </dl>
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);
