/** A terminal (xterm.js, loaded with this page only) on one connection, which it opens and closes. */
import '@xterm/xterm/css/xterm.css';
import type { Problem } from '@shared/api/problem';
import { DARK, type Palette } from '@shared/theme/palette';
import { MONO, usePalette } from '@shared/theme/theme';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal as Xterm } from '@xterm/xterm';
import { useEffect, useRef } from 'react';
import type { Replica } from '../api';
import { type End, ShellConnection } from './connection';
import styles from './shell.module.css';

interface Props {
  project: string;
  job: string;
  replica: Replica;
  label: string;
  onOpen: (idleSeconds: number) => void;
  onOver: (end: End | Problem) => void;
  /** The keyboard wants to be elsewhere. */
  onLeave: () => void;
}

/** The key that leaves the terminal: all others, Tab among them, are the program's. */
const LEAVES = 'F6';

export function Terminal({ project, job, replica, label, onOpen, onOver, onLeave }: Props) {
  const palette = usePalette();
  const place = useRef<HTMLDivElement>(null);
  const xterm = useRef<Xterm | null>(null);
  const listeners = useRef({ onOpen, onOver, onLeave });
  useEffect(() => {
    listeners.current = { onOpen, onOver, onLeave };
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: one terminal a shell; its colours are brought in below
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const terminal = new Xterm({
      fontFamily: MONO,
      fontSize: 13,
      scrollback: 5000,
      screenReaderMode: true,
      theme: colours(palette),
    });
    const fit = new FitAddon();
    let connection: ShellConnection | null = null;
    let gone = false;
    terminal.loadAddon(fit);
    terminal.open(element);
    terminal.textarea?.setAttribute('aria-label', label);
    fit.fit();
    terminal.attachCustomKeyEventHandler((event) => {
      if (event.key !== LEAVES) return true;
      event.preventDefault();
      if (event.type === 'keydown') listeners.current.onLeave();
      return false;
    });
    // What is typed here is meant for the program, not for the console's own keys.
    const keep = (event: KeyboardEvent) => event.stopPropagation();
    element.addEventListener('keydown', keep);
    terminal.onData((text) => connection?.type(text));
    terminal.onResize(({ cols, rows }) => connection?.resize(cols, rows));
    const seen = new ResizeObserver(() => fit.fit());
    seen.observe(element);
    ShellConnection.open(project, job, replica, {
      onOpen: (idleSeconds) => {
        connection?.resize(terminal.cols, terminal.rows);
        terminal.focus();
        listeners.current.onOpen(idleSeconds);
      },
      onBytes: (bytes) => terminal.write(bytes),
      onEnd: (end) => listeners.current.onOver(end),
      onProblem: (problem) => listeners.current.onOver(problem),
    }).then(
      (opened) => {
        connection = opened;
        if (gone) opened.close();
      },
      (problem: Problem) => {
        if (!gone) listeners.current.onOver(problem);
      },
    );
    xterm.current = terminal;
    return () => {
      gone = true;
      seen.disconnect();
      element.removeEventListener('keydown', keep);
      connection?.close();
      terminal.dispose();
    };
  }, [project, job, replica.id]);

  useEffect(() => {
    if (xterm.current) xterm.current.options.theme = colours(palette);
  }, [palette]);

  return <div ref={place} className={styles.terminal} />;
}

const colours = (palette: Palette) => ({
  background: palette.ground,
  foreground: palette.text,
  cursor: palette.primary,
  selectionBackground: `${palette.primary}55`,
  // Programs choose among sixteen; on a light ground the bright ones of a dark terminal could not be read.
  black: palette === DARK ? palette.raised : palette.text,
  brightBlack: palette.muted,
  red: palette.bad,
  brightRed: palette.bad,
  green: palette.good,
  brightGreen: palette.good,
  yellow: palette.warning,
  brightYellow: palette.warning,
  blue: palette.information,
  brightBlue: palette.information,
  magenta: palette.brand,
  brightMagenta: palette.brand,
  cyan: palette.primary,
  brightCyan: palette.primary,
  white: palette === DARK ? palette.text : palette.muted,
  brightWhite: palette.text,
});
