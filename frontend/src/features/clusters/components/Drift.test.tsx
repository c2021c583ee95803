import type { Cluster } from '@shared/api/clusters';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { speakOfClusters } from '../testing';
import { Drift } from './Drift';

const label = { path: 'metadata.labels.enforce', there: '"privileged"', wanted: '"restricted"' };
const cluster = {
  id: 'c1',
  kind: 'kubernetes',
  can: ['clusters.manage'],
  on_drift: 'leave',
  compared_at: '2026-11-26T10:00:00Z',
  drifted: [{ kind: 'Namespace', namespace: '', name: 'ads-1', by: ['kubectl'], changes: [label], repaired: false }],
} as unknown as Cluster;

beforeAll(speakOfClusters);

describe('Drift', () => {
  it('shows both values and who wrote, and puts right what was left', async () => {
    const asked: unknown[] = [];
    server.use(
      network.post('*/api/v1/clusters/c1/drift/', async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json({ id: 'o1', state: 'pending' }, { status: 202 });
      }),
      network.get('*/api/v1/operations/o1/', () => HttpResponse.json({ id: 'o1', state: 'succeeded', problem: null })),
    );
    await renderPage(<Drift cluster={cluster} />);

    expect(await screen.findByText('written to by kubectl')).toBeInTheDocument();
    expect(screen.getByText('"privileged"')).toBeInTheDocument();
    expect(screen.getByText('"restricted"')).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'Put right' }));

    await waitFor(() => expect(asked).toEqual([{ repair: true }]));
  });
});
