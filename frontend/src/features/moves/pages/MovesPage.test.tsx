import { sessionQuery } from '@shared/session/session';
import { screen } from '@testing-library/react';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { speakOfMoves } from '../testing';
import { MovesPage } from './MovesPage';

const session = { user: { id: 'u1', language: 'en', time_zone: 'UTC' }, can: ['moves.view'], roles: [], tenants: [] };
const page = (results: object[]) => ({
  results,
  next: null,
  previous: null,
  count: results.length,
  count_is_exact: true,
});
const place = {
  id: 'p1',
  version: 1,
  slug: 'zone-a',
  link_bits_per_second: null,
  moves: 60,
  downtimes: 0,
  error: 0.02,
  error_beyond: 0.05,
  sizes: [],
};
const record = {
  id: 'r1',
  place: 'zone-a',
  key: 'mig-1041',
  machine: 'mail-1',
  from_host: 'a',
  to_host: 'b',
  started_at: null,
  memory_bytes: 2 ** 34,
  duration_seconds: 48,
  downtime_seconds: null,
  simulated: false,
};

beforeAll(speakOfMoves);

function known(places: object[], records: object[]) {
  server.use(
    network.get('*/api/v1/move-places/', () => HttpResponse.json(page(places))),
    network.get('*/api/v1/move-records/', () => HttpResponse.json(page(records))),
    network.post('*/api/v1/move-estimates/', () => new Promise<never>(() => undefined)),
  );
}

describe('The page of moves', () => {
  it('teaches what records are for while there are none', async () => {
    known([], []);
    await renderPage(<MovesPage />, {
      known: (queries) => queries.setQueryData(sessionQuery.queryKey, session as never),
    });

    expect(await screen.findByText('No records of migrations yet')).toBeInTheDocument();
  });

  it('says how well what was learned holds, and what is only simulated', async () => {
    known([place], [record]);
    await renderPage(<MovesPage />, {
      known: (queries) => queries.setQueryData(sessionQuery.queryKey, session as never),
    });

    expect(await screen.findByText('2% on average; 5% on sizes never moved')).toBeInTheDocument();
    expect(screen.getByText('simulated')).toBeInTheDocument();
    expect(await screen.findByText('mig-1041')).toBeInTheDocument();
  });
});
