import { http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type AuditEntry = Of<'AuditEntryOutput'>;

export type AuditView = ListSearch & {
  action?: string;
  actor?: string;
  subject?: string;
  since?: string;
  until?: string;
  /** Of the platform's page: the trail of this tenant. */
  tenant?: string;
};

export const auditPath = (tenantId: string | null) => (tenantId ? `/tenants/${tenantId}/audit/` : '/audit/');

export const auditQuery = (tenantId: string | null, view: AuditView) =>
  queryOptions({
    queryKey: ['audit', tenantId, view],
    queryFn: ({ signal }) => http.get<Page<AuditEntry>>(auditPath(tenantId), { query: view, signal }),
    placeholderData: keepPreviousData,
  });
