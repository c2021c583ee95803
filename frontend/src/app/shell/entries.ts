/** Which entries a person sees, and where they lead from where the person stands. */
import type { Command, NavEntry, Place } from '@shared/features';
import { may } from '@shared/session/place';
import { features } from '../features';

export const SECTIONS = [
  'work',
  'resources',
  'organisation',
  'platform',
] as const satisfies readonly NavEntry['section'][];

export type Placed<Entry> = Entry & { address: string };

/** Fill in the address; null when it names a place that there is none of. */
export function addressAt(to: string, place: Place): string | null {
  if (to.includes('$tenant') && !place.tenant) return null;
  if (to.includes('$project') && !place.project) return null;
  return to.replace('$tenant', place.tenant?.slug ?? '').replace('$project', place.project?.slug ?? '');
}

function placed<Entry extends NavEntry | Command>(entries: readonly Entry[], place: Place): Placed<Entry>[] {
  return entries.flatMap((entry) => {
    if (entry.needs && !may(place, entry.needs, entry.scope)) return [];
    const address = addressAt(entry.to, place);
    return address === null ? [] : [{ ...entry, address }];
  });
}

export const navigationAt = (place: Place) =>
  placed(
    features.flatMap((feature) => feature.nav),
    place,
  ).sort((a, b) => SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section) || a.order - b.order);

export const commandsAt = (place: Place) =>
  placed(
    features.flatMap((feature) => feature.commands ?? []),
    place,
  );
