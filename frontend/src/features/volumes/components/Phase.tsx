import { StatusTag } from '@shared/components/StatusTag';
import { useSaid } from '@shared/i18n/said';
import type { Volume } from '../api';

/** Its phase, and on hover what it waits for. */
export function Phase({ volume }: { volume: Volume }) {
  const said = useSaid();
  const why = said(volume.said, volume.why);
  return <StatusTag status={volume.phase === 'bound' ? 'ready' : volume.phase} {...(why ? { reason: why } : {})} />;
}
