import { etagOf, http, type Page } from '@shared/api/http';
import type { Of } from '@shared/api/types';
import { listWith, type SearchOf, text } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Schedule = Of<'ScheduleOutput'>;
export type ScheduleDetail = Of<'ScheduleDetailOutput'>;
export type Run = Of<'ScheduleRunOutput'>;
export type Times = Of<'TimesOutput'>;

export interface Given {
  name: string;
  cron: string;
  time_zone: string;
  overlap: Schedule['overlap'];
  missed: Schedule['missed'];
  starting_deadline_seconds: number;
  spec?: unknown;
  template?: string;
}

export const schedulesSearch = listWith({ state: text });
export type SchedulesView = SearchOf<typeof schedulesSearch>;

export const schedulesPath = (project: string) => `/projects/${project}/schedules/`;
export const schedulePath = (project: string, id: string) => `${schedulesPath(project)}${id}/`;

export const schedulesKey = (project: string) => ['projects', project, 'schedules'] as const;

export const schedulesQuery = (project: string, view: SchedulesView) =>
  queryOptions({
    queryKey: [...schedulesKey(project), view],
    queryFn: ({ signal }) => http.get<Page<Schedule>>(schedulesPath(project), { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const scheduleQuery = (project: string, id: string) =>
  queryOptions({
    queryKey: [...schedulesKey(project), 'one', id],
    queryFn: ({ signal }) => http.get<ScheduleDetail>(schedulePath(project, id), { signal }),
  });

export const runsQuery = (project: string, id: string, view: SchedulesView) =>
  queryOptions({
    queryKey: [...schedulesKey(project), 'runs', id, view],
    queryFn: ({ signal }) => http.get<Page<Run>>(`${schedulePath(project, id)}runs/`, { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const timesQuery = (cron: string, zone: string) =>
  queryOptions({
    queryKey: ['schedule-times', cron, zone],
    queryFn: ({ signal }) => http.get<Times>('/schedule-times/', { query: { cron, time_zone: zone }, signal }),
    enabled: cron.trim() !== '',
    retry: false,
    placeholderData: keepPreviousData,
  });

/** Templates to choose from: tens of them. */
export const templateNamesQuery = queryOptions({
  queryKey: ['templates', 'names'],
  queryFn: ({ signal }) =>
    http.get<Page<{ id: string; name: string }>>('/templates/', {
      query: { limit: 500, order: 'name', fields: 'id,name' },
      signal,
    }),
});

export const createSchedule = (project: string, given: Given) =>
  http.post<ScheduleDetail>(schedulesPath(project), given);
export const changeSchedule = (schedule: Schedule, given: Given) =>
  http.patch<ScheduleDetail>(schedulePath(schedule.project_id, schedule.id), given, { etag: etagOf(schedule) });
export const removeSchedule = (schedule: Schedule) =>
  http.delete(schedulePath(schedule.project_id, schedule.id), { etag: etagOf(schedule) });
export const actOn = (schedule: Schedule, act: 'pause' | 'resume' | 'run') =>
  http.post(`${schedulePath(schedule.project_id, schedule.id)}${act}/`);
