/** Requests for more quota: made where people meet a limit, decided where admins look. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ListSearch } from '../routing/search';
import { http, type Page } from './http';
import type { Of } from './types';

export type QuotaRequest = Of<'QuotaRequestOutput'>;

export type Asks = QuotaRequest['asks'];

export type RequestsView = Pick<ListSearch, 'cursor' | 'limit' | 'order'> & {
  tenant?: string;
  state?: readonly string[];
  mine?: boolean;
  decidable?: boolean;
};

export const requestsKey = ['quota-requests'] as const;

export const requestsQuery = (view: RequestsView) =>
  queryOptions({
    queryKey: [...requestsKey, view],
    queryFn: ({ signal }) => http.get<Page<QuotaRequest>>('/quota-requests/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: [...requestsKey, id],
    queryFn: ({ signal }) => http.get<QuotaRequest>(`/quota-requests/${id}/`, { signal }),
  });
