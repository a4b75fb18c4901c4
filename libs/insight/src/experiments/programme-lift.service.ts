import { Injectable, Logger } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import { horizonOf, type Proportion, type Stratum } from '#experiments';
import {
  type ActivationId,
  type CampaignId,
  Clock,
  groupBy,
  type PartnerId,
  systemActor,
  type VendorId,
} from '#kernel';
import { SharedTotals } from '#organisations';
import { PARTNERS_NEEDED } from '../result-releases.service.js';
import { dayOf, mondayOf } from '../window.js';
import { holdOutCounts } from './hold-out-counts.js';

const LIFT = systemActor('insight');
/** Held out contacts of a batch: fewer say nothing, and one of them too much. */
export const HELD_OUT_NEEDED = 50;

/** What the hold-outs of a campaign show over all batches. */
export interface Lift {
  /** Partners, counted once in each batch. */
  readonly partners: number;
  readonly strata: readonly Stratum[];
  /** The Monday of the newest batch; null: there is none. */
  readonly madeOn: string | null;
}

interface ReadActivation {
  readonly id: ActivationId;
  readonly partnerId: PartnerId;
  readonly startAt: Date;
}

/** The batch of a campaign that a Monday may bring. */
interface DueBatch {
  readonly vendorId: VendorId;
  readonly campaignId: CampaignId;
  readonly monday: string;
}

interface CountedActivation extends ReadActivation {
  readonly stratum: Stratum;
}

/** A vendor whose hold-outs are counted, and the campaigns that its partners have launched. */
interface DueVendor {
  readonly vendorId: VendorId;
  readonly campaignIds: readonly CampaignId[];
}

/**
 * Hold-outs over several partners: of those that show their totals to the vendor and have not refused the
 * hold-out. A schedule counts after each Monday what has been read by then, and makes a batch of it if it has five
 * partners and enough contacts, once and for all. So the difference of two readings covers five partners or more.
 */
@Injectable()
export class ProgrammeLift {
  private readonly logger = new Logger(ProgrammeLift.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly choices: SharedTotals,
  ) {}

  /** What all batches of a campaign show. */
  async of(campaignId: CampaignId): Promise<Lift> {
    const batches = await this.database.inTransaction(LIFT, () =>
      this.database.query<{ partners: number; strata: readonly Stratum[]; madeOn: string }>(
        'SELECT partners, strata, made_on::text FROM insight.lift_batch WHERE campaign_id = $1 ORDER BY number',
        [campaignId],
      ),
    );
    return {
      partners: batches.reduce((sum, { partners }) => sum + partners, 0),
      strata: batches.flatMap(({ strata }) => strata),
      madeOn: batches.at(-1)?.madeOn ?? null,
    };
  }

  /**
   * Counts the hold-outs of each vendor that has not been counted since the last Monday: all activations, some
   * 10 ms for each partner. One that fails does not stop the others; it is tried again with the next run.
   */
  async makeDue(): Promise<void> {
    const monday = mondayOf(dayOf(this.clock.now()));
    for (const { vendorId, campaignIds } of await this.dueOn(monday))
      try {
        for (const campaignId of campaignIds) await this.makeBatchOf({ vendorId, campaignId, monday });
        await this.recordCount(vendorId, monday);
      } catch (error) {
        this.logger.error(`The hold-outs of vendor ${vendorId} of ${monday} were not counted.`, error);
      }
  }

  private dueOn(monday: string): Promise<DueVendor[]> {
    return this.database.inTransaction(LIFT, () =>
      this.database.query<DueVendor>(
        `SELECT c.vendor_id, array_agg(c.id ORDER BY c.id) AS campaign_ids FROM campaigns.campaign_view c
         WHERE NOT EXISTS (SELECT FROM insight.lift_count l WHERE l.vendor_id = c.vendor_id AND l.counted_on >= $1)
           AND EXISTS (SELECT FROM activations.start_view s WHERE s.campaign_id = c.id)
         GROUP BY c.vendor_id ORDER BY 1`,
        [monday],
      ),
    );
  }

  private async recordCount(vendorId: VendorId, monday: string): Promise<void> {
    await this.database.inTransaction(LIFT, () =>
      this.database.query(
        `INSERT INTO insight.lift_count (vendor_id, counted_on) VALUES ($1, $2)
         ON CONFLICT (vendor_id) DO UPDATE SET counted_on = greatest(lift_count.counted_on, excluded.counted_on)`,
        [vendorId, monday],
      ),
    );
  }

