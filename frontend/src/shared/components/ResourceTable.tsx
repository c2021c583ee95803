/**
 * A list as the server keeps it: paged by cursor, ordered and filtered there, the view in the address bar. Rows keep
 * their places while they change; new ones are offered, not pushed in.
 */
import type { Page } from '@shared/api/http';
import { prefer, usePreferences } from '@shared/preferences';
import type { ListSearch } from '@shared/routing/search';
import { PAGE_SIZES, useView } from '@shared/routing/view';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Flex, Select, Skeleton, Table, type TableColumnType } from 'antd';
import type { Key, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ColumnChooser, useShownColumns } from './ColumnChooser';
import { ErrorPanel } from './ErrorPanel';

export interface Column<Row> {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  /** Name of an order that the server offers; makes the header a button. */
  order?: string;
  width?: number | string;
  numeric?: boolean;
  /** Cannot be hidden, such as the name. */
  always?: boolean;
  /** Hidden until chosen. */
  optional?: boolean;
  /** Stays at the end of the row while the others scroll. */
  pinned?: boolean;
}

export interface Selection {
  ids: readonly string[];
  onChange: (ids: string[]) => void;
  /** Accessible name of a row's checkbox. */
  label: (id: string) => string;
}

interface Props<Row extends { id: string }> {
  /** Remembers the chosen columns. */
  name: string;
  /** What the table lists, for those who do not see it. */
  label: string;
  query: Pick<
    UseQueryResult<Page<Row>>,
    'data' | 'error' | 'isPending' | 'isFetching' | 'isPlaceholderData' | 'refetch'
  >;
  columns: readonly Column<Row>[];
  defaultOrder?: string;
  /** Search field and filters, left above the table. */
  filters?: ReactNode;
  /** Shown instead of the filters while rows are selected. */
  bulk?: (ids: readonly string[]) => ReactNode;
  selection?: Selection;
  /** When there is nothing at all. */
  empty: ReactNode;
  /** Whether filters narrow the list: then nothing means "nothing matches". */
  filtered?: boolean;
  onClearFilters?: () => void;
  /** Changes that wait to be shown (see useLivePage). */
  changes?: number;
  onRefresh?: () => void;
  rowProps?: (row: Row) => { className?: string; onClick?: () => void };
  expand?: (row: Row) => ReactNode;
}

