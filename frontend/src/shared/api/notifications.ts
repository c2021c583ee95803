import { queryOptions } from '@tanstack/react-query';
import { http } from './http';
import type { Of } from './types';

export type Unread = Of<'UnreadOutput'>;

/** All that follows from what the reader was told begins with this key: when the inbox changes, it is read again. */
export const INBOX = ['me', 'notifications'] as const;

export const unreadQuery = queryOptions({
  queryKey: [...INBOX, 'unread'],
  queryFn: ({ signal }) => http.get<Unread>('/me/notifications/unread/', { signal }),
});
