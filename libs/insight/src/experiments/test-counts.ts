import type { Activation } from '#activations';
import type { Database } from '#database';
import type { Horizon } from '#experiments';

/** What the recipients of one e-mail of a test did. */
export interface ArmCount {
  readonly email: string;
  readonly people: number;
  readonly clicked: number;
  readonly replied: number;
}

/**
 * Contacts of an activation by the e-mail that they got in the step that tests some, and those that clicked in
 * it or replied to it within the days that count. Who entered late is left out, as in a hold-out; who has not
 * got the e-mail yet, too. In the open transaction of the partner's scope.
 */
export async function testCounts(
  database: Database,
  { id, startAt }: Pick<Activation, 'id' | 'startAt'>,
  stepKey: string,
  { enteredBefore, followDays }: Horizon,
): Promise<{ readonly arms: readonly ArmCount[]; readonly notCounted: number }> {
  const rows = await database.query<ArmCount & { late: number }>(
    `WITH person AS (
       SELECT contact_id, min(arm) AS arm, greatest(min(at), $3::timestamptz) AS at
       FROM sequences.experiment_contact_view WHERE activation_id = $1 AND arm IS NOT NULL GROUP BY contact_id),
     mail AS (
       SELECT DISTINCT ON (p.contact_id) p.contact_id, p.at < $4 AS is_counted, m.id, m.email_key, m.settled_at
       FROM person p JOIN delivery.message_view m ON m.activation_id = $1 AND m.contact_id = p.contact_id
       WHERE m.step_key = $2 AND m.state IN ('accepted', 'delivered', 'bounced', 'complained') AND m.email_key = p.arm
       ORDER BY p.contact_id, m.settled_at),
     acted AS (
       SELECT m.*, EXISTS (SELECT FROM engagement.certain_click c WHERE c.message_id = m.id
           AND c.at < m.settled_at + $5 * interval '1 day') AS has_clicked,
         EXISTS (SELECT FROM engagement.interaction_with_verdict t WHERE t.message_id = m.id AND t.kind = 'reply'
           AND t.at < m.settled_at + $5 * interval '1 day') AS has_replied
       FROM mail m)
     SELECT email_key AS email, (count(*) FILTER (WHERE is_counted))::int AS people,
       (count(*) FILTER (WHERE NOT is_counted))::int AS late,
       (count(*) FILTER (WHERE is_counted AND has_clicked))::int AS clicked,
       (count(*) FILTER (WHERE is_counted AND has_replied))::int AS replied
     FROM acted GROUP BY email_key`,
    [id, stepKey, startAt, enteredBefore, followDays],
  );
  return {
    arms: rows.map(({ email, people, clicked, replied }) => ({ email, people, clicked, replied })),
    notCounted: rows.reduce((sum, { late }) => sum + late, 0),
  };
}
