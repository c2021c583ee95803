import { sessionQuery } from '@shared/session/session';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { speakOfForecasts } from '../testing';
import { ModelsPage } from './ModelsPage';

const session = (...can: string[]) => ({
  user: { id: 'u1', language: 'en', time_zone: 'UTC' },
  can: ['forecasts.view', ...can],
  roles: [],
  tenants: [],
});
const page = (results: object[]) => ({
  results,
  next: null,
  previous: null,
  count: results.length,
  count_is_exact: true,
});
const good = { runs: 8, hours: 900, wql: 0.12, mae: 1.1, bias: 0, coverage: 0.79 };
const busy = {
  segment: 'vm-busy',
  chain: ['xgboost', 'naive-seasonal'],
  since: '2026-11-20T00:00:00Z',
  reason: 'better-live',
  held_by: '',
  live: good,
  seasonal: { ...good, wql: 0.21 },
  drift: 1.5,
  drifts: true,
};
const light = {
  ...busy,
  segment: 'vm-light',
  since: null,
  reason: '',
  live: null,
  seasonal: null,
  drift: null,
  drifts: false,
};
const trial = {
  id: 'e1',
  tried_at: '2026-11-27T00:00:00Z',
  engine: 'naive-median',
  origins: 5,
  gap_hours: 24,
  targets: 900,
  wql: 0.13,
  mae: 1.2,
  bias: 0.1,
  coverage: 0.81,
  window_gain: 0.3,
  train_seconds: 3,
  milliseconds_each: 0.25,
  beats_seasonal: 0.99,
  beats_champion: 0.97,
};
const release = {
  id: 'l1',
  segment: 'vm-busy',
  engine: 'lstm',
  stage: 'retired',
  reason: 'worse-than-seasonal',
  since: '2026-11-26T00:00:00Z',
  until: null,
};

beforeAll(speakOfForecasts);

async function shown(...can: string[]) {
  server.use(
    network.get('*/api/v1/fleet/forecast-segments/', () => HttpResponse.json([busy, light])),
    network.get('*/api/v1/fleet/forecast-trials/', () => HttpResponse.json(page([trial]))),
    network.get('*/api/v1/fleet/forecast-releases/', () => HttpResponse.json(page([release]))),
    network.get('*/api/v1/fleet/forecast-models/', () => HttpResponse.json(page([]))),
  );
  await renderPage(<ModelsPage />, {
    known: (queries) => queries.setQueryData(sessionQuery.queryKey, session(...can) as never),
  });
}

describe('The page of models', () => {
  it('says who forecasts what and how well, the league, and why engines moved', async () => {
    await shown();

    const champions = within(await screen.findByRole('region', { name: 'Champions' }));
    expect(champions.getByText('0.21')).toBeInTheDocument();
    expect(champions.getByText('79%')).toBeInTheDocument();
    expect(champions.getByText('× 1.5')).toBeInTheDocument();
    const league = within(await screen.findByRole('region', { name: 'League' }));
    expect(await league.findByText('97%')).toBeInTheDocument();
    expect(screen.getByText(/Tried on 900 targets at 5 moments/)).toBeInTheDocument();
    expect(await screen.findByText('lost more than the seasonal naive')).toBeInTheDocument();
    expect(await screen.findByText('No model was learned yet.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Choose' })).not.toBeInTheDocument();
  });

  it('lets whoever may choose another engine for a segment', async () => {
    let asked: unknown;
    server.use(
      network.post('*/api/v1/fleet/forecast-releases/', async ({ request }) => {
        asked = await request.json();
        return HttpResponse.json(release, { status: 201 });
      }),
    );
    await shown('forecasts.release');

    await userEvent.click((await screen.findAllByRole('button', { name: 'Choose' }))[0] as HTMLElement);
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Choose' }));

    await expect.poll(() => asked).toEqual({ segment: 'vm-busy', engine: 'xgboost', hold: true });
  });
});
