import { http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Plan = Of<'PlanOutput'>;
export type PlannedMove = Of<'PlannedMoveOutput'>;
export type Asked = Of<'PlanInputRequest'>;
export type Whole = Omit<Plan, 'moves'> & { moves: PlannedMove[] };

export const GOALS = ['drain', 'rebalance', 'consolidate'] as const;
export const EXPORTS = ['csv', 'ics', 'json'] as const;
export const OPEN = ['planning', 'recommended', 'pending', 'ongoing'];

export const plansQuery = (view: ListSearch) =>
  queryOptions({
    queryKey: ['moves', 'plans', view],
    queryFn: ({ signal }) => http.get<Page<Plan>>('/move-plans/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const planQuery = (id: string) =>
  queryOptions({
    queryKey: ['moves', 'plan', id],
    queryFn: ({ signal }) => http.get<Plan>(`/move-plans/${id}/`, { signal }),
  });

/** All moves of a plan; read anew with each version of it, the last ones staying meanwhile. */
export const movesQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['moves', 'plan', id, 'moves', version],
    queryFn: ({ signal }) => http.get<Whole>(`/move-plans/${id}/export/`, { query: { as: 'json' }, signal }),
    placeholderData: keepPreviousData,
    enabled: version > 0,
  });

export const hostsQuery = queryOptions({
  queryKey: ['fleet', 'hosts'],
  queryFn: ({ signal }) =>
    http.get<Page<Of<'TargetOutput'>>>('/fleet/targets/', { query: { kind: 'host', limit: 200 }, signal }),
});

export const exportPath = (id: string, as: string) => `/api/v1/move-plans/${id}/export/?as=${as}`;
export const askPlan = (asked: Asked) => http.post<Plan>('/move-plans/', asked);
export const approvePlan = (id: string, pace: number) => http.post<Plan>(`/move-plans/${id}/approve/`, { pace });
export const cancelPlan = (id: string) => http.post<Plan>(`/move-plans/${id}/cancel/`, {});
