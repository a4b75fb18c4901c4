import type { HoldOutResult } from '#contracts';
import { type Database, unnestRows } from '#database';
import { type Horizon, horizonOf } from '#experiments';
import type { ActivationId, CampaignVersionId } from '#kernel';

/** The groups of one comparison. */
export type DrawnGroups = Pick<HoldOutResult, 'written' | 'heldOut' | 'notCounted'>;

/** The comparison of one version's hold-out in one activation. */
interface HoldOutCounts extends DrawnGroups {
  readonly versionId: CampaignVersionId;
  readonly horizon: Horizon;
}

interface Comparison extends Horizon {
  readonly activationId: ActivationId;
  readonly versionId: CampaignVersionId;
  readonly startsAt: Date;
}

interface GroupRow {
  readonly activationId: ActivationId;
  readonly versionId: CampaignVersionId;
  readonly isHeldOut: boolean;
  readonly people: number;
  readonly leads: number;
  readonly late: number;
}

/**
 * Contacts of activations by the group that a version's hold-out drew, and those that became leads of the partner
 * within the days that count, by whatever way. Each version has a comparison of its own, from the day on which the
 * activation ran it: contacts of two versions were drawn at other times, and maybe with other shares.
 *
 * Groups are compared as they were drawn, mailed or not: who had unsubscribed is in both. A contact counts in the
 * first activation of the campaign that drew it: a later one leaves out who got the campaign, but holds out again
 * who was held out. In the open transaction of the partner's scope, or of a process.
 * @returns by activation the versions that it has run, in that order.
 */
export async function holdOutCounts(
  database: Database,
  activationIds: readonly ActivationId[],
): Promise<ReadonlyMap<ActivationId, readonly HoldOutCounts[]>> {
  const comparisons = await comparisonsOf(database, activationIds);
  if (comparisons.length === 0) return new Map();
  const given = unnestRows(comparisons, {
    activationId: 'uuid',
    versionId: 'uuid',
    startsAt: 'timestamptz',
    enteredBefore: 'timestamptz',
    followDays: 'int',
  });
  const rows = await database.query<GroupRow>(
    // Contacts are read by the ids of activations, and once: joined as rows, PostgreSQL read those of all activations
    // for each comparison.
    `WITH given AS MATERIALIZED (SELECT given.* FROM ${given.from}),
     same_campaign AS MATERIALIZED (
       SELECT s.id, o.id AS other_id FROM activations.start_view s
         JOIN activations.start_view o ON o.campaign_id = s.campaign_id AND o.partner_id = s.partner_id
       WHERE s.id IN (SELECT activation_id FROM given)),
     drawn AS MATERIALIZED (
       SELECT activation_id, contact_id, version_id, is_held_out, at FROM sequences.hold_out_draw_view
       WHERE activation_id = ANY (ARRAY(SELECT other_id FROM same_campaign))),
     before AS MATERIALIZED (
       SELECT c.id, b.contact_id, min(b.at) AS at FROM same_campaign c JOIN drawn b ON b.activation_id = c.other_id
       WHERE c.other_id <> c.id GROUP BY 1, 2),
     person AS (
       SELECT e.activation_id, e.version_id, e.contact_id, e.is_held_out, given.entered_before, given.follow_days,
         greatest(e.at, given.starts_at) AS at
       FROM given JOIN drawn e ON e.activation_id = given.activation_id AND e.version_id = given.version_id
         LEFT JOIN before b ON b.id = e.activation_id AND b.contact_id = e.contact_id
       WHERE b.at IS NULL OR b.at >= e.at)
     SELECT activation_id, version_id, is_held_out, (count(*) FILTER (WHERE at < entered_before))::int AS people,
       (count(*) FILTER (WHERE at >= entered_before))::int AS late,
       (count(*) FILTER (WHERE at < entered_before AND EXISTS (
         SELECT FROM leads.lead_history_view l WHERE l.contact_id = person.contact_id AND l.status <> 'withdrawn'
           AND l.created_at >= person.at AND l.created_at < person.at + follow_days * interval '1 day')))::int AS leads
     FROM person GROUP BY activation_id, version_id, is_held_out`,
    given.parameters,
  );
  return new Map(
    activationIds.map((id) => [
      id,
      comparisons
        .filter(({ activationId }) => activationId === id)
        .map(({ versionId, enteredBefore, followDays, readAt }) => ({
          versionId,
          horizon: { enteredBefore, followDays, readAt },
          ...countsOf(rows.filter((row) => row.activationId === id && row.versionId === versionId)),
        })),
    ]),
  );
}

async function comparisonsOf(database: Database, activationIds: readonly ActivationId[]): Promise<Comparison[]> {
  const found = await database.query<Pick<Comparison, 'activationId' | 'versionId' | 'startsAt'>>(
    `SELECT activation_id, version_id, starts_at FROM activations.version_start_view
     WHERE activation_id = ANY ($1) ORDER BY starts_at, version_id`,
    [activationIds],
  );
  return found.map((one) => ({ ...one, ...horizonOf(one.startsAt) }));
}

function countsOf(rows: readonly Pick<GroupRow, 'isHeldOut' | 'people' | 'leads' | 'late'>[]): DrawnGroups {
  const group = (isHeldOut: boolean): DrawnGroups['written'] => {
    const found = rows.find((row) => row.isHeldOut === isHeldOut);
    return { people: found?.people ?? 0, leads: found?.leads ?? 0 };
  };
  return {
    written: group(false),
    heldOut: group(true),
    notCounted: rows.reduce((sum, { late }) => sum + late, 0),
  };
}

/** Whether contacts were drawn, which can be compared now or later. */
export const hasDrawn = ({ written, heldOut, notCounted }: DrawnGroups): boolean =>
  written.people + heldOut.people + notCounted > 0;
