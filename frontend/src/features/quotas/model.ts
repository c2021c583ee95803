/** Shares of projects, as pure functions. */
import type { TenantQuotaLine } from '@shared/api/quotas';
import type { ShareLine } from './api';

type Place = Pick<ShareLine, 'cluster' | 'flavor' | 'resource'>;

const isAt = (share: Place, place: Place) =>
  share.cluster === place.cluster && share.flavor === place.flavor && share.resource === place.resource;

export const shareOf = (shares: readonly ShareLine[], place: Place) => shares.find((share) => isAt(share, place));

/** The shares with one of them changed; a share that says nothing (no guarantee, no cap) is left out. */
export function withShare(shares: readonly ShareLine[], place: Place, change: Partial<ShareLine>): ShareLine[] {
  const changed: ShareLine = { ...place, guaranteed: 0, cap: null, ...shareOf(shares, place), ...change };
  const others = shares.filter((share) => !isAt(share, place));
  return changed.guaranteed === 0 && changed.cap === null ? others : [...others, changed];
}

/** What the other projects of the tenant are guaranteed of a resource. */
export const othersGuaranteed = (line: Pick<TenantQuotaLine, 'by_project'>, projectId: string) =>
  line.by_project.reduce((sum, row) => (row.project.id === projectId ? sum : sum + row.guaranteed), 0);
