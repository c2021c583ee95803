/** What a project's closed network is opened to, over REST. */
import { etagOf, http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Exception = Of<'ExceptionOutput'>;
export type Asked = Of<'AskedOutput'>;
export type Isolation = Of<'IsolationOutput'>;
export const PROTOCOLS: readonly Exception['protocol'][] = ['TCP', 'UDP', 'SCTP'];
export const DIRECTIONS: readonly Exception['direction'][] = ['egress', 'ingress'];

export interface Typed {
  name: string;
  description: string;
  direction: Exception['direction'];
  protocol: Exception['protocol'];
  ports: string[];
  cidr: string;
  peer: string;
}

export const exceptionsPath = (project: string) => `/projects/${project}/network-exceptions/`;
const exceptionPath = (exception: Exception) => `${exceptionsPath(exception.project_id)}${exception.id}/`;
const isolationPath = (tenant: string) => `/tenants/${tenant}/isolation/`;

export const exceptionsQuery = (project: string, view: ListSearch) =>
  queryOptions({
    queryKey: ['projects', project, 'network-exceptions', view],
    queryFn: ({ signal }) => http.get<Page<Exception>>(exceptionsPath(project), { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const askedQuery = (project: string) =>
  queryOptions({
    queryKey: ['projects', project, 'network-requests'],
    queryFn: ({ signal }) => http.get<Of<'AskedListOutput'>>(`/projects/${project}/network-requests/`, { signal }),
  });

export const isolationQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['tenants', tenant, 'isolation'],
    queryFn: ({ signal }) => http.get<Isolation>(isolationPath(tenant), { signal }),
  });

export const createException = (project: string, typed: Typed) => http.post<Exception>(exceptionsPath(project), typed);
export const changeException = (exception: Exception, changes: Partial<Typed>) =>
  http.patch<Exception>(exceptionPath(exception), changes, { etag: etagOf(exception) });
export const removeException = (exception: Exception) =>
  http.delete(exceptionPath(exception), { etag: etagOf(exception) });
export const limitTenant = (
  isolation: Isolation,
  limits: Pick<Isolation, 'networks' | 'registries' | 'sandbox' | 'runtime_class'>,
) => http.put<Isolation>(isolationPath(isolation.tenant_id), limits, { etag: etagOf(isolation) });
