import { useKey } from '@shared/i18n/key';
import { useTranslation } from 'react-i18next';
import type { MetricSubject } from '../api';
import { formatValue } from '../model/format';
import { useMetrics } from '../model/useMetrics';
import { Sparkline } from './Sparkline';

interface Props {
  subject: MetricSubject;
  attempt: number;
  rank: number;
  name: string;
}

const RECENT = 60;

/** What a replica uses, as a small curve and its newest value. */
export function ReplicaSpark({ subject, attempt, rank, name }: Props) {
  const { t } = useTranslation('metrics');
  const key = useKey();
  const { data } = useMetrics(subject, attempt, null);
  const points = data?.find((series) => series.rank === rank && series.name === name)?.points.slice(-RECENT) ?? [];
  const last = points.at(-1);
  if (!last) return <span className="muted">—</span>;
  const value = formatValue(name, last.value);
  return (
    <span style={{ display: 'inline-flex', gap: 8, alignItems: 'center' }}>
      <Sparkline points={points} label={t('newest', { name: key(`metrics:names.${name}`), value })} />
      <span className="tabular">{value}</span>
    </span>
  );
}
