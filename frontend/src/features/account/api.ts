import { http, type Page } from '@shared/api/http';
import type { ListSearch } from '@shared/routing/view';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export interface Token {
  id: string;
  name: string;
  hint: string;
  permissions: string[];
  tenant: string | null;
  project: string | null;
  created_at: string;
  expires_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
}

export interface TokenInput {
  name: string;
  permissions: string[];
  tenant?: string;
  project?: string;
  expires_at: string;
}

export const tokensQuery = (view: ListSearch) =>
  queryOptions({
    queryKey: ['me', 'tokens', view],
    queryFn: ({ signal }) => http.get<Page<Token>>('/me/tokens/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });
