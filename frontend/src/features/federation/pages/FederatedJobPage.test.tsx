import { sessionQuery } from '@shared/session/session';
import { screen, within } from '@testing-library/react';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { job, withOurWords } from '../testing';
import { FederatedJobPage } from './FederatedJobPage';

beforeAll(withOurWords);

describe('FederatedJobPage', () => {
  it('says who waits for whom, and tells the two parts and their timeline apart', async () => {
    server.use(network.get('*/api/v1/tenants/t1/federated-jobs/f1/', () => HttpResponse.json(job)));
    const session = {
      user: { id: 'u1', name: 'Ann', language: 'en', time_zone: 'UTC' },
      can: [],
      tenants: [{ id: 't1', slug: 'aurora', name: 'Aurora', phase: 'active', can: ['parties.view'], projects: [] }],
    };
    await renderPage(<FederatedJobPage />, {
      address: '/t/aurora/parties/jobs/f1',
      path: '/t/$tenant/parties/jobs/$federated',
      known: (queries) => queries.setQueryData(sessionQuery.queryKey, session as never),
    });

    expect(await screen.findByText('Their part waits for machines of 20000.')).toBeInTheDocument();
    const parts = within(screen.getByRole('region', { name: 'Parts' }));
    expect(within(parts.getByRole('row', { name: /10000 \(we\)/ })).getByText('running')).toBeInTheDocument();
    expect(
      within(parts.getByRole('row', { name: /20000 \(they\)/ })).getByText('waits for machines'),
    ).toBeInTheDocument();
    expect(parts.getByRole('link', { name: 'Open our job' })).toHaveAttribute('href', '/t/aurora/p/vision/jobs/j1');
    const timeline = within(screen.getByRole('region', { name: 'Timeline of both sides' }));
    expect(timeline.getByRole('row', { name: /20000 \(they\).*submitted/ })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Stop both parts' })).toBeNull();
  });
});
