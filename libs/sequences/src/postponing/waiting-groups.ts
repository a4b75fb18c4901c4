import { type SequenceDefinition, type SequenceStep, stepOf } from '#sequencing';

/**
 * Contacts that wait for the same step, with the same time zone, country
 * and tested time or e-mail, due in the same 15 minutes.
 */
export interface WaitingGroup {
  /** Null in old rows, which have only `position`. */
  readonly stepKey: string | null;
  readonly position: number;
  readonly timeZone: string;
  readonly country: string | null;
  readonly arm: string | null;
  /** Start of the 15 minutes. */
  readonly quarter: Date;
  /** When the first contact of the group is due. */
  readonly dueAt: Date;
  readonly people: number;
}

/**
 * Midnight in every time zone is at a full quarter hour, so contacts of one
 * quarter hour share a local date.
 */
export const quarterOf = (column: string): string => `date_bin('15 minutes', ${column}, 'epoch')`;

/**
 * SQL that reads the groups of the activation `$1`.
 * @param lock locks the rows until the transaction ends, in the same order as
 *   other statements.
 */
export const waitingGroups = (lock: '' | 'ORDER BY id FOR UPDATE' = ''): string =>
  `SELECT step_key, position, time_zone, country, arm, ${quarterOf('due_at')} AS quarter, min(due_at) AS due_at, count(*)::int AS people
   FROM (SELECT step_key, position, time_zone, country, arm, due_at FROM sequences.enrolment
         WHERE activation_id = $1 AND state = 'waiting' AND due_at IS NOT NULL ${lock}) e
   GROUP BY step_key, position, time_zone, country, arm, quarter`;

export const stepOfGroup = (
  sequence: SequenceDefinition,
  { stepKey, position }: Pick<WaitingGroup, 'stepKey' | 'position'>,
): SequenceStep | undefined => stepOf(sequence, stepKey ?? sequence.steps[position]?.key ?? '');
