import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { ProgressBar } from '@shared/components/ProgressBar';
import { StatusTag } from '@shared/components/StatusTag';
import { Duration, RelativeTime } from '@shared/components/values';
import { formatNumber, formatPercent } from '@shared/lib/units';
import { useLivePage } from '@shared/live/useStream';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Skeleton, Table } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { cancelRun, type Run, runsQuery, standingQuery } from '../api';

const LIVE = { tenant: 'platform', kinds: ['forecast-run'] } as const;
const UNDER_WAY = ['pending', 'running'];

/** The latest runs, each with how far it is, and, a day later, how good it was. */
export function Runs({ mayAsk }: { mayAsk: boolean }) {
  const { t } = useTranslation('forecasts');
  const runs = useQuery(runsQuery);
  useLivePage<Run>(runsQuery.queryKey, LIVE);
  useFresh(runs.data?.results ?? []);
  const cancel = useAct<Run>({ act: cancelRun, done: t('cancelled'), changes: [runsQuery.queryKey] });
  if (runs.error && !runs.data) return <ErrorPanel error={runs.error} retry={() => void runs.refetch()} />;
  if (!runs.data) return <Skeleton active />;
  return (
    <section aria-label={t('runs')} style={{ marginBottom: 24 }}>
      <h2>{t('runs')}</h2>
      <Table<Run>
        rowKey="id"
        size="small"
        pagination={false}
        dataSource={runs.data.results}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: t('runsEmpty') }}
        columns={[
          {
            title: t('of'),
            render: (_, run) => (
              <>
                <RelativeTime at={run.issued_at} />{' '}
                <span className="muted">{t(run.standing ? 'standingRun' : 'asked')}</span>
              </>
            ),
          },
          { title: t('state'), render: (_, run) => <State run={run} /> },
          { title: t('progress'), render: (_, run) => <Progress run={run} /> },
          { title: t('engine'), render: (_, run) => run.engine },
          { title: t('device'), render: (_, run) => run.device || '—' },
          { title: t('took'), render: (_, run) => <Duration seconds={run.seconds} /> },
          { title: t('score'), render: (_, run) => <Score run={run} /> },
          {
            title: '',
            render: (_, run) =>
              mayAsk && UNDER_WAY.includes(run.state) ? (
                <Button size="small" onClick={() => cancel.mutate(run)}>
                  {t('cancel')}
                </Button>
              ) : null,
          },
        ]}
      />
    </section>
  );
}

/** What a run that ended has forecast is read anew. */
function useFresh(runs: readonly Run[]) {
  const cache = useQueryClient();
  const ended = runs
    .filter(({ state }) => state === 'succeeded')
    .map(({ id }) => id)
    .join();
  useEffect(() => {
    if (!ended) return;
    void cache.invalidateQueries({ queryKey: ['fleet', 'heat'] });
    void cache.invalidateQueries(standingQuery);
  }, [cache, ended]);
}

function State({ run }: { run: Run }) {
  const detail = run.problem?.detail;
  return (
    <>
      <StatusTag status={run.state} />
      {typeof detail === 'string' ? (
        <div className="muted" style={{ maxWidth: 320, whiteSpace: 'normal' }}>
          {detail}
        </div>
      ) : null}
    </>
  );
}

function Progress({ run }: { run: Run }) {
  const { t } = useTranslation('forecasts');
  const done = run.forecast + run.without;
  return (
    <>
      <ProgressBar
        width={160}
        share={run.targets ? done / run.targets : 0}
        label={t('progress')}
        failed={run.state === 'failed'}
      />{' '}
      <span className="tabular muted">
        {done} / {run.targets}
      </span>
      {run.expected_at ? (
        <div className="muted">
          {t('expected')} <RelativeTime at={run.expected_at} />
        </div>
      ) : null}
      {run.without ? <div className="muted">{t('without', { count: run.without })}</div> : null}
    </>
  );
}

function Score({ run: { score, state } }: { run: Run }) {
  const { t, i18n } = useTranslation('forecasts');
  if (!score) return <span className="muted">{state === 'succeeded' ? t('notYet') : '—'}</span>;
  const points = (value: number | null) => (value === null ? '—' : formatNumber(value, i18n.language));
  return (
    <div style={{ maxWidth: 320, whiteSpace: 'normal' }}>
      {t('scored', {
        mae: points(score.mae),
        coverage: score.coverage === null ? '—' : formatPercent(score.coverage, i18n.language),
        steady: points(score.steady_mae),
      })}
    </div>
  );
}
