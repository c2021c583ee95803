import type { Page } from '@shared/api/http';
import { Problem } from '@shared/api/problem';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderPage } from '../../test/render';
import { type Column, ResourceTable } from './ResourceTable';

interface Ship {
  id: string;
  name: string;
}

const columns: Column<Ship>[] = [
  { key: 'name', title: 'Name', order: 'name', always: true, render: (ship) => ship.name },
  { key: 'port', title: 'Port', render: () => 'Lübeck' },
];

const page = (names: string[], more: Partial<Page<Ship>> = {}): Page<Ship> => ({
  results: names.map((name) => ({ id: name, name })),
  next: null,
  previous: null,
  count: names.length,
  count_is_exact: true,
  ...more,
});

const state = (data: Page<Ship> | undefined, error: Error | null = null) => ({
  data,
  error,
  isPending: !data && !error,
  isFetching: false,
  isPlaceholderData: false,
  refetch: vi.fn(),
});

const table = (query: object, more: object = {}) => (
  <ResourceTable<Ship>
    name="ships"
    label="Ships"
    query={query as never}
    columns={columns}
    defaultOrder="-name"
    empty={<p>No ship yet</p>}
    {...more}
  />
);

describe('ResourceTable', () => {
  it('waits', async () => {
    await renderPage(table(state(undefined)));

    expect(await screen.findByRole('status', { name: 'Loading' })).toBeInTheDocument();
  });

  it('teaches when there is nothing', async () => {
    await renderPage(table(state(page([]))));

    expect(await screen.findByText('No ship yet')).toBeInTheDocument();
  });

  it('says that nothing matches when filters narrow it, and lets them be cleared', async () => {
    const onClearFilters = vi.fn();
    await renderPage(table(state(page([])), { filtered: true, onClearFilters }));

    expect(await screen.findByText('Nothing matches these filters.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(onClearFilters).toHaveBeenCalledOnce();
  });

  it('shows what went wrong with its request id, and tries again', async () => {
    const broken = new Problem(
      { type: '/problems/internal-error', title: 'No', status: 500, request_id: 'r-7' },
      'GET /ships/',
    );
    const query = state(undefined, broken);
    await renderPage(table(query));

    expect(await screen.findByRole('alert')).toHaveTextContent('Something went wrong on our side');
    expect(screen.getByText('r-7')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(query.refetch).toHaveBeenCalledOnce();
  });

  it('says who can help where a role does not allow it, and offers no second try', async () => {
    const refused = new Problem({ type: '/problems/permission-denied', title: 'No', status: 403 }, 'GET /ships/');
    await renderPage(table(state(undefined, refused)));

    expect(await screen.findByRole('alert')).toHaveTextContent('Your role does not allow this');
    expect(screen.getByRole('alert')).toHaveTextContent('An owner or admin of the tenant can change your role.');
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('keeps order and page in the address bar, and goes back to the first page when the order changes', async () => {
    const { router } = await renderPage(table(state(page(['Cog', 'Hulk'], { next: 'c2', previous: 'c0' }))), {
      address: '/?cursor=c1&q=x',
    });

    await userEvent.click(await screen.findByRole('button', { name: 'Next' }));
    await waitFor(() => expect(router.state.location.search).toEqual({ cursor: 'c2', q: 'x' }));

    await userEvent.click(screen.getByRole('columnheader', { name: /Name/ }));
    await waitFor(() => expect(router.state.location.search).toMatchObject({ q: 'x' }));
    expect(router.state.location.search).not.toHaveProperty('cursor');
  });

  it('counts honestly', async () => {
    const many = page(['Cog'], { count: 1000, count_is_exact: false, next: 'c2' });
    await renderPage(table(state(many)));

    expect(await screen.findByText('1,000+ rows')).toBeInTheDocument();
  });

  it('offers changes instead of pushing them in', async () => {
    const onRefresh = vi.fn();
    await renderPage(table(state(page(['Cog'])), { changes: 3, onRefresh }));

    await userEvent.click(await screen.findByRole('button', { name: 'Show 3 new' }));
    expect(onRefresh).toHaveBeenCalledOnce();
  });

  it('selects rows by name and acts on them', async () => {
    const onChange = vi.fn();
    await renderPage(
      table(state(page(['Cog', 'Hulk'])), {
        selection: { ids: ['Cog'], onChange, label: (id: string) => `Select ${id}` },
        bulk: (ids: string[]) => <button type="button">Sink {ids.length}</button>,
      }),
    );

    expect(await screen.findByRole('toolbar')).toHaveTextContent('1 selected');
    expect(screen.getByRole('button', { name: 'Sink 1' })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select Hulk' }));
    expect(onChange).toHaveBeenCalledWith(['Cog', 'Hulk']);
  });
});
