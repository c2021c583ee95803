/** Buckets and their files over REST; the files themselves go between the browser and the store. */
import { etagOf, http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Bucket = Of<'BucketOutput'>;
export type BucketDetail = Of<'BucketDetailOutput'>;
export type Files = Of<'FilesOutput'>;
export type BucketFile = Files['files'][number];
export type Uploads = Of<'UploadsOutput'>;
export type Removal = Of<'FileRemovalOutput'>;
export type Unpacking = Of<'UnpackingOutput'>;

export interface Chosen {
  keys: string[];
  folders: string[];
}

export const bucketsPath = (project: string) => `/projects/${project}/buckets/`;
export const bucketPath = (project: string, bucket: string, rest = '') => `${bucketsPath(project)}${bucket}/${rest}`;

export const bucketsQuery = (project: string, view: ListSearch) =>
  queryOptions({
    queryKey: ['projects', project, 'buckets', view],
    queryFn: ({ signal }) => http.get<Page<Bucket>>(bucketsPath(project), { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const bucketQuery = (project: string, bucket: string) =>
  queryOptions({
    queryKey: ['projects', project, 'bucket', bucket],
    queryFn: ({ signal }) => http.get<BucketDetail>(bucketPath(project, bucket), { signal }),
  });

export const filesKey = (project: string, bucket: string) => ['projects', project, 'bucket', bucket, 'files'];

export const filesQuery = (project: string, bucket: string, prefix: string) =>
  infiniteQueryOptions({
    queryKey: [...filesKey(project, bucket), prefix],
    queryFn: ({ pageParam, signal }) =>
      http.get<Files>(bucketPath(project, bucket, 'files/'), {
        query: { prefix, cursor: pageParam, limit: 200 },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    // The addresses of pictures expire.
    staleTime: 60_000,
  });

export const unpackingsQuery = (project: string, bucket: string) =>
  queryOptions({
    queryKey: ['projects', project, 'bucket', bucket, 'unpackings'],
    queryFn: ({ signal }) =>
      http.get<Page<Unpacking>>(bucketPath(project, bucket, 'unpackings/'), { query: { limit: 5 }, signal }),
  });

export const createBucket = (
  project: string,
  body: { name: string; quota_bytes: number; expire_after_days: number | null },
) => http.post<BucketDetail>(bucketsPath(project), body);
export const changeBucket = (bucket: BucketDetail, body: { quota_bytes: number; expire_after_days: number | null }) =>
  http.patch<BucketDetail>(bucketPath(bucket.project_id, bucket.id), body, { etag: etagOf(bucket) });
export const removeBucket = (bucket: BucketDetail) =>
  http.delete(bucketPath(bucket.project_id, bucket.id), { etag: etagOf(bucket) });
export const linkTo = (bucket: Bucket, key: string) =>
  http.post<Of<'LinkOutput'>>(bucketPath(bucket.project_id, bucket.id, 'links/'), { key });
export const removeFiles = (bucket: Bucket, chosen: Chosen) =>
  http.post<Removal>(bucketPath(bucket.project_id, bucket.id, 'removals/'), chosen);
export const unpack = (bucket: Bucket, key: string, folder: string) =>
  http.post<Unpacking>(bucketPath(bucket.project_id, bucket.id, 'unpackings/'), { key, folder });
export const takeBack = (bucket: Bucket, removal: Removal) =>
  http.delete(bucketPath(bucket.project_id, bucket.id, `removals/${removal.id}/`));
