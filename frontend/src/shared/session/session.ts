/** Who is signed in, and what they may do where. One document, read from /me/; unknown means no. */
import { http } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';

export type SessionProject = Of<'ProjectOfMe'>;

export type SessionTenant = Of<'TenantOfMe'>;

export type SessionUser = Of<'ProfileOutput'>;

export type SessionRole = Of<'RoleOfMe'>;

export type Session = Of<'MeOutput'>;

export const sessionQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => http.get<Session>('/me/', { signal }),
  staleTime: 60_000,
});

export const useSession = () => useSuspenseQuery(sessionQuery).data;
