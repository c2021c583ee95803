import { http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Token = Of<'TokenOutput'>;

export type TokenInput = Of<'TokenInputRequest'>;

export const tokensQuery = (view: ListSearch) =>
  queryOptions({
    queryKey: ['me', 'tokens', view],
    queryFn: ({ signal }) => http.get<Page<Token>>('/me/tokens/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });
