import { http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type User = Of<'UserOutput'>;

export type Group = Of<'GroupOutput'>;

export type Provider = Of<'ProviderOutput'>;

export const providersQuery = (view: ListSearch) =>
  queryOptions({
    queryKey: ['sign-in-providers', view],
    queryFn: ({ signal }) => http.get<Page<Provider>>('/sign-in-providers/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export type UsersView = ListSearch & { is_active?: string };

export const usersQuery = (view: UsersView) =>
  queryOptions({
    queryKey: ['users', view],
    queryFn: ({ signal }) => http.get<Page<User>>('/users/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const groupsQuery = (view: ListSearch) =>
  queryOptions({
    queryKey: ['groups', view],
    queryFn: ({ signal }) => http.get<Page<Group>>('/groups/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const leavingQuery = (userId: string) =>
  queryOptions({
    queryKey: ['leaving', userId],
    queryFn: ({ signal }) => http.get<Of<'LeavingOutput'>>(`/users/${userId}/leaving/`, { signal }),
    staleTime: 0,
  });
