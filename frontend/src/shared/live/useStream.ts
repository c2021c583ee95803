import { http, type Page } from '@shared/api/http';
import { isProblem } from '@shared/api/problem';
import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { applyEvent, applyToObject, isNews } from './applyEvent';
import { type EventHandlers, type EventScope, LiveClient } from './client';
import type { LiveObject } from './protocol';

export const LiveContext = createContext<LiveClient | null>(null);

export const socketUrl = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws/`;

export const newLiveClient = (afterAccessChanged: () => void) =>
  new LiveClient({
    url: socketUrl,
    recheckAccess: async () => {
      try {
        await http.get('/me/');
      } catch (error) {
        if (isProblem(error) && error.status === 401) return false;
      }
      afterAccessChanged();
      return true;
    },
  });

export function useLive(): LiveClient {
  const client = useContext(LiveContext);
  if (!client) throw new Error('There is no LiveContext above this component.');
  return client;
}

export function useLiveState() {
  const client = useLive();
  return useSyncExternalStore(client.watch, client.snapshot);
}

/** Hear of changes while the component stands. `scope: null` listens to nothing (yet). */
export function useStream(scope: EventScope | null, handlers: EventHandlers): void {
  const client = useLive();
  const newest = useRef(handlers);
  useEffect(() => {
    newest.current = handlers;
  });
  const key = scope && JSON.stringify(scope);
  useEffect(() => {
    if (!key) return;
    return client.listen(JSON.parse(key) as EventScope, {
      onEvent: (event) => newest.current.onEvent(event),
      onLost: () => newest.current.onLost(),
    });
  }, [client, key]);
}

/**
 * Keep a page of a list current: rows that are there are patched in place; for the rest it counts how many changes wait,
 * and `refresh` fetches them when the reader asks.
 */
export function useLivePage<Row extends LiveObject>(queryKey: QueryKey, scope: EventScope | null) {
  const cache = useQueryClient();
  const [fresh, setFresh] = useState<{ key: string; ids: ReadonlySet<string> }>({ key: '', ids: new Set() });
  const key = JSON.stringify(queryKey);
  const refresh = useCallback(() => {
    setFresh({ key, ids: new Set() });
    return cache.invalidateQueries({ queryKey: JSON.parse(key) as QueryKey, exact: true });
  }, [cache, key]);
  useStream(scope, {
    onEvent: (event) => {
      const page = cache.getQueryData<Page<Row>>(queryKey);
      if (!page) return;
      if (isNews(page, event))
        setFresh((known) => ({ key, ids: new Set(known.key === key ? known.ids : []).add(event.object_id) }));
      else cache.setQueryData<Page<Row>>(queryKey, (known) => known && applyEvent(known, event));
    },
    onLost: () => void refresh(),
  });
  return { changes: fresh.key === key ? fresh.ids.size : 0, refresh };
}

/** Keep one object current. */
export function useLiveObject<Row extends LiveObject>(queryKey: QueryKey, scope: EventScope | null) {
  const cache = useQueryClient();
  useStream(scope, {
    onEvent: (event) => {
      const known = cache.getQueryData<Row>(queryKey);
      if (known?.id !== event.object_id) return;
      if (event.op === 'removed') void cache.invalidateQueries({ queryKey, exact: true });
      else cache.setQueryData<Row>(queryKey, applyToObject(known, event));
    },
    onLost: () => void cache.invalidateQueries({ queryKey, exact: true }),
  });
}
