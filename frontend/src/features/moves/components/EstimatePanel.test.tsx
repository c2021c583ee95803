import { screen } from '@testing-library/react';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import type { Place } from '../api';
import { speakOfMoves } from '../testing';
import { EstimatePanel } from './EstimatePanel';

const place = { id: 'p1', slug: 'zone-a', link_bits_per_second: 1e10 } as Place;
const estimate = {
  seconds: 48,
  low: 45,
  high: 51,
  parts: { orchestration: 8, memory: 40, rewritten: 0, disk: 0 },
  dominant: 'memory',
  halved_by: 2.5,
  converges: true,
  downtime_seconds: 0.3,
  downtime_low: null,
  downtime_high: null,
  downtime_from: 'simulated',
  moves: 0,
  size_known: false,
};

beforeAll(speakOfMoves);

function found(result: object) {
  const operation = { id: 'o1', version: 2, state: 'succeeded', result, problem: null };
  server.use(
    network.post('*/api/v1/move-estimates/', () => HttpResponse.json(operation, { status: 202 })),
    network.get('*/api/v1/operations/o1/', () => HttpResponse.json(operation)),
  );
}

describe('An estimate', () => {
  it('says what takes most, what would halve the whole, and that the downtime is simulated', async () => {
    found(estimate);
    await renderPage(<EstimatePanel places={[place]} />);

    expect(await screen.findByText('80 % of moves: 45 s to 51 s')).toBeInTheDocument();
    expect(
      screen.getByText('Copying memory once takes most. 2.5 times faster, and the whole takes half as long.'),
    ).toBeInTheDocument();
    expect(screen.getByText('simulated')).toBeInTheDocument();
  });

  it('gives the downtime a band where records taught it', async () => {
    found({ ...estimate, downtime_from: 'records', downtime_low: 0.2, downtime_high: 0.4, moves: 60 });
    await renderPage(<EstimatePanel places={[place]} />);

    expect(await screen.findByText('80 %: 0.2 s to 0.4 s, by your records')).toBeInTheDocument();
    expect(screen.queryByText('simulated')).not.toBeInTheDocument();
  });
});
