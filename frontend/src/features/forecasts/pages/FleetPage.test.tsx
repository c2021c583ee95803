import { sessionQuery } from '@shared/session/session';
import { screen } from '@testing-library/react';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { speakOfForecasts } from '../testing';
import { FleetPage } from './FleetPage';

const CAN = ['forecasts.view', 'forecasts.request'];
const session = { user: { id: 'u1', language: 'en', time_zone: 'UTC' }, can: CAN, roles: [], tenants: [] };
const page = (results: object[]) => ({
  results,
  next: null,
  previous: null,
  count: results.length,
  count_is_exact: true,
});
const standing = { issued_at: '2026-11-27T00:00:00Z', late: false, every_hours: 6, targets: 2, synthetic: 1 };
const target = {
  id: 't1',
  kind: 'vm',
  name: 'vm-17',
  tenant: null,
  parent: null,
  zone: 'east',
  vcpus: 4,
  memory_bytes: null,
  synthetic: true,
};
const run = {
  id: 'r1',
  version: 1,
  standing: true,
  issued_at: '2026-11-27T00:00:00Z',
  engine: 'xgboost',
  device: 'cpu',
  state: 'running',
  problem: null,
  targets: 200,
  forecast: 90,
  without: 10,
  seconds: 12,
  score: null,
};

beforeAll(speakOfForecasts);

async function shown(about: object, runs: object[] = [], targets: object[] = []) {
  server.use(
    network.get('*/api/v1/fleet/standing-forecasts/', () => HttpResponse.json(about)),
    network.get('*/api/v1/fleet/forecast-runs/', () => HttpResponse.json(page(runs))),
    network.get('*/api/v1/fleet/targets/', () => HttpResponse.json(page(targets))),
    network.get('*/api/v1/fleet/heat/', () => HttpResponse.json(page([]))),
  );
  await renderPage(<FleetPage />, {
    known: (queries) => queries.setQueryData(sessionQuery.queryKey, session as never),
  });
}

describe('The page of the fleet', () => {
  it('teaches how a fleet comes in while there is none', async () => {
    await shown({ ...standing, issued_at: null, targets: 0 });

    expect(await screen.findByText('No targets yet')).toBeInTheDocument();
  });

  it('says how far a run is, and what is made up', async () => {
    await shown(standing, [run], [target]);

    expect(await screen.findByText('vm-17')).toBeInTheDocument();
    expect(screen.getByText('100 / 200')).toBeInTheDocument();
    expect(screen.getByText('10 without: too little was measured')).toBeInTheDocument();
    expect(screen.getByText('synthetic')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Cancel' })).toBeInTheDocument();
  });

  it('warns when the standing forecasts are late', async () => {
    await shown({ ...standing, late: true }, [run], [target]);

    expect(await screen.findByText(/The standing forecasts are late/)).toBeInTheDocument();
  });

  it('says how good a run was, beside the rule that it must beat', async () => {
    const score = {
      targets: 90,
      hours: 2160,
      mae: 1.25,
      bias: 0,
      coverage: 0.81,
      wql: 0.1,
      steady_mae: 2,
      steady_wql: 0.2,
    };
    await shown(standing, [{ ...run, state: 'succeeded', score }], [target]);

    expect(
      await screen.findByText('error 1.25 points, 81% within the band; the median of two days: 2'),
    ).toBeInTheDocument();
  });

  it('says what a request would cost while it is written, and why it would be refused', async () => {
    server.use(
      network.post('*/api/v1/fleet/forecast-runs/estimate/', () =>
        HttpResponse.json({
          targets: 1000000,
          seconds_each: 0.5,
          learning_seconds: 0,
          seconds: 500000,
          most_seconds: 3600,
          used_seconds: 12,
          most_seconds_a_day: 21600,
          lasts_seconds: null,
          refusal: { detail: '1,000,000 targets at 0.5 s each are too much.' },
        }),
      ),
    );
    await shown(standing, [run], [target]);

    (await screen.findByRole('button', { name: 'Forecast now' })).click();

    expect(await screen.findByText('1,000,000 targets at 0.5 s each are too much.')).toBeInTheDocument();
    expect(screen.getByText(/Within the last day 12 of 21,600 s were asked for/)).toBeInTheDocument();
  });
});
