import { DownloadOutlined } from '@ant-design/icons';
import { address } from '@shared/api/http';
import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { formatNumber } from '@shared/lib/units';
import { useView } from '@shared/routing/view';
import type { SessionTenant } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Flex, Table } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type UsageRow, usageQuery } from '../api';

const DAYS = 30;

/** Unit-hours from the ledger: exact, and enough to settle accounts. */
export function UsageTable({ tenant }: { tenant: SessionTenant }) {
  const { t, i18n } = useTranslation('quotas');
  const [view, setView] = useView<{ since?: string; until?: string }>();
  const [opened] = useState(() => dayjs());
  const since = view.since ?? opened.subtract(DAYS, 'day').toISOString();
  const until = view.until ?? opened.toISOString();
  const query = useQuery(usageQuery(tenant.id, { since, until }));
  const csv = address(`/tenants/${tenant.id}/usage/`, { since, until, format: 'csv' });
  return (
    <>
      <Flex gap={8} wrap className="table-bar">
        <DatePicker.RangePicker
          aria-label={t('usage.range')}
          allowClear={false}
          value={[dayjs(since), dayjs(until)]}
          onChange={(range) =>
            setView({
              since: range?.[0]?.startOf('day').toISOString(),
              until: range?.[1]?.endOf('day').toISOString(),
            })
          }
        />
        <Button icon={<DownloadOutlined />} href={csv} download={`usage-${tenant.slug}.csv`}>
          {t('usage.csv')}
        </Button>
      </Flex>
      {query.error ? <ErrorPanel error={query.error} retry={() => void query.refetch()} /> : null}
      {query.data?.rows.length === 0 ? (
        <EmptyState title={t('usage.empty')}>{t('usage.emptyText')}</EmptyState>
      ) : (
        <Table<UsageRow>
          size="small"
          loading={query.isPending}
          rowKey={(row) => [row.cluster.id, row.project.id, row.user.id, row.flavor, row.resource].join()}
          dataSource={query.data?.rows ?? []}
          pagination={{ pageSize: 50, hideOnSinglePage: true }}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: t('usage.project'), render: (_, row) => row.project.slug || t('usage.gone') },
            { title: t('usage.user'), render: (_, row) => row.user.name },
            { title: t('usage.cluster'), render: (_, row) => row.cluster.slug },
            { title: t('usage.flavor'), render: (_, row) => <code className="mono">{row.flavor}</code> },
            {
              title: t('usage.hours'),
              align: 'end',
              defaultSortOrder: 'descend',
              sorter: (a, b) => a.hours - b.hours,
              render: (_, row) => (
                <span className="tabular">
                  {formatNumber(row.hours, i18n.language)} <span className="muted">{row.unit}</span>
                </span>
              ),
            },
          ]}
        />
      )}
    </>
  );
}
