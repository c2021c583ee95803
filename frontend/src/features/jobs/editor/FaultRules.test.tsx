import { speak } from '@app/i18n/i18n';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { inFormWords } from '../formWords';
import type { Path } from '../model/document';
import { type SpecForm, shownIn } from '../model/form';
import { SpecContext } from './context';
import { FaultRules } from './FaultRules';

let kept: SpecForm = {};

/** A specification of which only the rules change. */
function Editor({ roles }: { roles: string[] }) {
  const [rules, setRules] = useState<unknown>(undefined);
  const value = shownIn({ roles: roles.map((name) => ({ name })), fault_policy: { rules } });
  kept = value;
  const set = (_: Path, next: unknown) => setRules(next);
  return (
    <SpecContext value={{ value, set, errors: new Map(), strict: false }}>
      <FaultRules />
    </SpecContext>
  );
}

const choose = async (label: string, option: string) => {
  await userEvent.click(screen.getByRole('combobox', { name: label }));
  await userEvent.click(await screen.findByTitle(option));
};

beforeAll(async () => {
  await speak('en');
  await inFormWords(Promise.resolve());
});

describe('FaultRules', () => {
  it('writes a rule as the specification has it', async () => {
    await renderPage(<Editor roles={['chief', 'worker']} />);

    await userEvent.click(await screen.findByRole('button', { name: /Add an exception/ }));
    await choose('Event of exception 1', 'It ended with exit code');
    await userEvent.type(screen.getByRole('combobox', { name: 'Exit codes of exception 1' }), '75 137 ');
    await choose('Role of exception 1', 'worker');
    await choose('Action of exception 1', 'Try again');

    expect(kept.fault_policy?.rules).toEqual([
      { event: 'exit-code', exit_codes: [75, 137], role: 'worker', action: 'restart' },
    ]);
  });

  it('forgets the exit codes of a rule that speaks of something else, and a rule that is removed', async () => {
    await renderPage(<Editor roles={['worker']} />);
    await userEvent.click(await screen.findByRole('button', { name: /Add an exception/ }));
    await choose('Event of exception 1', 'It ended with exit code');
    await userEvent.type(screen.getByRole('combobox', { name: 'Exit codes of exception 1' }), '3 ');
    expect(screen.queryByRole('combobox', { name: 'Role of exception 1' })).toBeNull();

    await choose('Event of exception 1', 'Its node was lost');
    expect(kept.fault_policy?.rules).toEqual([{ event: 'node-lost', action: 'fail' }]);
    await userEvent.click(screen.getByRole('button', { name: 'Remove exception 1' }));

    expect(kept.fault_policy?.rules).toBeUndefined();
  });
});
