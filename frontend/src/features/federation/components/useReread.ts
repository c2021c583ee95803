import type { Kind } from '@shared/live/protocol';
import { useStream } from '@shared/live/useStream';
import type { SessionTenant } from '@shared/session/session';
import { useQueryClient } from '@tanstack/react-query';

/** Reads all under `key` again when something of the kind changed, or may have. */
export function useReread(tenant: SessionTenant, kind: Kind, key: readonly string[]) {
  const cache = useQueryClient();
  const reread = () => void cache.invalidateQueries({ queryKey: key });
  useStream({ tenant: tenant.id, kinds: [kind] }, { onEvent: reread, onLost: reread });
}
