import { http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Line = Of<'LineOutput'>;

export type Quota = Of<'QuotaOutput'>;

export type QuotaChange = Of<'QuotaChangeRequest'>;

export type Cohort = Of<'CohortOutput'>;

export type Priority = Of<'PriorityOutput'>;

export type Cap = Of<'CapOutput'>;

export type ShareLine = Of<'QuotaShareOutput'>;

export type Shares = Of<'SharesOutput'>;

export type UsageRow = Of<'UsageRowOutput'>;

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
