import fc from 'fast-check';
import { begin } from './advance.js';
import { nextEmail } from './next-email.js';
import { rehearse } from './rehearse.js';
import { aSequence, circumstances, sequences } from './sequence.fixture.js';

const NOON = new Date('2026-11-24T12:00:00Z');

describe('the next e-mail of a waiting contact', () => {
  it('is the e-mail, not the end of the wait before it', () => {
    const sequence = aSequence({
      steps: [
        { key: 'watch', until: [{ click: 'demo', then: 'end' }], within: { days: 5 }, else: 'reminder' },
        { key: 'reminder', email: 'reminder' },
      ],
    });
    const known = circumstances({ now: NOON });
    const { next } = begin(sequence, NOON, known);
    // The wait ends on a Sunday; mail goes out on Monday.
    expect(next.dueAt).toEqual(new Date('2026-11-29T12:00:00Z'));
    expect(nextEmail(sequence, next, known)?.at).toEqual(new Date('2026-11-30T09:00:00Z'));
  });

  it('is none where none comes', () => {
    const sequence = aSequence({
      steps: [
        { key: 'first', email: 'first' },
        { key: 'pause', wait: { days: 2 } },
      ],
    });
    const known = circumstances({ now: NOON });
    const waiting = { state: 'waiting', step: 'pause', round: 1, dueAt: NOON, since: NOON } as const;
    expect(nextEmail(sequence, waiting, known)).toBeNull();
  });

  it('is at the time at which a simulation sends it', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        const known = circumstances({ now: NOON });
        const { next } = begin(sequence, NOON, known);
        const { steps } = rehearse(sequence, {
          startAt: NOON,
          until: new Date(8.64e15),
          zone: known.zone,
          country: null,
          fields: {},
          lists: [],
          choices: known.choices,
          arm: null,
          events: [],
        });
        const first = steps.find(({ step, skip }) => step.kind === 'email' && skip === null)?.at ?? null;
        expect(nextEmail(sequence, next, known)?.at ?? null).toEqual(first);
      }),
    );
  });
});
