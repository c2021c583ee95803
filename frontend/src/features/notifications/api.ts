import { http, type Page } from '@shared/api/http';
import { INBOX } from '@shared/api/notifications';
import type { Of } from '@shared/api/types';
import { listWith, type SearchOf, text, texts } from '@shared/routing/search';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

export type Notification = Of<'NotificationOutput'>;
export type Choices = Of<'ChoicesOutput'>;
export type Kind = Choices['kinds'][number];
export type Mute = Of<'MuteOutput'>;
export type Mail = Of<'MailOutput'>;

export const notificationsSearch = listWith({ unread: text, severity: texts, code: text });
export type NotificationsView = SearchOf<typeof notificationsSearch>;
export const mailSearch = listWith({ phase: text });
export type MailView = SearchOf<typeof mailSearch>;

export const notificationsQuery = (view: NotificationsView) =>
  queryOptions({
    queryKey: [...INBOX, 'list', view],
    queryFn: ({ signal }) => http.get<Page<Notification>>('/me/notifications/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const choicesQuery = queryOptions({
  queryKey: ['me', 'notification-choices'],
  queryFn: ({ signal }) => http.get<Choices>('/me/notification-choices/', { signal }),
});

export const mutesQuery = queryOptions({
  queryKey: [...INBOX, 'mutes'],
  queryFn: ({ signal }) => http.get<Page<Mute>>('/me/mutes/', { query: { limit: 500 }, signal }),
});

export const mailQuery = (view: MailView) =>
  queryOptions({
    queryKey: ['platform', 'mail', view],
    queryFn: ({ signal }) => http.get<Page<Mail>>('/platform/mail/', { query: view, signal }),
    placeholderData: keepPreviousData,
  });

export const markRead = (id: string) => http.post(`/me/notifications/${id}/read/`);
/** All up to the newest that is shown: what comes meanwhile stays unread. */
export const markAllRead = (until?: string) => http.post('/me/notifications/read-all/', until ? { until } : {});
export const mute = (id: string, what: 'object' | 'project') => http.post(`/me/notifications/${id}/mute/`, { what });

/** What a notification says, in the language of the page. */
export const said = (notification: Notification, language: string) =>
  language === 'zh' ? notification.said.zh_hans : notification.said.en;
