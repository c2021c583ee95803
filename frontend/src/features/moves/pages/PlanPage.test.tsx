import { sessionQuery } from '@shared/session/session';
import { screen } from '@testing-library/react';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { lanes } from '../components/Gantt';
import type { PlannedMove } from '../plans';
import { speakOfMoves } from '../testing';
import { PlanPage } from './PlanPage';

const CAN = ['moves.view', 'moves.manage', 'moves.approve'];
const session = (can: string[]) => ({
  user: { id: 'u1', language: 'en', time_zone: 'UTC' },
  can,
  roles: [],
  tenants: [],
});
const plan = {
  id: 'p1',
  version: 3,
  goal: 'drain',
  hosts: ['h1'],
  hours: 24,
  state: 'recommended',
  problem: null,
  starts_at: '2026-11-27T10:00:00Z',
  approved_at: null,
  pace: 1,
  synthetic: true,
  left: [{ machine: 'large', binding: 'memory' }],
  totals: {
    moves: 1,
    left: 1,
    seconds: 48,
    downtime_seconds: 0.3,
    mean_gain: 12.5,
    hosts_emptied: 0,
    kwh_a_day: 0,
    bound: 1,
  },
};
const move = {
  id: 'm1',
  number: 1,
  machine: 'vm-1',
  from_host: 'host-1',
  to_host: 'host-2',
  starts_at: '2026-11-27T12:15:00Z',
  binding: 'source',
  wanted_at: '2026-11-27T12:00:00Z',
  seconds: 48,
  low: 40,
  high: 56,
  downtime_seconds: 0.3,
  load: 5,
  gain: 12.5,
  state: 'waiting',
  actual_seconds: null,
  actual_downtime_seconds: null,
  failure: '',
};

beforeAll(speakOfMoves);

async function shown(changes: object = {}, moves: object[] = [move], can = CAN) {
  const now = { ...plan, ...changes };
  server.use(
    network.get('*/api/v1/move-plans/:id/', () => HttpResponse.json(now)),
    network.get('*/api/v1/move-plans/:id/export/', () => HttpResponse.json({ ...now, moves })),
  );
  await renderPage(<PlanPage />, {
    known: (queries) => queries.setQueryData(sessionQuery.queryKey, session(can) as never),
  });
}

describe('The page of a plan', () => {
  it('says what it moves, which limit binds whom, and who stays and why', async () => {
    await shown();

    expect(await screen.findByText(/as many as allowed leave its host at/)).toBeInTheDocument();
    expect(screen.getByText('host-1 → host-2')).toBeInTheDocument();
    expect(screen.getByText('large: no host has enough memory free')).toBeInTheDocument();
    expect(screen.getByText(/On average 12.5 points of load less/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Approve' })).toBeInTheDocument();
  });

  it('shows what a move took beside what was foretold', async () => {
    await shown({ state: 'succeeded' }, [
      { ...move, state: 'succeeded', actual_seconds: 51, actual_downtime_seconds: 0.4 },
    ]);

    expect(await screen.findByText('took 51 s')).toBeInTheDocument();
    expect(screen.getByText('took 0.4 s')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Call off' })).not.toBeInTheDocument();
  });

  it('offers no approval of real machines, nor to who may not approve', async () => {
    await shown({ synthetic: false });
    expect(await screen.findByText('host-1 → host-2')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Approve' })).not.toBeInTheDocument();
  });

  it('lays moves at once below each other', () => {
    const at = (starts: string) => ({ ...move, starts_at: starts, high: 1800 }) as PlannedMove;
    const placed = lanes([at('2026-11-27T12:00:00Z'), at('2026-11-27T12:15:00Z'), at('2026-11-27T12:30:00Z')]);

    expect(placed.map(({ lane }) => lane)).toEqual([0, 1, 0]);
  });
});
