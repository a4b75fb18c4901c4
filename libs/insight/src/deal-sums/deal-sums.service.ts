import { Injectable } from '@nestjs/common';
import type { VendorDealSums } from '#contracts';
import { Database, unnestRows } from '#database';
import { requirePermission } from '#identity';
import { Clock, type DealId, groupBy, type PartnerId, systemActor, type VendorActor, type VendorId } from '#kernel';
import { lastDayOf, newestDue, nextStart, releasedOn } from '../release-calendar.js';
import { MEMBER_DAYS } from '../result-releases.service.js';
import { SMALLEST_GROUP } from '../thresholded-counts.js';
import { addDays, dayOf } from '../window.js';
import { isDisclosable, partsThatCount } from './disclosable.js';

const INSIGHT = systemActor('insight');

/** What of a deal is in no sum yet, in one currency. */
interface OpenEntry {
  readonly partnerId: PartnerId;
  /** Null: of sums before they named deals. */
  readonly dealId: DealId | null;
  readonly currency: string;
  readonly sinceOn: string;
  /** Below zero: a refund or another correction. */
  readonly minorUnits: bigint;
}

/** The open entries of a partner in one currency. */
interface OpenPart {
  readonly minorUnits: bigint;
  readonly entries: readonly OpenEntry[];
}

/**
 * What a vendor's partners won together, without names. Each amount is in one sum at most, at the end of four
 * weeks of a fixed calendar, so two sums have nothing in common that could be subtracted. What may not be told
 * yet waits for the next sum: `isDisclosable`. What of which deal is in a sum is written once, to an append-only
 * ledger: a refund, or a closing day that moves, is a correction in a later sum, and counts no deal twice.
 */
@Injectable()
export class DealSums {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** All sums, newest first. The first reader after four weeks makes those that are due. */
  async forVendor(actor: VendorActor): Promise<VendorDealSums> {
    requirePermission(actor, 'vendor-insight.read');
    const startsOn = newestDue('four-weeks', dayOf(this.clock.now()));
    await this.compute(actor.vendorId, lastDayOf('four-weeks', startsOn));
    const sums = await this.database.inTransaction(actor, () =>
      this.database.query<VendorDealSums['sums'][number]>(
        `SELECT ends_on::text, currency, partners, minor_units::float8 AS minor_units FROM insight.deal_sum
         WHERE vendor_id = $1 ORDER BY ends_on DESC, currency`,
        [actor.vendorId],
      ),
    );
    const nextOn = releasedOn('four-weeks', nextStart('four-weeks', startsOn));
    return { sums, nextOn, partnersNeeded: SMALLEST_GROUP, memberDays: MEMBER_DAYS };
  }

  /** Adds up what is in no sum yet, in each currency. Nothing if these four weeks were added up before. */
  private async compute(vendorId: VendorId, endsOn: string): Promise<void> {
    await this.database.inTransaction(INSIGHT, async () => {
      const isFirst = await this.database.query(
        `INSERT INTO insight.deal_sum_span (vendor_id, ends_on, computed_at) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING RETURNING ends_on`,
        [vendorId, endsOn, this.clock.now()],
      );
      if (isFirst.length === 0) return;
      const open = await this.openEntries(vendorId, endsOn);
      for (const [currency, entries] of groupBy(open, (entry) => entry.currency)) {
        const parts = partsOf(entries);
        if (isDisclosable(parts)) await this.store(vendorId, endsOn, currency, partsThatCount(parts));
      }
    });
  }

  private async openEntries(vendorId: VendorId, endsOn: string): Promise<OpenEntry[]> {
    const rows = await this.database.query<Omit<OpenEntry, 'minorUnits'> & { minorUnits: string }>(OPEN_ENTRIES, [
      vendorId,
      endsOn,
      addDays(endsOn, 1 - MEMBER_DAYS),
    ]);
    return rows.map((row) => ({ ...row, minorUnits: BigInt(row.minorUnits) }));
  }

  private async store(vendorId: VendorId, endsOn: string, currency: string, parts: readonly OpenPart[]): Promise<void> {
    await this.database.query(
      `INSERT INTO insight.deal_sum (vendor_id, ends_on, currency, partners, minor_units) VALUES ($1, $2, $3, $4, $5)`,
      [vendorId, endsOn, currency, parts.length, `${sumOf(parts)}`],
    );
    const rows = unnestRows(
      parts.flatMap(({ entries }) => entries),
      { partnerId: 'uuid', dealId: 'uuid', sinceOn: 'date', minorUnits: ['text', ({ minorUnits }) => `${minorUnits}`] },
      [vendorId, currency, endsOn],
    );
    await this.database.query(
      `INSERT INTO insight.deal_sum_entry (vendor_id, partner_id, deal_id, currency, since_on, ends_on, minor_units)
       SELECT $1, partner_id, deal_id, $2, since_on, $3, minor_units::bigint FROM ${rows.from}`,
      rows.parameters,
    );
  }
}

