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

export type Curve = Of<'CapacityCurveOutput'>;
export type Fragments = Of<'FragmentationOutput'>;

/** How far back curves go; samples are kept for thirty days. */
export const SPANS = ['day', 'week', 'month'] as const;
export type Span = (typeof SPANS)[number];
const DAYS: Record<Span, number> = { day: 1, week: 7, month: 30 };
const SAMPLED_EVERY_MS = 5 * 60_000;

export const capacityQuery = (clusterId: string, span: Span) =>
  queryOptions({
    queryKey: ['clusters', clusterId, 'capacity', span],
    queryFn: ({ signal }) => {
      const since = new Date(Date.now() - DAYS[span] * 86_400_000).toISOString();
      return http.get<Of<'CapacityHistoryOutput'>>(`/clusters/${clusterId}/capacity/`, { query: { since }, signal });
    },
    placeholderData: keepPreviousData,
    refetchInterval: SAMPLED_EVERY_MS,
  });

export const fragmentationQuery = (clusterId: string) =>
  queryOptions({
    queryKey: ['clusters', clusterId, 'fragmentation'],
    queryFn: ({ signal }) => http.get<Of<'FragmentationsOutput'>>(`/clusters/${clusterId}/fragmentation/`, { signal }),
  });

export type NodePool = Of<'PoolOutput'>;

export const poolsQuery = (clusterId: string) =>
  queryOptions({
    queryKey: ['clusters', clusterId, 'node-pools'],
    queryFn: ({ signal }) => http.get<Page<NodePool>>(`/clusters/${clusterId}/node-pools/`, { signal }),
  });

export const nodesQuery = (clusterId: string, view: ListSearch & { health?: string }) =>
  queryOptions({
    queryKey: ['clusters', clusterId, 'nodes', view],
    queryFn: ({ signal }) => http.get<Page<Node>>(`/clusters/${clusterId}/nodes/`, { query: view, signal }),
    placeholderData: keepPreviousData,
    enabled: clusterId !== '',
  });
