import type { Cluster } from '@shared/api/clusters';
import { screen } from '@testing-library/react';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { speakOfClusters } from '../testing';
import { Nodes } from './Nodes';

const cluster = { id: 'c1', kind: 'kubernetes', health: 'down', nodes: { ready: 1, total: 1 }, can: [] };
const node = {
  id: 'n1',
  name: 'v100-0000',
  health: 'healthy',
  health_message: '',
  health_said: [],
  stale: false,
  last_seen_at: '2026-05-01T10:00:00Z',
  schedulable: true,
  labels: {},
  about: {},
  allocatable: [],
  requested: [],
  used: [],
};

beforeAll(speakOfClusters);

describe('Nodes', () => {
  it('of a cluster that does not answer are not said to be healthy', async () => {
    server.use(
      network.get('*/api/v1/clusters/c1/nodes/', () =>
        HttpResponse.json({ results: [node], next: null, previous: null, count: 1, count_is_exact: true }),
      ),
    );
    await renderPage(<Nodes cluster={cluster as unknown as Cluster} />);

    expect(await screen.findByText('v100-0000')).toBeInTheDocument();
    expect(screen.getByText('stale')).toBeInTheDocument();
    expect(screen.queryByText('healthy')).not.toBeInTheDocument();
  });

  it('say which of their devices are simulated', async () => {
    const labelled = { ...node, labels: { 'hanse.io/simulated': 'a100, alveo' } };
    server.use(
      network.get('*/api/v1/clusters/c1/nodes/', () =>
        HttpResponse.json({ results: [labelled], next: null, previous: null, count: 1, count_is_exact: true }),
      ),
    );
    await renderPage(<Nodes cluster={{ ...cluster, kind: 'local', health: 'healthy' } as unknown as Cluster} />);

    expect(await screen.findByText('Simulated devices, which no program finds: a100, alveo.')).toBeInTheDocument();
  });
});
