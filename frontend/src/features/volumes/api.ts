/** Volumes over REST. */
import { address, etagOf, http, type Page, send } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Volume = Of<'VolumeOutput'>;
export type VolumeDetail = Of<'VolumeDetailOutput'>;
export type Places = Of<'VolumePlacesOutput'>;
export type Limit = Of<'VolumeLimitOutput'>;
export type Entry = Of<'VolumeEntryOutput'>;

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

const partOf = (volume: Volume, rest: string) => `${volumePath(volume.project_id, volume.id)}${rest}`;

export const entriesKey = (volume: Volume) => ['projects', volume.project_id, 'volume', volume.id, 'files'];
export const entriesQuery = (volume: Volume, folder: string) =>
  infiniteQueryOptions({
    // One that is being made has none yet.
    queryKey: [...entriesKey(volume), volume.phase, folder],
    queryFn: ({ pageParam, signal }) =>
      http.get<Of<'VolumeFilesOutput'>>(partOf(volume, 'files/'), { query: { folder, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  });

export const makeFolder = (volume: Volume, path: string) => http.post<Entry>(partOf(volume, 'folders/'), { path });
export const removeEntry = (volume: Volume, path: string) =>
  http.delete(partOf(volume, 'content/'), { query: { path } });
export const uploadFile = (volume: Volume, path: string, file: File, replace: boolean) =>
  send('PUT', partOf(volume, 'content/'), {
    query: { path, replace },
    body: file,
    bodyType: 'application/octet-stream',
  });
export const downloadAddress = (volume: Volume, path: string) => address(partOf(volume, 'content/'), { path });
