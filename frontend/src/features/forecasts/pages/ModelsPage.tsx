import { ErrorPage } from '@shared/components/ErrorPage';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { RelativeTime } from '@shared/components/values';
import { formatNumber, formatPercent } from '@shared/lib/units';
import { may, usePlace } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Segment, type SegmentName, segmentsQuery } from '../api';
import { Choose } from '../components/Choose';
import { League, LearnedModels, Releases } from '../components/League';
import { Scrolled } from '../components/Scrolled';

/** Which engine forecasts what, how well that goes, and why it is that one. */
export function ModelsPage() {
  const { t } = useTranslation('forecasts');
  const { t: shared } = useTranslation();
  const segments = useQuery(segmentsQuery);
  const [shown, setShown] = useState<SegmentName>('vm-light');
  if (segments.error && !segments.data)
    return <ErrorPage error={segments.error} retry={() => void segments.refetch()} />;
  if (!segments.data) return <PageLoading />;
  return (
    <div className="page">
      <PageHeader
        title={t('models.title')}
        trail={[
          <Link key="fleet" to="/platform/fleet">
            {shared('pages.fleet')}
          </Link>,
        ]}
        facts={t('models.lead')}
        api={{ method: 'GET', path: '/fleet/forecast-segments/' }}
      />
      <Segments segments={segments.data} />
      <section>
        <h2>{t('models.league')}</h2>
        <Select<SegmentName>
          aria-label={t('models.segment')}
          value={shown}
          onChange={setShown}
          style={{ minWidth: 240, marginBottom: 8 }}
          options={segments.data.map(({ segment }) => ({ value: segment, label: t(`segments.${segment}`) }))}
        />
        <League segment={shown} />
      </section>
      <section>
        <h2>{t('models.releases')}</h2>
        <Releases />
      </section>
      <section>
        <h2>{t('models.learned')}</h2>
        <LearnedModels />
      </section>
    </div>
  );
}

function Segments({ segments }: { segments: readonly Segment[] }) {
  const { t, i18n } = useTranslation('forecasts');
  const mayChoose = may(usePlace(), 'forecasts.release', 'platform');
  const [choosing, setChoosing] = useState<Segment | null>(null);
  const number = (value: number | undefined) => (value === undefined ? '—' : formatNumber(value, i18n.language));
  return (
    <section>
      <h2>{t('models.champions')}</h2>
      <Scrolled label={t('models.champions')}>
        <Table<Segment>
          rowKey="segment"
          size="small"
          pagination={false}
          dataSource={[...segments]}
          columns={[
            { title: t('models.segment'), render: (_, row) => t(`segments.${row.segment}`) },
            { title: t('models.champion'), render: (_, row) => <Champion segment={row} /> },
            { title: t('models.next'), render: (_, row) => row.chain.slice(1).join(' → ') || '—' },
            { title: t('models.wql'), align: 'right', render: (_, { live }) => number(live?.wql) },
            { title: t('models.seasonal'), align: 'right', render: (_, { seasonal }) => number(seasonal?.wql) },
            {
              title: t('target.coverage'),
              align: 'right',
              render: (_, { live }) => (live ? formatPercent(live.coverage, i18n.language) : '—'),
            },
            {
              title: t('models.drift'),
              render: (_, { drift, drifts }) =>
                drift === null ? '—' : <Tag {...(drifts ? { color: 'warning' } : {})}>{`× ${number(drift)}`}</Tag>,
            },
            {
              title: '',
              render: (_, row) =>
                mayChoose ? (
                  <Button size="small" onClick={() => setChoosing(row)}>
                    {t('models.choose')}
                  </Button>
                ) : null,
            },
          ]}
        />
      </Scrolled>
      <p className="muted">{t('models.about')}</p>
      <Choose segment={choosing} onClose={() => setChoosing(null)} />
    </section>
  );
}

function Champion({ segment: { chain, since, reason, held_by: held } }: { segment: Segment }) {
  const { t } = useTranslation('forecasts');
  return (
    <>
      <strong>{chain[0]}</strong> {held ? <Tag>{t('models.heldBy', { who: held })}</Tag> : null}
      {since && reason ? (
        <div className="muted">
          {t(`models.reasons.${reason}`)} · <RelativeTime at={since} />
        </div>
      ) : null}
    </>
  );
}
