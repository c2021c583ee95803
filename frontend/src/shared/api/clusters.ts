/** Clusters and their flavors over REST. */
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { http, type Page } from './http';
import type { Of } from './types';

export type Cluster = Of<'ClusterOutput'>;

export type Flavor = Of<'FlavorOutput'>;

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
