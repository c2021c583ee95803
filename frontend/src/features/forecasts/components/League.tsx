import { ErrorPanel } from '@shared/components/ErrorPanel';
import { Bytes, Duration, ExactTime, RelativeTime } from '@shared/components/values';
import { formatNumber, formatPercent } from '@shared/lib/units';
import { useQuery } from '@tanstack/react-query';
import { Skeleton, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  type Learned,
  modelsQuery,
  type Release,
  releasesQuery,
  type SegmentName,
  type Trial,
  trialsQuery,
} from '../api';
import { Scrolled } from './Scrolled';

/** Engines as they did on the same days of a segment, the best first. */
export function League({ segment }: { segment: SegmentName }) {
  const { t, i18n } = useTranslation('forecasts');
  const trials = useQuery(trialsQuery(segment));
  if (trials.error && !trials.data) return <ErrorPanel error={trials.error} retry={() => void trials.refetch()} />;
  if (!trials.data) return <Skeleton active />;
  const rows = [...trials.data.results].sort((one, other) => one.wql - other.wql);
  const number = (value: number) => formatNumber(value, i18n.language);
  const share = (value: number | null) => (value === null ? '—' : formatPercent(value, i18n.language));
  const first = rows[0];
  return (
    <>
      {first ? (
        <p className="muted">
          {t('models.tried', { targets: first.targets, origins: first.origins, gap: first.gap_hours })}{' '}
          <RelativeTime at={first.tried_at} />
        </p>
      ) : null}
      <Scrolled label={t('models.league')}>
        <Table<Trial>
          rowKey="id"
          size="small"
          pagination={false}
          dataSource={rows}
          locale={{ emptyText: t('models.notTried') }}
          columns={[
            { title: t('engine'), render: (_, row) => row.engine },
            { title: t('models.wql'), align: 'right', render: (_, row) => number(row.wql) },
            {
              title: t('target.error'),
              align: 'right',
              render: (_, row) => t('target.points', { value: number(row.mae) }),
            },
            {
              title: t('target.bias'),
              align: 'right',
              render: (_, row) => t('target.points', { value: number(row.bias) }),
            },
            { title: t('target.coverage'), align: 'right', render: (_, row) => share(row.coverage) },
            { title: t('models.gain'), align: 'right', render: (_, row) => share(row.window_gain) },
            { title: t('models.beatsSeasonal'), align: 'right', render: (_, row) => share(row.beats_seasonal) },
            { title: t('models.beatsChampion'), align: 'right', render: (_, row) => share(row.beats_champion) },
            { title: t('models.each'), align: 'right', render: (_, row) => `${number(row.milliseconds_each)} ms` },
            {
              title: t('models.training'),
              align: 'right',
              render: (_, row) => <Duration seconds={row.train_seconds} />,
            },
          ]}
        />
      </Scrolled>
    </>
  );
}

/** Who moved to which stage, when and why. */
export function Releases() {
  const { t } = useTranslation('forecasts');
  const releases = useQuery(releasesQuery);
  if (releases.error && !releases.data)
    return <ErrorPanel error={releases.error} retry={() => void releases.refetch()} />;
  if (!releases.data) return <Skeleton active />;
  return (
    <Scrolled label={t('models.releases')}>
      <Table<Release>
        rowKey="id"
        size="small"
        pagination={false}
        dataSource={releases.data.results}
        locale={{ emptyText: t('models.notMoved') }}
        columns={[
          { title: t('models.since'), render: (_, row) => <ExactTime at={row.since} /> },
          { title: t('models.segment'), render: (_, row) => t(`segments.${row.segment}`) },
          { title: t('engine'), render: (_, row) => row.engine },
          { title: t('models.stage'), render: (_, row) => t(`models.stages.${row.stage}`) },
          { title: t('models.why'), render: (_, row) => t(`models.reasons.${row.reason}`) },
          {
            title: t('models.until'),
            render: (_, row) => (row.until ? <ExactTime at={row.until} /> : t('models.now')),
          },
        ]}
      />
    </Scrolled>
  );
}

/** What engines learned of the fleet. */
export function LearnedModels() {
  const { t } = useTranslation('forecasts');
  const models = useQuery(modelsQuery);
  if (models.error && !models.data) return <ErrorPanel error={models.error} retry={() => void models.refetch()} />;
  if (!models.data) return <Skeleton active />;
  return (
    <Scrolled label={t('models.learned')}>
      <Table<Learned>
        rowKey="id"
        size="small"
        pagination={false}
        dataSource={models.data.results}
        locale={{ emptyText: t('models.noneLearned') }}
        columns={[
          { title: t('engine'), render: (_, row) => row.engine },
          { title: t('horizon'), render: (_, row) => t('hours', { count: row.horizon_hours }) },
          {
            title: t('models.learnedFrom'),
            render: (_, row) => (row.learned_from ? <ExactTime at={row.learned_from} /> : '—'),
          },
          { title: t('models.learnedUntil'), render: (_, row) => <ExactTime at={row.learned_until} /> },
          { title: t('targets'), align: 'right', render: (_, row) => row.targets },
          { title: t('device'), render: (_, row) => row.device },
          { title: t('took'), align: 'right', render: (_, row) => <Duration seconds={row.seconds} /> },
          { title: t('models.size'), align: 'right', render: (_, row) => <Bytes value={row.size_bytes} /> },
          {
            title: 'SHA-256',
            render: (_, row) => (row.sha256 ? <code title={row.sha256}>{row.sha256.slice(0, 12)}</code> : '—'),
          },
        ]}
      />
    </Scrolled>
  );
}
