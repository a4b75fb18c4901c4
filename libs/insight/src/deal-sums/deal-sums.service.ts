import { Injectable } from '@nestjs/common';
import type { VendorDealSums } from '#contracts';
import { Database, unnestRows } from '#database';
import { requirePermission } from '#identity';
import { Clock, groupBy, type PartnerId, systemActor, type VendorActor, type VendorId } from '#kernel';
import { lastDayOf, newestDue, nextStart, releasedOn } from '../release-calendar.js';
import { MEMBER_DAYS } from '../result-releases.service.js';
import { SMALLEST_GROUP } from '../thresholded-counts.js';
import { addDays, dayOf } from '../window.js';
import { isDisclosable, partsThatCount } from './disclosable.js';

const INSIGHT = systemActor('insight');

/** What a partner won in one currency, and what of it is in no sum yet. */
interface OpenPart {
  readonly partnerId: PartnerId;
  readonly currency: string;
  readonly sinceOn: string;
  /** Below zero: refunds. */
  readonly minorUnits: bigint;
}

/**
 * What a vendor's partners won together, without names. Each amount is in one sum at most, at the end of four
 * weeks of a fixed calendar, so two sums have nothing in common that could be subtracted. What may not be told
 * yet waits for the next sum: `isDisclosable`.
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
      const open = await this.openParts(vendorId, endsOn);
      for (const [currency, parts] of groupBy(open, (part) => part.currency))
        if (isDisclosable(parts)) await this.store(vendorId, endsOn, currency, partsThatCount(parts));
    });
  }

  private async openParts(vendorId: VendorId, endsOn: string): Promise<OpenPart[]> {
    const rows = await this.database.query<Omit<OpenPart, 'minorUnits'> & { minorUnits: string }>(OPEN_PARTS, [
      vendorId,
      endsOn,
      addDays(endsOn, 1 - MEMBER_DAYS),
    ]);
    return rows.map((row) => ({ ...row, minorUnits: BigInt(row.minorUnits) }));
  }

  private async store(vendorId: VendorId, endsOn: string, currency: string, parts: readonly OpenPart[]): Promise<void> {
    await this.database.query(
      `INSERT INTO insight.deal_sum (vendor_id, ends_on, currency, partners, minor_units) VALUES ($1, $2, $3, $4, $5)`,
      [vendorId, endsOn, currency, parts.length, `${parts.reduce((sum, { minorUnits }) => sum + minorUnits, 0n)}`],
    );
    const rows = unnestRows(
      parts,
      { partnerId: 'uuid', sinceOn: 'date', minorUnits: ['text', ({ minorUnits }) => `${minorUnits}`] },
      [vendorId, currency],
    );
    await this.database.query(
      `INSERT INTO insight.deal_sum_part AS p (vendor_id, partner_id, currency, since_on, minor_units)
       SELECT $1, partner_id, $2, since_on, minor_units::bigint FROM ${rows.from}
       ON CONFLICT (vendor_id, partner_id, currency, since_on) DO UPDATE SET minor_units = p.minor_units + excluded.minor_units`,
      rows.parameters,
    );
  }
}

/**
 * $1: the vendor, $2: the last day, $3: joined before. Deals of a campaign of the vendor, by the day of the
 * decision, as they are known now. What the vendor could subtract is in no sum: partners that show their
 * totals with their name, and those that show or have shown a single deal that would be counted. The other
 * deals of these stay out, too: which deals are in earlier sums is not stored.
 */
const OPEN_PARTS = `
  WITH counted AS MATERIALIZED (
    SELECT c.partner_id, c.since_on FROM organisations.counted_deals_view c
    WHERE c.vendor_id = $1
      AND EXISTS (SELECT FROM organisations.membership_view m WHERE m.partner_id = c.partner_id AND m.vendor_id = $1
        AND m.status = 'active' AND m.joined_at < $3::date AT TIME ZONE 'UTC')
      AND NOT EXISTS (SELECT FROM organisations.shared_totals_view s
        WHERE s.partner_id = c.partner_id AND s.vendor_id = $1 AND s.is_shared)
      AND NOT EXISTS (SELECT FROM leads.shown_deal_view s JOIN leads.deal_view d ON d.id = s.deal_id
        WHERE s.partner_id = c.partner_id AND s.vendor_id = $1 AND d.stage = 'won' AND d.closed_on BETWEEN c.since_on AND $2::date)),
  won AS (
    SELECT c.partner_id, c.since_on, d.currency, sum(d.net_minor) AS minor_units
    FROM counted c JOIN leads.deal_view d ON d.partner_id = c.partner_id AND d.closed_on BETWEEN c.since_on AND $2::date
      JOIN activations.activation_view a ON a.id = d.activation_id
    WHERE a.vendor_id = $1 AND d.stage = 'won' AND d.net_minor IS NOT NULL GROUP BY 1, 2, 3),
  told AS (
    SELECT p.partner_id, p.since_on, p.currency, p.minor_units
    FROM insight.deal_sum_part p JOIN counted c ON c.partner_id = p.partner_id AND c.since_on = p.since_on WHERE p.vendor_id = $1)
  SELECT partner_id, currency, since_on::text, (coalesce(w.minor_units, 0) - coalesce(t.minor_units, 0))::text AS minor_units
  FROM won w FULL JOIN told t USING (partner_id, currency, since_on)
  WHERE coalesce(w.minor_units, 0) <> coalesce(t.minor_units, 0)
  ORDER BY currency, partner_id`;
