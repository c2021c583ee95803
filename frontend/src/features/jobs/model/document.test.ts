import { joinWords, parseEnv, quantity, splitWords } from '@shared/lib/typed';
import { describe, expect, it } from 'vitest';
import { pointer, rangeOf, read, textOf, type Value, write } from './document';
import { type SpecForm, shownIn, unshown } from './form';

const TEXT = `# nightly run
name: nightly
x-owner: ann # who to ask
roles:
  - name: worker
    replicas: 2
    memory_bytes: 2Gi
    command: [python, train.py]
`;

describe('the form and the YAML are one text', () => {
  it('writes one field and leaves everything else, comments and unknown fields too', () => {
    const changed = write(TEXT, ['roles', 0, 'replicas'], 4);
    expect(changed).toBe(
      TEXT.replace('replicas: 2', 'replicas: 4').replace('[python, train.py]', '[ python, train.py ]'),
    );
    expect(write(changed, ['roles', 0, 'replicas'], 2)).toContain('x-owner: ann # who to ask');
  });

  it('makes what is missing on the way to a field, and removes it again', () => {
    const made = write('', ['fault_policy', 'restart'], 'on-failure');
    expect(read(made).value).toEqual({ fault_policy: { restart: 'on-failure' } });
    expect(read(write(made, ['fault_policy', 'restart'], undefined)).value).toEqual({ fault_policy: {} });
    expect(read(write('name: a\n', ['roles', 0, 'env', 'A'], '1')).value).toEqual({
      name: 'a',
      roles: [{ env: { A: '1' } }],
    });
  });

  it('keeps words that YAML would take for something else', () => {
    const text = write('name: a\n', ['labels'], { stage: 'yes', version: '1.10', empty: '' });
    expect(read(text).value).toEqual({ name: 'a', labels: { stage: 'yes', version: '1.10', empty: '' } });
  });

  it('goes round for a whole specification', () => {
    const whole: SpecForm = {
      name: 'whole',
      description: 'two\nlines: "quoted" # no comment',
      framework: 'pytorch',
      cluster: 'any',
      priority: 'high',
      gang: false,
      resize_pause_seconds: 60,
      labels: { team: 'vision', 'a.b': '1.10' },
      roles: [
        {
          name: 'worker',
          replicas: 4,
          min_replicas: 2,
          serves: false,
          image: 'registry/train:1',
          command: ['python', '-c', 'print("a: b")'],
          env: { MODE: 'yes', LINES: 'one\ntwo' },
          cpu_millicores: 500,
          memory_bytes: '2Gi',
          devices: [
            { flavor: 'a100', count: 2 },
            { kind: 'gpu', unit_memory_bytes: '32Gi', count: 1 },
          ],
        },
      ],
      fault_policy: {
        restart: 'on-exit-codes',
        exit_codes: [137],
        backoff_limit: 2,
        deadline_seconds: 60,
        clean: 'all',
        keep_seconds: 3600,
      },
    };
    const text = textOf(whole as Value);
    expect(read(text).value).toEqual(whole);
    expect(unshown(whole as Value)).toEqual([]);
    expect(shownIn(whole as Value)).toEqual(whole);
    expect(read(write(text, ['roles', 0, 'env', 'MODE'], 'no')).value).toEqual({
      ...whole,
      roles: [{ ...whole.roles?.[0], env: { MODE: 'no', LINES: 'one\ntwo' } }],
    });
  });

  it('says what the form cannot show', () => {
    expect(unshown(read(TEXT).value ?? {})).toEqual(['/x-owner']);
    expect(unshown({ roles: 'two', gang: 'yes', fault_policy: { restart: 'never', wait: 3 } })).toEqual([
      '/roles',
      '/gang',
      '/fault_policy/wait',
    ]);
    expect(shownIn({ roles: 'two', gang: true })).toEqual({ gang: true });
  });

  it('does not touch a text that cannot be read', () => {
    const broken = 'name: [a\n';
    expect(read(broken).value).toBeNull();
    expect(read(broken).errors.length).toBeGreaterThan(0);
    expect(write(broken, ['name'], 'b')).toBe(broken);
    expect(read('- a\n').errors[0]?.message).toBe('not-a-mapping');
    expect(read('a: &x [1]\nb: *x\n').value).toBeNull();
    expect(read('').value).toEqual({});
  });

  it('finds the place of a field in the text', () => {
    const { from, to } = rangeOf(TEXT, '/roles/0/memory_bytes');
    expect(TEXT.slice(from, to)).toBe('2Gi');
    const nearest = rangeOf(TEXT, '/roles/0/image');
    expect(TEXT.slice(nearest.from, nearest.to)).toContain('worker');
    expect(pointer(['env', 'a/b~c'])).toBe('/env/a~1b~0c');
  });
});

describe('amounts and commands', () => {
  it('writes the shortest quantity', () =>
    expect([quantity(2 ** 31), quantity(3 * 2 ** 29), quantity(1000)]).toEqual(['2Gi', '1536Mi', '1000']));

  it.each([
    [`python -c 'print("a b")'`, ['python', '-c', 'print("a b")']],
    [`sh -c "echo \\"hi\\" $HOME" ''`, ['sh', '-c', 'echo "hi" $HOME', '']],
    ['python train.py \\\n  --epochs 3', ['python', 'train.py', '--epochs', '3']],
  ])('splits %s', (line, words) => {
    expect(splitWords(line)).toEqual(words);
    expect(splitWords(joinWords(words))).toEqual(words);
  });
  it('waits while a quote is open', () => expect(splitWords(`echo 'a`)).toBeNull());
  it('reads pasted environments', () =>
    expect(parseEnv('# x\nexport A=1\nB="two words"\nbad line')).toEqual({ A: '1', B: 'two words' }));
});
