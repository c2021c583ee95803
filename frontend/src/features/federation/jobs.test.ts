import { expect, test } from 'vitest';
import { parametersOf, partOf } from './jobs';

test('parameters are written a line each, and keep what they are', () => {
  expect(parametersOf('learning_rate = 0.5\n\nlayers=3\nmasked = true\nnote = a = b\nempty =')).toEqual({
    learning_rate: 0.5,
    layers: 3,
    masked: true,
    note: 'a = b',
    empty: '',
  });
});

test('a part is a template, or a program whose command has an entry a line', () => {
  const needs = { project: 'p', replicas: 1, cores: 0.5, memory: '1Gi' };

  expect(partOf({ ...needs, from: 'template', template: 't' })).toEqual({ project_id: 'p', template: 't' });
  expect(partOf({ ...needs, from: 'program', command: 'python\ntrain.py\n' })).toEqual({
    project_id: 'p',
    spec: {
      name: 'part',
      roles: [{ command: ['python', 'train.py'], replicas: 1, cpu_millicores: 500, memory_bytes: '1Gi' }],
    },
  });
});