const sumOf = (some: readonly { readonly minorUnits: bigint }[]): bigint =>
  some.reduce((sum, { minorUnits }) => sum + minorUnits, 0n);

const partsOf = (entries: readonly OpenEntry[]): OpenPart[] =>
  [...groupBy(entries, ({ partnerId }) => partnerId).values()].map((own) => ({ minorUnits: sumOf(own), entries: own }));

/**
 * $1: the vendor, $2: the last day, $3: joined before. Deals of a campaign of the vendor, by the day of the
 * decision, as they are known now. What the vendor could subtract is in no sum: partners that show their
 * totals with their name, and those that show or have shown a single deal that would be counted. The other
 * deals of these stay out, too: one that was told in a sum before it was shown would have to stay in.
 *
 * A deal that is decided since the consent holds in all counts with what is new of it, whichever consent its
 * earlier entries had. Of a deal that is not, or not any more, only entries of this consent are taken back.
 */
const OPEN_ENTRIES = `
  WITH counted AS MATERIALIZED (
    SELECT c.partner_id, c.since_on FROM organisations.counted_deals_view c
    WHERE c.vendor_id = $1
      AND EXISTS (SELECT FROM organisations.membership_view m WHERE m.partner_id = c.partner_id AND m.vendor_id = $1
        AND m.status = 'active' AND m.joined_at < $3::date AT TIME ZONE 'UTC')
      AND NOT EXISTS (SELECT FROM organisations.shared_totals_view s
        WHERE s.partner_id = c.partner_id AND s.vendor_id = $1 AND s.is_shared)
      -- Also one that was withdrawn since: its business may have been entered again, and the vendor knows the amount.
      AND NOT EXISTS (SELECT FROM leads.shown_deal_view s JOIN leads.held_deal_view d ON d.id = s.deal_id
        WHERE s.partner_id = c.partner_id AND s.vendor_id = $1
          AND (d.stage = 'won' AND d.closed_on BETWEEN c.since_on AND $2::date
            -- Told, so that a correction of it could come, whatever its day is now.
            OR EXISTS (SELECT FROM insight.deal_sum_entry e WHERE e.vendor_id = $1 AND e.deal_id = s.deal_id
              AND (e.since_on = c.since_on OR d.closed_on >= c.since_on))))),
  told AS MATERIALIZED (
    SELECT e.partner_id, c.since_on, e.deal_id, e.currency, sum(e.minor_units) AS minor_units,
      coalesce(sum(e.minor_units) FILTER (WHERE e.since_on = c.since_on), 0) AS of_consent
    FROM insight.deal_sum_entry e JOIN counted c ON c.partner_id = e.partner_id WHERE e.vendor_id = $1 GROUP BY 1, 2, 3, 4),
  won AS MATERIALIZED (
    SELECT c.partner_id, c.since_on, d.id AS deal_id, d.currency, d.net_minor AS minor_units
    FROM counted c JOIN leads.deal_view d ON d.partner_id = c.partner_id AND d.closed_on >= c.since_on
      JOIN activations.activation_view a ON a.id = d.activation_id
    WHERE a.vendor_id = $1 AND d.stage = 'won' AND d.net_minor IS NOT NULL
      -- A told deal whose day moves past the end of the sum stays told.
      AND (d.closed_on <= $2::date OR EXISTS (SELECT FROM told t WHERE t.deal_id = d.id AND t.minor_units <> 0))),
  entry AS (
    SELECT partner_id, deal_id, currency, since_on, coalesce(w.minor_units, 0) - CASE
        WHEN t.currency IS NULL THEN 0
        WHEN EXISTS (SELECT FROM won o WHERE o.deal_id = t.deal_id) THEN t.minor_units
        ELSE t.of_consent END AS minor_units
    FROM won w FULL JOIN told t USING (partner_id, since_on, deal_id, currency))
  SELECT partner_id, deal_id, currency, since_on::text, minor_units::text FROM entry
  WHERE minor_units <> 0 ORDER BY currency, partner_id, deal_id`;
