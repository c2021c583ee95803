/** CodeMirror for YAML, in a chunk of its own. Its colours come from our palette: it does not know the theme. */
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { DARK, type Palette } from '@shared/theme/palette';
import { MONO, usePalette } from '@shared/theme/theme';
import { basicSetup } from 'codemirror';
import { useEffect, useRef } from 'react';
import styles from './jobs.module.css';

export interface Mark {
  from: number;
  to: number;
  message: string;
}

interface Props {
  label: string;
  text: string;
  /** Without it the text can only be read. */
  onText?: (text: string) => void;
  marks?: readonly Mark[];
  height?: string;
}

export default function YamlEditor({ label, text, onText, marks, height = 'auto' }: Props) {
  const palette = usePalette();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const look = useRef(new Compartment());
  const changed = useRef(onText);
  useEffect(() => {
    changed.current = onText;
  });
  const fixed = onText === undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes later is brought in below
  useEffect(() => {
    if (!place.current) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          basicSetup,
          yaml(),
          lintGutter(),
          look.current.of(appearance(palette, height)),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorState.readOnly.of(fixed),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, [label, fixed]);

  useEffect(() => {
    view.current?.dispatch({ effects: look.current.reconfigure(appearance(palette, height)) });
  }, [palette, height]);

  useEffect(() => {
    const made = view.current;
    if (made && made.state.doc.toString() !== text)
      made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    const made = view.current;
    if (!made || !marks) return;
    const most = made.state.doc.length;
    const diagnostics: Diagnostic[] = marks.map(({ from, to, message }) => ({
      from: Math.min(from, most),
      to: Math.min(Math.max(to, from), most),
      severity: 'error',
      message,
    }));
    made.dispatch(setDiagnostics(made.state, diagnostics));
  }, [marks]);

  return <div ref={place} className={styles.editor} />;
}

const appearance = (palette: Palette, height: string) => [
  EditorView.theme(
    {
      '&': { backgroundColor: palette.ground, color: palette.text, fontSize: '13px', height },
      '.cm-scroller': { fontFamily: MONO, lineHeight: '20px', overflow: 'auto' },
      '.cm-content': { caretColor: palette.primary },
      '.cm-cursor': { borderLeftColor: palette.primary },
      '.cm-gutters': { backgroundColor: palette.raised, color: palette.muted, border: 'none' },
      '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: `${palette.primary}14` },
      '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection': {
        backgroundColor: `${palette.primary}40 !important`,
      },
      '.cm-tooltip': { backgroundColor: palette.raised, color: palette.text, border: `1px solid ${palette.line}` },
      '.cm-diagnostic-error': { borderLeftColor: palette.bad },
      '.cm-panels': { backgroundColor: palette.raised, color: palette.text },
      '.cm-searchMatch': { backgroundColor: `${palette.warning}55` },
    },
    { dark: palette === DARK },
  ),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: palette.primary },
      { tag: [tags.string, tags.special(tags.string)], color: palette.good },
      { tag: [tags.number, tags.bool, tags.null], color: palette.information },
      { tag: tags.comment, color: palette.muted, fontStyle: 'italic' },
      { tag: [tags.keyword, tags.operator, tags.punctuation, tags.separator], color: palette.muted },
      { tag: tags.invalid, color: palette.bad },
    ]),
  ),
];
