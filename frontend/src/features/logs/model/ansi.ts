/** From a line with SGR codes to styled pieces. Text only ever becomes text nodes: nothing in a log is markup. */
import Anser from 'anser';
import type { CSSProperties } from 'react';

import { css, GROUNDS, type Ground, parseRgb, readable } from './colours';

export interface Span {
  text: string;
  style: CSSProperties | undefined;
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
