import { screen, within } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import type { Channels } from '../contracts';
import { withOurWords } from '../testing';
import { ChannelsOf } from './ChannelsOf';

const check = {
  check: 'open',
  state: 'unknown',
  text: 'fl-pulsar-20000 does not let our messages in yet: their side has to open its channels.',
  said: { code: 'link-open-not-granted', arguments: { cluster: 'fl-pulsar-20000' } },
  who: 'them',
  milliseconds: 12,
  since: '2026-11-27T19:00:00Z',
} as const;

const channels: Channels = {
  state: 'opening',
  namespace: 'contract-1-1',
  role: 'worker-1-1',
  checks: [check],
  checked_at: '2026-11-27T19:00:00Z',
  sent_bytes: 2_000_000,
  most_bytes: 50_000_000,
  opened_at: null,
  closed_at: null,
  removed: null,
};

beforeAll(withOurWords);

describe('The channels of a contract', () => {
  it('say how far they are, who must act, and what a job names', async () => {
    await renderPage(<ChannelsOf channels={channels} contract="0190f3c4" />);

    expect(await screen.findByText('opening')).toBeInTheDocument();
    const row = screen.getByRole('row', { name: /way to them/ });
    expect(within(row).getByText(check.text)).toBeInTheDocument();
    expect(within(row).getByText('they')).toBeInTheDocument();
    expect(screen.getByText('contract: 0190f3c4')).toBeInTheDocument();
    expect(screen.queryByText('What was taken away in our cluster')).not.toBeInTheDocument();
  });

  it('show what was taken away, and what nobody took', async () => {
    const topics = [{ topic: '10000.20000.data', messages: 40, given_up: 3, unread: 0 }];
    const removed = { topics, roles: ['worker-1-1'], at: '2026-11-27T19:10:00Z' };
    await renderPage(<ChannelsOf channels={{ ...channels, state: 'closed', removed }} contract="0190f3c4" />);

    const row = await screen.findByRole('row', { name: /10000\.20000\.data/ });
    expect(within(row).getByText('3')).toBeInTheDocument();
    expect(screen.getByText('Roles that hold nothing any more: worker-1-1')).toBeInTheDocument();
  });
});
