import { StatusIcon } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useTranslation } from 'react-i18next';
import type { Schedule } from '../api';

const STATUS = { submitted: 'succeeded', failed: 'failed', skipped: 'cancelled' } as const;

/** An outcome with its icon, and why. */
export function Outcome({ outcome, reason }: { outcome: keyof typeof STATUS; reason: string }) {
  const { t } = useTranslation('schedules');
  const key = useKey();
  return (
    <span style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>
      <StatusIcon status={STATUS[outcome]} />
      {t(`outcomes.${outcome}`)}
      {reason ? <span className="muted">{key(`schedules:reasons.${reason}`, { fallback: reason })}</span> : null}
    </span>
  );
}

export function LastRun({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation('schedules');
  const last = schedule.last_run;
  if (!last) return <span className="muted">{t('never')}</span>;
  return (
    <span style={{ display: 'inline-flex', gap: 8 }}>
      <Outcome outcome={last.outcome} reason={last.reason} />
      <span className="muted">
        <RelativeTime at={last.due_at} />
      </span>
    </span>
  );
}
