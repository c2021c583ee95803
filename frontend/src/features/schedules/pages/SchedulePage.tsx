import { can } from '@shared/components/Can';
import { ErrorPage } from '@shared/components/ErrorPage';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { StatusTag } from '@shared/components/StatusTag';
import { ExactTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useStream } from '@shared/live/useStream';
import { usePageName } from '@shared/routing/title';
import { useView } from '@shared/routing/view';
import { useProject } from '@shared/session/place';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Alert, Button, Descriptions } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stringify } from 'yaml';
import { type Run, runsQuery, type SchedulesView, schedulePath, scheduleQuery, schedulesKey } from '../api';
import { CronText, DueTimes } from '../components/Cron';
import { Outcome } from '../components/LastRun';
import { ScheduleForm } from '../components/ScheduleForm';
import { useScheduleActs } from '../components/useScheduleActs';

export function SchedulePage() {
  const { t } = useTranslation('schedules');
  const { t: shared } = useTranslation();
  const key = useKey();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { tenant, project } = useProject();
  const { schedule: id } = useParams({ strict: false }) as { schedule: string };
  const [view] = useView<SchedulesView>();
  const [editing, setEditing] = useState(false);
  const { data: schedule, error, refetch } = useQuery(scheduleQuery(project.id, id));
  usePageName(schedule?.name);
  const runs = useQuery(runsQuery(project.id, id, view));
  const where = { tenant: tenant.slug, project: project.slug };
  const { act, remove } = useScheduleActs(
    project.id,
    () => void navigate({ to: '/t/$tenant/p/$project/schedules', params: where }),
  );
  const readAgain = () => void cache.invalidateQueries({ queryKey: schedulesKey(project.id) });
  useStream(
    { tenant: tenant.id, project: project.id, kinds: ['schedule'] },
    { onEvent: ({ object_id }) => object_id === id && readAgain(), onLost: readAgain },
  );
  if (error && !schedule) return <ErrorPage error={error} retry={() => void refetch()} />;
  if (!schedule) return <PageLoading />;
  const manages = can(schedule, 'schedules.manage') && can(schedule, 'jobs.submit');
  const columns: Column<Run>[] = [
    { key: 'due', title: t('due'), always: true, render: (run) => <ExactTime at={run.due_at} /> },
    { key: 'outcome', title: t('outcome'), render: (run) => <Outcome outcome={run.outcome} reason={run.reason} /> },
    {
      key: 'message',
      title: t('message'),
      render: (run) => <span className="muted">{run.message || (run.by_hand ? t('byHand') : '—')}</span>,
    },
    {
      key: 'job',
      title: t('job'),
      render: (run) =>
        run.job_id ? (
          <Link to="/t/$tenant/p/$project/jobs/$job" params={{ ...where, job: run.job_id }}>
            {t('openJob')}
          </Link>
        ) : (
          '—'
        ),
    },
  ];
  return (
    <div className="page">
      <PageHeader
        title={schedule.name}
        trail={[
          <Link key="all" to="/t/$tenant/p/$project/schedules" params={where}>
            {t('title')}
          </Link>,
        ]}
        facts={
          <>
            <StatusTag status={schedule.state} /> · <CronText cron={schedule.cron} zone={schedule.time_zone} /> ·{' '}
            {t('ownedBy', { name: schedule.owner.name })}
          </>
        }
        api={{ method: 'GET', path: schedulePath(project.id, id) }}
        actions={
          <>
            <Link to="/t/$tenant/p/$project/jobs" params={where} search={{ schedule: id }}>
              <Button>{t('itsJobs')}</Button>
            </Link>
            {manages ? (
              <>
                <Button onClick={() => setEditing(true)}>{shared('edit')}</Button>
                {schedule.state === 'active' ? (
                  <Button onClick={() => act.mutate({ schedule, act: 'pause' })}>{t('pause')}</Button>
                ) : (
                  <Button onClick={() => act.mutate({ schedule, act: 'resume' })}>{t('resume')}</Button>
                )}
                <Button danger onClick={() => remove(schedule)}>
                  {shared('remove')}
                </Button>
                <Button type="primary" loading={act.isPending} onClick={() => act.mutate({ schedule, act: 'run' })}>
                  {t('runNow')}
                </Button>
              </>
            ) : null}
          </>
        }
      />
      {schedule.state === 'stopped' ? (
        <Alert
          type="warning"
          showIcon
          title={key(`schedules:reasons.${schedule.state_reason}`)}
          description={t('stoppedText')}
          style={{ marginBottom: 16 }}
        />
      ) : null}
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'cron', label: t('cronLabel'), children: <code className="mono">{schedule.cron}</code> },
          { key: 'overlap', label: t('overlapLabel'), children: t(`overlap.${schedule.overlap}`) },
          { key: 'missed', label: t('missedLabel'), children: t(`missed.${schedule.missed}`) },
          {
            key: 'what',
            label: t('what'),
            children: schedule.template ? `${t('template')}: ${schedule.template.name}` : t('fromSpec'),
          },
        ]}
      />
      {schedule.next_runs.length > 0 ? (
        <section aria-label={t('next')}>
          <h2 className="section-title">{t('next')}</h2>
          <DueTimes times={schedule.next_runs} zone={schedule.time_zone} />
        </section>
      ) : null}
      {schedule.spec ? (
        <details>
          <summary>{t('spec')}</summary>
          <pre className="mono code-block">{stringify(schedule.spec)}</pre>
        </details>
      ) : null}
      <h2 className="section-title">{t('runs')}</h2>
      <ResourceTable<Run>
        name="schedule-runs"
        label={t('runs')}
        query={runs}
        columns={columns}
        defaultOrder="-created"
        empty={<p className="muted">{t('never')}</p>}
      />
      {editing ? <ScheduleForm project={project.id} schedule={schedule} onClose={() => setEditing(false)} /> : null}
    </div>
  );
}
