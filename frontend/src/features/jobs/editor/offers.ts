/** What the form can suggest: clusters, priorities and device flavors that the tenant may use. Typing something else is allowed. */
import { http, type Page } from '@shared/api/http';
import { useKey } from '@shared/i18n/key';
import { useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

interface Choice {
  value: string;
  label: string;
}

export interface Offers {
  clusters: readonly Choice[];
  priorities: readonly Choice[];
  flavors: readonly Choice[];
  buckets: readonly Choice[];
  datasets: readonly Choice[];
  volumes: readonly Choice[];
  secrets: readonly (Choice & { kind: string; keys: readonly string[] })[];
  archives: readonly { value: string; name: string; size_bytes: number; sha256: string }[];
}

interface Cluster {
  slug: string;
  name: string;
}

interface Priority {
  name: string;
}

interface QuotaLine {
  flavor: string;
  resource: string;
}

interface Secret {
  name: string;
  kind: string;
  keys: string[];
}

interface Code {
  id: string;
  origin: string;
  name: string;
  size_bytes: number;
  sha256: string;
}

export const offersKey = (path: string) => ['offers', path];

const rows = <Row>(path: string) => ({
  queryKey: offersKey(path),
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Row[]> => {
    const answer = await http.get<Page<Row> | Row[]>(path, { query: { limit: 200 }, signal });
    return Array.isArray(answer) ? answer : answer.results;
  },
  staleTime: 60_000,
});

export function useOffers(tenant: string): Offers {
  const key = useKey();
  const { data: clusters } = useQuery(rows<Cluster>('/clusters/'));
  const { data: priorities } = useQuery(rows<Priority>('/priorities/'));
  const { data: quotas } = useQuery(rows<{ lines?: QuotaLine[] } & Partial<QuotaLine>>(`/tenants/${tenant}/quotas/`));
  const { project } = useProject();
  const { data: secrets } = useQuery(rows<Secret>(`/projects/${project.id}/secrets/`));
  const { data: buckets } = useQuery(rows<{ name: string }>(`/projects/${project.id}/buckets/`));
  const { data: datasets } = useQuery(rows<{ name: string }>(`/projects/${project.id}/datasets/`));
  const { data: volumes } = useQuery(rows<{ name: string; cluster: string }>(`/projects/${project.id}/volumes/`));
  const { data: code } = useQuery(rows<Code>(`/projects/${project.id}/code/`));
  return useMemo(() => {
    const lines = (quotas ?? []).flatMap(
      (quota) => quota.lines ?? (quota.flavor && quota.resource ? [quota as QuotaLine] : []),
    );
    const devices = new Map(
      lines
        .filter((line) => line.resource !== 'cpu' && line.resource !== 'memory')
        .map((line) => [line.flavor, line.resource]),
    );
    const names = (priorities ?? []).map((priority) => priority.name);
    return {
      clusters: (clusters ?? []).map((cluster) => ({
        value: cluster.slug,
        label: `${cluster.name} (${cluster.slug})`,
      })),
      priorities: (names.length > 0 ? names : ['high', 'low']).map((name) => ({
        value: name,
        label: key(`jobs:priorities.${name}`, { fallback: name }),
      })),
      flavors: [...devices].map(([flavor, resource]) => ({
        value: flavor,
        label: `${flavor} (${resource.toUpperCase()})`,
      })),
      buckets: (buckets ?? []).map(({ name }) => ({ value: name, label: name })),
      datasets: (datasets ?? []).map(({ name }) => ({ value: name, label: name })),
      volumes: (volumes ?? []).map(({ name, cluster }) => ({ value: name, label: `${name} (${cluster})` })),
      secrets: (secrets ?? []).map(({ name, kind, keys }) => ({ value: name, label: name, kind, keys })),
      archives: (code ?? [])
        .filter(({ origin }) => origin === 'upload')
        .map(({ id, ...about }) => ({ value: id, ...about })),
    };
  }, [clusters, priorities, quotas, secrets, buckets, datasets, volumes, code, key]);
}
