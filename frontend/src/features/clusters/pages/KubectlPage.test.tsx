import { sessionQuery } from '@shared/session/session';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { speakOfClusters } from '../testing';
import { KubectlPage } from './KubectlPage';

beforeAll(speakOfClusters);

/** The page, as somebody with these permissions on the project. */
function open(can: string[], clusters: object[]) {
  server.use(network.get('*/api/v1/clusters/', () => HttpResponse.json({ results: clusters, next: null, count: 1 })));
  const projects = [{ id: 'p1', slug: 'vision', name: 'Vision', can }];
  const session = {
    user: { id: 'u1', name: 'Ann', language: 'en', time_zone: 'UTC' },
    can: [],
    tenants: [{ id: 't1', slug: 'aurora', name: 'Aurora', phase: 'active', can: [], projects }],
  };
  return renderPage(<KubectlPage />, {
    address: '/t/aurora/p/vision/kubectl',
    path: '/t/$tenant/p/$project/kubectl',
    known: (queries) => queries.setQueryData(sessionQuery.queryKey, session as never),
  });
}

describe('KubectlPage', () => {
  it('makes a kubeconfig, shows it once and says what it lets one do', async () => {
    const asked: unknown[] = [];
    let taken = 0;
    const operation = { id: 'o1', state: 'succeeded', problem: null, has_secret: true };
    server.use(
      network.post('*/api/v1/projects/p1/kubeconfigs/', async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json({ ...operation, state: 'pending', has_secret: false }, { status: 202 });
      }),
      network.get('*/api/v1/operations/o1/', () => HttpResponse.json({ ...operation, has_secret: taken === 0 })),
      network.post('*/api/v1/operations/o1/secret/', () => {
        taken += 1;
        return HttpResponse.json({ secret: 'apiVersion: v1' });
      }),
    );
    await open(['kubectl.use', 'jobs.submit'], [{ id: 'c1', slug: 'harbour', name: 'Harbour', kind: 'kubernetes' }]);

    await userEvent.click(await screen.findByRole('button', { name: 'Make a kubeconfig' }));

    expect(await screen.findByLabelText('kubeconfig')).toHaveValue('apiVersion: v1');
    expect(asked).toEqual([{ cluster: 'harbour', minutes: 60 }]);
    expect(screen.getByText(/Secrets can be written, not read/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'I have saved it' }));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Make a kubeconfig' })).toBeEnabled());
    expect(taken).toBe(1);
  });

  it('says where to turn when there is no Kubernetes cluster', async () => {
    await open(['kubectl.use'], [{ id: 'c1', slug: 'here', name: 'Here', kind: 'local' }]);

    expect(await screen.findByText('No Kubernetes cluster')).toBeInTheDocument();
  });
});
