/** What other features draw on the pages of jobs. Features do not know one another: `app/` says who draws what. */
import { type ComponentType, createContext, type ReactNode, useContext } from 'react';
import type { Value } from './model/document';

export interface PanelSubject {
  kind: 'job';
  id: string;
  /** Path of the job in the API. */
  base: string;
}

export interface PanelRank {
  attempt: number;
  rank: number;
  name: string;
  node: string;
  health: ReactNode;
}

interface InAddress {
  /** The address' search parameters; a panel checks those that are its own. */
  search: Record<string, unknown>;
  onSearch: (change: Record<string, unknown>) => void;
}

export interface JobPanels {
  Logs: ComponentType<InAddress & { subject: PanelSubject; ranks: readonly PanelRank[]; newestAttempt: number }>;
  Metrics: ComponentType<
    InAddress & { subject: PanelSubject; attempt: number; rankName: (rank: number) => string; brief?: boolean }
  >;
  /** What one replica uses, small enough for a table's cell. */
  ReplicaUse: ComponentType<{ subject: PanelSubject; attempt: number; rank: number; name: string }>;
  Templates: ComponentType<{ tenant: string; onUse: (template: { id: string; spec: Value }) => void }>;
}

export const JobPanelsContext = createContext<JobPanels | null>(null);

export function useJobPanels(): JobPanels {
  const panels = useContext(JobPanelsContext);
  if (!panels) throw new Error('There is no JobPanelsContext above this component.');
  return panels;
}
