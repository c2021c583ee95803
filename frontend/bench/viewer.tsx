/**
 * The log viewer, given lines in frames as the socket brings them, and its floor: a bare list of the same texts.
 *
 * benches/log_viewer.py answers what is asked by REST (no rank has lines yet), gives the frames, and measures.
 */
import { speak } from '@app/i18n/i18n';
import { LogViewer } from '@features/logs';
import type { LiveClient, LogHandlers } from '@shared/live/client';
import type { WireLine } from '@shared/live/protocol';
import { LiveContext } from '@shared/live/useStream';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App } from 'antd';
import { Suspense, useEffect, useReducer, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';

interface Frame {
  rank: number;
  lines: WireLine[];
}

type Take = (frame: Frame) => void;

let listening: (take: Take) => void = () => undefined;

const socket = {
  followLogs: (_subject: unknown, _after: unknown, handlers: LogHandlers) => {
    listening(({ rank, lines }) => handlers.onLines(1, rank, lines));
    return () => undefined;
  },
} as unknown as LiveClient;

function Viewer({ ranks }: { ranks: number }) {
  const [search, setSearch] = useState({});
  return (
    <LogViewer
      subject={{ kind: 'job', id: 'bench', base: '/projects/bench/jobs/bench/' }}
      ranks={Array.from({ length: ranks }, (_, rank) => ({
        attempt: 1,
        rank,
        name: `worker-${rank}`,
        node: '',
        health: null,
      }))}
      newestAttempt={1}
      search={search}
      onSearch={(change) => setSearch((before) => ({ ...before, ...change }))}
    />
  );
}

const kept: WireLine[] = [];

function Bare() {
  const [drawn, draw] = useReducer((times: number) => times + 1, 0);
  const list = useRef<VirtuosoHandle>(null);
  useEffect(() => {
    let due = false;
    listening(({ lines }) => {
      for (const line of lines) kept.push(line);
      if (due) return;
      due = true;
      setTimeout(() => {
        due = false;
        draw();
      }, 50);
    });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each drawing is followed
  useEffect(() => list.current?.scrollToIndex({ index: kept.length - 1, align: 'end' }), [drawn]);
  return (
    <Virtuoso
      ref={list}
      totalCount={kept.length}
      defaultItemHeight={20}
      itemContent={(index) => <div data-line={`0/${kept[index]?.[0]}`}>{kept[index]?.[3]}</div>}
    />
  );
}

/** Draw one of the two; resolves with what takes frames. */
export async function begin(which: 'viewer' | 'bare', ranks: number): Promise<Take> {
  await speak('en');
  const queries = new QueryClient();
  queries.setQueryData(['me'], { user: { time_zone: 'UTC' } });
  queries.setDefaultOptions({ queries: { staleTime: Number.POSITIVE_INFINITY } });
  const taking = new Promise<Take>((resolve) => {
    listening = resolve;
  });
  createRoot(document.getElementById('root') as HTMLElement).render(
    <QueryClientProvider client={queries}>
      <LiveContext value={socket}>
        <App component={false}>
          <Suspense>{which === 'bare' ? <Bare /> : <Viewer ranks={ranks} />}</Suspense>
        </App>
      </LiveContext>
    </QueryClientProvider>,
  );
  return taking;
}

/** Give the frames, which are texts as they come; resolves with the milliseconds until the last line is on the screen. */
export async function bring(take: Take, last: string): Promise<number> {
  const frames = (await (await fetch('frames.json')).json()) as string[];
  const began = performance.now();
  for (const frame of frames) {
    take(JSON.parse(frame) as Frame);
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  }
  while (!document.querySelector(`[data-line="${last}"]`)) await new Promise(requestAnimationFrame);
  return performance.now() - began;
}

declare global {
  interface Window {
    begin: typeof begin;
    bring: typeof bring;
  }
}

Object.assign(window, { begin, bring });
