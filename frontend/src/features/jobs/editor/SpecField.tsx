import type { FieldProblem } from '@shared/api/problem';
import { useEffect, useState } from 'react';
import { type Mode, SpecEditor, useChecked } from './SpecEditor';

interface Props {
  tenant: string;
  text: string;
  onText: (text: string) => void;
  onSpec: (spec: Record<string, unknown> | null) => void;
  refused: readonly FieldProblem[];
}

/** The editor of a specification inside another form, such as a template's. */
export function SpecField({ tenant, text, onText, onSpec, refused }: Props) {
  const [mode, setMode] = useState<Mode>('form');
  const checked = useChecked(text);
  const { value } = checked.document;
  useEffect(() => onSpec(value), [onSpec, value]);
  return (
    <SpecEditor
      tenant={tenant}
      text={text}
      onText={onText}
      mode={mode}
      onMode={setMode}
      checked={checked}
      refused={refused}
      strict={refused.length > 0}
    />
  );
}
