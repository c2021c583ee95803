import { http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { EmptyState } from '@shared/components/EmptyState';
import { ErrorPage } from '@shared/components/ErrorPage';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { Bytes, Duration, RelativeTime } from '@shared/components/values';
import { formatNumber, formatPercent } from '@shared/lib/units';
import { useLivePage } from '@shared/live/useStream';
import { useView } from '@shared/routing/view';
import { may, usePlace } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Button, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MoveRecord, type Place, placesQuery, type RecordsView, recordsQuery } from '../api';
import { EstimatePanel } from '../components/EstimatePanel';
import { ImportRecords } from '../components/ImportRecords';

const LEAST = 20;
const PLATFORM = { tenant: 'platform', kinds: ['move-place'] } as const;

/** What is known of live migrations: how long one would take, how well that holds, and the records it comes from. */
export function MovesPage() {
  const { t } = useTranslation('moves');
  const { t: shared } = useTranslation();
  const place = usePlace();
  const places = useQuery(placesQuery);
  useLivePage<Place>(placesQuery.queryKey, PLATFORM);
  const [importing, setImporting] = useState(false);
  if (places.error && !places.data) return <ErrorPage error={places.error} retry={() => void places.refetch()} />;
  if (!places.data) return <PageLoading />;
  const known = places.data.results;
  const mayManage = may(place, 'moves.manage', 'platform');
  const add = mayManage ? (
    <Button type="primary" onClick={() => setImporting(true)}>
      {t('moves.import')}
    </Button>
  ) : null;
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.moves')}
        facts={t('moves.lead')}
        actions={known.length > 0 ? add : null}
        api={{ method: 'GET', path: '/move-records/' }}
      />
      {known.length > 0 ? (
        <>
          <EstimatePanel places={known} />
          <Places places={known} />
          <Records places={known} mayManage={mayManage} />
        </>
      ) : (
        <EmptyState title={t('moves.empty')} action={add}>
          {t('moves.emptyText')}
        </EmptyState>
      )}
      <ImportRecords open={importing} place={known[0]?.slug ?? ''} onClose={() => setImporting(false)} />
    </div>
  );
}

function Places({ places }: { places: readonly Place[] }) {
  const { t, i18n } = useTranslation('moves');
  const percent = (value: number) => formatPercent(value, i18n.language);
  return (
    <section aria-label={t('moves.places')} style={{ marginBottom: 24 }}>
      <h2>{t('moves.places')}</h2>
      <Table<Place>
        rowKey="id"
        size="small"
        pagination={false}
        dataSource={[...places]}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('moves.place'), render: (_, { slug }) => <strong>{slug}</strong> },
          {
            title: t('moves.learned'),
            render: (_, { moves }) =>
              moves ? t('moves.learnedOf', { count: moves }) : t('moves.physics', { least: LEAST }),
          },
          {
            title: t('moves.error'),
            render: (_, { error, error_beyond: beyond }) => {
              if (error === null) return <span className="muted">—</span>;
              return beyond === null
                ? t('moves.errorOne', { error: percent(error) })
                : t('moves.errorOf', { error: percent(error), beyond: percent(beyond) });
            },
          },
          {
            title: t('moves.downtimes'),
            render: (_, { downtimes }) =>
              downtimes ? (
                t('moves.downtimesOf', { count: downtimes })
              ) : (
                <Tag color="warning">{t('moves.downtimesNone')}</Tag>
              ),
          },
        ]}
      />
    </section>
  );
}

function Records({ places, mayManage }: { places: readonly Place[]; mayManage: boolean }) {
  const { t, i18n } = useTranslation('moves');
  const [view, setView] = useView<RecordsView>();
  const query = useQuery(recordsQuery(view));
  const forget = useAct<MoveRecord>({
    act: (record) => http.delete(`/move-records/${record.id}/`),
    done: t('moves.forgotten'),
    changes: [['moves']],
  });
  const columns: Column<MoveRecord>[] = [
    {
      key: 'key',
      title: t('moves.records'),
      always: true,
      render: (record) => (
        <>
          <span className="mono">{record.key}</span> <span className="muted">{record.machine}</span>{' '}
          {record.simulated ? <Tag color="warning">{t('moves.madeUp')}</Tag> : null}
        </>
      ),
    },
    { key: 'place', title: t('moves.place'), render: (record) => record.place },
    {
      key: 'memory',
      title: t('moves.memory'),
      numeric: true,
      render: (record) => <Bytes value={record.memory_bytes} />,
    },
    {
      key: 'duration',
      title: t('moves.duration'),
      numeric: true,
      render: (record) => <Duration seconds={record.duration_seconds} />,
    },
    {
      key: 'downtime',
      title: t('moves.downtimes'),
      numeric: true,
      render: ({ downtime_seconds: stood }) =>
        stood === null ? (
          <span className="muted">—</span>
        ) : (
          t('estimate.seconds', { value: formatNumber(stood, i18n.language) })
        ),
    },
    {
      key: 'hosts',
      title: t('moves.hosts'),
      render: ({ from_host: from, to_host: to }) => (from || to ? `${from || '?'} → ${to || '?'}` : '—'),
    },
    { key: 'started', title: t('moves.started'), render: (record) => <RelativeTime at={record.started_at} /> },
    ...(mayManage
      ? [
          {
            key: 'acts',
            title: '',
            always: true,
            render: (record: MoveRecord) => (
              <Button size="small" type="text" danger onClick={() => forget.mutate(record)}>
                {t('moves.forget')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <section aria-label={t('moves.records')}>
      <h2>{t('moves.records')}</h2>
      <ResourceTable
        name="move-records"
        label={t('moves.records')}
        query={query}
        columns={columns}
        filtered={Boolean(view.place)}
        filters={
          <Select
            allowClear
            aria-label={t('moves.place')}
            placeholder={t('moves.place')}
            style={{ minWidth: 180 }}
            value={view.place}
            onChange={(place) => setView({ place })}
            options={places.map(({ slug }) => ({ value: slug, label: slug }))}
          />
        }
        empty={<p className="muted">{t('moves.empty')}</p>}
      />
    </section>
  );
}
