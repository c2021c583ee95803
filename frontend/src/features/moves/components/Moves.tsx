import { ExactTime, useDuration, useExactTime } from '@shared/components/values';
import { formatNumber, formatPercent } from '@shared/lib/units';
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlannedMove } from '../plans';
import { PlanState } from './PlanState';

/** Every move: when and why then, what was foretold, and what it really took. */
export function Moves({ moves }: { moves: readonly PlannedMove[] }) {
  const { t, i18n } = useTranslation('moves');
  const exact = useExactTime();
  const duration = useDuration();
  const number = (value: number) => formatNumber(value, i18n.language);
  return (
    <Table<PlannedMove>
      rowKey="id"
      size="small"
      style={{ marginTop: 24 }}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      dataSource={[...moves]}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('plans.machine'), render: (_, move) => move.machine },
        { title: t('moves.hosts'), render: (_, move) => `${move.from_host} → ${move.to_host}` },
        { title: t('plans.starts'), render: (_, move) => <ExactTime at={move.starts_at} /> },
        {
          title: t('plans.why'),
          render: (_, move) => (
            <div style={{ maxWidth: 220, whiteSpace: 'normal' }}>
              {move.binding
                ? t(`plans.binding.${move.binding as 'source'}`, { at: exact(Date.parse(move.wanted_at)) })
                : t('plans.bestStart')}
            </div>
          ),
        },
        {
          title: t('plans.load'),
          render: (_, { load, gain }) =>
            load === null
              ? t('plans.unknown')
              : t('plans.loadOf', { load: formatPercent(load / 100, i18n.language), gain: number(gain ?? 0) }),
        },
        {
          title: t('moves.duration'),
          render: (_, move) => (
            <Foretold
              said={t('plans.band', {
                said: duration(move.seconds),
                low: duration(move.low),
                high: duration(move.high),
              })}
              came={move.actual_seconds === null ? null : duration(move.actual_seconds)}
            />
          ),
        },
        {
          title: t('plans.stands'),
          render: (_, move) => (
            <Foretold
              said={t('estimate.seconds', { value: number(move.downtime_seconds) })}
              came={
                move.actual_downtime_seconds === null
                  ? null
                  : t('estimate.seconds', { value: number(move.actual_downtime_seconds) })
              }
            />
          ),
        },
        {
          title: t('plans.state'),
          render: (_, { state, failure }) => (
            <>
              <PlanState state={state} />
              {failure ? <div className="muted">{t('plans.notThere')}</div> : null}
            </>
          ),
        },
      ]}
    />
  );
}

function Foretold({ said, came }: { said: string; came: string | null }) {
  const { t } = useTranslation('moves');
  return (
    <>
      {said}
      {came === null ? null : <div>{t('plans.came', { came })}</div>}
    </>
  );
}
