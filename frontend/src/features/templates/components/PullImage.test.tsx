import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http as network } from 'msw';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import type { Template } from '../api';
import { PullImage } from './PullImage';

const template = {
  name: 'resnet',
  spec: { roles: [{ image: 'registry.example.org/train:3' }, { image: 'registry.example.org/train:3' }] },
} as Template;

const line = (flavor: string, cluster = 'lab') => ({ flavor, cluster: { slug: cluster } });
const quotas = (...results: object[]) =>
  network.get('*/api/v1/tenants/t1/quotas/', () => HttpResponse.json({ results }));
const clusters = network.get('*/api/v1/clusters/', () =>
  HttpResponse.json({
    results: [
      { slug: 'harbour', name: 'This machine', kind: 'local' },
      { slug: 'lab', name: 'The lab', kind: 'kubernetes' },
    ],
    next: null,
  }),
);
const draw = () => renderPage(<PullImage template={template} tenant="t1" project="p1" onClose={() => {}} />);

describe('PullImage', () => {
  it('asks for a flavor of a cluster, and says which nodes lack the image and why', async () => {
    let asked: unknown;
    server.use(
      quotas(line('cpu'), line('v100'), line('cpu', 'harbour')),
      clusters,
      network.post('*/api/v1/projects/p1/image-pulls/', async ({ request }) => {
        asked = await request.json();
        return HttpResponse.json({ id: 'o1', state: 'pending' }, { status: 202 });
      }),
      network.get('*/api/v1/operations/o1/', () =>
        HttpResponse.json({
          id: 'o1',
          state: 'pending',
          result: { total: 3, ready: ['n1', 'n2'], waiting: [{ node: 'n3', why: 'manifest unknown' }] },
        }),
      ),
    );
    await draw();

    await userEvent.click(await screen.findByRole('button', { name: 'Pull image' }));

    expect(await screen.findByText(/2 of 3 nodes have it/)).toBeInTheDocument();
    expect(screen.getByText('manifest unknown')).toBeInTheDocument();
    expect(asked).toEqual({ image: 'registry.example.org/train:3', cluster: 'lab', flavor: 'v100' });
  });

  it('says so where there is no node to pull to', async () => {
    server.use(quotas(line('cpu', 'harbour')), clusters);
    await draw();

    expect(await screen.findByText(/quota in no Kubernetes cluster/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Pull image' })).toBeDisabled();
  });
});
