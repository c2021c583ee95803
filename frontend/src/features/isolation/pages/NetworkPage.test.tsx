import { speak } from '@app/i18n/i18n';
import { withWords } from '@shared/i18n/later';
import { sessionQuery } from '@shared/session/session';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { NetworkPage } from './NetworkPage';

beforeAll(async () => {
  await speak('en');
  const loaders = {
    en: () => import('../locales/en').then(({ isolation }) => isolation),
    zh: () => import('../locales/zh').then(({ isolation }) => isolation),
  };
  await withWords('isolation', loaders, Promise.resolve());
});

const exception = {
  id: 'e1',
  tenant_id: 't1',
  project_id: 'p1',
  name: 'metadata',
  description: '',
  direction: 'egress',
  protocol: 'TCP',
  ports: ['443'],
  cidr: '10.96.0.1/32',
  peer: '',
  state: 'refused',
  clusters: [{ cluster: 'lab', open: false, text: '10.96.0.1/32 is the API server of this cluster.', said: null }],
  created_by: { id: 'u1', name: 'Ann' },
  created_at: '2026-11-26T10:00:00Z',
  changed_at: '2026-11-26T10:00:00Z',
  version: 1,
  generation: 1,
};
const asked = {
  id: 'e2',
  project: 'research/vision',
  description: '',
  direction: 'ingress',
  protocol: 'UDP',
  ports: ['53'],
  created_at: '2026-11-26T10:00:00Z',
};

/** The page, as somebody with these permissions on the project. */
function open(can: string[], exceptions: object[], requests: object[] = [], ofTenant: string[] = []) {
  server.use(
    network.get('*/api/v1/projects/p1/network-exceptions/', () =>
      HttpResponse.json({ results: exceptions, next: null, count: exceptions.length }),
    ),
    network.get('*/api/v1/projects/p1/network-requests/', () => HttpResponse.json({ results: requests, more: false })),
    network.get('*/api/v1/tenants/t1/isolation/', () =>
      HttpResponse.json({
        tenant_id: 't1',
        networks: null,
        registries: ['registry.example.org'],
        sandbox: 'optional',
        runtime_class: 'gvisor',
        generation: 1,
      }),
    ),
  );
  const projects = [{ id: 'p1', slug: 'vision', name: 'Vision', can }];
  const session = {
    user: { id: 'u1', name: 'Ann', language: 'en', time_zone: 'UTC' },
    can: [],
    tenants: [{ id: 't1', slug: 'aurora', name: 'Aurora', phase: 'active', can: ofTenant, projects }],
  };
  return renderPage(<NetworkPage />, {
    address: '/t/aurora/p/vision/network',
    path: '/t/$tenant/p/$project/network',
    known: (queries) => queries.setQueryData(sessionQuery.queryKey, session as never),
  });
}

describe('NetworkPage', () => {
  it('says why a cluster keeps it closed, and offers nothing to whoever may only look', async () => {
    await open(['networks.view'], [exception]);

    expect(await screen.findByText('lab: 10.96.0.1/32 is the API server of this cluster.')).toBeInTheDocument();
    expect(await screen.findByText('public networks')).toBeInTheDocument();
    expect(screen.getByText('registry.example.org')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Open the network' })).toBeNull();
  });

  it('changes one limit of the tenant and keeps the others', async () => {
    const put: unknown[] = [];
    server.use(
      network.put('*/api/v1/tenants/t1/isolation/', async ({ request }) => {
        put.push(await request.json());
        return HttpResponse.json({
          tenant_id: 't1',
          networks: [],
          registries: ['registry.example.org'],
          sandbox: 'optional',
          runtime_class: 'gvisor',
          generation: 2,
        });
      }),
    );
    await open(['networks.view'], [exception], [], ['networks.limit']);

    await userEvent.click(await screen.findByRole('button', { name: 'Change the limits' }));
    await userEvent.click(await screen.findByRole('radio', { name: 'only these networks' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Save' }));

    await waitFor(() =>
      expect(put).toEqual([
        { networks: [], registries: ['registry.example.org'], sandbox: 'optional', runtime_class: 'gvisor' },
      ]),
    );
  });

  it('answers a project that asks, with what it asked for', async () => {
    const made: unknown[] = [];
    server.use(
      network.post('*/api/v1/projects/p1/network-exceptions/', async ({ request }) => {
        made.push(await request.json());
        return HttpResponse.json(exception, { status: 201 });
      }),
    );
    await open(['networks.view', 'networks.manage'], [], [asked]);

    await userEvent.click(await screen.findByRole('button', { name: 'Open our side to research/vision' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Open' }));

    await waitFor(() =>
      expect(made).toEqual([
        {
          name: 'research-vision',
          description: '',
          direction: 'ingress',
          protocol: 'UDP',
          ports: ['53'],
          cidr: '',
          peer: 'research/vision',
        },
      ]),
    );
  });
});
