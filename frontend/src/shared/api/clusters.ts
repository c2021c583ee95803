/** Clusters and their flavors over REST. */
import type { Amount } from '@shared/lib/units';
import type { ListSearch } from '@shared/routing/view';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http, type Page } from './http';

export type Health = 'healthy' | 'degraded' | 'down' | 'unknown';

export interface Cluster {
  id: string;
  version: number;
  generation: number;
  slug: string;
  name: string;
  kind: 'local' | 'kubernetes';
  zone: string;
  labels: Record<string, string>;
  health: Health;
  health_message: string;
  versions: Record<string, string>;
  capabilities: Record<string, unknown>;
  last_seen_at: string | null;
  /** Not seen for so long that nothing new starts there. */
  stale: boolean;
  stale_after_seconds: number;
  created_at: string;
  /** These three only for platform roles. */
  nodes: { total: number; ready: number } | null;
  capacity: Amount[] | null;
  used: Amount[] | null;
  can: string[];
}

export interface Flavor {
  id: string;
  version: number;
  generation: number;
  cluster_id: string;
  cluster_slug: string;
  name: string;
  kind: 'cpu' | 'gpu' | 'fpga' | 'rdma';
  description: string;
  model: string;
  unit_memory_bytes: number | null;
  device_resource: string;
  node_labels: Record<string, string>;
  node_taints: { key: string; value: string; effect: string }[];
  resources: string[];
  can: string[];
}

export const clustersQuery = (view: ListSearch = {}) =>
  queryOptions({
    queryKey: ['clusters', 'list', view],
    queryFn: ({ signal }) => http.get<Page<Cluster>>('/clusters/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const flavorsQuery = (clusterId: string) =>
  queryOptions({
    queryKey: ['clusters', clusterId, 'flavors'],
    queryFn: ({ signal }) =>
      http.get<Page<Flavor>>(`/clusters/${clusterId}/flavors/`, { query: { limit: 200 }, signal }),
    enabled: clusterId !== '',
  });
