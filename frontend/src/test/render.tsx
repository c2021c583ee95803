import { speak } from '@app/i18n/i18n';
import { LiveClient } from '@shared/live/client';
import { LiveContext } from '@shared/live/useStream';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { App } from 'antd';
import type { ReactNode } from 'react';

interface Options {
  address?: string;
  /** The pattern of the address, where the content reads parts of it. */
  path?: string;
  /** What the cache holds already. */
  known?: (queries: QueryClient) => void;
}

/** Draws something as a page of the console would: with its words, its address and its cache, in English. */
export async function renderPage(content: ReactNode, { address = '/', path = '$', known }: Options = {}) {
  await speak('en');
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  known?.(queries);
  const live = new LiveClient({ url: () => 'ws://hanse/ws/', recheckAccess: async () => true });
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path, component: () => content });
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  const drawn = render(
    <QueryClientProvider client={queries}>
      <LiveContext value={live}>
        <App>
          <RouterProvider router={router as never} />
        </App>
      </LiveContext>
    </QueryClientProvider>,
  );
  return { ...drawn, router, queries };
}
