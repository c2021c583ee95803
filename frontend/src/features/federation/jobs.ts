/** Federated jobs: one object of two portals, each with a part of its own. */
import { http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import { queryOptions } from '@tanstack/react-query';
import { pagedQuery } from './paged';

export type FederatedJob = Of<'FederatedJobOutput'>;
export type FederatedJobDetail = Of<'FederatedJobDetailOutput'>;
export type FederatedEvent = Of<'FederatedEventOutput'>;
type Given = Of<'FederatedJobInputRequest'>;
type PartGiven = Of<'OurPartInputRequest'>;

export const federatedJobsPath = (tenant: string) => `/tenants/${tenant}/federated-jobs/`;
export const federatedJobPath = (tenant: string, id: string, act = '') => `${federatedJobsPath(tenant)}${id}/${act}`;
export const federatedJobsKey = (tenant: string) => ['tenants', tenant, 'federated-jobs'] as const;

type View = { phase?: string; contract?: string };

export const federatedJobsQuery = (tenant: string, view: View) =>
  queryOptions({
    queryKey: [...federatedJobsKey(tenant), view],
    queryFn: ({ signal }) => http.get<Page<FederatedJob>>(federatedJobsPath(tenant), { query: view, signal }),
  });

export const federatedJobPagesQuery = (tenant: string, view: View) =>
  pagedQuery<FederatedJob>(federatedJobsKey(tenant), federatedJobsPath(tenant), view);

export const federatedJobQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: [...federatedJobsKey(tenant), id],
    queryFn: ({ signal }) => http.get<FederatedJobDetail>(federatedJobPath(tenant, id), { signal }),
  });

export const templateNamesQuery = queryOptions({
  queryKey: ['templates', 'names'],
  queryFn: ({ signal }) =>
    http.get<Page<{ id: string; name: string }>>('/templates/', {
      query: { limit: 500, order: 'name', fields: 'id,name' },
      signal,
    }),
});

/** Our part as the form has it: a template, or a program with what it needs. */
export interface PartValues {
  project: string;
  from: 'program' | 'template';
  template?: string;
  image?: string;
  command?: string;
  replicas: number;
  cores: number;
  memory: string;
}

/** The same as the portal takes it; of the command each line is one entry. */
export function partOf(values: PartValues): PartGiven {
  if (values.from === 'template') return { project_id: values.project, template: values.template ?? '' };
  const role = {
    ...(values.image && { image: values.image }),
    command: (values.command ?? '').split('\n').filter((line) => line.trim() !== ''),
    replicas: values.replicas,
    cpu_millicores: Math.round(values.cores * 1000),
    memory_bytes: values.memory,
  };
  return { project_id: values.project, spec: { name: 'part', roles: [role] } as unknown as NonNullable<Given['spec']> };
}

/** One parameter a line, `name = value`; numbers and true or false are sent as such. */
export function parametersOf(text: string): Record<string, string | number | boolean> {
  const pairs = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [name = '', ...rest] = line.split('=');
      return [name.trim(), plain(rest.join('=').trim())] as const;
    });
  return Object.fromEntries(pairs);
}

function plain(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

export const proposeJob = (tenant: string, body: Given) => http.post<FederatedJob>(federatedJobsPath(tenant), body);
export const acceptJob = (job: FederatedJob, part: PartGiven) =>
  http.post<FederatedJob>(federatedJobPath(job.tenant_id, job.id, 'accept/'), part);
export const endJob = (job: FederatedJob, act: 'refuse' | 'stop', reason: string) =>
  http.post<FederatedJob>(federatedJobPath(job.tenant_id, job.id, `${act}/`), { reason });
