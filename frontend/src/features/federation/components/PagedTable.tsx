import { ErrorPanel } from '@shared/components/ErrorPanel';
import type { Kind } from '@shared/live/protocol';
import type { SessionTenant } from '@shared/session/session';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Flex, Table, type TableColumnType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PagedQuery } from '../paged';
import { useReread } from './useReread';

interface Props<Row> {
  tenant: SessionTenant;
  kind: Kind;
  pages: PagedQuery<Row>;
  /** What changes with any of them. */
  changes: readonly string[];
  /** What the table lists, for those who do not see it. */
  label: string;
  /** When there is nothing. */
  none: string;
  columns: TableColumnType<Row>[];
}

/** A list page after page, as it is now. */
export function PagedTable<Row extends { id: string }>(props: Props<Row>) {
  const { t } = useTranslation('federation');
  const query = useInfiniteQuery(props.pages);
  const rows = query.data?.pages.flatMap(({ results }) => results) ?? [];
  useReread(props.tenant, props.kind, props.changes);
  if (query.error) return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  if (query.data && rows.length === 0) return <p className="muted">{props.none}</p>;
  return (
    <section aria-label={props.label}>
      <Table<Row>
        rowKey="id"
        size="small"
        loading={query.isPending}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={rows}
        columns={props.columns}
      />
      {query.hasNextPage && (
        <Flex justify="center">
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('more')}
          </Button>
        </Flex>
      )}
    </section>
  );
}
