import { speak } from '@app/i18n/i18n';
import { LiveClient } from '@shared/live/client';
import { LiveContext } from '@shared/live/useStream';
import { sessionQuery } from '@shared/session/session';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  type AnyRoute,
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App as AntdApp } from 'antd';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { server } from '../../../test/server';
import type { Job } from '../api';
import { jobsSearch } from '../search';
import { JobsPage } from './JobsPage';

const PROJECT = '0190f5fe-0000-7000-8000-000000000002';
const JOBS = `*/api/v1/projects/${PROJECT}/jobs/`;

const job = (name: string, more: Partial<Job> = {}): Job => ({
  id: `id-of-${name}`,
  version: 1,
  generation: 1,
  tenant_id: 't1',
  tenant_slug: 'aurora',
  project_id: PROJECT,
  project_slug: 'vision',
  name,
  description: '',
  labels: {},
  framework: 'pytorch',
  schedule: null,
  priority: 'high',
  phase: 'running',
  reason: '',
  message: '',
  attempt: 1,
  restarts: 0,
  replicas: { wanted: 2, running: 2 },
  stopping: false,
  resources: [{ flavor: 'cpu', resource: 'cpu', amount: 2000 }],
  cluster: { id: 'c1', slug: 'harbour' },
  queue_position: null,
  why: null,
  said: [],
  progress: 0.42,
  eta_seconds: 90,
  metrics: {},
  failure: null,
  submitted_by: { id: 'u1', name: 'Ann', kind: 'person' },
  acts: ['cancel', 'suspend', 'clone'],
  created_at: '2026-05-01T10:00:00Z',
  queued_at: '2026-05-01T10:00:00Z',
  admitted_at: '2026-05-01T10:00:01Z',
  started_at: '2026-05-01T10:00:02Z',
  finished_at: null,
  deadline_at: null,
  restart_at: null,
  deleted_at: null,
  purge_at: null,
  ...more,
});

const page = (...results: Job[]) => ({
  results,
  next: null,
  previous: null,
  count: results.length,
  count_is_exact: true,
});

/** Opens the list as somebody with these permissions on the project; answers what was asked of the server. */
function open(can: string[], address = '/t/aurora/p/vision/jobs') {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(sessionQuery.queryKey, {
    user: { id: 'u1', email: 'ann@aurora.example', name: 'Ann', language: 'en', time_zone: 'UTC', theme: 'system' },
    can: [],
    roles: [],
    tenants: [
      {
        id: 't1',
        slug: 'aurora',
        name: 'Aurora',
        phase: 'active',
        can: [],
        projects: [{ id: PROJECT, slug: 'vision', name: 'Vision', can }],
      },
    ],
    version: '0',
    local_compute: true,
  } as never);
  const root = createRootRoute();
  const list = createRoute({
    getParentRoute: () => root,
    path: '/t/$tenant/p/$project/jobs',
    validateSearch: jobsSearch,
    component: JobsPage,
  });
  const others = ['/t/$tenant/p/$project/jobs/new', '/t/$tenant/p/$project/jobs/$job'].map((path) =>
    createRoute({ getParentRoute: () => root, path, component: () => <h1>{path}</h1> }),
  );
  const router = createRouter({
    routeTree: root.addChildren([list, ...others] as AnyRoute[]),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  const live = new LiveClient({ url: () => 'ws://127.0.0.1:1/ws/', recheckAccess: async () => true });
  render(
    <QueryClientProvider client={queries}>
      <LiveContext value={live}>
        <AntdApp>
          <RouterProvider router={router as never} />
        </AntdApp>
      </LiveContext>
    </QueryClientProvider>,
  );
  return { router, live };
}

// A table of antd in jsdom takes its time, the more so on a busy machine.
configure({ asyncUtilTimeout: 20_000, defaultHidden: true });
vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  await speak('en');
});
beforeEach(() => {
  // The socket of these tests stays away; events have their own tests.
  window.scrollTo = () => undefined;
  vi.stubGlobal(
    'WebSocket',
    class {
      static OPEN = 1;
      readyState = 0;
      close() {}
      send() {}
    },
  );
});

