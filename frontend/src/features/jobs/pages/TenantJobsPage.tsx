import { EmptyState } from '@shared/components/EmptyState';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { SearchField } from '@shared/components/SearchField';
import { useKey } from '@shared/i18n/key';
import { useLivePage } from '@shared/live/useStream';
import { useView } from '@shared/routing/view';
import { useTenant } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Checkbox, Select } from 'antd';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Job, PHASES, tenantJobsQuery } from '../api';
import { useJobColumns } from '../components/columns';
import type { TenantJobsSearch } from '../search';

const NO_PERMISSIONS: readonly string[] = [];
const nothing = () => undefined;
/** Acts belong to a job's project, and the list of all projects offers one order only. */
const LEFT_OUT = new Set(['acts']);

/** Jobs of all projects of the tenant that the reader may see; to read, and to go to the one that matters. */
export function TenantJobsPage() {
  const { t } = useTranslation('jobs');
  const key = useKey();
  const tenant = useTenant();
  const [view, setView] = useView<TenantJobsSearch>();
  const options = tenantJobsQuery(tenant.id, view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<Job>(options.queryKey, { tenant: tenant.id, kinds: ['job'] });
  const own = useJobColumns(NO_PERMISSIONS, nothing);
  const columns = useMemo(
    (): Column<Job>[] =>
      own
        .filter((column) => !LEFT_OUT.has(column.key))
        .map(({ order, ...column }) => (order === 'created' ? { ...column, order } : column))
        .toSpliced(1, 0, {
          key: 'project',
          title: t('columns.project'),
          always: true,
          render: (job) => (
            <Link to="/t/$tenant/p/$project/jobs" params={{ tenant: job.tenant_slug, project: job.project_slug }}>
              {tenant.projects.find(({ id }) => id === job.project_id)?.name ?? job.project_slug}
            </Link>
          ),
        }),
    [own, t, tenant],
  );
  const find = useCallback((q: string) => setView({ q }), [setView]);
  return (
    <div className="page">
      <PageHeader
        title={t('all')}
        facts={<span>{tenant.name}</span>}
        api={{ method: 'GET', path: '/jobs/', query: { ...view, tenant: tenant.id } }}
      />
      <ResourceTable<Job>
        name="tenant-jobs"
        label={t('all')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        filtered={Boolean(view.q || view.phase || view.project || view.mine)}
        onClearFilters={() => setView({ q: undefined, phase: undefined, project: undefined, mine: undefined })}
        changes={changes}
        onRefresh={() => void refresh()}
        filters={
          <>
            <SearchField label={t('searchName')} value={view.q ?? ''} onChange={find} />
            <Select
              allowClear
              aria-label={t('columns.project')}
              placeholder={t('columns.project')}
              value={view.project ?? null}
              onChange={(project) => setView({ project: project ?? undefined })}
              options={tenant.projects.map(({ id, name }) => ({ value: id, label: name }))}
              style={{ minWidth: 150 }}
            />
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
            <Checkbox checked={Boolean(view.mine)} onChange={(event) => setView({ mine: event.target.checked })}>
              {t('mine')}
            </Checkbox>
          </>
        }
        empty={<EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>}
      />
    </div>
  );
}
