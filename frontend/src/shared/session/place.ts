/** Where in the portal a person stands: the tenant and project that the address names, with what they may do there. */
import { http, type Page } from '@shared/api/http';
import { Problem } from '@shared/api/problem';
import type { Place } from '@shared/features';
import { usePreferences } from '@shared/preferences';
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type Session, type SessionProject, type SessionTenant, sessionQuery, useSession } from './session';

const nothingThere = (slug: string) =>
  new Problem({ type: '/problems/not-found', title: 'There is nothing at this address', status: 404 }, `/t/${slug}`);

/** The tenant of a slug: from the session, else (platform roles, more than 200 tenants) looked up. */
export const tenantQuery = (slug: string, session: Session) =>
  queryOptions({
    queryKey: ['tenant-by-slug', slug, session.user.id],
    queryFn: async ({ signal }): Promise<SessionTenant> => {
      const found = await http.get<Page<SessionTenant>>('/tenants/', { query: { q: slug, limit: 50 }, signal });
      const tenant = found.results.find((one) => one.slug === slug);
      if (!tenant) throw nothingThere(slug);
      const projects = await http.get<Page<SessionProject>>(`/tenants/${tenant.id}/projects/`, {
        query: { limit: 200 },
        signal,
      });
      return { ...tenant, projects: projects.results };
    },
    staleTime: 60_000,
  });

export const tenantInSession = (session: Session, slug: string | undefined) =>
  session.tenants.find((tenant) => tenant.slug === slug) ?? null;

/** For routes: the tenant must be there before its pages are. Throws Problem 404 for what is not visible. */
export async function requireTenant(queries: QueryClient, slug: string): Promise<SessionTenant> {
  const session = await queries.ensureQueryData(sessionQuery);
  return tenantInSession(session, slug) ?? queries.ensureQueryData(tenantQuery(slug, session));
}

export async function requireProject(queries: QueryClient, tenantSlug: string, slug: string): Promise<SessionProject> {
  const tenant = await requireTenant(queries, tenantSlug);
  const project = tenant.projects.find((one) => one.slug === slug);
  if (!project) throw nothingThere(`${tenantSlug}/p/${slug}`);
  return project;
}

export function usePlace(): Place {
  const session = useSession();
  const { tenant: slug, project: projectSlug } = useParams({ strict: false }) as { tenant?: string; project?: string };
  const known = tenantInSession(session, slug);
  const looked = useQuery({ ...tenantQuery(slug ?? '', session), enabled: Boolean(slug && !known) }).data;
  const tenant = known ?? looked ?? null;
  const project = tenant?.projects.find((one) => one.slug === projectSlug) ?? null;
  return { session, tenant, project };
}

/** The tenant of a page below /t/$tenant. */
export function useTenant(): SessionTenant {
  const { tenant } = usePlace();
  if (!tenant) throw nothingThere('');
  return tenant;
}

/** The tenant and the project of a page below /t/$tenant/p/$project. */
export function useProject(): { tenant: SessionTenant; project: SessionProject } {
  const { tenant, project } = usePlace();
  if (!tenant || !project) throw nothingThere('');
  return { tenant, project };
}

/** All that the reader holds at this place: on the project, its tenant and the platform. */
export function useHeld(): { can: string[] } {
  const { session, tenant, project } = usePlace();
  return useMemo(
    () => ({ can: [...new Set([...session.can, ...(tenant?.can ?? []), ...(project?.can ?? [])])] }),
    [session, tenant, project],
  );
}

/** Whether the reader may do something here: on the project, the tenant or the platform. Unknown means no. */
export const may = (
  place: Place,
  permission: string,
  scope: 'project' | 'tenant' | 'platform' | 'anywhere',
): boolean => {
  if (place.session.can.includes(permission)) return true;
  if (scope === 'project')
    return Boolean(place.project?.can.includes(permission) || place.tenant?.can.includes(permission));
  if (scope === 'tenant') return Boolean(place.tenant?.can.includes(permission));
  if (scope === 'anywhere')
    return place.session.tenants.some(
      (tenant) =>
        tenant.can.includes(permission) || tenant.projects.some((project) => project.can.includes(permission)),
    );
  return false;
};

/**
 * Where a person stands, also on pages that are of no project or no tenant: there it is the place they were last at,
 * else their first. It is where the navigation leads.
 */
export function useStanding(): Place {
  const place = usePlace();
  const { recents } = usePreferences();
  if (place.project) return place;
  const visited = recents.map((recent) => recent.split('/') as [string, string]);
  const last = visited.find(([slug]) => tenantInSession(place.session, slug));
  // What the account remembers goes before what this browser does, which may have been another person's.
  const kept = place.session.user.last_project_id;
  const ofKept = place.session.tenants.find((one) => one.projects.some(({ id }) => id === kept));
  const tenant =
    place.tenant ?? ofKept ?? tenantInSession(place.session, last?.[0]) ?? place.session.tenants[0] ?? null;
  const lastProject = visited.find(([slug]) => slug === tenant?.slug)?.[1];
  // Who was nowhere yet begins in the oldest project: ids are ordered by age.
  const oldest = tenant?.projects.toSorted((one, other) => one.id.localeCompare(other.id))[0];
  const project =
    tenant?.projects.find(({ id }) => id === kept) ??
    tenant?.projects.find((one) => one.slug === lastProject) ??
    oldest ??
    null;
  return { ...place, tenant, project };
}