  private async makeBatchOf(due: DueBatch): Promise<void> {
    const counted = await this.count(due, await this.notInBatches(due));
    if (isEnough(counted)) await this.makeBatch(due, counted);
  }

  /** Activations whose first comparison may have been read by a Monday, of members that show their totals, oldest first. */
  private async notInBatches({ vendorId, campaignId, monday }: DueBatch): Promise<ReadActivation[]> {
    const end = startOfDay(monday);
    const started = await this.database.inTransaction(LIFT, () =>
      this.database.query<ReadActivation>(
        `SELECT s.id, s.partner_id, s.start_at FROM activations.start_view s
         WHERE s.campaign_id = $1 AND s.start_at < $3
           AND s.partner_id = ANY (SELECT t.partner_id FROM organisations.shared_totals_view t WHERE t.vendor_id = $2 AND t.is_shared)
           AND EXISTS (SELECT FROM organisations.membership_view m
             WHERE m.partner_id = s.partner_id AND m.vendor_id = $2 AND m.status = 'active')
           AND EXISTS (SELECT FROM sequences.hold_out_draw_view d WHERE d.activation_id = s.id AND d.is_held_out)
           AND NOT EXISTS (SELECT FROM insight.lift_activation l WHERE l.activation_id = s.id)
         ORDER BY s.start_at, s.id`,
        [campaignId, vendorId, end],
      ),
    );
    return started.filter(({ startAt }) => horizonOf(startAt).readAt <= end);
  }

  /**
   * Each activation counts once, with the first of its versions that held contacts out, when that comparison has been
   * read: which one it is depends on nothing that the contacts did. Under the scope of each partner: leads are
   * visible there only.
   */
  private async count(
    { vendorId, monday }: DueBatch,
    activations: readonly ReadActivation[],
  ): Promise<CountedActivation[]> {
    const end = startOfDay(monday);
    const counted: CountedActivation[] = [];
    for (const [partnerId, own] of groupBy(activations, (one) => one.partnerId))
      await this.database.inTransaction(systemActor('insight', { partnerId }), async () => {
        const ids = own.map(({ id }) => id);
        const shown = await this.choices.whileShown(
          [partnerId],
          vendorId,
          async () => new Map([[partnerId, await holdOutCounts(this.database, ids)]]),
        );
        const counts = shown.get(partnerId);
        for (const activation of own) {
          const found = counts?.get(activation.id)?.find(({ heldOut }) => heldOut.people > 0);
          if (found === undefined || found.horizon.readAt > end || found.written.people === 0) continue;
          counted.push({ ...activation, stratum: { one: shareOf(found.written), other: shareOf(found.heldOut) } });
        }
      });
    return counted;
  }

  private async makeBatch(
    { vendorId, campaignId, monday }: DueBatch,
    counted: readonly CountedActivation[],
  ): Promise<void> {
    await this.database.inTransaction(LIFT, async () => {
      // Of two schedulers at once, the second one finds the batch.
      await this.database.lock(`lift ${campaignId}`);
      const known = await this.database.query(
        'SELECT 1 FROM insight.lift_activation WHERE activation_id = ANY ($1) LIMIT 1',
        [counted.map(({ id }) => id)],
      );
      if (known.length > 0) return;
      const [made] = await this.database.query<{ number: number }>(
        `INSERT INTO insight.lift_batch (campaign_id, number, vendor_id, made_on, partners, strata)
         SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5 FROM insight.lift_batch WHERE campaign_id = $1 RETURNING number`,
        [campaignId, vendorId, monday, partnersOf(counted), JSON.stringify(counted.map(({ stratum }) => stratum))],
      );
      const rows = unnestRows(counted, { id: 'uuid', partnerId: 'uuid' }, [campaignId, made?.number]);
      await this.database.query(
        `INSERT INTO insight.lift_activation (activation_id, partner_id, campaign_id, number)
         SELECT given.id, given.partner_id, $1, $2 FROM ${rows.from}`,
        rows.parameters,
      );
    });
  }
}

const startOfDay = (day: string): Date => new Date(`${day}T00:00:00Z`);

const shareOf = ({ people, leads }: { readonly people: number; readonly leads: number }): Proportion => ({
  done: leads,
  of: people,
});

const partnersOf = (counted: readonly CountedActivation[]): number =>
  new Set(counted.map(({ partnerId }) => partnerId)).size;

const isEnough = (counted: readonly CountedActivation[]): boolean =>
  partnersOf(counted) >= PARTNERS_NEEDED &&
  counted.reduce((sum, { stratum }) => sum + stratum.other.of, 0) >= HELD_OUT_NEEDED;
