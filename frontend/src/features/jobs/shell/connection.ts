/** One shell in a replica: a ticket by REST, then bytes both ways (docs/reference/websocket.md). */
import { http } from '@shared/api/http';
import { Problem, type ProblemDocument } from '@shared/api/problem';
import { CLOSED } from '@shared/live/protocol';
import { socketUrl } from '@shared/live/useStream';
import { jobPath, type Replica } from '../api';

/** How a shell came to its end. `code` is the server's, or one of those that only this side can tell. */
export interface End {
  code: string;
  exit_code: number | null;
  message: string;
}

interface Listener {
  onOpen: (idleSeconds: number) => void;
  onBytes: (bytes: Uint8Array) => void;
  onEnd: (end: End) => void;
  onProblem: (problem: Problem) => void;
}

type Frame =
  | { is: 'open'; replica: string; idle_seconds: number }
  | ({ is: 'ended' } & End)
  | { is: 'refused'; problem: ProblemDocument };

const BY_CLOSE_CODE: Record<number, string> = {
  [CLOSED.NOT_SIGNED_IN]: 'ticket',
  [CLOSED.ACCESS_CHANGED]: 'access-changed',
  [CLOSED.SERVICE_RESTART]: 'gateway-stopped',
  [CLOSED.TRY_LATER]: 'too-many',
};

/** What is told when the socket closed and nothing had been said of an end. */
export const endOf = (closeCode: number): End => ({
  code: BY_CLOSE_CODE[closeCode] ?? 'lost',
  exit_code: null,
  message: '',
});

export class ShellConnection {
  private over = false;

  private constructor(
    private readonly socket: WebSocket,
    listener: Listener,
  ) {
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data !== 'string') return listener.onBytes(new Uint8Array(data));
      const frame = JSON.parse(data) as Frame;
      if (frame.is === 'open') return listener.onOpen(frame.idle_seconds);
      this.over = true;
      if (frame.is === 'ended') listener.onEnd(frame);
      else listener.onProblem(new Problem(frame.problem, 'WebSocket /ws/exec/'));
    };
    socket.onclose = ({ code }) => {
      if (!this.over) listener.onEnd(endOf(code));
      this.over = true;
    };
  }

  /** Throws Problem when there can be no ticket. */
  static async open(project: string, job: string, replica: Replica, listener: Listener): Promise<ShellConnection> {
    const path = jobPath(project, job, `replicas/${replica.rank}/exec/`);
    const { ticket } = await http.post<{ ticket: string }>(path, { command: [] });
    return new ShellConnection(new WebSocket(`${socketUrl()}exec/?ticket=${ticket}`), listener);
  }

  type(text: string) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(new TextEncoder().encode(text));
  }

  resize(columns: number, rows: number) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ columns, rows }));
  }

  close() {
    this.over = true;
    this.socket.close();
  }
}
