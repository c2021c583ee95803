import { MoreOutlined } from '@ant-design/icons';
import { can } from '@shared/components/Can';
import { PageHeader } from '@shared/components/PageHeader';
import { StatusTag } from '@shared/components/StatusTag';
import { Amounts, Duration } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Act, type JobDetail, jobPath, PERMISSION } from '../api';
import { useWords } from '../words';
import { PhaseStrip } from './PhaseStrip';
import { SaveAsTemplate } from './SaveAsTemplate';
import { ShareDialog } from './ShareDialog';
import { useJobActs } from './useJobActs';

/** Acts that stand as buttons; the others are in the menu. */
const BUTTONS: readonly Act[] = ['submit', 'resume', 'retry', 'suspend', 'cancel', 'restore'];

export function JobHeader({ job, shared }: { job: JobDetail; shared: boolean }) {
  const { t } = useTranslation('jobs');
  const key = useKey();
  const words = useWords();
  const navigate = useNavigate();
  const { act, busy } = useJobActs(job.project_id);
  const [dialog, setDialog] = useState<'template' | 'share' | null>(null);
  const where = { tenant: job.tenant_slug, project: job.project_slug };
  const possible = (one: Act) => can(job, PERMISSION[one], one);
  const list = { to: '/t/$tenant/p/$project/jobs', params: where } as const;
  const menu = [
    ...(can(job, 'jobs.submit') && job.phase === 'draft' ? [{ key: 'edit', label: t('acts.edit') }] : []),
    ...(can(job, 'templates.manage') ? [{ key: 'template', label: t('acts.template') }] : []),
    ...(can(job, 'jobs.share') ? [{ key: 'share', label: t('acts.share') }] : []),
    ...(possible('delete') ? [{ key: 'delete', label: t('acts.delete') }] : []),
  ];
  const choose = (chosen: string) => {
    if (chosen === 'delete') act('delete', job, () => void navigate(list));
    else if (chosen === 'edit')
      void navigate({ to: '/t/$tenant/p/$project/jobs/new', params: where, search: { draft: job.id } });
    else setDialog(chosen === 'share' ? 'share' : 'template');
  };
  const primary = BUTTONS.find((one) => possible(one) && ['submit', 'resume', 'retry', 'restore'].includes(one));
  return (
    <>
      <PageHeader
        title={job.name}
        trail={
          shared
            ? [`${job.tenant_slug} / ${job.project_slug}`]
            : [
                <Link key="jobs" {...list}>
                  {t('title')}
                </Link>,
              ]
        }
        api={{ method: 'GET', path: jobPath(job.project_id, job.id) }}
        facts={
          <>
            <StatusTag status={job.phase} reason={words.reason(job)} />
            {job.stopping && <span>{t('stopping')}</span>}
            <Running job={job} />
            <span>{key(`jobs:priorities.${job.priority}`, { fallback: job.priority })}</span>
            <span>
              {job.phase === 'running' && job.replicas.running < job.replicas.wanted
                ? t('replicasRunning', { count: job.replicas.wanted, running: job.replicas.running })
                : t('replicaCount', { count: job.replicas.wanted })}
            </span>
            {job.resources.length > 0 && <Amounts rows={job.resources} />}
            {job.cluster && <span>{t('inCluster', { cluster: job.cluster.slug })}</span>}
            <span>{t(job.submitted_by.kind === 'service' ? 'byProgram' : 'by', { name: job.submitted_by.name })}</span>
            {job.schedule ? (
              <span>
                {t('ofSchedule')}{' '}
                {shared ? (
                  job.schedule.name
                ) : (
                  <Link to="/t/$tenant/p/$project/schedules/$schedule" params={{ ...where, schedule: job.schedule.id }}>
                    {job.schedule.name}
                  </Link>
                )}
              </span>
            ) : null}
            {job.restarts > 0 && <span>{t('restarts', { count: job.restarts })}</span>}
            {Object.entries(job.labels).map(([name, value]) => (
              <Tag key={name}>{value ? `${name}: ${value}` : name}</Tag>
            ))}
          </>
        }
        actions={
          <>
            {can(job, PERMISSION.clone, 'clone') && (
              <Link to="/t/$tenant/p/$project/jobs/new" params={where} search={{ from: job.id }}>
                <Button>{t('acts.clone')}</Button>
              </Link>
            )}
            {BUTTONS.filter(possible).map((one) => (
              <Button
                key={one}
                type={one === primary ? 'primary' : 'default'}
                danger={one === 'cancel'}
                loading={busy === one}
                onClick={() => act(one, job)}
              >
                {t(`acts.${one}`)}
              </Button>
            ))}
            {menu.length > 0 && (
              <Dropdown trigger={['click']} menu={{ items: menu, onClick: ({ key: chosen }) => choose(chosen) }}>
                <Button icon={<MoreOutlined />} aria-label={t('more')} />
              </Dropdown>
            )}
          </>
        }
      />
      <PhaseStrip job={job} />
      {dialog === 'template' && <SaveAsTemplate job={job} onClose={() => setDialog(null)} />}
      {dialog === 'share' && <ShareDialog job={job} onClose={() => setDialog(null)} />}
    </>
  );
}

/** "running 41 min" */
function Running({ job }: { job: JobDetail }) {
  const since = job.phase === 'running' ? job.started_at : job.phase === 'queued' ? job.queued_at : null;
  return since ? <Duration since={since} /> : null;
}
