import type { Activation } from '#activations';
import type { Database } from '#database';
import type { Horizon } from '#experiments';
import type { TestedStep } from '#sequencing';

/** What the recipients of one arm of a test did. */
export interface ArmCount {
  readonly arm: string;
  readonly people: number;
  readonly clicked: number;
  readonly replied: number;
}

export interface TestCounts {
  readonly arms: readonly ArmCount[];
  /** Contacts that entered too late to be compared. */
  readonly notCounted: number;
  /** Contacts that are compared and have not got the e-mail yet. */
  readonly waiting: number;
  /** When the last of those that are compared got it; null: none did. */
  readonly lastSentAt: Date | null;
}

interface ArmRow extends ArmCount {
  readonly late: number;
  readonly waiting: number;
  readonly lastSentAt: Date | null;
}

/**
 * Contacts of an activation by what was drawn for them in the test of its version, and those that clicked in the
 * e-mail or replied to it within the days that count. Who entered late is left out, as in a hold-out. What a
 * winner or an earlier version gave is in no test. In the open transaction of the partner's scope.
 *
 * A click counts by its verdict, as in all results. `engagement.certain_click` would leave out clicks on pages of
 * ours: that a page was opened is in a table that no partner's scope sees.
 */
export async function testCounts(
  database: Database,
  { id, startAt }: Pick<Activation, 'id' | 'startAt'>,
  { stepKey, of, arms, version }: TestedStep & { readonly version: number },
  { enteredBefore, followDays }: Horizon,
): Promise<TestCounts> {
  const rows = await database.query<ArmRow>(
    `WITH person AS (
       SELECT contact_id, min(arm) AS arm, greatest(min(at), $3::timestamptz) AS at
       FROM sequences.experiment_contact_view
       WHERE activation_id = $1 AND arm = ANY ($6) AND arm_version = $7 GROUP BY contact_id),
     mail AS (
       SELECT DISTINCT ON (p.contact_id) p.contact_id, p.arm, p.at < $4 AS is_counted, m.id, m.settled_at
       FROM person p JOIN delivery.message_view m ON m.activation_id = $1 AND m.contact_id = p.contact_id
       WHERE m.step_key = $2 AND m.state IN ('accepted', 'delivered', 'bounced', 'complained')
         AND ($8 = 'time' OR m.email_key = p.arm)
       ORDER BY p.contact_id, m.settled_at),
     acted AS (
       SELECT m.*, EXISTS (SELECT FROM engagement.interaction_with_verdict c WHERE c.message_id = m.id AND c.kind = 'click'
           AND c.verdict = 'human' AND c.at < m.settled_at + $5 * interval '1 day') AS has_clicked,
         EXISTS (SELECT FROM engagement.interaction_with_verdict t WHERE t.message_id = m.id AND t.kind = 'reply'
           AND t.at < m.settled_at + $5 * interval '1 day') AS has_replied
       FROM mail m),
     sent AS (
       SELECT arm, (count(*) FILTER (WHERE is_counted))::int AS people,
         (count(*) FILTER (WHERE NOT is_counted))::int AS late,
         (count(*) FILTER (WHERE is_counted AND has_clicked))::int AS clicked,
         (count(*) FILTER (WHERE is_counted AND has_replied))::int AS replied,
         max(settled_at) FILTER (WHERE is_counted) AS last_sent_at
       FROM acted GROUP BY arm),
     pending AS (
       SELECT p.arm, count(*)::int AS waiting FROM person p
       WHERE p.at < $4
         AND EXISTS (SELECT FROM sequences.enrolment_view e
           WHERE e.activation_id = $1 AND e.contact_id = p.contact_id AND e.state IN ('waiting', 'running'))
         AND NOT EXISTS (SELECT FROM sequences.decision_view d
           WHERE d.activation_id = $1 AND d.contact_id = p.contact_id AND d.step_key = $2 AND d.outcome <> 'pending')
       GROUP BY p.arm)
     SELECT arm, coalesce(people, 0) AS people, coalesce(late, 0) AS late, coalesce(clicked, 0) AS clicked,
       coalesce(replied, 0) AS replied, coalesce(waiting, 0) AS waiting, last_sent_at
     FROM sent FULL JOIN pending USING (arm)`,
    [id, stepKey, startAt, enteredBefore, followDays, arms, version, of],
  );
  const times = rows.flatMap(({ lastSentAt }) => lastSentAt?.getTime() ?? []);
  return {
    arms: rows.map(({ arm, people, clicked, replied }) => ({ arm, people, clicked, replied })),
    notCounted: rows.reduce((sum, { late }) => sum + late, 0),
    waiting: rows.reduce((sum, { waiting }) => sum + waiting, 0),
    lastSentAt: times.length === 0 ? null : new Date(Math.max(...times)),
  };
}
