import type { Cluster } from '@shared/api/clusters';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import type { Node } from '../api';
import { speakOfClusters } from '../testing';
import { Drain } from './Drain';

const cluster = { id: 'c1' } as Cluster;
const node = { id: 'n1', name: 'v100-0000' } as Node;
const job = {
  id: 'j1',
  name: 'resnet',
  tenant: 'vision',
  project: 'ads',
  submitted_by: 'Lin',
  gang: true,
  restarts: false,
};
const pods = [
  { namespace: 'ads', name: 'job-1', owner: 'Service/j1', stays: '', budgets: [], job },
  {
    namespace: 'web',
    name: 'web-1',
    owner: 'ReplicaSet/web',
    stays: '',
    budgets: [{ name: 'one', allowed: 0 }],
    job: null,
  },
  { namespace: 'kube-system', name: 'proxy', owner: 'DaemonSet/proxy', stays: 'daemon', budgets: [], job: null },
];

const answers = (id: string, state: string, result: unknown, problem: unknown = null) =>
  network.get(`*/api/v1/operations/${id}/`, () => HttpResponse.json({ id, state, result, problem }));
const begins = (path: string, id: string) =>
  network.post(`*/api/v1/clusters/c1/nodes/n1/${path}`, () =>
    HttpResponse.json({ id, state: 'pending' }, { status: 202 }),
  );

beforeAll(speakOfClusters);

describe('Drain', () => {
  it('names whose jobs fail, what guards a pod and what stays, and then how far it is', async () => {
    server.use(
      begins('drain/preview/', 'o1'),
      begins('drain/', 'o2'),
      answers('o1', 'succeeded', { node: 'v100-0000', pods }),
      answers('o2', 'pending', {
        node: 'v100-0000',
        total: 2,
        left: 1,
        waiting: [{ namespace: 'web', name: 'web-1', why: 'The disruption budget one needs 1 healthy pods' }],
        stays: [{ namespace: 'kube-system', name: 'proxy', why: 'daemon' }],
      }),
    );
    await renderPage(<Drain cluster={cluster} node={node} onClose={() => {}} />);

    expect(await screen.findByText('2 pods are evicted')).toBeInTheDocument();
    expect(screen.getByText('resnet')).toBeInTheDocument();
    expect(screen.getByText(/1 job will fail/)).toBeInTheDocument();
    expect(screen.getByText(/guarded by one, which allows no eviction now/)).toBeInTheDocument();
    expect(screen.getByText(/a daemon of the node/)).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'Drain' }));

    expect(await screen.findByText(/1 of 2 pods have left/)).toBeInTheDocument();
    expect(screen.getByText(/The disruption budget one needs/)).toBeInTheDocument();
  });
});
