/** What the form knows of a specification, and what of a text it therefore cannot show. */
import { isRecord, type Path, pointer, type Value } from './document';
import type { Framework } from './frameworks';

export const RESTARTS = ['never', 'on-failure', 'on-exit-codes'] as const;
export const CLEANS = ['none', 'succeeded', 'all'] as const;
export const FAULT_EVENTS = [
  'failed',
  'exit-code',
  'out-of-memory',
  'evicted',
  'node-lost',
  'deleted',
  'unschedulable',
] as const;
export const FAULT_ACTIONS = ['restart', 'fail', 'complete'] as const;
export const DEVICE_KINDS = ['gpu', 'fpga', 'rdma'] as const;

export interface DeviceForm {
  flavor?: string | null;
  kind?: string | null;
  unit_memory_bytes?: number | string | null;
  count?: number;
}

/** An entry of a secret, or all of them: as variables (then perhaps under a name) or as files. */
export interface SecretPart {
  secret?: string;
  key?: string | null;
  name?: string | null;
  version?: number | null | undefined;
}

export const ACCESSES = ['read', 'write'] as const;

/** A bucket of the project, or a folder of it. */
export interface BucketUseForm {
  name?: string;
  access?: (typeof ACCESSES)[number];
  prefix?: string | undefined;
}

export interface SourceForm {
  git?: {
    url?: string;
    ref?: string;
    commit?: string | null;
    path?: string;
    secret?: string | null;
    secret_version?: number | null;
  } | null;
  archive?: string | null;
}

export interface RoleForm {
  name?: string;
  replicas?: number;
  min_replicas?: number | null;
  serves?: boolean;
  image?: string | null;
  command?: string[];
  env?: Record<string, string>;
  env_from?: SecretPart[];
  secret_files?: SecretPart[];
  cpu_millicores?: number;
  memory_bytes?: number | string;
  devices?: DeviceForm[];
}

export interface VolumeUseForm {
  name?: string;
  access?: (typeof ACCESSES)[number];
  path?: string;
}

export interface DatasetUseForm {
  name?: string;
  version?: number | null;
}

export interface FaultRuleForm {
  event?: (typeof FAULT_EVENTS)[number];
  exit_codes?: number[] | undefined;
  role?: string | null | undefined;
  action?: (typeof FAULT_ACTIONS)[number];
}

export interface SpecForm {
  name?: string;
  description?: string;
  framework?: Framework;
  kind?: string;
  cluster?: string;
  priority?: string;
  gang?: boolean;
  resize_pause_seconds?: number;
  labels?: Record<string, string>;
  source?: SourceForm | null;
  buckets?: BucketUseForm[];
  datasets?: DatasetUseForm[];
  volumes?: VolumeUseForm[];
  roles?: RoleForm[];
  fault_policy?: {
    rules?: FaultRuleForm[];
    restart?: (typeof RESTARTS)[number];
    exit_codes?: number[];
    backoff_limit?: number;
    deadline_seconds?: number | null;
    clean?: (typeof CLEANS)[number];
    keep_seconds?: number;
  };
}

type Kind = 'text' | 'number' | 'flag' | 'quantity' | 'texts' | 'numbers' | 'map' | Shape | readonly [Shape];
interface Shape {
  readonly [field: string]: Kind;
}

const DEVICE: Shape = { flavor: 'text', kind: 'text', unit_memory_bytes: 'quantity', count: 'number' };
const ENV_FROM: Shape = { secret: 'text', key: 'text', name: 'text', version: 'number' };
const SECRET_FILES: Shape = { secret: 'text', key: 'text', version: 'number' };
const GIT: Shape = {
  url: 'text',
  ref: 'text',
  commit: 'text',
  path: 'text',
  secret: 'text',
  secret_version: 'number',
};
const ROLE: Shape = {
  name: 'text',
  replicas: 'number',
  min_replicas: 'number',
  serves: 'flag',
  image: 'text',
  command: 'texts',
  env: 'map',
  env_from: [ENV_FROM],
  secret_files: [SECRET_FILES],
  cpu_millicores: 'number',
  memory_bytes: 'quantity',
  devices: [DEVICE],
};
const DATASET: Shape = { name: 'text', version: 'number' };
const VOLUME: Shape = { name: 'text', access: 'text', path: 'text' };
const BUCKET: Shape = { name: 'text', access: 'text', prefix: 'text' };
const FAULT_RULE: Shape = { event: 'text', exit_codes: 'numbers', role: 'text', action: 'text' };
const SPEC: Shape = {
  name: 'text',
  description: 'text',
  framework: 'text',
  kind: 'text',
  cluster: 'text',
  priority: 'text',
  gang: 'flag',
  resize_pause_seconds: 'number',
  labels: 'map',
  source: { git: GIT, archive: 'text' },
  buckets: [BUCKET],
  datasets: [DATASET],
  volumes: [VOLUME],
  roles: [ROLE],
  fault_policy: {
    rules: [FAULT_RULE],
    restart: 'text',
    exit_codes: 'numbers',
    backoff_limit: 'number',
    deadline_seconds: 'number',
    clean: 'text',
    keep_seconds: 'number',
  },
};

/** Pointers of what is written but has no place in the form: unknown fields, and known ones of another shape. */
export const unshown = (value: Value): string[] => differences(value, SPEC, []);

/** What the form draws: the value without the parts that it cannot show. */
export function shownIn(value: Value): SpecForm {
  return keep(value, SPEC) as SpecForm;
}

function differences(value: unknown, kind: Kind, path: Path): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(kind)) {
    if (!Array.isArray(value)) return [pointer(path)];
    return value.flatMap((inner, index) => differences(inner, kind[0] as Shape, [...path, index]));
  }
  if (typeof kind === 'string') return fits(value, kind) ? [] : [pointer(path)];
  if (!isRecord(value)) return [pointer(path)];
  const shape = kind as Shape;
  return Object.entries(value).flatMap(([name, inner]) => {
    const expected = shape[name];
    return expected === undefined ? [pointer([...path, name])] : differences(inner, expected, [...path, name]);
  });
}

function keep(value: unknown, kind: Kind): unknown {
  if (Array.isArray(kind))
    return Array.isArray(value) ? value.map((inner) => keep(inner, kind[0] as Shape) ?? {}) : undefined;
  if (typeof kind === 'string') return fits(value, kind) ? value : undefined;
  if (!isRecord(value)) return undefined;
  const shape = kind as Shape;
  const kept = Object.entries(shape).map(([name, expected]) => [name, keep(value[name], expected)] as const);
  return Object.fromEntries(kept.filter(([, inner]) => inner !== undefined));
}

function fits(value: unknown, kind: string): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'quantity':
      return typeof value === 'number' || typeof value === 'string';
    case 'texts':
      return Array.isArray(value) && value.every((inner) => typeof inner === 'string');
    case 'numbers':
      return Array.isArray(value) && value.every((inner) => typeof inner === 'number');
    default:
      return isRecord(value) && Object.values(value).every((inner) => typeof inner === 'string');
  }
}
