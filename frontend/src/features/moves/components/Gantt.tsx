import { useExactTime } from '@shared/components/values';
import { formatNumber } from '@shared/lib/units';
import { useTranslation } from 'react-i18next';
import type { PlannedMove, Whole } from '../plans';
import '../plans.css';

const HOUR = 3_600_000;
const LANE = 12;
const MARKS = 4;

/** Each move in the first lane that is free when it begins, so that moves at once lie below each other. */
export function lanes(moves: readonly PlannedMove[]): { move: PlannedMove; lane: number }[] {
  const free: number[] = [];
  return moves.map((move) => {
    const start = Date.parse(move.starts_at);
    const found = free.findIndex((until) => until <= start);
    const lane = found < 0 ? free.length : found;
    free[lane] = start + move.high * 1000;
    return { move, lane };
  });
}

/** Who leaves which host when; red where a limit kept a machine from its best start. The table below says the same. */
export function Gantt({ plan }: { plan: Whole }) {
  const { t, i18n } = useTranslation('moves');
  const exact = useExactTime();
  const start = Date.parse(plan.starts_at);
  const length = plan.hours * HOUR;
  const hosts = [...new Set(plan.moves.map(({ from_host: host }) => host))].sort();
  const place = (at: number) => `${Math.min(Math.max(((at - start) / length) * 100, 0), 100)}%`;
  return (
    <div className="gantt" role="img" aria-label={t('plans.gantt', { count: plan.moves.length, hosts: hosts.length })}>
      {hosts.map((host) => {
        const placed = lanes(plan.moves.filter((move) => move.from_host === host));
        const deep = Math.max(...placed.map(({ lane }) => lane)) + 1;
        return [
          <span key={host}>{host}</span>,
          <span key={`${host} moves`} className="gantt-row" style={{ height: deep * LANE + 4 }}>
            {placed.map(({ move, lane }) => (
              <span
                key={move.id}
                className={`gantt-move ${move.state === 'succeeded' ? 'gantt-succeeded' : move.binding ? 'gantt-bound' : ''}`}
                title={`${move.machine}: ${move.from_host} → ${move.to_host}, ${exact(Date.parse(move.starts_at))}`}
                style={{
                  left: place(Date.parse(move.starts_at)),
                  width: `${((move.high * 1000) / length) * 100}%`,
                  top: lane * LANE + 2,
                }}
              />
            ))}
          </span>,
        ];
      })}
      <span />
      <span className="gantt-axis muted">
        {Array.from({ length: MARKS + 1 }, (_, at) => (plan.hours * at) / MARKS).map((hours) => (
          <span key={hours}>{hours ? `+${formatNumber(hours, i18n.language)} h` : exact(start)}</span>
        ))}
      </span>
    </div>
  );
}
