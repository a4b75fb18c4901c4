import { Injectable } from '@nestjs/common';
import { type Returns, TOTALS_WORDING } from '#contracts';
import { Database } from '#database';
import { type CampaignId, groupBy, type PartnerId, systemActor, type VendorActor } from '#kernel';
import { amountsOf } from '../partner-results.js';
import { TotalsReadings } from '../totals-readings.service.js';

const INSIGHT = systemActor('insight');
/** A partner may stop showing its totals in between. */
const STILL_SHOWS = `EXISTS (SELECT FROM organisations.shared_totals_view t
  WHERE t.partner_id = a.partner_id AND t.vendor_id = a.vendor_id AND t.is_shared)`;

interface ShownResults {
  readonly partnerId: PartnerId;
  readonly hasLead: boolean;
  readonly hasWon: boolean;
}

/** Who has left, and is perhaps invited again, has not agreed again. */
const IS_MEMBER = `EXISTS (SELECT FROM organisations.membership_view m
  WHERE m.partner_id = t.partner_id AND m.vendor_id = t.vendor_id AND m.status = 'active')`;

/** What partners that show their totals have, by campaign. */
interface ShownByCampaign {
  readonly showing: number;
  readonly won: readonly { readonly campaignId: CampaignId; readonly currency: string; readonly minorUnits: number }[];
  readonly leads: readonly { readonly campaignId: CampaignId; readonly leads: number }[];
}

/** What partners won after a day. */
interface WonAfter {
  readonly haveAgreed: boolean;
  readonly won: readonly { readonly on: string; readonly currency: string; readonly minorUnits: number }[];
}

/** Whether partners that show their totals to a vendor had a lead, and a won one. */
@Injectable()
export class ShownResultsReader {
  constructor(
    private readonly database: Database,
    private readonly readings: TotalsReadings,
  ) {}

  /**
   * Those of `partnerIds` that are in the programme and show their totals. As with the totals themselves,
   * each partner sees once a day that this person looked.
   */
  async read(actor: VendorActor, partnerIds: readonly PartnerId[]): Promise<ReadonlyMap<PartnerId, ShownResults>> {
    const rows = await this.database.inTransaction(INSIGHT, async () => {
      const shown = await this.database.query<ShownResults>(
        `SELECT t.partner_id, coalesce(sum(f.n) FILTER (WHERE f.metric = 'leads'), 0) > 0 AS has_lead,
           coalesce(sum(f.n) FILTER (WHERE f.metric = 'won'), 0) > 0 AS has_won
         FROM organisations.shared_totals_view t
           LEFT JOIN activations.activation_view a ON a.partner_id = t.partner_id AND a.vendor_id = t.vendor_id
           LEFT JOIN insight.fact f ON f.activation_id = a.id AND f.metric IN ('leads', 'won')
         WHERE t.vendor_id = $1 AND t.is_shared AND t.partner_id = ANY ($2::uuid[]) AND ${IS_MEMBER} GROUP BY 1`,
        [actor.vendorId, partnerIds],
      );
      await this.readings.record(
        actor,
        shown.map(({ partnerId }) => partnerId),
      );
      return shown;
    });
    return new Map(rows.map((row) => [row.partnerId, row]));
  }

  /**
   * What active partners that show their totals won, less refunds, and their
   * leads, by campaign. The same rows as those totals.
   */
  async byCampaign(actor: VendorActor): Promise<ShownByCampaign> {
    const partnerIds = await this.showing(actor);
    const ids = [actor.vendorId, partnerIds];
    const found = await this.database.inTransaction(INSIGHT, async () => {
      await this.readings.record(actor, partnerIds);
      return this.sums(ids);
    });
    return { showing: partnerIds.length, ...found };
  }

  /** What some of these partners won, less refunds, by currency. The caller has read `byCampaign` before. */
  async wonBy({ vendorId }: VendorActor, partnerIds: readonly PartnerId[]): Promise<Returns['won']> {
    if (partnerIds.length === 0) return [];
    const { won } = await this.database.inTransaction(INSIGHT, () => this.sums([vendorId, partnerIds]));
    return amountsOf(won);
  }

