/** Lists that are read page after page. */
import { http, type Page } from '@shared/api/http';
import { infiniteQueryOptions } from '@tanstack/react-query';

/** What is listed at `path` and fits the view, the newest first; `key` is that of all reading there. */
export const pagedQuery = <Row>(key: readonly string[], path: string, view: object) =>
  infiniteQueryOptions({
    queryKey: [...key, 'pages', view],
    queryFn: ({ pageParam, signal }) => http.get<Page<Row>>(path, { query: { ...view, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next || undefined,
  });

export type PagedQuery<Row> = ReturnType<typeof pagedQuery<Row>>;
