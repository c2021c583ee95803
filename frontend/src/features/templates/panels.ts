/** The editor of specifications belongs to jobs; `app/` hands it over, since features do not know one another. */
import { type ComponentType, createContext, useContext } from 'react';

export interface SpecFieldProps {
  tenant: string;
  /** What the editor begins with. */
  start: Record<string, unknown>;
  /** The specification as it can be sent, or null while it cannot be read. */
  onSpec: (spec: Record<string, unknown> | null) => void;
  refused: readonly { pointer: string; detail: string }[];
}

export interface TemplatePanels {
  SpecField: ComponentType<SpecFieldProps>;
}

export const TemplatePanelsContext = createContext<TemplatePanels | null>(null);

export function useTemplatePanels(): TemplatePanels {
  const panels = useContext(TemplatePanelsContext);
  if (!panels) throw new Error('There is no TemplatePanelsContext above this component.');
  return panels;
}
