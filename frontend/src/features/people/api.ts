import { http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Invitation = Of<'InvitationOutput'>;
export type NewInvitation = Of<'NewInvitationOutput'>;
export type Offer = Of<'OfferOutput'>;
export type ServiceAccount = Of<'ServiceAccountOutput'>;
export type Token = Of<'TokenOutput'>;
export type NewToken = Of<'NewTokenOutput'>;

/** Roles that can be offered; `owner` only by who may make owners. */
export const ROLES = ['owner', 'admin', 'developer', 'viewer', 'data-officer'] as const;

export const invitationsPath = (tenantId: string) => `/tenants/${tenantId}/invitations/`;
export const programsPath = (tenantId: string) => `/tenants/${tenantId}/service-accounts/`;
export const tokensPath = (account: ServiceAccount) => `${programsPath(account.tenant_id)}${account.id}/tokens/`;

export const invitationsQuery = (tenantId: string, view: ListSearch) =>
  queryOptions({
    queryKey: ['invitations', tenantId, view],
    queryFn: ({ signal }) => http.get<Page<Invitation>>(invitationsPath(tenantId), { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const programsQuery = (tenantId: string, view: ListSearch) =>
  queryOptions({
    queryKey: ['service-accounts', tenantId, view],
    queryFn: ({ signal }) => http.get<Page<ServiceAccount>>(programsPath(tenantId), { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const programQuery = (tenantId: string, id: string) =>
  queryOptions({
    queryKey: ['service-account', tenantId, id],
    queryFn: ({ signal }) => http.get<ServiceAccount>(`${programsPath(tenantId)}${id}/`, { signal }),
  });

export const tokensQuery = (account: ServiceAccount, view: ListSearch) =>
  queryOptions({
    queryKey: ['service-tokens', account.id, view],
    queryFn: ({ signal }) => http.get<Page<Token>>(tokensPath(account), { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export type Member = Of<'MemberOutput'>;

/** Roles of a service account. */
export const rolesQuery = (account: ServiceAccount) =>
  queryOptions({
    queryKey: ['members', account.tenant_id, { user: account.user_id }],
    queryFn: ({ signal }) =>
      http.get<Page<Member>>(`/tenants/${account.tenant_id}/members/`, { query: { user: account.user_id }, signal }),
  });

/** The table of the whole platform: permission -> roles. */
export const permissionsQuery = queryOptions({
  queryKey: ['permissions'],
  queryFn: ({ signal }) =>
    http.get<{ results: { permission: string; roles: string[] }[] }>('/permissions/', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});
