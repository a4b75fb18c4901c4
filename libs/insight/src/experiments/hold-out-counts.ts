import type { Activation } from '#activations';
import type { HoldOutResult } from '#contracts';
import type { Database } from '#database';
import type { Horizon } from '#experiments';

export type HoldOutCounts = Pick<HoldOutResult, 'written' | 'heldOut' | 'notCounted'>;

/**
 * Contacts of an activation by the group that was drawn, and those that became leads of the partner within
 * the days that count, by whatever way. Groups are compared as they were drawn, mailed or not: who had
 * unsubscribed is in both. In the open transaction of the partner's scope.
 */
export async function holdOutCounts(
  database: Database,
  { id, startAt }: Pick<Activation, 'id' | 'startAt'>,
  { enteredBefore, followDays }: Horizon,
): Promise<HoldOutCounts> {
  const rows = await database.query<{ isHeldOut: boolean; people: number; leads: number; late: number }>(
    `WITH person AS (
       SELECT contact_id, bool_or(is_held_out) AS is_held_out, greatest(min(at), $2::timestamptz) AS at
       FROM sequences.experiment_contact_view WHERE activation_id = $1 GROUP BY contact_id)
     SELECT is_held_out, (count(*) FILTER (WHERE at < $3))::int AS people, (count(*) FILTER (WHERE at >= $3))::int AS late,
       (count(*) FILTER (WHERE at < $3 AND EXISTS (
         SELECT FROM leads.lead_history_view l WHERE l.contact_id = person.contact_id AND l.status <> 'withdrawn'
           AND l.created_at >= person.at AND l.created_at < person.at + $4 * interval '1 day')))::int AS leads
     FROM person GROUP BY is_held_out`,
    [id, startAt, enteredBefore, followDays],
  );
  const group = (isHeldOut: boolean) => rows.find((row) => row.isHeldOut === isHeldOut);
  const counted = (isHeldOut: boolean) => ({
    people: group(isHeldOut)?.people ?? 0,
    leads: group(isHeldOut)?.leads ?? 0,
  });
  return {
    written: counted(false),
    heldOut: counted(true),
    notCounted: rows.reduce((sum, { late }) => sum + late, 0),
  };
}
