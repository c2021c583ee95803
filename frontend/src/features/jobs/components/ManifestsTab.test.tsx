import { speak } from '@app/i18n/i18n';
import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import type { JobDetail } from '../api';
import { inPageWords } from '../formWords';
import { ManifestsTab } from './ManifestsTab';

const JOB = { id: 'j1', project_id: 'p1', name: 'resnet', attempt: 1 } as JobDetail;

const answers = (operation: object) =>
  server.use(
    http.post('*/api/v1/projects/p1/jobs/j1/manifests/', () => HttpResponse.json({ id: 'o1' }, { status: 202 })),
    http.get('*/api/v1/operations/o1/', () => HttpResponse.json({ id: 'o1', version: 1, ...operation })),
  );

beforeAll(async () => {
  await speak('en');
  await inPageWords(Promise.resolve());
});

describe('The manifests of a job', () => {
  it('are shown as the worker rendered them, with how many pods are not among them', async () => {
    answers({ state: 'succeeded', problem: null, result: { yaml: 'kind: Service\n', pods_left_out: 2 } });
    await renderPage(<ManifestsTab job={JOB} />);

    expect(await screen.findByText(/2 more pods differ by their rank only/)).toBeVisible();
    expect(await screen.findByRole('textbox', { name: 'Manifests' })).toHaveTextContent('kind: Service');
  });

  it('that cannot be rendered say why', async () => {
    answers({
      state: 'failed',
      result: null,
      problem: { title: 'Conflict', detail: 'version 1 of tracker was destroyed.' },
    });
    await renderPage(<ManifestsTab job={JOB} />);

    expect(await screen.findByText('version 1 of tracker was destroyed.')).toBeVisible();
  });
});
