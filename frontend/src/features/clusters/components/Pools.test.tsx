import type { Cluster } from '@shared/api/clusters';
import { sessionQuery } from '@shared/session/session';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { speakOfClusters } from '../testing';
import { labelsOf } from './PoolForm';
import { Pools } from './Pools';

const cluster = { id: 'c1', kind: 'kubernetes', version: 1, can: [] } as unknown as Cluster;
const pool = {
  id: 'p1',
  generation: 1,
  name: 'aurora',
  description: '',
  node_names: ['gpu-7'],
  node_labels: {},
  nodes: [{ name: 'gpu-7', kept: true, schedulable: false }],
  node_count: 1,
  kept_count: 1,
  flavors: ['cpu-aurora', 'v100-aurora'],
  tenants: [],
  drifted: [{ node: 'gpu-7', at: '2026-11-27T10:00:00Z', repaired: true }],
  failure: '',
  created_at: '2026-11-27T09:00:00Z',
};

const serve = (results: unknown[]) =>
  server.use(
    network.get('*/api/v1/clusters/c1/node-pools/', () =>
      HttpResponse.json({ results, next: null, previous: null, count: results.length, count_is_exact: true }),
    ),
  );

const open = (can: string[]) =>
  renderPage(<Pools cluster={cluster} />, {
    known: (queries) => queries.setQueryData(sessionQuery.queryKey, { user: { id: 'u1' }, can, tenants: [] } as never),
  });

beforeAll(speakOfClusters);

describe('Pools', () => {
  it('says which nodes are marked, who took marks away, and that nobody has quota yet', async () => {
    serve([pool]);
    await open([]);

    expect(await screen.findByText(/1 of 1 marked · 1 take nothing new/)).toBeInTheDocument();
    expect(screen.getByText(/took the marks from gpu-7: put back/)).toBeInTheDocument();
    expect(screen.getByText('nobody yet: give quota of cpu-aurora, v100-aurora')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Give nodes' })).not.toBeInTheDocument();
  });

  it('gives nodes to tenants, whoever may', async () => {
    const given: unknown[] = [];
    serve([]);
    server.use(
      network.get('*/api/v1/clusters/c1/nodes/', () => HttpResponse.json({ results: [{ name: 'gpu-7' }] })),
      network.get('*/api/v1/tenants/', () => HttpResponse.json({ results: [{ slug: 'aurora', name: 'Aurora' }] })),
      network.post('*/api/v1/clusters/c1/node-pools/', async ({ request }) => {
        given.push(await request.json());
        return HttpResponse.json(pool, { status: 201 });
      }),
    );
    await open(['quotas.manage']);

    await userEvent.click((await screen.findAllByRole('button', { name: 'Give nodes' }))[0] as HTMLElement);
    await userEvent.click(await screen.findByLabelText('Name'));
    await userEvent.paste('aurora');
    await userEvent.click(screen.getByLabelText('and nodes with this label'));
    await userEvent.paste('rack=r7');
    await userEvent.click(screen.getAllByRole('button', { name: 'Give nodes' }).at(-1) as HTMLElement);

    await waitFor(() =>
      expect(given).toEqual([
        { name: 'aurora', description: '', node_names: [], node_labels: { rack: 'r7' }, tenants: [] },
      ]),
    );
  });
});

describe('labelsOf', () => {
  it.each([
    ['a=b, c=', { a: 'b', c: '' }],
    ['', {}],
    ['a', null],
    ['=b', null],
  ])('reads %s', (text, labels) => {
    expect(labelsOf(text)).toEqual(labels);
  });
});
