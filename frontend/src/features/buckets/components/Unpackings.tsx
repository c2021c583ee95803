import type { Page } from '@shared/api/http';
import { StatusTag } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { formatBytes, formatNumber } from '@shared/lib/units';
import { useStream } from '@shared/live/useStream';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Modal, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Bucket, filesKey, type Unpacking, unpackingsQuery } from '../api';

/** Archives of the bucket that were unpacked: how far each is, and what of it was refused. */
export function Unpackings({ bucket, onOpen }: { bucket: Bucket; onOpen: (folder: string) => void }) {
  const { t, i18n } = useTranslation('buckets');
  const cache = useQueryClient();
  const options = unpackingsQuery(bucket.project_id, bucket.id);
  const { data } = useQuery(options);
  const [read, setRead] = useState<Unpacking>();
  useStream(
    { tenant: bucket.tenant_id, project: bucket.project_id, kinds: ['unpacking'] },
    {
      onEvent: ({ object_id, object }) => {
        const told = object as Unpacking | null;
        if (told?.bucket_id !== bucket.id) return;
        cache.setQueryData<Page<Unpacking>>(options.queryKey, (page) => page && withTold(page, object_id, told));
        if (told.ended_at) void cache.invalidateQueries({ queryKey: filesKey(bucket.project_id, bucket.id) });
      },
      onLost: () => void cache.invalidateQueries({ queryKey: options.queryKey }),
    },
  );
  if (!data?.results.length) return null;
  const number = (value: number) => formatNumber(value, i18n.language);
  return (
    <section aria-label={t('unpackings')}>
      <h2>{t('unpackings')}</h2>
      <Table<Unpacking>
        size="small"
        rowKey="id"
        dataSource={data.results}
        pagination={false}
        columns={[
          { key: 'phase', title: t('state'), render: (_, row) => <StatusTag status={row.phase} /> },
          { key: 'key', title: t('archive'), dataIndex: 'key' },
          {
            key: 'folder',
            title: t('into'),
            render: (_, { folder }) => (
              <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onOpen(folder)}>
                {folder || bucket.name}
              </Button>
            ),
          },
          {
            key: 'files',
            title: t('files'),
            align: 'right',
            className: 'tabular',
            render: (_, row) => `${number(row.files)} · ${formatBytes(row.unpacked_bytes, i18n.language)}`,
          },
          {
            key: 'refused',
            title: t('refused'),
            render: (_, row) =>
              row.why ||
              (row.refused > 0 && (
                <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setRead(row)}>
                  {t('refusedCount', { count: row.refused, number: number(row.refused) })}
                </Button>
              )),
          },
          { key: 'at', title: t('asked'), render: (_, { created_at }) => <RelativeTime at={created_at} /> },
        ]}
      />
      <Modal
        open={read !== undefined}
        title={t('refusedOf', { name: read?.key })}
        footer={null}
        width={720}
        onCancel={() => setRead(undefined)}
      >
        <p>{t('refusedText')}</p>
        <Table
          size="small"
          rowKey="name"
          dataSource={read?.refusals ?? []}
          pagination={false}
          columns={[
            { key: 'name', title: t('name'), dataIndex: 'name' },
            { key: 'why', title: t('why'), dataIndex: 'why' },
          ]}
        />
      </Modal>
    </section>
  );
}

function withTold(page: Page<Unpacking>, id: string, told: Unpacking): Page<Unpacking> {
  const known = page.results.find((row) => row.id === id);
  if (!known) return { ...page, results: [told, ...page.results] };
  if (known.version >= told.version) return page;
  return { ...page, results: page.results.map((row) => (row.id === id ? told : row)) };
}
