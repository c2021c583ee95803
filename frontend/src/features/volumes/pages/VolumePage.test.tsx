import { speak } from '@app/i18n/i18n';
import { withWords } from '@shared/i18n/later';
import { sessionQuery } from '@shared/session/session';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http as network } from 'msw';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/server';
import { VolumePage } from './VolumePage';

beforeAll(async () => {
  await speak('en');
  const loaders = {
    en: () => import('../locales/en').then(({ volumes }) => volumes),
    zh: () => import('../locales/zh').then(({ volumes }) => volumes),
  };
  await withWords('volumes', loaders, Promise.resolve());
});

const job = { kind: 'job', id: 'j1', name: 'resnet', phase: 'running', access: 'write', path: '/volumes/scratch' };
const volume = {
  id: 'v1',
  tenant_id: 't1',
  project_id: 'p1',
  name: 'scratch-space',
  cluster: 'here',
  cluster_kind: 'local',
  size_bytes: 2 ** 30,
  access_mode: 'ReadWriteOnce',
  storage_class: '',
  reclaim_policy: 'Delete',
  phase: 'bound',
  why: '',
  said: [],
  capacity_bytes: 2 ** 30,
  size_enforced: false,
  used_bytes: 2 ** 29,
  files: 3,
  measured_at: '2026-11-26T10:00:00Z',
  expandable: true,
  claim: 'scratch-space-0123456789',
  mounted_by: [job],
  created_by: { id: 'u1', name: 'Ann' },
  created_at: '2026-11-26T10:00:00Z',
  version: 1,
  generation: 1,
  observed_generation: 1,
};

/** The page of a volume, as somebody with these permissions on the project. */
function open(can: string[], fields: object = {}) {
  server.use(network.get('*/api/v1/projects/p1/volumes/v1/', () => HttpResponse.json({ ...volume, ...fields })));
  const projects = [{ id: 'p1', slug: 'vision', name: 'Vision', can }];
  const session = {
    user: { id: 'u1', name: 'Ann', language: 'en', time_zone: 'UTC' },
    can: [],
    tenants: [{ id: 't1', slug: 'aurora', name: 'Aurora', phase: 'active', can: [], projects }],
  };
  return renderPage(<VolumePage />, {
    address: '/t/aurora/p/vision/volumes/v1',
    path: '/t/$tenant/p/$project/volumes/$volume',
    known: (queries) => queries.setQueryData(sessionQuery.queryKey, session as never),
  });
}

const entry = (name: string, kind = 'file') => ({ name, kind, size_bytes: 7, modified_at: '2026-11-26T10:00:00Z' });

/** What is in its folders. */
function holds(folders: Record<string, object[]>) {
  server.use(
    network.get('*/api/v1/projects/p1/volumes/v1/files/', ({ request }) => {
      const folder = new URL(request.url).searchParams.get('folder') ?? '';
      return HttpResponse.json({ entries: folders[folder] ?? [], next: '' });
    }),
  );
}

describe('VolumePage', () => {
  beforeEach(() => holds({}));

  it('says how full it is, what mounts it, and offers nothing to whoever may only look', async () => {
    await open(['volumes.view']);

    expect(await screen.findByText('512 MiB of 1 GiB')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'resnet' })).toBeInTheDocument();
    expect(screen.getByText('$HANSE_VOLUME_SCRATCH_SPACE says where it is.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Delete volume' })).toBeNull();
  });

  it('names what keeps it from being deleted', async () => {
    await open(['volumes.view', 'volumes.manage']);

    await userEvent.click(await screen.findByRole('button', { name: 'Delete volume' }));

    expect(await screen.findByText(/once these are over: resnet/)).toBeInTheDocument();
  });

  it('is deleted once that is said to go with its files', async () => {
    const deleted: string[] = [];
    server.use(
      network.delete('*/api/v1/projects/p1/volumes/v1/', ({ request }) => {
        deleted.push(request.headers.get('If-Match') ?? '');
        return HttpResponse.json({ ...volume, phase: 'deleting' }, { status: 202 });
      }),
    );
    await open(['volumes.view', 'volumes.manage'], { mounted_by: [] });

    await userEvent.click(await screen.findByRole('button', { name: 'Delete volume' }));
    expect(await screen.findByText(/Its files go with it/)).toBeInTheDocument();
    const [, confirm] = screen.getAllByRole('button', { name: 'Delete volume' });
    await userEvent.click(confirm as HTMLElement);

    await waitFor(() => expect(deleted).toEqual(['"1"']));
  });

  it('says that nobody measures a volume of a cluster, and no bar', async () => {
    await open(['volumes.view'], { cluster_kind: 'kubernetes', used_bytes: null, files: null, measured_at: null });

    expect(await screen.findByText('unknown, of 1 GiB')).toBeInTheDocument();
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('opens a folder, and downloads what is in it from an address of its own', async () => {
    holds({ '': [entry('runs', 'folder'), entry('away', 'link')], runs: [entry('model.pt')] });
    await open(['volumes.view']);

    expect(await screen.findByText('a link, not followed')).toBeInTheDocument();
    await userEvent.click(await screen.findByRole('button', { name: 'runs' }));

    const download = await screen.findByRole('link', { name: 'Download model.pt' });
    expect(download).toHaveAttribute('href', '/api/v1/projects/p1/volumes/v1/content/?path=runs%2Fmodel.pt');
    expect(screen.queryByRole('button', { name: 'Upload files' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Delete model.pt' })).toBeNull();
  });

  it('asks before an uploaded file takes the place of another', async () => {
    holds({ '': [entry('model.pt')] });
    const came: string[] = [];
    server.use(
      network.put('*/api/v1/projects/p1/volumes/v1/content/', async ({ request }) => {
        const asked = new URL(request.url).searchParams;
        if (asked.get('path') === 'model.pt' && asked.get('replace') !== 'true') {
          return HttpResponse.json({ type: '/problems/name-taken', title: 'Taken', status: 409 }, { status: 409 });
        }
        came.push(`${asked.get('path')}: ${await request.text()}`);
        return HttpResponse.json(entry(String(asked.get('path'))), { status: 201 });
      }),
    );
    await open(['volumes.view', 'volumes.write']);

    const files = [new File(['new'], 'model.pt'), new File(['other'], 'notes.txt')];
    await userEvent.upload(await screen.findByLabelText('Upload files', { selector: 'input' }), files);
    await userEvent.click(await screen.findByRole('button', { name: 'Replace' }));

    await waitFor(() => expect(came).toEqual(['model.pt: new', 'notes.txt: other']));
  });

  it('says of a volume in a cluster that only jobs reach its files', async () => {
    await open(['volumes.view', 'volumes.write'], { cluster_kind: 'kubernetes' });

    expect(await screen.findByText('Only jobs reach these files')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Upload files' })).toBeNull();
  });
});
