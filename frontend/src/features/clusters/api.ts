import type { Cluster } from '@shared/api/clusters';
import { http, type Page } from '@shared/api/http';
import { Problem } from '@shared/api/problem';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Node = Of<'NodeOutput'>;

/** A pod on a node, as a drain would find it. */
export interface PodThere {
  namespace: string;
  name: string;
  phase: string;
  owner: string;
  stays: '' | 'daemon' | 'mirror' | 'unmanaged';
  budgets: { name: string; allowed: number }[];
  job: {
    id: string;
    name: string;
    tenant: string;
    project: string;
    submitted_by: string;
    phase: string;
    gang: boolean;
    restart: string;
    restarts: boolean;
  } | null;
}

export interface DrainProgress {
  node: string;
  total: number;
  left: number;
  waiting: { namespace: string; name: string; why: string }[];
  stays: { namespace: string; name: string; why: string }[];
}

/** What Hanse needs in a cluster, as a manifest. */
export const accessQuery = queryOptions({
  queryKey: ['clusters', 'access'],
  queryFn: ({ signal }) => http.get<Of<'AccessManifestOutput'>>('/cluster-access/', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export type ClustersView = ListSearch & { kind?: string; health?: string };

/** Addresses name clusters by their slug. There are dozens of them, never thousands. */
export const clusterQuery = (slug: string) =>
  queryOptions({
    queryKey: ['clusters', 'by-slug', slug],
    queryFn: async ({ signal }) => {
      const page = await http.get<Page<Cluster>>('/clusters/', { query: { limit: 500 }, signal });
      const cluster = page.results.find((one) => one.slug === slug);
      if (!cluster)
        throw new Problem(
          { type: '/problems/not-found', title: 'There is nothing at this address', status: 404 },
          `/clusters/${slug}`,
        );
      return cluster;
    },
  });

export const nodesQuery = (clusterId: string, view: ListSearch & { health?: string }) =>
  queryOptions({
    queryKey: ['clusters', clusterId, 'nodes', view],
    queryFn: ({ signal }) => http.get<Page<Node>>(`/clusters/${clusterId}/nodes/`, { query: view, signal }),
    placeholderData: keepPreviousData,
    enabled: clusterId !== '',
  });
