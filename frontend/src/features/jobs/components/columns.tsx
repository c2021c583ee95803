import { MoreOutlined } from '@ant-design/icons';
import { ProgressBar } from '@shared/components/ProgressBar';
import type { Column } from '@shared/components/ResourceTable';
import { StatusTag } from '@shared/components/StatusTag';
import { Amounts, Duration, RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, Flex } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ACTS, type Act, ENDED, type Job, PERMISSION } from '../api';
import { useWords } from '../words';
import styles from './jobs.module.css';

/** The columns of the jobs list; `permissions` are the reader's on the project. */
export function useJobColumns(permissions: readonly string[], act: (act: Act, job: Job) => void): Column<Job>[] {
  const { t } = useTranslation('jobs');
  const key = useKey();
  const words = useWords();
  return useMemo(
    (): Column<Job>[] => [
      {
        key: 'name',
        title: t('columns.name'),
        order: 'name',
        always: true,
        render: (job) => (
          <Link
            to="/t/$tenant/p/$project/jobs/$job"
            params={{ tenant: job.tenant_slug, project: job.project_slug, job: job.id }}
            className={styles.nameCell ?? ''}
          >
            {job.name}
          </Link>
        ),
      },
      {
        key: 'phase',
        title: t('phase'),
        render: (job) => <StatusTag status={job.phase} reason={words.reason(job)} />,
      },
      { key: 'progress', title: t('columns.progress'), width: 130, render: (job) => <ProgressCell job={job} /> },
      {
        key: 'why',
        title: t('columns.why'),
        width: 200,
        render: (job) => (
          <span className={`muted ${styles.brief}`} title={words.reason(job) ?? ''}>
            {words.reason(job) ?? ''}
          </span>
        ),
      },
      {
        key: 'replicas',
        title: t('columns.replicas'),
        numeric: true,
        render: (job) => (
          <span className="tabular">
            {ENDED.has(job.phase) || job.phase === 'draft'
              ? job.replicas.wanted
              : `${job.replicas.running}/${job.replicas.wanted}`}
          </span>
        ),
      },
      {
        key: 'resources',
        title: t('columns.resources'),
        render: (job) => (
          <span className={`${styles.brief} ${styles.amounts}`}>
            <Amounts rows={job.resources} />
          </span>
        ),
      },
      {
        key: 'priority',
        title: t('priority'),
        render: (job) => key(`jobs:priorities.${job.priority}`, { fallback: job.priority }),
      },
      {
        key: 'framework',
        title: t('framework'),
        optional: true,
        render: (job) => key(`jobs:frameworks.${job.framework}`, { fallback: job.framework }),
      },
      { key: 'by', title: t('columns.by'), render: (job) => job.submitted_by.name },
      {
        key: 'schedule',
        title: t('columns.schedule'),
        optional: true,
        render: (job) =>
          job.schedule ? (
            <Link
              to="/t/$tenant/p/$project/schedules/$schedule"
              params={{ tenant: job.tenant_slug, project: job.project_slug, schedule: job.schedule.id }}
            >
              {job.schedule.name}
            </Link>
          ) : (
            '—'
          ),
      },
      { key: 'cluster', title: t('columns.cluster'), optional: true, render: (job) => job.cluster?.slug ?? '—' },
      {
        key: 'duration',
        title: t('columns.duration'),
        optional: true,
        numeric: true,
        render: (job) => <Duration since={job.started_at} until={job.finished_at} />,
      },
      {
        key: 'created',
        title: t('columns.created'),
        order: 'created',
        render: (job) => <RelativeTime at={job.created_at} />,
      },
      {
        key: 'acts',
        title: '',
        always: true,
        pinned: true,
        width: 48,
        render: (job) => <RowActs job={job} permissions={permissions} act={act} />,
      },
    ],
    [t, key, words, permissions, act],
  );
}

function ProgressCell({ job }: { job: Job }) {
  const { t } = useTranslation('jobs');
  if (job.phase === 'queued' && job.queue_position !== null)
    return <span>{t('position', { position: job.queue_position })}</span>;
  if (job.progress === null) return <span className="muted">—</span>;
  return (
    <Flex vertical>
      <ProgressBar share={job.progress} label={t('progressOf', { name: job.name })} />
      {job.phase === 'running' && job.eta_seconds !== null && (
        <span className="muted">
          {t('eta')} <Duration seconds={job.eta_seconds} />
        </span>
      )}
    </Flex>
  );
}

interface RowActsProps {
  job: Job;
  permissions: readonly string[];
  act: (act: Act, job: Job) => void;
}

/** Only what the reader may do and the job's phase allows. */
function RowActs({ job, permissions, act }: RowActsProps) {
  const { t } = useTranslation('jobs');
  const navigate = useNavigate();
  const possible = ACTS.filter((one) => permissions.includes(PERMISSION[one]) && job.acts.includes(one));
  const clones = permissions.includes(PERMISSION.clone) && job.acts.includes('clone');
  if (possible.length === 0 && !clones) return null;
  const clone = () =>
    void navigate({
      to: '/t/$tenant/p/$project/jobs/new',
      params: { tenant: job.tenant_slug, project: job.project_slug },
      search: { from: job.id },
    });
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          ...possible.map((one) => ({ key: one, label: t(`acts.${one}`), danger: one === 'cancel' })),
          ...(clones ? [{ key: 'clone', label: t('acts.clone') }] : []),
        ],
        onClick: ({ key: chosen }) => (chosen === 'clone' ? clone() : act(chosen as Act, job)),
      }}
    >
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t('actsOn', { name: job.name })} />
    </Dropdown>
  );
}
