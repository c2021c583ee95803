/** One request to an app, whose answer may be long, or never end: as much of it as one reads is taken. */
import { type Call, typeOf } from './snippets';

export const MOST_SHOWN = 20_000;

export interface Answered {
  status: number;
  milliseconds: number;
  text: string;
  /** More would have come. */
  cut: boolean;
}

/** Without cookies: an app is another origin, and is shown nothing of the portal's. Rejects when nothing answers. */
export async function ask({ method, url, body }: Call, key: string, signal: AbortSignal): Promise<Answered> {
  const began = performance.now();
  const response = await fetch(url, {
    method,
    signal,
    credentials: 'omit',
    headers: {
      ...(key ? { Authorization: `Bearer ${key}` } : {}),
      ...(body ? { 'Content-Type': typeOf(body) } : {}),
    },
    ...(body ? { body } : {}),
  });
  const read = await textOf(response);
  return { status: response.status, milliseconds: Math.round(performance.now() - began), ...read };
}

async function textOf(response: Response): Promise<{ text: string; cut: boolean }> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    while (reader && text.length <= MOST_SHOWN) {
      const { done, value } = await reader.read();
      if (done) return { text, cut: false };
      text += decoder.decode(value, { stream: true });
    }
    await reader?.cancel();
  } catch {
    // Somebody had enough of it, or the app went away in the middle.
  }
  return { text: text.slice(0, MOST_SHOWN), cut: Boolean(reader) };
}
