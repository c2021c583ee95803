/** The tenant's party, its partners, and the letters between them. */
import { etagOf, http, type Page } from '@shared/api/http';
import { isProblem } from '@shared/api/problem';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Party = Of<'PartyOutput'>;
export type Partner = Of<'PartnerOutput'>;
export type PartnerDetail = Of<'PartnerDetailOutput'>;
export type LinkCheck = Of<'LinkCheckOutput'>;
export type PartyLetter = Of<'PartyLetterOutput'>;

export interface PartyGiven {
  number: number;
  name: string;
  contact: string;
  web_url: string;
  service_url: string;
  admin_token: string;
  signing_key: string;
}

export const partyPath = (tenant: string) => `/tenants/${tenant}/party/`;
export const partnersPath = (tenant: string) => `/tenants/${tenant}/partners/`;
export const partnerPath = (tenant: string, id: string, act = '') => `${partnersPath(tenant)}${id}/${act}`;
export const partnersKey = (tenant: string) => ['tenants', tenant, 'partners'] as const;
export const partyKey = (tenant: string) => ['tenants', tenant, 'party'] as const;

/** null: the tenant is no party yet. */
export const partyQuery = (tenant: string) =>
  queryOptions({
    queryKey: partyKey(tenant),
    queryFn: async ({ signal }): Promise<Party | null> => {
      try {
        return await http.get<Party>(partyPath(tenant), { signal });
      } catch (error) {
        if (isProblem(error) && error.status === 404) return null;
        throw error;
      }
    },
  });

export const partnersQuery = (tenant: string, view: ListSearch) =>
  queryOptions({
    queryKey: [...partnersKey(tenant), view],
    queryFn: ({ signal }) => http.get<Page<Partner>>(partnersPath(tenant), { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const partnerQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: [...partnersKey(tenant), id],
    queryFn: ({ signal }) => http.get<PartnerDetail>(partnerPath(tenant, id), { signal }),
  });

export const describeParty = (tenant: string, given: PartyGiven) => http.post<Party>(partyPath(tenant), given);
export const changeParty = (party: Party, given: Partial<PartyGiven>) =>
  http.patch<Party>(partyPath(party.tenant_id), given, { etag: etagOf(party) });
export const invite = (tenant: string, body: { number?: number; note: string }) =>
  http.post<Partner>(partnersPath(tenant), body);
export const readLetter = (tenant: string, text: string) => http.post<Partner>(`/tenants/${tenant}/letters/`, { text });
export const act = (partner: Partner, name: string, body: Record<string, string> = {}) =>
  http.post<Partner>(partnerPath(partner.tenant_id, partner.id, `${name}/`), body);

/** How a link stands, for a line on the map: what does not hold counts more than what is not known yet. */
export function healthOf(partner: Partner): 'fine' | 'failed' | 'unknown' {
  if (partner.phase !== 'ready' && partner.phase !== 'joining') return 'unknown';
  const states = partner.checks.map(({ state }) => state);
  if (states.includes('failed')) return 'failed';
  return states.length > 0 && states.every((state) => state === 'fine') ? 'fine' : 'unknown';
}
