/** From a line with SGR codes to styled pieces. Text only ever becomes text nodes: nothing in a log is markup. */
import Anser from 'anser';
import type { CSSProperties } from 'react';

import { css, GROUNDS, type Ground, parseRgb, readable } from './colours';

export interface Span {
  text: string;
  style: CSSProperties | undefined;
}

export interface Piece extends Span {
  /** Part of what was searched for. */
  hit: boolean;
}

/** The pieces of a line, cut where its colours change and where a hit begins or ends. A hit may span colours. */
export function pieces(text: string, ground: Ground, expression: RegExp | null): Piece[] {
  const coloured = spans(text, ground);
  if (!expression) return coloured.map((span) => ({ ...span, hit: false }));
  const hits = hitRanges(coloured.map((span) => span.text).join(''), expression);
  const result: Piece[] = [];
  let start = 0;
  for (const span of coloured) {
    const end = start + span.text.length;
    const cuts = hits.flat().filter((cut) => cut > start && cut < end);
    const edges = [start, ...cuts, end];
    edges.slice(1).forEach((edge, index) => {
      const from = edges[index] as number;
      const hit = hits.some(([first, last]) => from >= first && edge <= last);
      if (edge > from) result.push({ text: span.text.slice(from - start, edge - start), style: span.style, hit });
    });
    start = end;
  }
  return result;
}

function hitRanges(text: string, expression: RegExp): [from: number, to: number][] {
  // Where the last test ended must not matter here.
  expression.lastIndex = 0;
  return [...text.matchAll(expression)]
    .filter((found) => found[0] !== '')
    .map((found) => [found.index, found.index + found[0].length]);
}

export function spans(text: string, ground: Ground): Span[] {
  if (!text.includes('\u001b')) return [{ text, style: undefined }];
  return Anser.ansiToJson(text, { remove_empty: true }).map((piece) => ({
    text: piece.content,
    style: styleOf(piece.fg, piece.bg, piece.decorations, ground),
  }));
}

function styleOf(
  fg: string | null,
  bg: string | null,
  decorations: readonly string[],
  ground: Ground,
): CSSProperties | undefined {
  const back = parseRgb(bg);
  const fore = parseRgb(fg);
  const under = back ?? GROUNDS[ground];
  const style: CSSProperties = {};
  if (back) style.backgroundColor = css(back);
  if (fore) style.color = css(readable(fore, under));
  else if (back) style.color = css(readable(ground === 'light' ? [27, 39, 51] : [230, 237, 243], under));
  for (const decoration of decorations) {
    if (decoration === 'bold') style.fontWeight = 600;
    else if (decoration === 'italic') style.fontStyle = 'italic';
    else if (decoration === 'underline') style.textDecoration = 'underline';
    else if (decoration === 'strikethrough') style.textDecoration = 'line-through';
  }
  return Object.keys(style).length > 0 ? style : undefined;
}
