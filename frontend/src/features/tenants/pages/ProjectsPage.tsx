import { etagOf, http } from '@shared/api/http';
import { type Project, projectsQuery } from '@shared/api/tenants';
import { Can, can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { FormModal } from '@shared/components/FormModal';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { SearchField } from '@shared/components/SearchField';
import { RelativeTime } from '@shared/components/values';
import { useLivePage } from '@shared/live/useStream';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { useTenant } from '@shared/session/place';
import { sessionQuery } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Flex } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DescriptionField, NameField, SlugField } from '../components/fields';
import { RemovalTag } from '../components/Removal';
import { RemoveProject } from '../components/RemoveProject';

type Dialog = { kind: 'new' } | { kind: 'edit' | 'remove'; project: Project };

export function ProjectsPage() {
  const { t } = useTranslation('tenants');
  const { t: shared } = useTranslation();
  const tenant = useTenant();
  const [view, setView] = useView<ListSearch>();
  const options = projectsQuery(tenant.id, view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<Project>(options.queryKey, { tenant: tenant.id, kinds: ['project'] });
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const search = useCallback((q: string) => setView({ q }, { replace: true }), [setView]);
  const close = () => setDialog(null);
  const add = can(tenant, 'projects.create') ? (
    <Button type="primary" onClick={() => setDialog({ kind: 'new' })}>
      {t('projects.add')}
    </Button>
  ) : null;
  const columns: Column<Project>[] = [
    {
      key: 'name',
      title: t('list.name'),
      always: true,
      order: 'slug',
      render: (project) =>
        project.removal ? (
          project.name
        ) : (
          <Link to="/t/$tenant/p/$project" params={{ tenant: tenant.slug, project: project.slug }}>
            {project.name}
          </Link>
        ),
    },
    { key: 'slug', title: t('list.slug'), render: (project) => <code className="mono">{project.slug}</code> },
    {
      key: 'description',
      title: t('list.description'),
      render: (project) => (project.removal ? <RemovalTag removal={project.removal} /> : project.description),
    },
    {
      key: 'created',
      title: t('list.created'),
      order: 'created',
      render: (project) => <RelativeTime at={project.created_at} />,
    },
    {
      key: 'acts',
      title: '',
      always: true,
      render: (project) =>
        project.removal ? null : (
          <Flex gap={4} justify="flex-end" align="center">
            <Can do="networks.view" on={project}>
              <Link to="/t/$tenant/p/$project/network" params={{ tenant: tenant.slug, project: project.slug }}>
                {shared('pages.network')}
              </Link>
            </Can>
            <Can do="projects.change" on={project}>
              <Button size="small" type="text" onClick={() => setDialog({ kind: 'edit', project })}>
                {shared('edit')}
              </Button>
            </Can>
            <Can do="projects.remove" on={project}>
              <Button size="small" type="text" danger onClick={() => setDialog({ kind: 'remove', project })}>
                {shared('remove')}
              </Button>
            </Can>
          </Flex>
        ),
    },
  ];
  const refreshed = [['tenants', tenant.id, 'projects'], sessionQuery.queryKey] as const;
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.projects')}
        facts={<span>{tenant.name}</span>}
        actions={add}
        api={{ method: 'GET', path: `/tenants/${tenant.id}/projects/`, query: view }}
      />
      <ResourceTable
        name="projects"
        label={shared('pages.projects')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        filtered={Boolean(view.q)}
        onClearFilters={() => setView({ q: undefined })}
        changes={changes}
        onRefresh={() => void refresh()}
        filters={<SearchField label={t('projects.search')} value={view.q ?? ''} onChange={search} />}
        empty={
          <EmptyState
            title={t('projects.empty')}
            action={add}
            command={`curl -X POST ${location.origin}/api/v1/tenants/${tenant.id}/projects/ -H "Authorization: Bearer $HANSE_TOKEN" -H 'Content-Type: application/json' -d '{"slug":"vision","name":"Vision"}'`}
          >
            {t('projects.emptyText')}
          </EmptyState>
        }
      />
      <FormModal<{ name: string; slug: string; description?: string }>
        open={dialog?.kind === 'new'}
        title={t('projects.add')}
        submit={t('projects.add')}
        initial={{}}
        act={(values) => http.post(`/tenants/${tenant.id}/projects/`, values)}
        done={t('projects.added')}
        changes={refreshed}
        onClose={close}
      >
        <NameField />
        <SlugField after="name" />
        <DescriptionField />
      </FormModal>
      {dialog?.kind === 'edit' ? (
        <FormModal<{ name: string; description: string }>
          open
          title={t('projects.edit', { name: dialog.project.name })}
          submit={shared('save')}
          initial={{ name: dialog.project.name, description: dialog.project.description }}
          act={(values) => http.patch(`/projects/${dialog.project.id}/`, values, { etag: etagOf(dialog.project) })}
          done={shared('saved')}
          changes={refreshed}
          onClose={close}
        >
          <NameField />
          <DescriptionField />
        </FormModal>
      ) : null}
      {dialog?.kind === 'remove' ? (
        <RemoveProject project={dialog.project} changes={refreshed} onClose={close} />
      ) : null}
    </div>
  );
}
