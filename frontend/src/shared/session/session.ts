/** Who is signed in, and what they may do where. One document, read from /me/; unknown means no. */
import { http } from '@shared/api/http';
import { isProblem } from '@shared/api/problem';
import type { Of } from '@shared/api/types';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';

export type SessionProject = Of<'ProjectOfMe'>;

export type SessionTenant = Of<'TenantOfMe'>;

export type SessionUser = Of<'ProfileOutput'>;

export type SessionRole = Of<'RoleOfMe'>;

export type Session = Of<'MeOutput'>;

export const sessionQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => http.get<Session>('/me/', { signal }).catch(endView),
  staleTime: 60_000,
});

/** A view as somebody else that is over by time is ended; what the page holds is of whom it showed, so it begins afresh. */
async function endView(error: unknown): Promise<Session> {
  if (!isProblem(error, 'view-is-over')) throw error;
  await http.delete('/view-as/');
  location.assign('/');
  return new Promise(() => undefined);
}

export const useSession = () => useSuspenseQuery(sessionQuery).data;
