import { StatusTag } from '@shared/components/StatusTag';
import { useExactTime } from '@shared/components/values';
import { useLiveState } from '@shared/live/useStream';
import { useTranslation } from 'react-i18next';

/** Whether what is on the screen is live, and if not since when. */
export function LiveBadge() {
  const { t } = useTranslation('shell');
  const { state, since } = useLiveState();
  const exact = useExactTime();
  if (state === 'idle' || state === 'signed-out') return null;
  return (
    <span role="status" aria-live="polite" className="live-badge">
      <StatusTag status={state} reason={t(`live.${state}`, { since: exact(since) })} />
    </span>
  );
}
