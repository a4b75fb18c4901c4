import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, systemActor } from '#kernel';
import type { Distributor } from '#organisations';
import { lastDayOf, newestDue, nextStart, releasedOn } from './release-calendar.js';
import { MEMBER_DAYS, PARTNERS_NEEDED } from './result-releases.service.js';
import { addDays, dayOf } from './window.js';

const INSIGHT = systemActor('insight');

/** Sums over the partners of a distributor in four weeks. */
interface Sums {
  /** Whose numbers they are. */
  readonly partners: number;
  readonly launches: number;
  readonly sent: number;
  readonly clicks: number;
  readonly leads: number;
}

export interface DistributorWeeks {
  /** The first and the last day. */
  readonly from: string;
  readonly to: string;
  /** When the next four weeks are summed up. */
  readonly nextOn: string;
  readonly partnersNeeded: number;
  readonly memberDays: number;
  /** Null: too few partners show their totals. */
  readonly sums: Sums | null;
}

/**
 * What a distributor sees of its partners' results: sums of four weeks over at
 * least five partners that show their totals to the vendor, were in its programme
 * for 30 days and have launched something.
 */
@Injectable()
export class DistributorTotals {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Of the newest four weeks that are released. The first reader computes them, once and for all. */
  async of(distributor: Distributor): Promise<DistributorWeeks> {
    const from = newestDue('four-weeks', dayOf(this.clock.now()));
    const sums = await this.database.inTransaction(INSIGHT, async () => {
      // Two readers at once must not see different sums.
      await this.database.lock(`distributor totals ${distributor.id}`);
      return (await this.stored(distributor, from)) ?? (await this.compute(distributor, from));
    });
    const next = nextStart('four-weeks', from);
    return {
      from,
      to: lastDayOf('four-weeks', from),
      nextOn: releasedOn('four-weeks', next),
      partnersNeeded: PARTNERS_NEEDED,
      memberDays: MEMBER_DAYS,
      sums,
    };
  }

  private async stored({ id }: Distributor, from: string): Promise<Sums | null> {
    const [found] = await this.database.query<Sums>(
      `SELECT partners, launches, sent, clicks, leads FROM insight.distributor_total
       WHERE distributor_id = $1 AND starts_on = $2`,
      [id, from],
    );
    return found ?? null;
  }

  private async compute(distributor: Distributor, from: string): Promise<Sums | null> {
    const to = lastDayOf('four-weeks', from);
    const [sums] = await this.database.query<Sums>(SUMS, [
      distributor.id,
      distributor.vendorId,
      from,
      to,
      addDays(to, 1 - MEMBER_DAYS),
    ]);
    if (sums === undefined || sums.partners < PARTNERS_NEEDED) return null;
    await this.database.query(
      `INSERT INTO insight.distributor_total (distributor_id, starts_on, partners, launches, sent, clicks, leads, computed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [distributor.id, from, sums.partners, sums.launches, sums.sent, sums.clicks, sums.leads, this.clock.now()],
    );
    return sums;
  }
}

/** $1: the distributor's membership, $2: the vendor, $3 and $4: first and last day, $5: joined before. */
const SUMS = `
  WITH counted AS MATERIALIZED (
    SELECT m.partner_id FROM organisations.membership_view m
    WHERE m.parent_id = $1 AND m.vendor_id = $2 AND m.status = 'active' AND m.joined_at < $5::date AT TIME ZONE 'UTC'
      AND m.partner_id = ANY (SELECT s.partner_id FROM organisations.shared_totals_view s WHERE s.vendor_id = $2 AND s.is_shared)
      AND EXISTS (SELECT FROM activations.activation_view a
        WHERE a.partner_id = m.partner_id AND a.vendor_id = $2 AND a.launched_at < ($4::date + 1) AT TIME ZONE 'UTC')),
  launched AS MATERIALIZED (
    SELECT a.id, a.partner_id, (a.launched_at AT TIME ZONE 'UTC')::date BETWEEN $3 AND $4 AS is_new
    FROM activations.activation_view a JOIN counted c ON c.partner_id = a.partner_id WHERE a.vendor_id = $2),
  numbers AS (
    SELECT f.metric, sum(f.n)::int AS n FROM launched l JOIN insight.fact f ON f.activation_id = l.id AND f.partner_id = l.partner_id
    WHERE f.on_day BETWEEN $3 AND $4 AND f.metric IN ('sent', 'clicks', 'leads') GROUP BY 1)
  SELECT (SELECT count(*)::int FROM counted) AS partners,
    (SELECT count(*)::int FROM launched WHERE is_new) AS launches,
    coalesce((SELECT n FROM numbers WHERE metric = 'sent'), 0) AS sent,
    coalesce((SELECT n FROM numbers WHERE metric = 'clicks'), 0) AS clicks,
    coalesce((SELECT n FROM numbers WHERE metric = 'leads'), 0) AS leads`;
