import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { PageHeader } from '@shared/components/PageHeader';
import { ResourceTable } from '@shared/components/ResourceTable';
import { SearchField } from '@shared/components/SearchField';
import { useKey } from '@shared/i18n/key';
import { curl } from '@shared/lib/curl';
import { useLivePage } from '@shared/live/useStream';
import { useView } from '@shared/routing/view';
import { useHeld, useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox, Select } from 'antd';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ACTS, type Act, type BulkResult, type Job, jobsPath, jobsQuery, PERMISSION, PHASES } from '../api';
import { useJobColumns } from '../components/columns';
import { ScheduleFilter } from '../components/ScheduleFilter';
import { useJobActs } from '../components/useJobActs';
import { FRAMEWORKS } from '../model/frameworks';
import type { JobsSearch } from '../search';

const BulkResults = lazy(() => import('../components/BulkResults'));

export function JobsPage() {
  const { t } = useTranslation('jobs');
  const key = useKey();
  const { tenant, project } = useProject();
  const [view, setView] = useView<JobsSearch>();
  const options = jobsQuery(project.id, view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<Job>(options.queryKey, {
    tenant: tenant.id,
    project: project.id,
    kinds: ['job'],
  });
  const { act, actOnAll, busy } = useJobActs(project.id);
  const [selected, setSelected] = useState<string[]>([]);
  const [results, setResults] = useState<{ act: Act; rows: BulkResult[] } | null>(null);
  const held = useHeld();
  const columns = useJobColumns(held.can, act);
  const rows = query.data?.results ?? [];
  const nameOf = (id: string) => rows.find((row) => row.id === id)?.name ?? id;
  const where = { tenant: tenant.slug, project: project.slug };
  const submits = can(held, 'jobs.submit');
  const acts = ACTS.some((one) => can(held, PERMISSION[one]));
  const filtered = Boolean(
    view.q || view.phase || view.framework || view.priority || view.schedule || view.mine || view.bin,
  );
  const find = useCallback((q: string) => setView({ q }), [setView]);

  const bulk = (ids: readonly string[]) => {
    const chosen = rows.filter((row) => ids.includes(row.id));
    return ACTS.filter((one) => can(held, PERMISSION[one]) && chosen.some((row) => row.acts.includes(one))).map(
      (one) => (
        <Button
          key={one}
          danger={one === 'cancel'}
          loading={busy === one}
          onClick={async () => {
            const answer = await actOnAll(one, ids);
            if (!answer) return;
            setSelected([]);
            setResults({ act: one, rows: answer });
          }}
        >
          {t(`acts.${one}`)}
        </Button>
      ),
    );
  };

  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        api={{ method: 'GET', path: jobsPath(project.id), query: view }}
        actions={
          submits ? (
            <Link to="/t/$tenant/p/$project/jobs/new" params={where}>
              <Button type="primary">{t('new')}</Button>
            </Link>
          ) : null
        }
      />
      <ResourceTable<Job>
        name="jobs"
        label={t('title')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        filtered={filtered}
        onClearFilters={() =>
          setView({
            q: undefined,
            phase: undefined,
            framework: undefined,
            priority: undefined,
            schedule: undefined,
            mine: undefined,
            bin: undefined,
          })
        }
        changes={changes}
        onRefresh={() => void refresh()}
        {...(acts
          ? { selection: { ids: selected, onChange: setSelected, label: (id) => t('select', { name: nameOf(id) }) } }
          : {})}
        bulk={bulk}
        filters={
          <>
            <SearchField label={t('searchName')} value={view.q ?? ''} onChange={find} />
            <Select
              mode="multiple"
              aria-label={t('phase')}
              placeholder={t('phase')}
              value={view.phase ?? []}
              onChange={(phase) => setView({ phase })}
              options={PHASES.map((value) => ({ value, label: key(`shared:status.${value}`) }))}
              maxTagCount="responsive"
              style={{ minWidth: 160 }}
            />
            <Select
              allowClear
              aria-label={t('framework')}
              placeholder={t('framework')}
              value={view.framework ?? null}
              onChange={(framework) => setView({ framework: framework ?? undefined })}
              options={FRAMEWORKS.map((value) => ({ value, label: t(`frameworks.${value}`) }))}
              style={{ minWidth: 130 }}
            />
            <Select
              allowClear
              aria-label={t('priority')}
              placeholder={t('priority')}
              value={view.priority ?? null}
              onChange={(priority) => setView({ priority: priority ?? undefined })}
              options={['high', 'low'].map((value) => ({
                value,
                label: key(`jobs:priorities.${value}`, { fallback: value }),
              }))}
              style={{ minWidth: 110 }}
            />
            <ScheduleFilter project={project.id} value={view.schedule} onChange={(schedule) => setView({ schedule })} />
            <Checkbox checked={Boolean(view.mine)} onChange={(event) => setView({ mine: event.target.checked })}>
              {t('mine')}
            </Checkbox>
            <Checkbox checked={Boolean(view.bin)} onChange={(event) => setView({ bin: event.target.checked })}>
              {t('bin')}
            </Checkbox>
          </>
        }
        empty={
          <EmptyState
            title={t('empty.title')}
            action={
              submits ? (
                <Link to="/t/$tenant/p/$project/jobs/new" params={where}>
                  <Button type="primary">{t('new')}</Button>
                </Link>
              ) : null
            }
            command={curl({ method: 'POST', path: jobsPath(project.id), body: EXAMPLE }).replaceAll(' \\\n  ', ' ')}
          >
            {t('empty.text')}
          </EmptyState>
        }
      />
      {results && (
        <Suspense>
          <BulkResults act={results.act} results={results.rows} nameOf={nameOf} onClose={() => setResults(null)} />
        </Suspense>
      )}
    </div>
  );
}

const EXAMPLE = { name: 'hello', roles: [{ command: ['echo', 'hello from Hanse'] }] };
