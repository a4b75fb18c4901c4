import fc from 'fast-check';
import { type Circumstances, NO_CHOICES } from './circumstances.js';
import { NOTHING_KNOWN } from './condition.js';
import { type SequenceDefinition, sequenceSchema } from './sequence-definition.js';
import { sequenceProblems } from './sequence-problems.js';

const OFFICE = { from: '09:00', to: '17:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] };

/** A sequence as an author writes it, with office hours by default. */
export function aSequence(written: {
  readonly steps: readonly unknown[];
  readonly [field: string]: unknown;
}): SequenceDefinition {
  return sequenceSchema.parse({ window: OFFICE, ...written });
}

/** London at noon on a Tuesday, with no facts. */
export function circumstances(over: Partial<Circumstances> = {}): Circumstances {
  const now = new Date('2026-11-24T12:00:00Z');
  return { now, zone: 'Europe/London', country: null, facts: NOTHING_KNOWN, choices: NO_CHOICES, arm: null, ...over };
}

/** Steps and goals as an author writes them. */
interface WrittenSequence {
  readonly goals: readonly object[];
  readonly steps: readonly object[];
}

const compiles = (written: WrittenSequence): boolean =>
  sequenceProblems(aSequence({ ...written })).every(({ severity }) => severity === 'warning');

/**
 * Sequences of all step kinds with random edges, as they are written; those
 * that would not compile are dropped.
 * @param emailOf the key of the e-mail of each step.
 * @param ways of a branch, to two steps.
 */
export const writtenSequences = (
  emailOf: (at: number) => string,
  ways: (to: string, other: string) => readonly object[],
): fc.Arbitrary<WrittenSequence> =>
  fc
    .array(
      fc.record({
        kind: fc.constantFrom('email', 'lead', 'wait', 'until', 'branch'),
        hours: fc.integer({ min: 1, max: 200 }),
        to: fc.nat(9),
        other: fc.nat(9),
        leads: fc.boolean(),
        isDated: fc.boolean(),
      }),
      { minLength: 1, maxLength: 9 },
    )
    .map((drawn) => {
      const target = (to: number): string => (to >= drawn.length ? 'end' : `s${to}`);
      return {
        goals: [{ key: 'goal', form: 'any' }],
        steps: drawn.map(({ kind: drawnKind, hours, to, other, leads, isDated }, at) => {
          const key = `s${at}`;
          const onward = leads ? { next: target(to) } : {};
          const valid = isDated ? { valid: { to: '2027-01-15' } } : {};
          if (drawnKind === 'email') return { key, email: emailOf(at), ...onward, ...valid };
          if (drawnKind === 'lead') return { key, createLead: true, ...onward };
          if (drawnKind === 'wait') return { key, wait: { hours }, ...onward };
          return drawnKind === 'until'
            ? { key, until: clickOrEvent(target(to), target(other)), within: { hours }, else: target(other) }
            : { key, branch: ways(target(to), target(other)), else: target(other) };
        }),
      };
    })
    .filter(compiles);

const clickOrEvent = (to: string, other: string): object[] => [
  { click: 'any', then: to },
  { event: 'told', then: other },
];

export const sequences: fc.Arbitrary<SequenceDefinition> = writtenSequences(() => 'mail', clickOrEvent).map((written) =>
  aSequence({ ...written }),
);
