import { sessionQuery } from '@shared/session/session';
import { screen } from '@testing-library/react';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { speakOfForecasts } from '../testing';
import { TargetPage } from './TargetPage';

const session = { user: { id: 'u1', language: 'en', time_zone: 'UTC' }, can: [], roles: [], tenants: [] };
const target = { id: 't1', kind: 'vm', name: 'vm-17', tenant: null, parent: null, zone: '', synthetic: true };
const load = {
  starts_at: '2026-11-26T00:00:00Z',
  step_minutes: 60,
  synthetic: true,
  mean: [10, null],
  max: [20, null],
};
const curves = { mean: [12, 14], low: [8, 9], median: [12, 13], high: [20, 31] };
const forecast = {
  issued_at: '2026-11-27T00:00:00Z',
  made_at: '2026-11-27T00:01:00Z',
  engine: 'xgboost',
  device: 'cpu',
  hours_known: 336,
  ...curves,
};
const none = {
  forecast: null,
  reason: '',
  hours_known: 336,
  least_hours: 48,
  stale: false,
  synthetic: true,
  segment: 'vm-busy',
  band: null,
  past: [],
};

beforeAll(speakOfForecasts);

async function shown(forecasts: object) {
  server.use(
    network.get('*/api/v1/fleet/targets/:id/', () => HttpResponse.json(target)),
    network.get('*/api/v1/fleet/targets/:id/load/', () => HttpResponse.json(load)),
    network.get('*/api/v1/fleet/targets/:id/forecast/', () => HttpResponse.json(forecasts)),
  );
  await renderPage(<TargetPage />, {
    known: (queries) => queries.setQueryData(sessionQuery.queryKey, session as never),
  });
}

describe('The page of a target', () => {
  it('says the forecast in words, what it was made of, and what came of those before', async () => {
    const came = { hours: 6, mae: 1.5, bias: -0.5, coverage: 0.83 };
    const band = { hours: 240, coverage: 0.79 };
    await shown({ ...none, forecast, band, past: [{ ...forecast, issued_at: '2026-11-26T18:00:00Z', came }] });

    expect(await screen.findByText(/Expected 13% on average over the next day; highest 31%/)).toBeInTheDocument();
    expect(screen.getByText(/by xgboost \(cpu\), from 336 of 336 hours/)).toBeInTheDocument();
    expect(screen.getByText(/of such targets \(busy VMs\) held 79%/)).toBeInTheDocument();
    expect(screen.getByText('1.5 points')).toBeInTheDocument();
    expect(screen.getByText('83%')).toBeInTheDocument();
    expect(screen.getByText('synthetic')).toBeInTheDocument();
  });

  it('says why there is none', async () => {
    await shown({ ...none, reason: 'too-little-history', hours_known: 7 });

    expect(
      await screen.findByText(/7 hours of the last two weeks were measured, and 48 are needed/),
    ).toBeInTheDocument();
  });
});
