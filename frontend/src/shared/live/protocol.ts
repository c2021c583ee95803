/** The frames of /ws/, as both sides agreed. */
import type { ProblemDocument } from '@shared/api/problem';

export interface Position {
  epoch: string;
  seq: number;
}

export const KINDS = [
  'tenant',
  'project',
  'member',
  'invitation',
  'service-account',
  'cluster',
  'quota',
  'quota-request',
  'job',
  'app',
  'template',
  'schedule',
  'bucket',
  'network-exception',
  'federated-job',
  'unpacking',
  'dataset',
  'dataset-version',
  'volume',
  'secret',
  'party',
  'partner',
  'contract',
  'code',
  'inbox',
  'operation',
  'move-place',
  'move-plan',
  'forecast-run',
] as const;
export type Kind = (typeof KINDS)[number];

export interface LiveObject {
  id: string;
  version: number;
}

export interface LiveEvent<Row extends LiveObject = LiveObject & Record<string, unknown>> {
  is: 'event';
  id: string;
  epoch: string;
  seq: number;
  kind: Kind;
  object_id: string;
  project_id: string | null;
  version: number;
  op: 'added' | 'changed' | 'removed';
  object: Row | null;
}

/** number, ISO time, stream, text */
export type WireLine = [number, string, 'out' | 'err' | 'hanse', string];
/** name, ISO time, value */
export type WirePoint = [string, string, number];

export interface Lines {
  is: 'lines';
  id: string;
  attempt: number;
  rank: number;
  lines: WireLine[];
}

export interface Missed {
  is: 'missed';
  id: string;
  attempt: number;
  rank: number;
  from: number;
  to: number;
}

export interface Points {
  is: 'points';
  id: string;
  attempt: number;
  rank: number | null;
  points: WirePoint[];
}

export type FromServer =
  | { is: 'subscribed'; id: string; at: Position | null }
  | LiveEvent
  | { is: 'lost'; id: string; at: Position | null }
  | Lines
  | Missed
  | Points
  | { is: 'pong' }
  | { is: 'refused'; id: string; problem: ProblemDocument };

export type ToServer =
  | {
      do: 'subscribe';
      id: string;
      tenant: string;
      projects: string[] | null;
      kinds: readonly Kind[];
      after: Position | null;
    }
  | { do: 'follow-logs'; id: string; subject_kind: string; subject_id: string; after: Record<string, number> }
  | { do: 'follow-metrics'; id: string; subject_kind: string; subject_id: string }
  | { do: 'unsubscribe'; id: string }
  | { do: 'ping' };

export const CLOSED = { SERVICE_RESTART: 1012, TRY_LATER: 1013, NOT_SIGNED_IN: 4401, ACCESS_CHANGED: 4403 } as const;
