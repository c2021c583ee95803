/** Secrets over REST. Values are sent, and never come back. */
import { etagOf, http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Secret = Of<'SecretOutput'>;
export type SecretVersion = Of<'SecretVersionOutput'>;
export type SecretUses = Of<'SecretUsesOutput'>;
export type SecretKind = Secret['kind'];

/** The entries that each kind wants; of an opaque one they are free. */
export const KEYS: Record<SecretKind, readonly { key: string; optional?: true; lines?: true }[]> = {
  opaque: [],
  'basic-auth': [{ key: 'username', optional: true }, { key: 'password' }],
  'ssh-auth': [
    { key: 'ssh-privatekey', lines: true },
    { key: 'known_hosts', lines: true },
  ],
  registry: [{ key: 'server' }, { key: 'username' }, { key: 'password' }],
};
export const KINDS = Object.keys(KEYS) as SecretKind[];

export interface Values {
  data: Record<string, string>;
  binary_data: Record<string, string>;
}

export const secretsPath = (project: string) => `/projects/${project}/secrets/`;
const secretPath = (secret: Secret, rest = '') => `${secretsPath(secret.project_id)}${secret.id}/${rest}`;

export const secretsQuery = (project: string, view: ListSearch) =>
  queryOptions({
    queryKey: ['projects', project, 'secrets', view],
    queryFn: ({ signal }) => http.get<Page<Secret>>(secretsPath(project), { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const versionsQuery = (secret: Secret) =>
  queryOptions({
    queryKey: ['projects', secret.project_id, 'secret', secret.id, 'versions', secret.version],
    queryFn: ({ signal }) =>
      http.get<Page<SecretVersion>>(secretPath(secret, 'versions/'), { query: { limit: 200 }, signal }),
    placeholderData: keepPreviousData,
  });

export const usesQuery = (secret: Secret) =>
  queryOptions({
    queryKey: ['projects', secret.project_id, 'secret', secret.id, 'uses'],
    queryFn: ({ signal }) => http.get<SecretUses>(secretPath(secret, 'uses/'), { signal }),
    staleTime: 0,
  });

export const createSecret = (project: string, body: Values & { name: string; kind: SecretKind; description: string }) =>
  http.post<Secret>(secretsPath(project), body);
export const rotateSecret = (secret: Secret, values: Values) =>
  http.post<Secret>(secretPath(secret, 'rotate/'), values);
export const destroySecret = (secret: Secret) =>
  http.delete(secretPath(secret), { etag: etagOf(secret), body: { confirm: secret.name } });
export const destroyVersion = (secret: Secret, number: number) =>
  http.delete(secretPath(secret, `versions/${number}/`), { etag: etagOf(secret) });
