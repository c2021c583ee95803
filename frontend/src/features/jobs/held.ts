import { usePlace } from '@shared/session/place';
import { useMemo } from 'react';

/** All that the reader holds at this place: on the project, its tenant and the platform. */
export function useHeld(): { can: string[] } {
  const { session, tenant, project } = usePlace();
  return useMemo(
    () => ({ can: [...new Set([...session.can, ...(tenant?.can ?? []), ...(project?.can ?? [])])] }),
    [session, tenant, project],
  );
}
