import { advance, type EnrolmentState } from './advance.js';
import { NO_CHOICES, type Circumstances } from './circumstances.js';
import { NOTHING_KNOWN, type SequenceEvent } from './condition.js';
import { endsByExclusion, EXCLUSION_REASONS, exitsOf, MADE_BY_STEP } from './exclusion.js';
import { aSequence } from './sequence.fixture.js';

const NOON = new Date('2026-11-24T12:00:00Z');
const steps = [
  { key: 'welcome', email: 'welcome' },
  { key: 'pause', wait: { days: 3 } },
  { key: 'more', email: 'welcome' },
];
const circumstances: Circumstances = {
  now: NOON,
  zone: 'Europe/London',
  country: null,
  facts: NOTHING_KNOWN,
  choices: NO_CHOICES,
  arm: null,
};
const waiting: EnrolmentState = { state: 'waiting', step: 'more', round: 1, dueAt: NOON, since: NOON };
const lead = (name: string): SequenceEvent => ({ kind: 'lead', name, at: NOON });
const reply: SequenceEvent = { kind: 'reply', name: null, at: NOON };

const ending = (sequence: ReturnType<typeof aSequence>, ...events: SequenceEvent[]): string | null => {
  const { effects } = advance(sequence, waiting, { kind: 'happened', events }, circumstances);
  const exit = effects.find(({ kind }) => kind === 'exit');
  return exit?.kind === 'exit' ? exit.reason : null;
};

describe('an exclusion from campaigns', () => {
  it('ends each campaign that does not write its exits', () => {
    const plain = aSequence({ steps });
    for (const reason of EXCLUSION_REASONS) expect(endsByExclusion(plain, reason)).toBe(true);
    expect(exitsOf(plain)).toEqual([{ on: 'reply' }, { on: 'lead', states: ['new', 'accepted', 'working', 'won'] }]);
  });

  it.each([
    [[], []],
    [[{ reply: true }], ['answered']],
    [[{ lead: ['won'] }], ['deal-won']],
    [[{ lead: ['accepted'] }], ['became-lead']],
    [[{ lead: ['lost'] }, { list: 'Customers' }], []],
    [
      [{ reply: true }, { lead: ['new', 'won'] }],
      ['answered', 'became-lead', 'deal-won'],
    ],
  ])('ends a campaign with the exits %j for %j, and always for who was taken out', (exits, reasons) => {
    const written = aSequence({ exits, steps });
    expect(EXCLUSION_REASONS.filter((reason) => endsByExclusion(written, reason))).toEqual([...reasons, 'taken-out']);
  });

  it('has one reason: a reply before a deal, a deal before a lead', () => {
    const plain = aSequence({ steps });
    expect(ending(plain, reply)).toBe('answered');
    expect(ending(plain, lead('new'))).toBe('became-lead');
    expect(ending(plain, lead('new'), lead('won'))).toBe('deal-won');
    expect(ending(plain, lead('won'), reply)).toBe('answered');
  });

  it('is not meant by a lost lead, nor by one that a step of the campaign made', () => {
    const plain = aSequence({ steps });
    expect(ending(plain, lead('lost'))).toBeNull();
    expect(ending(plain, lead(MADE_BY_STEP))).toBeNull();
    // A user works on it.
    expect(ending(plain, lead('accepted'))).toBe('became-lead');
  });
});
