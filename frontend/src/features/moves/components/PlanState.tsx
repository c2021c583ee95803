import { StatusIcon } from '@shared/components/StatusTag';
import { useTranslation } from 'react-i18next';
import type { Plan, PlannedMove } from '../plans';

/** Which icon says it; the words are the plan's own. */
const ICONS: Record<Plan['state'] | PlannedMove['state'], string> = {
  planning: 'starting',
  recommended: 'offered',
  pending: 'admitted',
  ongoing: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  superseded: 'replaced',
  waiting: 'queued',
  moving: 'running',
};

export function PlanState({ state }: { state: Plan['state'] | PlannedMove['state'] }) {
  const { t } = useTranslation('moves');
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6, whiteSpace: 'nowrap' }}>
      <StatusIcon status={ICONS[state]} />
      <span>{t(`plans.states.${state}`)}</span>
    </span>
  );
}
