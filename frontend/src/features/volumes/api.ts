/** Volumes over REST. */
import { etagOf, http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Volume = Of<'VolumeOutput'>;
export type VolumeDetail = Of<'VolumeDetailOutput'>;
export type Places = Of<'VolumePlacesOutput'>;
export type Limit = Of<'VolumeLimitOutput'>;

export interface Given {
  name: string;
  cluster: string;
  size_bytes: number;
  access_mode: Volume['access_mode'];
  storage_class: string;
  reclaim_policy: Volume['reclaim_policy'];
}

export const volumesPath = (project: string) => `/projects/${project}/volumes/`;
export const volumePath = (project: string, volume: string) => `${volumesPath(project)}${volume}/`;

export const volumesKey = (project: string) => ['projects', project, 'volumes'];

export const volumesQuery = (project: string, view: ListSearch) =>
  queryOptions({
    queryKey: [...volumesKey(project), view],
    queryFn: ({ signal }) => http.get<Page<Volume>>(volumesPath(project), { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const volumeQuery = (project: string, volume: string) =>
  queryOptions({
    queryKey: ['projects', project, 'volume', volume],
    queryFn: ({ signal }) => http.get<VolumeDetail>(volumePath(project, volume), { signal }),
  });

export const placesQuery = (project: string) =>
  queryOptions({
    queryKey: ['projects', project, 'volume-places'],
    queryFn: ({ signal }) => http.get<Places>(`/projects/${project}/volume-places/`, { signal }),
  });

export const createVolume = (project: string, given: Given) => http.post<VolumeDetail>(volumesPath(project), given);
export const changeVolume = (volume: Volume, given: Pick<Given, 'size_bytes' | 'reclaim_policy'>) =>
  http.patch<VolumeDetail>(volumePath(volume.project_id, volume.id), given, { etag: etagOf(volume) });
export const removeVolume = (volume: Volume) =>
  http.delete(volumePath(volume.project_id, volume.id), { etag: etagOf(volume) });
export const limitVolumes = (tenant: string, limit: Limit, given: Pick<Limit, 'most_bytes' | 'most_volumes'>) =>
  http.put<Limit>(`/tenants/${tenant}/volume-limit/`, given, { etag: etagOf(limit) });