export function ResourceTable<Row extends { id: string }>(props: Props<Row>) {
  const { t } = useTranslation();
  const { density } = usePreferences();
  const [view, setView] = useView<ListSearch>();
  const [shown, setShown] = useShownColumns(props.name, props.columns);
  const { data, error, isPending, isFetching, refetch } = props.query;
  const order = view.order ?? props.defaultOrder ?? '';
  const rows = data?.results ?? [];
  const selected = props.selection?.ids ?? [];

  if (error && !data) return <ErrorPanel error={error} retry={() => void refetch()} />;
  if (isPending)
    return (
      <div role="status" aria-label={t('loading')}>
        <Skeleton active title={false} paragraph={{ rows: 8, width: '100%' }} />
      </div>
    );
  const nothing = rows.length === 0 && !view.cursor;
  if (nothing && !props.filtered && !props.changes) return <>{props.empty}</>;

  const columns = props.columns
    .filter((column) => shown.includes(column.key))
    .map((column): TableColumnType<Row> => {
      const sorted = order.replace('-', '') === column.order && column.order;
      return {
        key: column.key,
        title: column.title,
        ...(column.width === undefined ? {} : { width: column.width }),
        align: column.numeric ? 'end' : 'start',
        ...(column.pinned ? { fixed: 'end' } : {}),
        render: (_, row) => column.render(row),
        ...(column.order
          ? {
              sorter: true,
              sortOrder: sorted ? (order.startsWith('-') ? 'descend' : 'ascend') : null,
              showSorterTooltip: false,
            }
          : {}),
      };
    });

  return (
    <section aria-label={props.label} aria-busy={isFetching}>
      <Flex justify="space-between" align="center" gap={8} wrap className="table-bar">
        {selected.length > 0 && props.bulk ? (
          <Flex gap={8} align="center" wrap role="toolbar" aria-label={t('table.bulk')}>
            <strong>{t('table.selected', { count: selected.length })}</strong>
            {props.bulk(selected)}
            <Button type="text" onClick={() => props.selection?.onChange([])}>
              {t('table.deselect')}
            </Button>
          </Flex>
        ) : (
          <Flex gap={8} align="center" wrap>
            {props.filters}
            {props.filtered && props.onClearFilters ? (
              <Button type="text" onClick={props.onClearFilters}>
                {t('table.clear')}
              </Button>
            ) : null}
          </Flex>
        )}
        <Flex gap={8} align="center" style={{ marginInlineStart: 'auto' }}>
          {props.changes ? (
            <Button size="small" onClick={props.onRefresh}>
              {t('table.changes', { count: props.changes })}
            </Button>
          ) : null}
          <ColumnChooser columns={props.columns} shown={shown} onChange={setShown} />
          <Select
            size="small"
            variant="borderless"
            aria-label={t('table.density')}
            value={density}
            onChange={(chosen) => prefer({ density: chosen })}
            options={[
              { value: 'compact', label: t('table.compact') },
              { value: 'comfortable', label: t('table.comfortable') },
            ]}
          />
        </Flex>
      </Flex>
      {error ? <ErrorPanel brief error={error} retry={() => void refetch()} /> : null}
      {nothing ? (
        <p className="muted table-nothing">{t('table.nothingMatches')}</p>
      ) : (
        <Table<Row>
          rowKey="id"
          size={density === 'compact' ? 'small' : 'medium'}
          columns={columns}
          dataSource={rows}
          pagination={false}
          scroll={{ x: 'max-content' }}
          className={props.query.isPlaceholderData ? 'table-old' : ''}
          onRow={(row) => props.rowProps?.(row) ?? {}}
          onChange={(_page, _filters, sorter, extra) => {
            if (extra.action !== 'sort' || Array.isArray(sorter)) return;
            const name = props.columns.find((column) => column.key === sorter.columnKey)?.order;
            const sign = sorter.order === 'descend' ? '-' : '';
            setView({ order: name && sorter.order ? sign + name : undefined });
          }}
          {...(props.expand ? { expandable: { expandedRowRender: props.expand } } : {})}
          {...(props.selection ? { rowSelection: rowSelection(props.selection, t('table.selectAll')) } : {})}
        />
      )}
      {data ? <Pager page={data} view={view} onView={setView} busy={isFetching} /> : null}
    </section>
  );
}

const rowSelection = (selection: Selection, all: string) => ({
  selectedRowKeys: [...selection.ids],
  onChange: (keys: Key[]) => selection.onChange(keys.map(String)),
  getCheckboxProps: (row: { id: string }) => ({ 'aria-label': selection.label(row.id) }),
  getTitleCheckboxProps: () => ({ 'aria-label': all }),
  preserveSelectedRowKeys: true,
});

interface PagerProps {
  page: Page<unknown>;
  view: ListSearch;
  onView: (change: Partial<ListSearch>) => void;
  busy: boolean;
}

function Pager({ page, view, onView, busy }: PagerProps) {
  const { t, i18n } = useTranslation();
  const count = page.count.toLocaleString(i18n.language);
  const limit = view.limit ?? 50;
  if (!page.next && !page.previous && page.results.length < PAGE_SIZES[0])
    return <p className="muted table-foot">{t('table.count', { count: page.count, text: count })}</p>;
  const sizes = PAGE_SIZES.some((size) => size === limit) ? [...PAGE_SIZES] : [limit, ...PAGE_SIZES];
  return (
    <Flex
      component="nav"
      aria-label={t('table.pages')}
      gap={8}
      align="center"
      justify="space-between"
      wrap
      className="table-foot"
    >
      <span className="muted tabular">
        {page.count_is_exact
          ? t('table.count', { count: page.count, text: count })
          : t('table.countAtLeast', { text: count })}
      </span>
      <Flex gap={8} align="center">
        <Select
          size="small"
          aria-label={t('table.perPage')}
          value={limit}
          onChange={(size: number) => onView({ limit: size === 50 ? undefined : size })}
          options={sizes.map((size) => ({ value: size, label: t('table.rows', { size }) }))}
        />
        <Button
          size="small"
          disabled={!page.previous || busy}
          onClick={() => onView({ cursor: page.previous ?? undefined })}
        >
          {t('table.previous')}
        </Button>
        <Button size="small" disabled={!page.next || busy} onClick={() => onView({ cursor: page.next ?? undefined })}>
          {t('table.next')}
        </Button>
      </Flex>
    </Flex>
  );
}
