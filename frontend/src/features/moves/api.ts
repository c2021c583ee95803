import { http, type Page } from '@shared/api/http';
import type { Operation } from '@shared/api/operations';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Place = Of<'PlaceOutput'>;
export type MoveRecord = Of<'MoveRecordOutput'>;
export type Imported = Of<'RecordsImportedOutput'>;
export type Move = Of<'EstimateInputRequest'>;

/** What the operation `move.estimate` finds. */
export interface Estimate {
  seconds: number;
  low: number;
  high: number;
  parts: Record<Part, number>;
  dominant: Part;
  halved_by: number | null;
  converges: boolean;
  downtime_seconds: number;
  downtime_low: number | null;
  downtime_high: number | null;
  downtime_from: 'simulated' | 'records';
  moves: number;
  size_known: boolean;
}

export const PARTS = ['orchestration', 'memory', 'rewritten', 'disk'] as const;
export type Part = (typeof PARTS)[number];

export const placesQuery = queryOptions({
  queryKey: ['moves', 'places'],
  queryFn: ({ signal }) => http.get<Page<Place>>('/move-places/', { query: { limit: 100 }, signal }),
});

export type RecordsView = ListSearch & { place?: string };

export const recordsQuery = (view: RecordsView) =>
  queryOptions({
    queryKey: ['moves', 'records', view],
    queryFn: ({ signal }) => http.get<Page<MoveRecord>>('/move-records/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const importTable = (place: string, table: string) =>
  http.post<Imported>('/move-records/', table, { query: { place }, bodyType: 'text/csv' });

export const askEstimate = (move: Move) => http.post<Operation>('/move-estimates/', move);
