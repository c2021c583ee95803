/** Who is signed in, and what they may do where. One document, read from /me/; unknown means no. */
import { http } from '@shared/api/http';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';

export interface SessionProject {
  id: string;
  slug: string;
  name: string;
  can: string[];
}

export interface SessionTenant {
  id: string;
  slug: string;
  name: string;
  phase: 'active' | 'suspended' | 'draining' | 'closed';
  can: string[];
  projects: SessionProject[];
}

export interface SessionUser {
  id: string;
  email: string;
  name: string;
  language: string;
  time_zone: string;
  theme: string;
  password_is_temporary: boolean;
  generation: number;
}

export interface SessionRole {
  role: string;
  tenant_id: string | null;
  project_id: string | null;
  group: string | null;
}

export interface Session {
  user: SessionUser;
  /** Permissions on the platform. */
  can: string[];
  roles: SessionRole[];
  tenants: SessionTenant[];
  /** False when there are more tenants than are listed; the others are found with /tenants/?q=. */
  tenants_complete: boolean;
  version: string;
  local_compute: boolean;
}

export const sessionQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => http.get<Session>('/me/', { signal }),
  staleTime: 60_000,
});

export const useSession = () => useSuspenseQuery(sessionQuery).data;
