import { http } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import { queryOptions } from '@tanstack/react-query';

export type PlatformHealth = Of<'HealthOutput'>;
export type Finding = Of<'FindingOutput'>;

/** Looked at anew whenever the page is opened: what was healthy a minute ago says nothing. */
export const healthQuery = queryOptions({
  queryKey: ['platform', 'health'],
  queryFn: ({ signal }) => http.get<PlatformHealth>('/platform/health/', { signal }),
  staleTime: 0,
});