  /**
   * What active partners that show their totals won after a day, by the day. The caller has read `byCampaign` before.
   * @returns `haveAgreed` is false, and nothing is read, if one of them shows totals since the start only.
   */
  async wonAfter(actor: VendorActor, day: string): Promise<WonAfter> {
    const partnerIds = await this.showing(actor);
    return this.database.inTransaction(INSIGHT, async () => {
      const others = await this.database.query(
        `SELECT FROM organisations.shared_totals_view t
         WHERE t.vendor_id = $1 AND t.partner_id = ANY ($2::uuid[]) AND NOT (t.is_shared AND t.wording >= $3) LIMIT 1`,
        [actor.vendorId, partnerIds, TOTALS_WORDING],
      );
      if (others.length > 0) return { haveAgreed: false, won: [] };
      const won = await this.database.query<WonAfter['won'][number]>(
        `SELECT d.closed_on::text AS "on", d.currency, sum(d.net_minor)::float8 AS minor_units
         FROM activations.activation_view a JOIN leads.deal_view d ON d.activation_id = a.id
         WHERE a.vendor_id = $1 AND a.partner_id = ANY ($2::uuid[]) AND d.stage = 'won' AND d.net_minor IS NOT NULL
           AND d.closed_on > $3::date AND ${STILL_SHOWS} GROUP BY 1, 2`,
        [actor.vendorId, partnerIds, day],
      );
      return { haveAgreed: true, won };
    });
  }

  /**
   * What each of these partners won since the start, less refunds. A partner that does not show its totals is not
   * in it. Each partner sees once a day that this person looked.
   */
  async wonByPartner(
    actor: VendorActor,
    partnerIds: readonly PartnerId[],
  ): Promise<ReadonlyMap<PartnerId, Returns['won']>> {
    if (partnerIds.length === 0) return new Map();
    const rows = await this.database.inTransaction(INSIGHT, async () => {
      const shown = await this.database.query<{ partnerId: PartnerId; currency: string | null; minorUnits: number }>(
        `SELECT t.partner_id, d.currency, coalesce(sum(d.net_minor), 0)::float8 AS minor_units
         FROM organisations.shared_totals_view t
           LEFT JOIN activations.activation_view a ON a.partner_id = t.partner_id AND a.vendor_id = t.vendor_id
           LEFT JOIN leads.deal_view d ON d.activation_id = a.id AND d.stage = 'won' AND d.net_minor IS NOT NULL
         WHERE t.vendor_id = $1 AND t.is_shared AND t.partner_id = ANY ($2::uuid[]) AND ${IS_MEMBER} GROUP BY 1, 2`,
        [actor.vendorId, partnerIds],
      );
      await this.readings.record(actor, [...new Set(shown.map(({ partnerId }) => partnerId))]);
      return shown;
    });
    return new Map(
      [...groupBy(rows, ({ partnerId }) => partnerId)].map(([partnerId, own]) => [
        partnerId,
        amountsOf(own.flatMap(({ currency, minorUnits }) => (currency === null ? [] : [{ currency, minorUnits }]))),
      ]),
    );
  }

  /** In the open transaction. */
  private async sums(ids: readonly unknown[]): Promise<Omit<ShownByCampaign, 'showing'>> {
    return {
      won: await this.database.query<ShownByCampaign['won'][number]>(
        `SELECT a.campaign_id, d.currency, sum(d.net_minor)::float8 AS minor_units
         FROM activations.activation_view a JOIN leads.deal_view d ON d.activation_id = a.id
         WHERE a.vendor_id = $1 AND a.partner_id = ANY ($2::uuid[]) AND d.stage = 'won' AND d.net_minor IS NOT NULL
           AND ${STILL_SHOWS} GROUP BY 1, 2 ORDER BY 1, 2`,
        ids,
      ),
      leads: await this.database.query<ShownByCampaign['leads'][number]>(
        `SELECT a.campaign_id, sum(f.n)::int AS leads
         FROM activations.activation_view a JOIN insight.fact f ON f.activation_id = a.id AND f.metric = 'leads'
         WHERE a.vendor_id = $1 AND a.partner_id = ANY ($2::uuid[]) AND ${STILL_SHOWS}
         GROUP BY 1 HAVING sum(f.n) > 0 ORDER BY 1`,
        ids,
      ),
    };
  }

  /** Those that the actor's scope shows. */
  private async showing(actor: VendorActor): Promise<PartnerId[]> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ partnerId: PartnerId }>(
        `SELECT t.partner_id FROM organisations.shared_totals_view t
         WHERE t.vendor_id = $1 AND t.is_shared AND ${IS_MEMBER} ORDER BY 1`,
        [actor.vendorId],
      ),
    );
    return rows.map(({ partnerId }) => partnerId);
  }
}
