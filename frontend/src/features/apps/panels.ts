/** What other features draw on the page of an app. Features do not know one another: `app/` says who draws what. */
import { type ComponentType, createContext, type ReactNode, useContext } from 'react';

export interface PanelSubject {
  kind: 'app';
  id: string;
  /** Path of the app in the API. */
  base: string;
}

/** A replica, as logs and metrics know it: its revision is their attempt, its number their rank. */
export interface PanelRank {
  attempt: number;
  rank: number;
  name: string;
  node: string;
  health: ReactNode;
}

interface InAddress {
  search: Record<string, unknown>;
  onSearch: (change: Record<string, unknown>) => void;
}

export interface AppPanels {
  Logs: ComponentType<InAddress & { subject: PanelSubject; ranks: readonly PanelRank[]; newestAttempt: number }>;
  Metrics: ComponentType<InAddress & { subject: PanelSubject; attempt: number; rankName: (rank: number) => string }>;
  ReplicaUse: ComponentType<{ subject: PanelSubject; attempt: number; rank: number; name: string }>;
}

export const AppPanelsContext = createContext<AppPanels | null>(null);

export function useAppPanels(): AppPanels {
  const panels = useContext(AppPanelsContext);
  if (!panels) throw new Error('There is no AppPanelsContext above this component.');
  return panels;
}
