/** Datasets, their versions, and the files of these over REST. */
import { etagOf, http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Dataset = Of<'DatasetOutput'>;
export type Version = Of<'DatasetVersionOutput'>;
export type VersionDetail = Of<'DatasetVersionDetailOutput'>;
export type Lineage = Of<'LineageOutput'>;
export type Files = Of<'FilesOutput'>;
type Bucket = Of<'BucketOutput'>;

export const datasetsPath = (project: string) => `/projects/${project}/datasets/`;
export const datasetPath = (project: string, dataset: string, rest = '') =>
  `${datasetsPath(project)}${dataset}/${rest}`;
export const versionPath = (version: Version, rest = '') =>
  datasetPath(version.project_id, version.dataset_id, `versions/${version.number}/${rest}`);

export const datasetsQuery = (project: string, view: ListSearch) =>
  queryOptions({
    queryKey: ['projects', project, 'datasets', view],
    queryFn: ({ signal }) => http.get<Page<Dataset>>(datasetsPath(project), { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const datasetQuery = (project: string, dataset: string) =>
  queryOptions({
    queryKey: ['projects', project, 'dataset', dataset],
    queryFn: ({ signal }) => http.get<Dataset>(datasetPath(project, dataset), { signal }),
  });

export const versionsQuery = (project: string, dataset: string) =>
  queryOptions({
    queryKey: ['projects', project, 'dataset', dataset, 'versions'],
    queryFn: ({ signal }) =>
      http.get<Page<Version>>(datasetPath(project, dataset, 'versions/'), { query: { limit: 100 }, signal }),
  });

/** What a version holds changes once: when it is ready, as its `ended_at` says. */
export const versionQuery = (version: Version) =>
  queryOptions({
    queryKey: ['projects', version.project_id, 'version', version.id, version.ended_at, version.generation],
    queryFn: ({ signal }) => http.get<VersionDetail>(versionPath(version), { signal }),
  });

export const filesQuery = (version: Version, prefix: string) =>
  infiniteQueryOptions({
    queryKey: ['projects', version.project_id, 'version', version.id, 'files', prefix],
    queryFn: ({ pageParam, signal }) =>
      http.get<Files>(versionPath(version, 'files/'), { query: { prefix, cursor: pageParam, limit: 100 }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    // The addresses of pictures expire.
    staleTime: 60_000,
  });

export const bucketsQuery = (project: string) =>
  queryOptions({
    queryKey: ['projects', project, 'buckets', 'names'],
    queryFn: ({ signal }) => http.get<Page<Bucket>>(`/projects/${project}/buckets/`, { query: { limit: 100 }, signal }),
  });

export interface Registration {
  dataset: string;
  description?: string;
  licence?: string;
  bucket: string;
  prefix?: string;
  note?: string;
  /** The job that wrote what is registered. */
  job?: string;
}

/** A version of the dataset of that name, which is made if there is none. */
export async function register(project: string, known: readonly Dataset[], given: Registration): Promise<Version> {
  const { dataset, description = '', licence = '', bucket, prefix = '', note = '', job } = given;
  const { id } =
    known.find(({ name }) => name === dataset) ??
    (await http.post<Dataset>(datasetsPath(project), { name: dataset, description, licence }));
  const folder = prefix && !prefix.endsWith('/') ? `${prefix}/` : prefix;
  return http.post<Version>(datasetPath(project, id, 'versions/'), {
    bucket,
    prefix: folder,
    note,
    ...(job ? { job } : {}),
  });
}

export const lineageQuery = (version: Version) =>
  queryOptions({
    queryKey: ['projects', version.project_id, 'version', version.id, 'lineage', version.version],
    queryFn: ({ signal }) => http.get<Lineage>(versionPath(version, 'lineage/'), { signal }),
  });

export const changeDataset = (dataset: Dataset, body: { description: string; licence: string }) =>
  http.patch<Dataset>(datasetPath(dataset.project_id, dataset.id), body, { etag: etagOf(dataset) });
export const removeDataset = (dataset: Dataset) =>
  http.delete(datasetPath(dataset.project_id, dataset.id), { etag: etagOf(dataset) });
export const changeVersion = (version: Version, body: { note?: string; hold?: string }) =>
  http.patch<VersionDetail>(versionPath(version), body, { etag: etagOf(version) });
export const removeVersion = (version: Version) => http.delete(versionPath(version), { etag: etagOf(version) });
export const linkTo = (version: Version, path: string) =>
  http.post<Of<'LinkOutput'>>(versionPath(version, 'links/'), { path });
