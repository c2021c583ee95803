import { vi } from 'vitest';

/** The server's side of a WebSocket, as far as a client sees it. Install with `fakeSockets()`. */
export class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: Record<string, unknown>[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    FakeSocket.all.push(this);
  }

  send(frame: string) {
    this.sent.push(JSON.parse(frame));
  }

  close() {
    this.readyState = 3;
  }

  /** The server accepts. */
  accept() {
    this.readyState = 1;
    this.onopen?.();
  }

  /** The server says something. */
  say(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** The connection ends. */
  end(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  asked(what: string) {
    return this.sent.filter((frame) => frame.do === what);
  }
}

export function fakeSockets() {
  FakeSocket.all = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  return {
    get newest(): FakeSocket {
      const socket = FakeSocket.all.at(-1);
      if (!socket) throw new Error('no socket was opened');
      return socket;
    },
    get count() {
      return FakeSocket.all.length;
    },
  };
}
