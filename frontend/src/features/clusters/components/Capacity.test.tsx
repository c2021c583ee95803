import type { Cluster } from '@shared/api/clusters';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { speakOfClusters } from '../testing';
import { Capacity } from './Capacity';

const cluster = { id: 'c1', kind: 'kubernetes' } as unknown as Cluster;
const point = (at: string, ours: number) => ({ at, allocatable: 16, ours, others: 2, unhealthy: 8 });
const curve = {
  flavor: 'a100',
  resource: 'gpu',
  points: [point('2026-05-01T10:00:00Z', 3), point('2026-05-01T12:00:00Z', 5)],
};
const sizes = [
  { size: 1, replicas: 13, usable: 13 },
  { size: 8, replicas: 1, usable: 8 },
];

beforeAll(speakOfClusters);

beforeEach(() => {
  server.use(
    network.get('*/api/v1/clusters/c1/capacity/', () => HttpResponse.json({ step_seconds: 300, curves: [curve] })),
    network.get('*/api/v1/clusters/c1/fragmentation/', () =>
      HttpResponse.json({ devices: [{ flavor: 'a100', resource: 'gpu', free: 13, sizes }] }),
    ),
  );
});

describe('Capacity', () => {
  it('says in a sentence how much of what is free is in one piece', async () => {
    await renderPage(<Capacity cluster={cluster} />);

    expect(await screen.findByText(/Of 13 GPU that are free, 8 can still take a replica of 8/)).toBeInTheDocument();
    expect(screen.getByText(/5 lie in pieces that are too small/)).toBeInTheDocument();

    await userEvent.click(screen.getByTitle('1'));

    expect(await screen.findByText(/there is room for 13/)).toBeInTheDocument();
    expect(screen.queryByText(/too small/)).not.toBeInTheDocument();
  });

  it('draws a time in which nothing was seen as a gap', async () => {
    await renderPage(<Capacity cluster={cluster} />);

    await userEvent.click(await screen.findByRole('button', { name: 'Show as a table' }));

    const rows = await screen.findAllByRole('row');
    expect(rows).toHaveLength(4);
    expect(rows[2]).toHaveTextContent('————');
    expect(rows[3]).toHaveTextContent('5');
  });
});
