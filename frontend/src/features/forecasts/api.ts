import { http, type Page } from '@shared/api/http';
import type { Operation } from '@shared/api/operations';
import type { Of } from '@shared/api/types';
import type { ListSearch } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Target = Of<'TargetOutput'>;
export type Load = Of<'LoadOutput'>;
export type Run = Of<'RunOutput'>;
export type Standing = Of<'StandingOutput'>;
export type Forecasts = Of<'TargetForecastsOutput'>;
export type Heat = Of<'HeatOutput'>;
export type Asked = Of<'RunInputRequest'>;

export type Segment = Of<'SegmentOutput'>;
export type SegmentName = Segment['segment'];
export type Trial = Of<'EvaluationOutput'>;
export type Release = Of<'ReleaseOutput'>;
export type Learned = Of<'ModelOutput'>;

export const SHOWN_DAYS = 7;
export const KINDS = ['vm', 'host', 'cluster'] as const;
export const ENGINES = [
  'xgboost',
  'naive-median',
  'naive-seasonal',
  'naive-last',
  'lstm',
  'theta',
  'ets',
  'arima',
] as const;

/** Those that can forecast a whole fleet. */
export const RELEASED = ['xgboost', 'lstm', 'naive-median', 'naive-seasonal', 'naive-last'] as const;

export type TargetsView = ListSearch & { q?: string; kind?: string };

export const targetsQuery = (view: TargetsView) =>
  queryOptions({
    queryKey: ['fleet', 'targets', view],
    queryFn: ({ signal }) => http.get<Page<Target>>('/fleet/targets/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const targetQuery = (id: string) =>
  queryOptions({
    queryKey: ['fleet', 'target', id],
    queryFn: ({ signal }) => http.get<Target>(`/fleet/targets/${id}/`, { signal }),
  });

export const loadQuery = (id: string) =>
  queryOptions({
    queryKey: ['fleet', 'load', id],
    queryFn: ({ signal }) => http.get<Load>(`/fleet/targets/${id}/load/`, { query: { days: SHOWN_DAYS }, signal }),
  });

export const forecastQuery = (id: string) =>
  queryOptions({
    queryKey: ['fleet', 'forecast', id],
    queryFn: ({ signal }) => http.get<Forecasts>(`/fleet/targets/${id}/forecast/`, { signal }),
  });

export const standingQuery = queryOptions({
  queryKey: ['fleet', 'standing'],
  queryFn: ({ signal }) => http.get<Standing>('/fleet/standing-forecasts/', { signal }),
});

export const runsQuery = queryOptions({
  queryKey: ['fleet', 'runs'],
  queryFn: ({ signal }) => http.get<Page<Run>>('/fleet/forecast-runs/', { query: { limit: 10 }, signal }),
});

export const estimateQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['fleet', 'estimate', asked],
    queryFn: () => http.post<Of<'EstimateOutput'>>('/fleet/forecast-runs/estimate/', asked),
    placeholderData: keepPreviousData,
    // What was asked for meanwhile counts.
    staleTime: 0,
  });

export const askRun = (asked: Asked) => http.post<Run>('/fleet/forecast-runs/', asked);
export const cancelRun = (run: Run) => http.post<Run>(`/fleet/forecast-runs/${run.id}/cancel/`, {});

export const segmentsQuery = queryOptions({
  queryKey: ['fleet', 'segments'],
  queryFn: ({ signal }) => http.get<Segment[]>('/fleet/forecast-segments/', { signal }),
});

export const trialsQuery = (segment: SegmentName) =>
  queryOptions({
    queryKey: ['fleet', 'trials', segment],
    queryFn: ({ signal }) => http.get<Page<Trial>>('/fleet/forecast-trials/', { query: { segment }, signal }),
    placeholderData: keepPreviousData,
  });

export const releasesQuery = queryOptions({
  queryKey: ['fleet', 'releases'],
  queryFn: ({ signal }) => http.get<Page<Release>>('/fleet/forecast-releases/', { query: { limit: 20 }, signal }),
});

export const modelsQuery = queryOptions({
  queryKey: ['fleet', 'models'],
  queryFn: ({ signal }) => http.get<Page<Learned>>('/fleet/forecast-models/', { query: { limit: 10 }, signal }),
});

export const chooseEngine = (choice: Of<'ReleaseInputRequest'>) =>
  http.post<Release>('/fleet/forecast-releases/', choice);

/** Of the same view as the list, or of a kind: each target with its load by hour. */
export const heatQuery = (view: TargetsView & { limit?: number }) =>
  queryOptions({
    queryKey: ['fleet', 'heat', view],
    queryFn: ({ signal }) => http.get<Page<Heat>>('/fleet/heat/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

/** What the operation `move.windows` finds. */
export interface WindowAdvice {
  any_time: boolean;
  now: { load: number; downtime_seconds: number; allowed: boolean };
  windows: {
    starts_at: string;
    ends_at: string;
    load: number;
    gain: number;
    low: number;
    high: number;
    downtime_seconds: number;
  }[];
  duration: { low: number; high: number; downtime_from: 'simulated' | 'records' };
  dirty_from: 'assumed' | 'given';
}

export const askWindows = ({ target, ...limits }: Of<'WindowsInputRequest'> & { target: string }) =>
  http.post<Operation>(`/fleet/targets/${target}/windows/`, limits);