describe('the jobs list', () => {
  it('asks the server for what the address says, and shows it', async () => {
    const asked: URLSearchParams[] = [];
    server.use(
      network.get(JOBS, ({ request }) => {
        asked.push(new URL(request.url).searchParams);
        return HttpResponse.json(page(job('resnet-7')));
      }),
    );
    open(['jobs.view'], '/t/aurora/p/vision/jobs?phase=["running","queued"]&mine=true&q=res');
    const row = await screen.findByRole('row', { name: /resnet-7/ });
    expect(within(row).getByText('running')).toBeInTheDocument();
    expect(within(row).getByText('2/2')).toBeInTheDocument();
    expect(asked[0]?.getAll('phase')).toEqual(['running', 'queued']);
    expect(asked[0]?.get('mine')).toBe('true');
    expect(asked[0]?.get('q')).toBe('res');
  });

  it('draws no act that the reader may not do', async () => {
    server.use(network.get(JOBS, () => HttpResponse.json(page(job('resnet-7')))));
    open(['jobs.view']);
    await screen.findByRole('link', { name: 'resnet-7' });
    expect(screen.queryByRole('button', { name: 'Acts on resnet-7' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'New job' })).not.toBeInTheDocument();
  });

  it('draws what the permissions and the phase allow, and does it', async () => {
    const user = userEvent.setup({ delay: null, pointerEventsCheck: 0 });
    const cancelled: string[] = [];
    server.use(
      network.get(JOBS, () => HttpResponse.json(page(job('resnet-7', { replicas: { wanted: 2, running: 0 } })))),
      network.post(`${JOBS}:id/cancel/`, ({ params, request }) => {
        cancelled.push(String(params.id));
        expect(request.headers.get('Idempotency-Key')).toBeTruthy();
        return HttpResponse.json(job('resnet-7', { phase: 'cancelled', version: 2 }));
      }),
    );
    open(['jobs.view', 'jobs.submit', 'jobs.cancel', 'jobs.delete']);
    await user.click(await screen.findByRole('button', { name: 'Acts on resnet-7' }));
    expect(await screen.findByRole('menuitem', { name: 'Clone' })).toBeInTheDocument();
    expect(screen.queryByRole('menuitem', { name: 'Suspend' })).not.toBeInTheDocument();
    expect(screen.queryByRole('menuitem', { name: 'Delete' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('menuitem', { name: 'Cancel job' }));
    await waitFor(() => expect(cancelled).toEqual(['id-of-resnet-7']));
  });

  it('asks before it stops what runs', async () => {
    const user = userEvent.setup({ delay: null, pointerEventsCheck: 0 });
    server.use(network.get(JOBS, () => HttpResponse.json(page(job('resnet-7')))));
    open(['jobs.view', 'jobs.cancel']);
    await user.click(await screen.findByRole('button', { name: 'Acts on resnet-7' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Cancel job' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('2 replicas are running and will be stopped');
    await user.click(within(dialog).getByRole('button', { name: 'Keep it running' }));
  });

  it('says what became of each of many', async () => {
    const user = userEvent.setup({ delay: null, pointerEventsCheck: 0 });
    server.use(
      network.get(JOBS, () => HttpResponse.json(page(job('one'), job('two')))),
      network.post(`${JOBS}bulk/`, async ({ request }) => {
        expect(await request.json()).toEqual({ act: 'suspend', ids: ['id-of-one', 'id-of-two'] });
        return HttpResponse.json({
          results: [
            { id: 'id-of-one', status: 200 },
            { id: 'id-of-two', status: 409, problem: { title: 'Not in a phase that allows this' } },
          ],
        });
      }),
    );
    open(['jobs.view', 'jobs.suspend']);
    await user.click(await screen.findByLabelText('Select one'));
    await user.click(screen.getByLabelText('Select two'));
    const bar = screen.getByRole('toolbar', { name: 'Acts on the selected rows' });
    await user.click(within(bar).getByRole('button', { name: 'Suspend' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Suspend: 1 of 2 done');
    expect(within(dialog).getByRole('row', { name: /two.*Not in a phase/ })).toBeInTheDocument();
  });

  it('offers to undo a deletion', async () => {
    const user = userEvent.setup({ delay: null, pointerEventsCheck: 0 });
    const restored: unknown[] = [];
    server.use(
      network.get(JOBS, () => HttpResponse.json(page(job('old', { phase: 'failed', acts: ['delete'] })))),
      network.delete(`${JOBS}:id/`, ({ request }) => {
        expect(request.headers.get('If-Match')).toBe('"1"');
        return new HttpResponse(null, { status: 204 });
      }),
      network.post(`${JOBS}bulk/`, async ({ request }) => {
        restored.push(await request.json());
        return HttpResponse.json({ results: [{ id: 'id-of-old', status: 200 }] });
      }),
    );
    open(['jobs.view', 'jobs.delete']);
    await user.click(await screen.findByRole('button', { name: 'Acts on old' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(restored).toEqual([{ act: 'restore', ids: ['id-of-old'] }]));
  });

  it('teaches when there is nothing, with the one button and the one command', async () => {
    server.use(network.get(JOBS, () => HttpResponse.json(page())));
    open(['jobs.view', 'jobs.submit']);
    expect(await screen.findByRole('heading', { name: 'No jobs yet' })).toBeInTheDocument();
    expect(screen.getByText(/^curl -sS/)).toBeInTheDocument();
  });

  it('shows a refusal with its request id and a way to try again', async () => {
    server.use(
      network.get(JOBS, () =>
        HttpResponse.json(
          { type: '/problems/internal-error', title: 'Broken', status: 500, request_id: 'r-17' },
          { status: 500 },
        ),
      ),
    );
    open(['jobs.view']);
    expect(await screen.findByRole('alert')).toHaveTextContent('r-17');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
  });
});
