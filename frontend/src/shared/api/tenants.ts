/** Tenants and projects over REST: read by the pages that manage them and by those that name them. */

import type { ListSearch } from '@shared/routing/view';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http, type Page } from './http';

export interface Tenant {
  id: string;
  slug: string;
  name: string;
  description: string;
  phase: 'active' | 'suspended' | 'draining' | 'closed';
  phase_reason: string;
  acts: string[];
  can: string[];
  version: number;
  generation: number;
  created_at: string;
}

export interface Project {
  id: string;
  tenant_id: string;
  tenant_slug: string;
  slug: string;
  name: string;
  description: string;
  can: string[];
  version: number;
  generation: number;
  created_at: string;
}

export interface Casualty {
  kind: string;
  id: string;
  name: string;
  effect: string;
}

export interface Preview {
  casualties: Casualty[];
  count: number;
}

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
