import { http, type Page } from '@shared/api/http';
import type { ListSearch } from '@shared/routing/view';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export interface AuditEntry {
  id: string;
  at: string;
  sequence: number;
  actor_id: string;
  actor_label: string;
  token_id: string | null;
  token_label: string;
  action: string;
  project_id: string | null;
  subject_kind: string;
  subject_id: string;
  subject_label: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  address: string;
  request_id: string;
  hash: string;
}

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
