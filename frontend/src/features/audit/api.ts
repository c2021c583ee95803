import { address, http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type AuditEntry = Of<'AuditEntryOutput'>;

export type AuditView = ListSearch & {
  action?: string;
  actor?: string;
  subject?: string;
  kind?: string;
  token?: string;
  on_behalf_of?: string;
  address?: string;
  request?: string;
  since?: string;
  until?: string;
  /** Of the platform's page: the trail of this tenant. */
  tenant?: string;
};

export const auditPath = (tenantId: string | null) => (tenantId ? `/tenants/${tenantId}/audit/` : '/audit/');

/** Where the same entries are a file; the page and the order of the list do not concern it. */
export const exportAddress = (
  tenantId: string | null,
  { cursor, order, limit, q, ...filters }: AuditView,
  as: string,
) => address(`${auditPath(tenantId)}export/`, { ...filters, as });

export const auditQuery = (tenantId: string | null, view: AuditView) =>
  queryOptions({
    queryKey: ['audit', tenantId, view],
    queryFn: ({ signal }) => http.get<Page<AuditEntry>>(auditPath(tenantId), { query: view, signal }),
    placeholderData: keepPreviousData,
  });
