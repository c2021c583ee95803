import type { SessionTenant } from '@shared/session/session';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import type { FederatedJob } from '../jobs';
import { job, withOurWords } from '../testing';
import { FederatedJobActs } from './FederatedJobActs';

beforeAll(withOurWords);

const offered: FederatedJob = { ...job, phase: 'offered', acts: ['accept', 'refuse'] };

/** Whoever has these permissions on the tenant and its project. */
const whoMay = (can: string[], ofProject: string[] = []) =>
  ({
    id: 't1',
    slug: 'aurora',
    can,
    projects: [{ id: 'p1', slug: 'vision', name: 'Vision', can: ofProject }],
  }) as unknown as SessionTenant;

describe('What can be done to a federated job', () => {
  it('is nothing for whoever may only look', async () => {
    await renderPage(<FederatedJobActs job={job} tenant={whoMay(['parties.view'])} />);

    expect(screen.queryByRole('button')).toBeNull();
  });

  it('is a stop of both parts, with a reason that the other side reads', async () => {
    let sent: unknown = null;
    server.use(
      network.post('*/api/v1/tenants/t1/federated-jobs/f1/stop/', async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({ ...job, phase: 'ending' });
      }),
    );
    await renderPage(<FederatedJobActs job={job} tenant={whoMay(['federated-jobs.stop'])} />);
    const user = userEvent.setup();

    await user.click(await screen.findByRole('button', { name: 'Stop both parts' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText('Reason'), 'Enough.');
    await user.click(dialog.getByRole('button', { name: 'Stop both parts' }));

    await waitFor(() => expect(sent).toEqual({ reason: 'Enough.' }));
  });

  it('is a part of ours for whoever may submit jobs', async () => {
    let sent: unknown = null;
    server.use(
      network.post('*/api/v1/tenants/t1/federated-jobs/f1/accept/', async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({ ...job, phase: 'ready' });
      }),
    );
    await renderPage(
      <FederatedJobActs
        job={offered}
        tenant={whoMay(['federated-jobs.run', 'federated-jobs.stop'], ['jobs.submit'])}
      />,
    );
    const user = userEvent.setup();

    await user.click(await screen.findByRole('button', { name: 'Accept with our part' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText('Command'), 'python');
    await user.click(dialog.getByRole('button', { name: 'Accept with our part' }));

    await waitFor(() => expect(sent).toMatchObject({ project_id: 'p1', spec: { roles: [{ command: ['python'] }] } }));
  });

  it('is no more than to refuse for an officer who submits no jobs', async () => {
    await renderPage(<FederatedJobActs job={offered} tenant={whoMay(['federated-jobs.stop'])} />);

    expect((await screen.findAllByRole('button')).map((button) => button.textContent)).toEqual(['Refuse']);
  });
});
