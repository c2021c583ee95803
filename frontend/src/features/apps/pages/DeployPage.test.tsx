import { sessionQuery } from '@shared/session/session';
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { DeployPage } from './DeployPage';

const session = (held: string[]) => ({
  user: { id: 'u1', name: 'Vera', email: 'vera@aurora.example' },
  can: [],
  tenants: [
    {
      id: 't1',
      slug: 'aurora',
      name: 'Aurora',
      can: [],
      projects: [{ id: 'p1', slug: 'vision', name: 'Vision', can: held }],
    },
  ],
});

describe('DeployPage', () => {
  it('says to who may only read apps that their role does not open it', async () => {
    await renderPage(<DeployPage />, {
      address: '/t/aurora/p/vision/apps/new',
      path: '/t/$tenant/p/$project/apps/new',
      known: (queries) => queries.setQueryData(sessionQuery.queryKey, session(['apps.view']) as never),
    });

    expect(await screen.findByRole('heading', { name: 'Your role does not open this page' })).toBeInTheDocument();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });
});
