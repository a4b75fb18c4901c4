import { type Circumstances, NO_CHOICES } from './advance.js';
import { NOTHING_KNOWN } from './condition.js';
import { type SequenceDefinition, sequenceSchema } from './sequence-definition.js';

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
