import { http, type Page } from '@shared/api/http';
import type { QuotaLine } from '@shared/components/QuotaLinesField';
import type { ListSearch } from '@shared/routing/view';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

interface Named {
  id: string;
  slug: string;
  name: string;
}

export interface Line extends QuotaLine {
  used: number;
  borrowed: number;
  lent: number;
  free: number;
  available: number;
}

export interface Quota {
  id: string;
  version: number;
  generation: number;
  tenant: Named;
  cluster: Named;
  cohort: { id: string; name: string } | null;
  lines: Line[];
  created_at: string;
  can: string[];
}

export interface QuotaChange {
  cohort: string | null;
  lines: QuotaLine[];
}

export interface Cohort {
  id: string;
  generation: number;
  cluster: Named;
  name: string;
  description: string;
  reclaim_within_cohort: string;
  created_at: string;
}

export interface Priority {
  id: string;
  generation: number;
  name: string;
  value: number;
  description: string;
  starts_within_seconds: number | null;
  restricted: boolean;
}

export interface Cap {
  id: string;
  generation: number;
  tenant_id: string;
  user: { id: string; name: string; email: string } | null;
  running_workloads: number | null;
  gpus: number | null;
  may_use_restricted_priorities: boolean;
}

export interface ShareLine {
  cluster: string;
  flavor: string;
  resource: string;
  guaranteed: number;
  cap: number | null;
}

export interface Shares {
  project_id: string;
  generation: number;
  shares: ShareLine[];
  can: string[];
}

export interface UsageRow {
  cluster: { id: string; slug: string };
  project: { id: string; slug: string };
  user: { id: string; name: string };
  flavor: string;
  resource: string;
  unit: string;
  hours: number;
}

export type QuotasView = ListSearch & { tenant?: string; cluster?: string; cohort?: string };

export const quotasQuery = (view: QuotasView) =>
  queryOptions({
    queryKey: ['quotas', 'list', view],
    queryFn: ({ signal }) => http.get<Page<Quota>>('/quotas/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const quotaQuery = (id: string) =>
  queryOptions({
    queryKey: ['quotas', id],
    queryFn: ({ signal }) => http.get<Quota>(`/quotas/${id}/`, { signal }),
  });

export const cohortsQuery = (view: ListSearch & { cluster?: string }) =>
  queryOptions({
    queryKey: ['cohorts', view],
    queryFn: ({ signal }) => http.get<Page<Cohort>>('/cohorts/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const prioritiesQuery = (view: ListSearch) =>
  queryOptions({
    queryKey: ['priorities', view],
    queryFn: ({ signal }) => http.get<Page<Priority>>('/priorities/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const capsQuery = (tenantId: string, view: ListSearch) =>
  queryOptions({
    queryKey: ['tenants', tenantId, 'caps', view],
    queryFn: ({ signal }) => http.get<Page<Cap>>(`/tenants/${tenantId}/caps/`, { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const sharesQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['projects', projectId, 'shares'],
    queryFn: ({ signal }) => http.get<Shares>(`/projects/${projectId}/shares/`, { signal }),
    enabled: projectId !== '',
    staleTime: 0,
  });

export const usageQuery = (tenantId: string, range: { since: string; until: string }) =>
  queryOptions({
    queryKey: ['tenants', tenantId, 'usage', range],
    queryFn: ({ signal }) =>
      http.get<{ since: string; until: string; rows: UsageRow[] }>(`/tenants/${tenantId}/usage/`, {
        query: range,
        signal,
      }),
  });
