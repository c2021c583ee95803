import { DownOutlined } from '@ant-design/icons';
import { http, type Page } from '@shared/api/http';
import { StatusTag } from '@shared/components/StatusTag';
import { usePreferences } from '@shared/preferences';
import { useStanding } from '@shared/session/place';
import type { SessionTenant } from '@shared/session/session';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { Button, Input, Popover } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const MOST_SHOWN = 30;

/** Tenant and project: where one is, and the way to another, with search and the last few. */
export function PlaceSwitcher() {
  const { t } = useTranslation('shell');
  const { session, tenant, project } = useStanding();
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list closes when the page changes.
  useEffect(() => setOpen(false), [path]);
  if (session.tenants.length === 0) return null;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      destroyOnHidden
      content={<Places />}
    >
      <Button
        type="text"
        className="place"
        aria-expanded={open}
        aria-label={t('place.label', { place: [tenant?.name, project?.name].filter(Boolean).join(' / ') })}
      >
        <span className="place-name">
          <span>{tenant?.name ?? t('place.choose')}</span>
          {project ? <span className="muted">{` / ${project.name}`}</span> : null}
        </span>
        <DownOutlined style={{ fontSize: 10 }} />
      </Button>
    </Popover>
  );
}

function Places() {
  const { t } = useTranslation('shell');
  const { session, tenant: current, project: currentProject } = useStanding();
  const { recents } = usePreferences();
  const [typed, setTyped] = useState('');
  const search = typed.trim().toLowerCase();
  const more = useQuery({
    queryKey: ['tenants', 'switcher', search],
    queryFn: ({ signal }) =>
      http.get<Page<SessionTenant>>('/tenants/', { query: { q: search, limit: MOST_SHOWN }, signal }),
    enabled: !session.tenants_complete && search.length > 1,
    placeholderData: keepPreviousData,
  }).data?.results;
  const known = more?.map((one) => session.tenants.find(({ id }) => id === one.id) ?? { ...one, projects: [] });
  const tenants = (known ?? session.tenants)
    .map((tenant) => ({ tenant, projects: matching(tenant, search) }))
    .filter(({ tenant, projects }) => projects.length > 0 || named(tenant, search))
    .slice(0, MOST_SHOWN);
  const visited = recents
    .map((recent) => {
      const [slug, projectSlug] = recent.split('/');
      const tenant = session.tenants.find((one) => one.slug === slug);
      const project = tenant?.projects.find((one) => one.slug === projectSlug);
      return tenant && project ? { tenant, project } : null;
    })
    .filter((one) => one !== null)
    .filter(({ project }) => project.id !== currentProject?.id)
    .slice(0, 4);
  return (
    <div className="places">
      <Input
        autoFocus
        allowClear
        aria-label={t('place.search')}
        placeholder={t('place.search')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {search === '' && visited.length > 0 ? (
        <>
          <h2>{t('place.recent')}</h2>
          <ul>
            {visited.map(({ tenant, project }) => (
              <li key={project.id}>
                <Link to={`/t/${tenant.slug}/p/${project.slug}` as string}>
                  {project.name} <span className="muted">{tenant.name}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <h2>{t('place.all')}</h2>
      <div className="places-all">
        {tenants.length === 0 ? <p className="muted">{t('place.nothing')}</p> : null}
        {tenants.map(({ tenant, projects }) => (
          <section key={tenant.id} aria-label={tenant.name}>
            <Link to={`/t/${tenant.slug}` as string} className="places-tenant">
              {tenant.name}
              {tenant.phase === 'active' ? null : <StatusTag status={tenant.phase} />}
            </Link>
            <ul>
              {projects.map((project) => (
                <li key={project.id}>
                  <Link
                    to={`/t/${tenant.slug}/p/${project.slug}` as string}
                    activeOptions={{ exact: true, includeSearch: false }}
                    aria-current={tenant.id === current?.id && project.id === currentProject?.id ? 'true' : undefined}
                  >
                    {project.name}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

const named = (one: { slug: string; name: string }, search: string) =>
  one.slug.includes(search) || one.name.toLowerCase().includes(search);

/** All projects of a tenant that is meant itself, else those that are meant. */
const matching = (tenant: SessionTenant, search: string) =>
  named(tenant, search) ? tenant.projects : tenant.projects.filter((project) => named(project, search));
