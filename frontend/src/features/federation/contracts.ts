/** Contracts on the use of data between the tenant's party and others. */
import { http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import { queryOptions } from '@tanstack/react-query';
import { pagedQuery } from './paged';

export type Contract = Of<'ContractOutput'>;
export type ContractDetail = Of<'ContractDetailOutput'>;
export type Channels = Of<'ChannelsOutput'>;
export type Terms = Of<'TermsOutput'>;
export type TermsGiven = Of<'TermsInputRequest'>;

export const ALGORITHMS = ['horizontal-averaging', 'vertical-logistic'] as const;

export const contractsPath = (tenant: string) => `/tenants/${tenant}/contracts/`;
export const contractPath = (tenant: string, id: string, act = '') => `${contractsPath(tenant)}${id}/${act}`;
export const contractsKey = (tenant: string) => ['tenants', tenant, 'contracts'] as const;

type View = { phase?: string; contract?: string; partner?: string };

export const contractsQuery = (tenant: string, view: View) =>
  queryOptions({
    queryKey: [...contractsKey(tenant), view],
    queryFn: ({ signal }) => http.get<Page<Contract>>(contractsPath(tenant), { query: view, signal }),
  });

export const contractPagesQuery = (tenant: string, view: View) =>
  pagedQuery<Contract>(contractsKey(tenant), contractsPath(tenant), view);

export const contractQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: [...contractsKey(tenant), id],
    queryFn: ({ signal }) => http.get<ContractDetail>(contractPath(tenant, id), { signal }),
  });

export const propose = (tenant: string, partner: string, terms: TermsGiven, amends?: string) =>
  http.post<Contract>(contractsPath(tenant), { partner_id: partner, terms, ...(amends && { amends }) });
export const decide = (contract: Contract, act: string, body: Record<string, string>) =>
  http.post<Contract>(contractPath(contract.tenant_id, contract.id, `${act}/`), body);

/** What an edition says otherwise than the one before: the paths of its terms that differ, such as `brings.10000.columns`. */
export function changedTerms(before: Terms, after: Terms): ReadonlySet<string> {
  const [was, is] = [flat(before), flat(after)];
  return new Set([...new Set([...was.keys(), ...is.keys()])].filter((path) => was.get(path) !== is.get(path)));
}

function flat(value: object, at = ''): Map<string, string> {
  const paths = new Map<string, string>();
  for (const [name, one] of Object.entries(value)) {
    if (one !== null && typeof one === 'object' && !Array.isArray(one))
      for (const [path, leaf] of flat(one, `${at}${name}.`)) paths.set(path, leaf);
    else paths.set(`${at}${name}`, JSON.stringify(one));
  }
  return paths;
}
