import { describe, expect, it } from 'vitest';
import type { AppDetail } from '../api';
import { changesOf } from './changes';
import { bodyOf, readBack, typedOf, wrongLine } from './form';
import { endOf, SNIPPETS, urlOf } from './snippets';

const SPEC = {
  command: ['python', '-m', 'my server', '--port', '$PORT'],
  env: { MODE: 'fast' },
  env_from: [{ secret: 'tracker', key: 'api-key', name: 'KEY', version: null }],
  cpu_millicores: 500,
  memory_bytes: 2 ** 29,
  devices: [],
  probe: { path: '/', timeout_seconds: 2, start_seconds: 120 },
  rollout: { max_surge: 1, max_unavailable: 0 },
  drain_seconds: 30,
  files: [{ bucket: null, key: '', job: 'j1', artifact: 'model.npz', to: '' }],
  endpoints: [],
};
const app = (spec: object = {}) =>
  ({
    name: 'digits',
    description: '',
    replicas: 2,
    cluster: { id: 'c', name: 'harbour' },
    priority: 'low',
    access: 'key',
    spec: { ...SPEC, ...spec },
  }) as unknown as AppDetail;

describe('the form', () => {
  it('gives back what it was given, also what it does not show', () => {
    const given = app();

    expect(bodyOf(typedOf(given), given).spec).toEqual(SPEC);
  });

  it('has an app grow only where it says up to how many', () => {
    const given = { ...app(), autoscaling: { max_replicas: 5, cpu_percent: 60 } } as AppDetail;

    expect(bodyOf(typedOf(given), given)).toHaveProperty('autoscaling', { max_replicas: 5, cpu_percent: 60 });
    expect(bodyOf(typedOf(app()), app())).toHaveProperty('autoscaling', null);
  });

  it('leaves devices as they are that it cannot write', () => {
    const exact = app({ devices: [{ kind: null, flavor: 'a100', unit_memory_bytes: null, count: 2 }] });

    expect(bodyOf(typedOf(exact), exact).spec).toEqual(exact.spec);
  });

  it.each(['"quoted"', "'", '  wide ', '', 'a=b # c', 'one\ntwo', '-----BEGIN\nA=1\n'])(
    'keeps a variable that is %j',
    (value) => {
      const given = app({ env: { BEFORE: '1', ODD: value } });
      const typed = typedOf(given);
      const env = `${typed.spec.env}\nMORE=2`;

      expect(bodyOf(typed, given).spec).toEqual(given.spec);
      expect(bodyOf({ ...typed, spec: { ...typed.spec, env } }, given).spec).toHaveProperty('env', {
        ...given.spec.env,
        MORE: '2',
      });
    },
  );

  it('loses no line that says no variable', () => {
    expect(wrongLine('# x\n\nA=1\n  export B="two words"')).toBeUndefined();
    expect(wrongLine('A=1\nmy-name=2\nC')).toBe('my-name=2');
  });

  it('shows what was written as text, and what it does not know of stays', () => {
    const read = readBack(
      { name: 'shop', spec: { command: ['serve'], env_from: SPEC.env_from, probe: { path: '/up' } } },
      null,
    );

    expect(typedOf(read)).toMatchObject({
      name: 'shop',
      spec: { command: 'serve', probe: { path: '/up', start_seconds: 120 } },
    });
    expect(bodyOf(typedOf(read), read, true)).toMatchObject({ name: 'shop', spec: { env_from: SPEC.env_from } });
  });

  it.each([
    null,
    'text',
    [],
    { name: 'shop' },
    { spec: { command: 'serve --now' } },
    { spec: { command: ['a'], env: [] } },
  ])('does not take %j for an app', (written) => expect(readBack(written, null)).toBeNull());

  it('names the app and its cluster only when it is new', () => {
    expect(bodyOf(typedOf(null), null)).toMatchObject({ name: '', cluster: '', access: 'tenant' });
    expect(bodyOf(typedOf(app()), app())).not.toHaveProperty('name');
  });
});

describe('what differs between revisions', () => {
  it('is said place by place, and what is gone too', () => {
    const later = { ...SPEC, command: ['python'], env: {}, cpu_millicores: 250 };

    expect(
      changesOf({ command: ['python', '-m'], cpu_millicores: 500 }, { command: ['python'], cpu_millicores: 250 }),
    ).toEqual([
      { at: 'cpu_millicores', before: 500, after: 250 },
      { at: 'command.1', before: '-m', after: undefined },
    ]);
    expect(changesOf(later, later)).toEqual([]);
  });
});

describe('programs', () => {
  const call = {
    method: 'POST',
    url: urlOf('http://apps/p/digits/', '/predict'),
    body: `{"who": "it's"}`,
    withKey: true,
  };

  it('send the body as it is, and read the key from where they run', () => {
    expect(SNIPPETS.curl(call)).toContain(`--data-raw '{"who": "it'\\''s"}'`);
    expect(SNIPPETS.curl(call)).toContain("'http://apps/p/digits/predict'");
    expect(SNIPPETS.python(call)).toContain("os.environ['APP_KEY']");
    expect(SNIPPETS.javascript(call)).toContain('process.env.APP_KEY');
  });

  it('ask for no key where none is needed', () => {
    for (const write of Object.values(SNIPPETS)) expect(write({ ...call, withKey: false })).not.toContain('APP_KEY');
  });
});

describe('the end of an address', () => {
  it('is its path here, and its name where a cluster has an entry', () => {
    expect(endOf('http://127.0.0.1:8080/p/vision/digits/')).toBe('/p/vision/digits/');
    expect(endOf('https://digits-0123456789.apps.example.org')).toBe('digits-0123456789.apps.example.org');
  });
});
