import { http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Member = Of<'MemberOutput'>;

export type MemberInput = Of<'MemberInputRequest'>;

export type MembersView = ListSearch & { role?: string; project?: string };

/** Members of a tenant; of the platform for null. */
export const membersPath = (tenantId: string | null) =>
  tenantId ? `/tenants/${tenantId}/members/` : '/platform/members/';

export const membersQuery = (tenantId: string | null, view: MembersView) =>
  queryOptions({
    queryKey: ['members', tenantId, view],
    queryFn: ({ signal }) => http.get<Page<Member>>(membersPath(tenantId), { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export type Access = Of<'AccessOutput'>;

/** What somebody (null: whoever asks) may do in a tenant, or in one project of it. */
export const accessQuery = (tenantId: string, userId: string | null, project?: string) =>
  queryOptions({
    queryKey: ['members', tenantId, 'access', userId, project],
    queryFn: ({ signal }) =>
      http.get<Access>(`/tenants/${tenantId}/access/${userId ?? 'me'}/`, { query: { project }, signal }),
  });

export const nameOf = (member: Member) => member.user?.name || member.user?.email || member.group?.name || '';

/** The table of the whole platform: permission -> roles. */
export const permissionsQuery = queryOptions({
  queryKey: ['permissions'],
  queryFn: ({ signal }) =>
    http.get<{ results: { permission: string; roles: string[] }[] }>('/permissions/', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const TENANT_ROLES = ['owner', 'admin', 'developer', 'viewer', 'data-officer'] as const;
export const PLATFORM_ROLES = ['platform-admin', 'operator', 'auditor'] as const;
