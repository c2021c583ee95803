/**
 * Uploads that go on while people look at other pages. Files are asked for in batches, sent to the store some at once,
 * and each is kept in the browser until the store has acknowledged it.
 */
import { http } from '@shared/api/http';
import { newKey } from '@shared/lib/keys';
import { UPLOADS_GO_ON } from '@shared/lib/uploads';
import { bucketPath, type Uploads } from '../api';
import { forget, type Kept, keep, kept } from './kept';
import { put, Refused } from './put';

const AT_ONCE = 6;
const ASKED_AT_ONCE = 50;
const HASHED_BYTES = 64 * 2 ** 20;
const TRIES = 4;

export interface Failure {
  id: string;
  key: string;
  why: string;
}

/** What the tray shows. `there` were in the bucket already and were not sent. */
export interface Progress {
  files: number;
  bytes: number;
  doneFiles: number;
  doneBytes: number;
  there: number;
  failures: readonly Failure[];
  paused: boolean;
  busy: boolean;
}

const NOTHING: Progress = {
  files: 0,
  bytes: 0,
  doneFiles: 0,
  doneBytes: 0,
  there: 0,
  failures: [],
  paused: false,
  busy: false,
};

type Granted = Uploads['uploads'][number];

class Queue {
  private waiting: Kept[] = [];
  private failed = new Map<string, Kept>();
  private sending = new Map<string, { sent: number; abort: AbortController }>();
  private progress = NOTHING;
  private listeners = new Set<() => void>();
  private buckets = new Set<(bucket: string) => void>();
  private running = 0;
  private restored = false;
  /** Of this page: what is kept besides is of one that is gone. */
  private mine = new Set<string>();

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = () => this.progress;

  /** Called when files of a bucket have arrived. */
  readonly whenArrived = (told: (bucket: string) => void) => {
    this.buckets.add(told);
    return () => this.buckets.delete(told);
  };

  async add(user: string, project: string, bucket: string, files: readonly { key: string; file: File }[]) {
    const all = files.map(({ key, file }) => ({ id: newKey(), user, project, bucket, key, file }));
    for (const { id } of all) this.mine.add(id);
    await keep(all);
    this.enqueue(all);
  }

  /** Go on with what a page that is gone has left. */
  async restore(user: string) {
    if (this.restored) return;
    this.restored = true;
    const left = (await kept(user)).filter(({ id }) => !this.mine.has(id));
    if (left.length) this.enqueue(left);
  }

  pause() {
    this.tell({ paused: true });
    for (const { abort } of this.sending.values()) abort.abort();
  }

  resume() {
    this.tell({ paused: false });
    this.run();
  }

  retry() {
    const again = [...this.failed.values()];
    this.failed.clear();
    this.tell({ failures: [] });
    this.waiting.push(...again);
    this.run();
  }

  /** Forget what is not sent, and what failed. */
  async clear() {
    this.pause();
    const ids = [...this.waiting, ...this.failed.values()].map(({ id }) => id);
    this.waiting = [];
    this.failed.clear();
    this.progress = NOTHING;
    this.tell({});
    await forget(ids);
  }

  private enqueue(all: readonly Kept[]) {
    const bytes = all.reduce((sum, { file }) => sum + file.size, 0);
    const before = this.progress.busy || this.progress.failures.length ? this.progress : { ...NOTHING };
    this.progress = { ...before, files: before.files + all.length, bytes: before.bytes + bytes };
    for (const one of all) this.waiting.push(one);
    window.dispatchEvent(new Event(UPLOADS_GO_ON));
    this.tell({});
    this.run();
  }

  private run() {
    while (this.running < 2 && this.waiting.length && !this.progress.paused) {
      this.running += 1;
      void this.batch().finally(() => {
        this.running -= 1;
        this.run();
        this.tell({});
      });
    }
    this.tell({});
  }

  /** Take some files of one bucket, ask for their addresses, send them. */
  private async batch() {
    const first = this.waiting[0];
    if (!first) return;
    const end = this.waiting.findIndex((one) => one.bucket !== first.bucket);
    const batch = this.waiting.splice(0, Math.min(ASKED_AT_ONCE, end < 0 ? ASKED_AT_ONCE : end));
    let granted: Granted[];
    try {
      granted = await this.ask(first.project, first.bucket, batch);
    } catch (error) {
      await this.fail(batch, error instanceof Error ? error.message : String(error));
      return;
    }
    const pairs = batch.flatMap((one, index) => {
      const upload = granted[index];
      return upload ? [{ one, upload }] : [];
    });
    const lanes = Array.from({ length: AT_ONCE / 2 }, async () => {
      for (let pair = pairs.shift(); pair; pair = pairs.shift()) await this.send(pair.one, pair.upload);
    });
    await Promise.all(lanes);
    for (const told of this.buckets) told(first.bucket);
  }

  private async ask(project: string, bucket: string, batch: readonly Kept[]): Promise<Granted[]> {
    const files = await Promise.all(
      batch.map(async ({ key, file }) => ({ key, size_bytes: file.size, sha256: await sha256(file) })),
    );
    const answer = await http.post<Uploads>(bucketPath(project, bucket, 'uploads/'), { files });
    return answer.uploads;
  }

  private async send(one: Kept, upload: Granted) {
    if (upload.there) return this.arrived(one, { there: 1 });
    for (let tried = 1; ; tried += 1) {
      if (this.progress.paused) return void this.waiting.unshift(one);
      const abort = new AbortController();
      this.sending.set(one.id, { sent: 0, abort });
      try {
        await put(upload, one.file, abort.signal, (sent) => {
          this.sending.set(one.id, { sent, abort });
          this.tell({});
        });
        return await this.arrived(one, {});
      } catch (error) {
        if (abort.signal.aborted) continue;
        if (error instanceof Refused || tried === TRIES)
          return await this.fail([one], String((error as Error).message));
        await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** tried));
      } finally {
        this.sending.delete(one.id);
      }
    }
  }

  private async arrived(one: Kept, { there = 0 }: { there?: number }) {
    this.progress = {
      ...this.progress,
      doneFiles: this.progress.doneFiles + 1,
      doneBytes: this.progress.doneBytes + one.file.size,
      there: this.progress.there + there,
    };
    this.tell({});
    await forget([one.id]);
  }

  private async fail(batch: readonly Kept[], why: string) {
    for (const one of batch) this.failed.set(one.id, one);
    const failures = batch.map(({ id, key }) => ({ id, key, why }));
    this.tell({ failures: [...this.progress.failures, ...failures] });
  }

  private tell(change: Partial<Progress>) {
    const busy = this.running > 0 || this.waiting.length > 0;
    this.progress = { ...this.progress, ...change, busy };
    for (const listener of this.listeners) listener();
  }

  /** Bytes on their way, which no file has finished yet. */
  get underWay() {
    return [...this.sending.values()].reduce((sum, { sent }) => sum + sent, 0);
  }
}

/** Empty for large files, which would have to be read into memory as a whole, and where the browser has no means. */
async function sha256(file: File): Promise<string> {
  if (file.size > HASHED_BYTES || !globalThis.crypto?.subtle) return '';
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const queue = new Queue();
