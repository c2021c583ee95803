import { StatusIcon } from '@shared/components/StatusTag';
import { useSaid } from '@shared/i18n/said';
import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Exception } from '../api';

const ICONS = {
  applying: 'connecting',
  open: 'live',
  waiting: 'waiting',
  refused: 'failed',
  nowhere: 'waiting',
} as const;

/** Whether it is open, and in one sentence why it is not. */
export function ExceptionState({ exception }: { exception: Exception }) {
  const { t } = useTranslation('isolation');
  const said = useSaid();
  const closed = exception.clusters.filter(({ open }) => !open);
  const text =
    exception.state === 'open' || exception.state === 'nowhere'
      ? t(`stateText.${exception.state}`)
      : exception.state === 'waiting'
        ? t('stateText.waiting', { peer: exception.peer })
        : exception.state === 'applying' && closed.length === 0
          ? t('stateText.applying')
          : '';
  return (
    <Flex vertical>
      <Flex gap={6} align="center">
        <StatusIcon status={ICONS[exception.state]} />
        {t(`states.${exception.state}`)}
      </Flex>
      <span className="muted">{text}</span>
      {closed.map(({ cluster, text: english, said: one }) => (
        <span key={cluster} className="muted">
          {t('inCluster', { cluster, why: said(one ? [one] : null, english) })}
        </span>
      ))}
    </Flex>
  );
}
