import { screen } from '@testing-library/react';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { speakOfForecasts } from '../testing';
import { HeatMap, stripes } from './Heat';
import { Windows } from './Windows';

const row = {
  id: 'h1',
  kind: 'host',
  name: 'host-1',
  synthetic: true,
  starts_at: '2026-11-25T10:00:00Z',
  measured: [10, 30, null],
  forecast: [20, 40, null],
};
const window = {
  starts_at: '2026-11-28T03:00:00Z',
  ends_at: '2026-11-28T04:00:00Z',
  load: 4,
  gain: 21,
  low: 12,
  high: 30,
  downtime_seconds: 0.2,
};
const advice = {
  any_time: false,
  now: { load: 25, downtime_seconds: 0.4, allowed: true },
  windows: [window],
  duration: { low: 40, high: 56, downtime_from: 'simulated' },
  dirty_from: 'assumed',
};

beforeAll(speakOfForecasts);

describe('The map of hosts by hour', () => {
  it('says to whoever does not see it what came and what is expected', async () => {
    const rows = { results: [row], next: null, previous: null, count: 1, count_is_exact: true };
    server.use(network.get('*/api/v1/fleet/heat/', () => HttpResponse.json(rows)));
    await renderPage(<HeatMap />);

    expect(
      await screen.findByRole('img', {
        name: 'host-1: Measured 20% on average, at most 30%. Expected 30% on average, at most 40%.',
      }),
    ).toBeInTheDocument();
  });

  it('leaves empty what nobody knows', () => {
    expect(stripes({ measured: [null], forecast: [0] })).toMatch(/transparent 0% 50%, color-mix.* 5%/);
  });
});

describe('The windows of a machine', () => {
  function found(result: object) {
    const operation = { id: 'o1', version: 2, state: 'succeeded', result, problem: null };
    server.use(
      network.post('*/api/v1/fleet/targets/t1/windows/', () => HttpResponse.json(operation, { status: 202 })),
      network.get('*/api/v1/operations/o1/', () => HttpResponse.json(operation)),
    );
  }

  it('name the best one with what it gains and how sure that is', async () => {
    found(advice);
    await renderPage(<Windows target="t1" />);

    expect(await screen.findByText(/21 points of load less than now \(80 %: 12 to 30\)/)).toBeInTheDocument();
    expect(screen.getByText('simulated')).toBeInTheDocument();
    expect(screen.getByText(/is assumed from its load/)).toBeInTheDocument();
  });

  it('are not worth waiting for where any time is fine', async () => {
    found({ ...advice, any_time: true, windows: [{ ...window, gain: 1.2 }] });
    await renderPage(<Windows target="t1" />);

    expect(await screen.findByText('Any time is fine: waiting gains at most 1.2 points of load.')).toBeInTheDocument();
  });
});
