import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { SearchField } from '@shared/components/SearchField';
import { StatusTag } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { curl } from '@shared/lib/curl';
import { useLivePage } from '@shared/live/useStream';
import { useView } from '@shared/routing/view';
import { useHeld, useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Schedule, type SchedulesView, schedulesPath, schedulesQuery } from '../api';
import { CronText } from '../components/Cron';
import { LastRun } from '../components/LastRun';
import { ScheduleForm } from '../components/ScheduleForm';

const PAGE = '/t/$tenant/p/$project/schedules/$schedule' as const;

export function SchedulesPage() {
  const { t } = useTranslation('schedules');
  const key = useKey();
  const { tenant, project } = useProject();
  const navigate = useNavigate();
  const [view, setView] = useView<SchedulesView>();
  const [writing, setWriting] = useState(false);
  const options = schedulesQuery(project.id, view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<Schedule>(options.queryKey, {
    tenant: tenant.id,
    project: project.id,
    kinds: ['schedule'],
  });
  const find = useCallback((q: string) => setView({ q }), [setView]);
  const held = useHeld();
  const params = (id: string) => ({ tenant: tenant.slug, project: project.slug, schedule: id });
  const columns: Column<Schedule>[] = [
    {
      key: 'name',
      title: t('name'),
      order: 'name',
      always: true,
      render: (one) => (
        <Link to={PAGE} params={params(one.id)}>
          {one.name}
        </Link>
      ),
    },
    { key: 'when', title: t('when'), render: (one) => <CronText cron={one.cron} zone={one.time_zone} /> },
    {
      key: 'state',
      title: t('state'),
      render: (one) => (
        <StatusTag
          status={one.state}
          reason={one.state_reason ? key(`schedules:reasons.${one.state_reason}`) : undefined}
        />
      ),
    },
    { key: 'next', title: t('nextRun'), render: (one) => <RelativeTime at={one.next_run_at} /> },
    { key: 'last', title: t('lastRun'), render: (one) => <LastRun schedule={one} /> },
    { key: 'owner', title: t('owner'), render: (one) => one.owner.name },
    {
      key: 'created',
      title: t('created'),
      order: 'created',
      optional: true,
      render: (one) => <RelativeTime at={one.created_at} />,
    },
  ];
  const add = can(held, 'schedules.manage') ? (
    <Button type="primary" onClick={() => setWriting(true)}>
      {t('new')}
    </Button>
  ) : null;
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        actions={add}
        api={{ method: 'GET', path: schedulesPath(project.id), query: view }}
      />
      <ResourceTable<Schedule>
        name="schedules"
        label={t('title')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        filtered={Boolean(view.q || view.state)}
        onClearFilters={() => setView({ q: undefined, state: undefined })}
        changes={changes}
        onRefresh={() => void refresh()}
        filters={
          <>
            <SearchField label={t('search')} value={view.q ?? ''} onChange={find} />
            <Select
              allowClear
              aria-label={t('state')}
              placeholder={t('state')}
              value={view.state ?? null}
              onChange={(state) => setView({ state: state ?? undefined })}
              options={(['active', 'paused', 'stopped'] as const).map((value) => ({
                value,
                label: t(`states.${value}`),
              }))}
              style={{ minWidth: 120 }}
            />
          </>
        }
        empty={
          <EmptyState
            title={t('empty')}
            action={add}
            command={curl({ method: 'POST', path: schedulesPath(project.id), body: BODY }).replaceAll(' \\\n  ', ' ')}
          >
            {t('emptyText')}
          </EmptyState>
        }
      />
      {writing ? (
        <ScheduleForm
          project={project.id}
          schedule={null}
          onClose={() => setWriting(false)}
          onDone={(made) => void navigate({ to: PAGE, params: params(made.id) })}
        />
      ) : null}
    </div>
  );
}

const BODY = {
  name: 'nightly',
  cron: '0 2 * * *',
  spec: { name: 'train', roles: [{ command: ['python', 'train.py'] }] },
};
