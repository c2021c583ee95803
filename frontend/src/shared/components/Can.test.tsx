import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Can } from './Can';

const button = <button type="button">Stop</button>;
const shown = () => screen.queryByRole('button', { name: 'Stop' }) !== null;

describe('Can', () => {
  it.each([
    ['the reader may', { can: ['jobs.cancel'] }, undefined, true],
    ['the reader may and the state allows it', { can: ['jobs.cancel'], acts: ['cancel'] }, 'cancel', true],
    ['the state does not allow it', { can: ['jobs.cancel'], acts: ['clone'] }, 'cancel', false],
    ['the reader may not', { can: ['jobs.view'], acts: ['cancel'] }, 'cancel', false],
    ['nothing is known of what the reader may', {}, undefined, false],
    ['nothing is known of the states', { can: ['jobs.cancel'] }, 'cancel', false],
    ['the object is not there yet', undefined, undefined, false],
  ])('%s: %j %s -> %s', (_, on, act, expected) => {
    render(
      <Can do="jobs.cancel" on={on} {...(act ? { act } : {})}>
        {button}
      </Can>,
    );

    expect(shown()).toBe(expected);
  });
});
