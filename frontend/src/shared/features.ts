/** What a feature brings to the frame. How to add one: see `app/features.ts`. */
import type { ReactNode } from 'react';
import type { Session, SessionProject, SessionTenant } from './session/session';

/** Where a person stands: what the navigation and the palette are drawn for. */
export interface Place {
  session: Session;
  tenant: SessionTenant | null;
  project: SessionProject | null;
}

/** Where a permission must be held: `anywhere` means in any tenant or project. */
export type Scope = 'project' | 'tenant' | 'platform' | 'anywhere';

interface Entry {
  id: string;
  /** Key of a dictionary, such as `jobs:nav`. */
  label: string;
  icon: ReactNode;
  scope: Scope;
  /** The entry is absent unless the reader holds this permission at the scope. */
  needs?: string;
  /** Address; `$tenant` and `$project` are filled in with where the reader stands. */
  to: string;
}

/** An entry of the sidebar. */
export interface NavEntry extends Entry {
  section: 'work' | 'resources' | 'organisation' | 'platform';
  order: number;
  /** "g", then this letter, goes there. */
  letter?: string;
}

/** An entry of the palette (Ctrl-K), beside those of the navigation. */
export interface Command extends Entry {
  /** Further words by which it is found, in any language. */
  keywords?: string;
}

export interface Feature {
  name: string;
  nav: readonly NavEntry[];
  commands?: readonly Command[];
}
