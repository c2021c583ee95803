/** An app as the form has it, and as the API takes it. What the form does not know of, it leaves as it is. */
import { joinWords, parseEnv, splitWords } from '@shared/lib/typed';
import type { AppDetail, AppSpec, Body } from '../api';

/** Without `max_replicas` there is no autoscaler. */
export interface Scales {
  max_replicas: number | null;
  cpu_percent: number;
}

export const scalesOf = (app: Pick<AppDetail, 'autoscaling'> | null): Scales => ({
  max_replicas: app?.autoscaling?.max_replicas ?? null,
  cpu_percent: app?.autoscaling?.cpu_percent ?? 70,
});

export const bodyOfScales = ({ max_replicas, cpu_percent }: Scales) =>
  max_replicas ? { max_replicas, cpu_percent } : null;

export interface Typed {
  name: string;
  description: string;
  replicas: number;
  autoscaling: Scales;
  cluster: string;
  priority: string;
  access: AppDetail['access'];
  note: string;
  spec: {
    image: string;
    port: number;
    command: string;
    files: AppSpec['files'];
    env: string;
    cpu_millicores: number;
    memory_bytes: number;
    devices: number;
    probe: { path: string; timeout_seconds: number; start_seconds: number };
    rollout: { max_surge: number; max_unavailable: number };
    drain_seconds: number;
    endpoints: { name: string; method: string; path: string; description: string; example: string }[];
  };
}

const NEW: Typed = {
  name: '',
  description: '',
  replicas: 1,
  autoscaling: scalesOf(null),
  cluster: '',
  priority: 'low',
  access: 'tenant',
  note: '',
  spec: {
    image: '',
    port: 8080,
    command: 'python -m http.server --bind $HOST $PORT',
    files: [],
    env: '',
    cpu_millicores: 500,
    memory_bytes: 2 ** 29,
    devices: 0,
    probe: { path: '/', timeout_seconds: 2, start_seconds: 120 },
    rollout: { max_surge: 1, max_unavailable: 0 },
    drain_seconds: 30,
    endpoints: [],
  },
};

/** GPUs of any flavor are a number; anything more exact is kept as it was written. */
const plainDevices = (spec: AppSpec): number | null => {
  const devices = spec.devices;
  const [one] = devices;
  if (!one) return 0;
  return devices.length === 1 && one.kind === 'gpu' && !one.unit_memory_bytes ? one.count : null;
};

export const hasExactDevices = (app: AppDetail | null) => app !== null && plainDevices(app.spec) === null;

/** A variable as a line that is read back as it is, quoted if need be; undefined where none is, as of several lines. */
const lineOf = ([name, value]: [string, string]) =>
  [`${name}=${value}`, `${name}="${value}"`].find((line) => parseEnv(line)[name] === value);

/** Variables that the form cannot write; they are kept as they were written. */
export const exactVariables = (app: AppDetail | null) =>
  Object.fromEntries(Object.entries(app?.spec.env ?? {}).filter((variable) => lineOf(variable) === undefined));

/** The first line that says no variable, and is neither empty nor a comment. */
export const wrongLine = (text: string) =>
  text.split('\n').find((line) => /^\s*[^\s#]/.test(line) && Object.keys(parseEnv(line)).length === 0);

export function typedOf(app: AppDetail | null): Typed {
  if (!app) return NEW;
  const { spec } = app;
  return {
    name: app.name,
    description: app.description,
    replicas: app.replicas,
    autoscaling: scalesOf(app),
    cluster: app.cluster.name,
    priority: app.priority,
    access: app.access,
    note: 'note' in app && typeof app.note === 'string' ? app.note : '',
    spec: {
      image: spec.image,
      port: spec.port,
      command: joinWords(spec.command),
      files: spec.files,
      env: Object.entries(spec.env)
        .map(lineOf)
        .filter((line) => line !== undefined)
        .join('\n'),
      cpu_millicores: spec.cpu_millicores,
      memory_bytes: Number(spec.memory_bytes),
      devices: plainDevices(spec) ?? 0,
      probe: spec.probe,
      rollout: spec.rollout,
      drain_seconds: spec.drain_seconds,
      endpoints: spec.endpoints,
    },
  };
}

/** `app`: what is changed; null for a new one. What is `isNew` is named. */
export function bodyOf(typed: Typed, app: AppDetail | null, isNew = app === null): Body {
  const { devices, ...spec } = typed.spec;
  const { name, cluster, autoscaling, ...rest } = typed;
  return {
    ...(isNew ? { name, cluster } : {}),
    ...rest,
    autoscaling: bodyOfScales(autoscaling),
    spec: {
      ...(app?.spec ?? {}),
      ...spec,
      command: splitWords(spec.command) ?? [spec.command],
      env: { ...exactVariables(app), ...parseEnv(spec.env) },
      ...(hasExactDevices(app) ? {} : { devices: devices > 0 ? [{ kind: 'gpu', count: devices }] : [] }),
      endpoints: spec.endpoints,
    },
  };
}

const isDocument = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What somebody wrote as text, for the form to show over `app`; null for what it cannot. The server checks the rest. */
export function readBack(written: unknown, app: AppDetail | null): AppDetail | null {
  if (!isDocument(written) || !isDocument(written.spec)) return null;
  const { command = [], env = {}, env_from = [], devices = [], files = [], endpoints = [], ...spec } = written.spec;
  const { probe = {}, rollout = {}, ...plain } = spec;
  const lists = [command, env_from, devices, files, endpoints];
  if (!lists.every(Array.isArray) || ![env, probe, rollout].every(isDocument)) return null;
  if (![...(command as unknown[]), ...Object.values(env as object)].every((one) => typeof one === 'string'))
    return null;
  if (![env_from, devices, files, endpoints].every((rows) => (rows as unknown[]).every(isDocument))) return null;
  const { cluster = app?.cluster.name ?? '', ...rest } = written;
  return {
    ...(app ?? NEW),
    ...rest,
    cluster: { name: cluster },
    spec: {
      ...NEW.spec,
      ...plain,
      ...{ command, env, env_from, devices, files, endpoints },
      probe: { ...NEW.spec.probe, ...(probe as object) },
      rollout: { ...NEW.spec.rollout, ...(rollout as object) },
    },
  } as unknown as AppDetail;
}

/** A model that a job left, served by the server of models that comes with Hanse. */
export function serving(job: string, artifact: string, called: string, example: string): AppDetail | null {
  const name = called
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  const model = artifact.slice(artifact.lastIndexOf('/') + 1);
  const address = `/v2/models/${name || 'model'}`;
  return readBack(
    {
      name,
      spec: {
        command: ['python', '-m', 'model_server', '--name', name || 'model', '--model', `$HANSE_FILES/${model}`],
        files: [{ job, artifact, to: model }],
        probe: { path: '/v2/health/ready' },
        endpoints: [
          { name: 'infer', method: 'POST', path: `${address}/infer`, description: '', example },
          { name: 'describe', method: 'GET', path: address, description: '', example: '' },
        ],
      },
    },
    null,
  );
}
