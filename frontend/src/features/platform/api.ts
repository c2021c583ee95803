import { http, type Page } from '@shared/api/http';
import type { ListSearch } from '@shared/routing/view';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export interface User {
  id: string;
  email: string;
  name: string;
  is_active: boolean;
  language: string;
  password_is_temporary: boolean;
  last_login: string | null;
  generation: number;
  created_at: string;
}

export interface Group {
  id: string;
  name: string;
  users: Pick<User, 'id' | 'email' | 'name' | 'is_active'>[];
  generation: number;
  created_at: string;
}

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
