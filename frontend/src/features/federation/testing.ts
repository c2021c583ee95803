/** What tests of this feature begin with. */
import { speak } from '@app/i18n/i18n';
import { withWords } from '@shared/i18n/later';
import type { FederatedJobDetail } from './jobs';

export async function withOurWords() {
  await speak('en');
  const words = {
    en: () => import('./locales/en').then(({ federation }) => federation),
    zh: () => import('./locales/zh').then(({ federation }) => federation),
  };
  await withWords('federation', words, Promise.resolve());
}

const part = { since: '2026-11-27T19:00:00Z', round: 4, channels_open: true } as const;
export const job: FederatedJobDetail = {
  id: 'f1',
  tenant_id: 't1',
  federated_job: '0190f3c4',
  their_id: 'f2',
  contract_id: 'c1',
  contract_name: 'Digits of both houses',
  partner: { id: 'p2', number: 20000, name: 'Borealis' },
  our_number: 10000,
  name: 'digits-of-both',
  rounds: 20,
  round: 4,
  parameters: { learning_rate: 0.5 },
  patience_seconds: 900,
  proposed_by_them: true,
  phase: 'running',
  acts: ['stop'],
  outcome: '',
  why: '',
  why_said: null,
  note: '',
  ended_by_them: false,
  answer_by: '2026-12-04T19:00:00Z',
  waits_for: 'Their part waits for machines of 20000.',
  said: [{ code: 'federated-waits-their-machines', arguments: { number: 20000 } }],
  ours: { ...part, part: 'running', job: { id: 'j1', project_slug: 'vision' }, given_by: 'Ann' },
  theirs: { ...part, part: 'queued', heard_at: '2026-11-27T19:00:00Z', silent_at: null, lost_at: null },
  started_at: '2026-11-27T19:00:00Z',
  ended_at: null,
  created_at: '2026-11-27T18:00:00Z',
  version: 1,
  spec: null,
  events: [
    {
      id: 'e1',
      at: '2026-11-27T19:00:00Z',
      by_them: true,
      text: 'The part is submitted and waits for machines.',
      said: { code: 'federated-part-queued', arguments: {} },
      round: 0,
    },
  ],
  letters: [],
};
