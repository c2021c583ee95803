import type { ReactNode } from 'react';
import type { Session, SessionProject, SessionTenant } from './session/session';

/** Where a person stands: what the navigation and the palette are drawn for. */
export interface Place {
  session: Session;
  tenant: SessionTenant | null;
  project: SessionProject | null;
}

/** An entry of the sidebar. It is absent unless the reader holds `needs` at the place its `scope` names. */
export interface NavEntry {
  id: string;
  /** Key of a dictionary, such as `jobs:nav`. */
  label: string;
  icon: ReactNode;
  scope: 'project' | 'tenant' | 'platform' | 'anywhere';
  needs?: string;
  /** Address; `$tenant` and `$project` are filled in. */
  to: string;
  section: 'work' | 'resources' | 'organisation' | 'platform';
  order: number;
}

/** An entry of the palette (Ctrl-K) beside the navigation's own. */
export interface Command {
  id: string;
  label: string;
  icon?: ReactNode;
  scope: NavEntry['scope'];
  needs?: string;
  to: string;
  keywords?: string;
}

export interface Feature {
  name: string;
  nav: readonly NavEntry[];
  commands?: readonly Command[];
}
