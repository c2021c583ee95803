/** The quota of a tenant, as its members see it: who uses what of which resource. */
import { queryOptions } from '@tanstack/react-query';
import { http } from './http';

export interface TenantQuotaLine {
  cluster: { id: string; slug: string; name: string };
  quota_id: string;
  cohort: string | null;
  flavor: string;
  resource: string;
  nominal: number;
  borrowing_limit: number | null;
  lending_limit: number | null;
  used: number;
  borrowed: number;
  lent: number;
  free: number;
  /** What could start now by quota: borrowed and called back included. */
  available: number;
  by_project: {
    project: { id: string; slug: string; name: string };
    used: number;
    guaranteed: number;
    cap: number | null;
  }[];
  by_user: { user: { id: string; name: string }; used: number }[];
}

export const tenantQuotasQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ['tenants', tenantId, 'quotas'],
    queryFn: ({ signal }) => http.get<{ results: TenantQuotaLine[] }>(`/tenants/${tenantId}/quotas/`, { signal }),
  });
