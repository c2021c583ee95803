/** The quota of a tenant, as its members see it: who uses what of which resource. */
import { queryOptions } from '@tanstack/react-query';
import { http } from './http';
import type { Of } from './types';

export type TenantQuotaLine = Of<'TenantLineOutput'>;

export const tenantQuotasQuery = (tenantId: string) =>
  queryOptions({
    queryKey: ['tenants', tenantId, 'quotas'],
    queryFn: ({ signal }) => http.get<{ results: TenantQuotaLine[] }>(`/tenants/${tenantId}/quotas/`, { signal }),
  });
