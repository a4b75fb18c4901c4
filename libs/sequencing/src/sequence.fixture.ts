import fc from 'fast-check';
import { type Circumstances, NO_CHOICES } from './advance.js';
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
  return { now, zone: 'Europe/London', country: null, facts: NOTHING_KNOWN, choices: NO_CHOICES, ...over };
}

/**
 * Sequences of all step kinds with random edges; those that would not compile
 * are dropped.
 */
export const sequences: fc.Arbitrary<SequenceDefinition> = fc
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
    return aSequence({
      goals: [{ key: 'goal', form: 'any' }],
      steps: drawn.map(({ kind: drawnKind, hours, to, other, leads, isDated }, at) => {
        const key = `s${at}`;
        const onward = leads ? { next: target(to) } : {};
        const valid = isDated ? { valid: { to: '2027-01-15' } } : {};
        if (drawnKind === 'email') return { key, email: 'mail', ...onward, ...valid };
        if (drawnKind === 'lead') return { key, createLead: true, ...onward };
        if (drawnKind === 'wait') return { key, wait: { hours }, ...onward };
        const ways = [
          { click: 'any', then: target(to) },
          { event: 'told', then: target(other) },
        ];
        return drawnKind === 'until'
          ? { key, until: ways, within: { hours }, else: target(other) }
          : { key, branch: ways, else: target(other) };
      }),
    });
  })
  .filter((sequence) => sequenceProblems(sequence).every(({ severity }) => severity === 'warning'));
