import type { Cluster } from '@shared/api/clusters';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { speakOfClusters } from '../testing';
import { RemoveCluster, RenewConnection } from './Connection';

const CONNECTION = '*/api/v1/clusters/c1/connection/';
const cluster = {
  id: 'c1',
  version: 3,
  slug: 'harbour',
  name: 'Harbour',
  kind: 'kubernetes',
  connection: { server: 'https://10.0.0.1:6443', auth: 'token' },
} as unknown as Cluster;

beforeAll(speakOfClusters);

describe('RenewConnection', () => {
  it('sends a token alone, and nothing of what stays', async () => {
    const given = vi.fn();
    server.use(
      network.patch(CONNECTION, async ({ request }) => {
        given(await request.json(), request.headers.get('If-Match'));
        return HttpResponse.json(cluster);
      }),
    );
    const close = vi.fn();
    await renderPage(<RenewConnection cluster={cluster} onClose={close} />);

    await userEvent.type(await screen.findByLabelText('Token'), 'fresh');
    await userEvent.click(screen.getByRole('button', { name: 'Renew the credential' }));

    await waitFor(() => expect(close).toHaveBeenCalled());
    expect(given.mock.calls[0]?.[0]).toEqual({ connection: { token: 'fresh' } });
    expect(given.mock.calls[0]?.[1]).toBeTruthy();
  });

  it('says at the kubeconfig which part of it is refused', async () => {
    server.use(
      network.patch(CONNECTION, () =>
        HttpResponse.json(
          {
            type: '/problems/invalid-request',
            title: 'Refused',
            status: 422,
            errors: [{ pointer: '/connection/kubeconfig/users/0/user/exec', detail: 'It would run a program.' }],
          },
          { status: 422 },
        ),
      ),
    );
    await renderPage(<RenewConnection cluster={cluster} onClose={() => undefined} />);

    await userEvent.click(await screen.findByText('Kubeconfig'));
    await userEvent.type(await screen.findByRole('textbox', { name: 'Kubeconfig' }), 'users');
    await userEvent.click(screen.getByRole('button', { name: 'Renew the credential' }));

    expect(await screen.findByText('users.0.user.exec: It would run a program.')).toBeInTheDocument();
  });
});

describe('RemoveCluster', () => {
  it('stays, and says so, while something refers to it', async () => {
    server.use(
      network.delete('*/api/v1/clusters/c1/', () =>
        HttpResponse.json(
          { type: '/problems/cluster-in-use', title: 'The cluster is in use', status: 409, detail: '2 quotas.' },
          { status: 409 },
        ),
      ),
    );
    await renderPage(<RemoveCluster cluster={cluster} onClose={() => undefined} />);

    await userEvent.type(await screen.findByRole('textbox'), 'harbour');
    await userEvent.click(screen.getByRole('button', { name: 'Remove the cluster' }));

    expect(await screen.findByText('2 quotas.')).toBeInTheDocument();
  });
});
