import { type SequenceDefinition, type SequenceStep, stepOf } from '#sequencing';

/**
 * Contacts that wait for the same step, within one quarter hour of equal
 * clocks.
 */
export interface WaitingGroup {
  /** Null in rows from before steps went by keys. */
  readonly stepKey: string | null;
  readonly position: number;
  readonly timeZone: string;
  readonly country: string | null;
  /** When the quarter of an hour begins, and when the first of them is due. */
  readonly quarter: Date;
  readonly dueAt: Date;
  readonly people: number;
}

/**
 * Every zone's midnight is on a quarter hour: contacts due within one fall on
 * one date.
 */
export const quarterOf = (column: string): string => `date_bin('15 minutes', ${column}, 'epoch')`;

/**
 * Reads groups of an activation `$1`.
 * @param lock locks their rows until the transaction ends, in the common lock
 *   order.
 */
export const waitingGroups = (lock: '' | 'ORDER BY id FOR UPDATE' = ''): string =>
  `SELECT step_key, position, time_zone, country, ${quarterOf('due_at')} AS quarter, min(due_at) AS due_at, count(*)::int AS people
   FROM (SELECT step_key, position, time_zone, country, due_at FROM sequences.enrolment
         WHERE activation_id = $1 AND state = 'waiting' AND due_at IS NOT NULL ${lock}) e
   GROUP BY step_key, position, time_zone, country, quarter`;

export const stepOfGroup = (
  sequence: SequenceDefinition,
  { stepKey, position }: Pick<WaitingGroup, 'stepKey' | 'position'>,
): SequenceStep | undefined => stepOf(sequence, stepKey ?? sequence.steps[position]?.key ?? '');
