import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { SearchField } from '@shared/components/SearchField';
import { StatusTag } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useSaid } from '@shared/i18n/said';
import { useLivePage } from '@shared/live/useStream';
import { useView } from '@shared/routing/view';
import { useHeld, useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type App, appsPath, appsQuery, PHASES } from '../api';
import { Address } from '../components/Address';
import type { AppsSearch } from '../search';

export function AppsPage() {
  const { t } = useTranslation('apps');
  const { t: shared } = useTranslation();
  const key = useKey();
  const said = useSaid();
  const { tenant, project } = useProject();
  const deploys = can(useHeld(), 'apps.deploy');
  const [view, setView] = useView<AppsSearch>();
  const options = appsQuery(project.id, view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<App>(options.queryKey, {
    tenant: tenant.id,
    project: project.id,
    kinds: ['app'],
  });
  const find = useCallback((q: string) => setView({ q }), [setView]);
  const where = { tenant: tenant.slug, project: project.slug };
  const columns: Column<App>[] = [
    {
      key: 'name',
      title: t('columns.name'),
      order: 'name',
      always: true,
      render: (app) => (
        <Link to="/t/$tenant/p/$project/apps/$app" params={{ ...where, app: app.id }}>
          {app.name}
        </Link>
      ),
    },
    {
      key: 'state',
      title: t('columns.state'),
      render: (app) => <StatusTag status={app.phase} reason={said(app.said, app.message)} />,
    },
    {
      key: 'replicas',
      title: t('columns.replicas'),
      numeric: true,
      render: (app) => t('readyOf', { ready: app.replicas_ready, wanted: app.stopped ? 0 : app.replicas }),
    },
    {
      key: 'revision',
      title: t('columns.revision'),
      numeric: true,
      render: (app) =>
        app.serving_revision && app.serving_revision !== app.revision
          ? t('serving', { revision: app.revision, serving: app.serving_revision })
          : app.revision,
    },
    { key: 'address', title: t('columns.address'), render: (app) => <Address app={app} short /> },
    { key: 'access', title: t('columns.access'), render: (app) => t(`access.${app.access}`) },
    { key: 'owner', title: t('columns.owner'), render: (app) => app.owner.name },
    {
      key: 'created',
      title: t('columns.created'),
      order: 'created',
      optional: true,
      render: (app) => <RelativeTime at={app.created_at} />,
    },
  ];
  const add = deploys ? (
    <Link to="/t/$tenant/p/$project/apps/new" params={where}>
      <Button type="primary">{t('new')}</Button>
    </Link>
  ) : null;
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.apps')}
        facts={<span>{t('intro')}</span>}
        actions={add}
        api={{ method: 'GET', path: appsPath(project.id), query: view }}
      />
      <ResourceTable<App>
        name="apps"
        label={shared('pages.apps')}
        query={query}
        columns={columns}
        defaultOrder="name"
        filtered={Boolean(view.q || view.phase)}
        onClearFilters={() => setView({ q: undefined, phase: undefined })}
        changes={changes}
        onRefresh={() => void refresh()}
        filters={
          <>
            <SearchField label={t('search')} value={view.q ?? ''} onChange={find} />
            <Select
              allowClear
              aria-label={t('columns.state')}
              placeholder={t('columns.state')}
              value={view.phase ?? null}
              onChange={(phase) => setView({ phase: phase ?? undefined })}
              options={PHASES.map((value) => ({ value, label: key(`shared:status.${value}`) }))}
              style={{ minWidth: 120 }}
            />
          </>
        }
        empty={
          <EmptyState title={t('empty')} action={add} command={`hanse api POST ${appsPath(project.id)} -f app.yaml`}>
            {t('emptyText')}
          </EmptyState>
        }
      />
    </div>
  );
}
