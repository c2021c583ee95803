/** Answers that another system has to give: begun by a request, followed live until they are there. */
import { useLiveObject } from '@shared/live/useStream';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { http } from './http';
import type { Of } from './types';

export type Operation = Of<'OperationOutput'>;

const MINE = { tenant: 'me', kinds: ['operation'] } as const;

const operationQuery = (id: string) =>
  queryOptions({
    queryKey: ['operations', id],
    queryFn: ({ signal }) => http.get<Operation>(`/operations/${id}/`, { signal }),
    enabled: id !== '',
  });

/** The operation as it is now; undefined before one was begun (an empty id). */
export function useOperation(id: string): Operation | undefined {
  const options = operationQuery(id);
  const { data } = useQuery(options);
  useLiveObject<Operation>(options.queryKey, MINE);
  return data;
}

/** What it failed of, to be shown. */
export function failureOf(operation: Operation | undefined): Error | null {
  const problem = operation?.problem;
  return problem ? new Error(String(problem.detail ?? problem.title)) : null;
}
