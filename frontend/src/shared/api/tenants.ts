/** Tenants and projects over REST: read by the pages that manage them and by those that name them. */

import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http, type Page } from './http';
import type { Of } from './types';

export type Tenant = Of<'TenantForReader'>;

export type Project = Of<'ProjectForReader'>;

/** How far the removal of a tenant or project has come. */
export type Removal = Of<'RemovalOutput'>;

export type Casualty = Of<'CasualtyOutput'>;

export type Preview = Of<'PreviewOutput'>;

export const tenantDetailQuery = (id: string) =>
  queryOptions({
    queryKey: ['tenants', id],
    queryFn: ({ signal }) => http.get<Tenant>(`/tenants/${id}/`, { signal }),
  });

export const tenantsQuery = (view: ListSearch & { phase?: string }) =>
  queryOptions({
    queryKey: ['tenants', 'list', view],
    queryFn: ({ signal }) => http.get<Page<Tenant>>('/tenants/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const projectsQuery = (tenantId: string, view: ListSearch) =>
  queryOptions({
    queryKey: ['tenants', tenantId, 'projects', view],
    queryFn: ({ signal }) => http.get<Page<Project>>(`/tenants/${tenantId}/projects/`, { query: view, signal }),
    placeholderData: keepPreviousData,
  });
