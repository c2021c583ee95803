import { ErrorPanel } from '@shared/components/ErrorPanel';
import { useDuration } from '@shared/components/values';
import { formatNumber } from '@shared/lib/units';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Asked, estimateQuery } from '../api';

/** What a request would cost, and why it would be refused, before it is sent. */
export function Cost({ asked }: { asked: Asked }) {
  const { t, i18n } = useTranslation('forecasts');
  const lasts = useDuration();
  const cost = useQuery(estimateQuery(asked));
  if (cost.error) return <ErrorPanel error={cost.error} retry={() => void cost.refetch()} />;
  if (!cost.data) return <p className="muted">{t('cost.asking')}</p>;
  const { targets, seconds_each, learning_seconds, seconds, used_seconds, most_seconds_a_day, lasts_seconds, refusal } =
    cost.data;
  const number = (value: number) => formatNumber(value, i18n.language);
  const words = [
    t('cost.sum', { targets: number(targets), each: number(seconds_each * 1000), seconds: number(seconds) }),
    learning_seconds ? t('cost.learning', { seconds: number(learning_seconds) }) : '',
    lasts_seconds === null ? '' : t('cost.lasts', { duration: lasts(Math.max(1, lasts_seconds)) }),
    t('cost.used', { used: number(used_seconds), most: number(most_seconds_a_day) }),
  ];
  return (
    <Alert
      type={refusal ? 'error' : 'info'}
      title={refusal ? String(refusal.detail ?? refusal.title) : t('cost.title')}
      description={words.filter(Boolean).join(' ')}
    />
  );
}
