import type { Activation } from '#activations';
import type { HoldOutResult } from '#contracts';
import { type Database, unnestRows } from '#database';
import { horizonOf } from '#experiments';
import type { ActivationId } from '#kernel';

type HoldOutCounts = Pick<HoldOutResult, 'written' | 'heldOut' | 'notCounted'>;

interface GroupRow {
  readonly activationId: ActivationId;
  readonly isHeldOut: boolean;
  readonly people: number;
  readonly leads: number;
  readonly late: number;
}

/**
 * Contacts of activations by the group that was drawn, and those that became leads of the partner within the
 * days that count, by whatever way. Groups are compared as they were drawn, mailed or not: who had unsubscribed
 * is in both. A contact counts in the first activation of the campaign that drew it: a later one leaves out who
 * got the campaign, but holds out again who was held out. In the open transaction of the partner's scope, or of
 * a process.
 * @returns an entry for every activation.
 */
export async function holdOutCounts(
  database: Database,
  activations: readonly Pick<Activation, 'id' | 'startAt'>[],
): Promise<ReadonlyMap<ActivationId, HoldOutCounts>> {
  const given = unnestRows(
    activations.map(({ id, startAt }) => ({ id, startAt, ...horizonOf(startAt) })),
    { id: 'uuid', startAt: 'timestamptz', enteredBefore: 'timestamptz', followDays: 'int' },
  );
  const rows = await database.query<GroupRow>(
    // Contacts are read by the ids of activations, and once: joined as rows, PostgreSQL read those of all activations
    // for each comparison.
    `WITH given AS MATERIALIZED (SELECT given.* FROM ${given.from}),
     same_campaign AS MATERIALIZED (
       SELECT given.id, o.id AS other_id FROM given JOIN activations.start_view s ON s.id = given.id
         JOIN activations.start_view o ON o.campaign_id = s.campaign_id AND o.partner_id = s.partner_id),
     drawn AS MATERIALIZED (
       SELECT activation_id, contact_id, is_held_out, at FROM sequences.experiment_contact_view
       WHERE activation_id = ANY (ARRAY(SELECT other_id FROM same_campaign))),
     before AS MATERIALIZED (
       SELECT c.id, b.contact_id, min(b.at) AS at FROM same_campaign c JOIN drawn b ON b.activation_id = c.other_id
       WHERE c.other_id <> c.id GROUP BY 1, 2),
     person AS (
       SELECT e.activation_id, e.contact_id, bool_or(e.is_held_out) AS is_held_out, given.entered_before, given.follow_days,
         greatest(min(e.at), given.start_at) AS at
       FROM given JOIN drawn e ON e.activation_id = given.id LEFT JOIN before b ON b.id = e.activation_id AND b.contact_id = e.contact_id
       WHERE b.at IS NULL OR b.at >= e.at
       GROUP BY e.activation_id, e.contact_id, given.start_at, given.entered_before, given.follow_days)
     SELECT activation_id, is_held_out, (count(*) FILTER (WHERE at < entered_before))::int AS people,
       (count(*) FILTER (WHERE at >= entered_before))::int AS late,
       (count(*) FILTER (WHERE at < entered_before AND EXISTS (
         SELECT FROM leads.lead_history_view l WHERE l.contact_id = person.contact_id AND l.status <> 'withdrawn'
           AND l.created_at >= person.at AND l.created_at < person.at + follow_days * interval '1 day')))::int AS leads
     FROM person GROUP BY activation_id, is_held_out`,
    given.parameters,
  );
  return new Map(activations.map(({ id }) => [id, countsOf(rows.filter(({ activationId }) => activationId === id))]));
}

function countsOf(rows: readonly GroupRow[]): HoldOutCounts {
  const group = (isHeldOut: boolean): HoldOutCounts['written'] => {
    const found = rows.find((row) => row.isHeldOut === isHeldOut);
    return { people: found?.people ?? 0, leads: found?.leads ?? 0 };
  };
  return {
    written: group(false),
    heldOut: group(true),
    notCounted: rows.reduce((sum, { late }) => sum + late, 0),
  };
}

/** Of an activation without contacts. */
export const NO_CONTACTS: HoldOutCounts = countsOf([]);
