import { Injectable } from '@nestjs/common';
import type { CampaignTotals as Totals, OwnSharedTotals } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, type MembershipId, type PartnerActor, type PartnerId, type VendorActor, type VendorId } from '#kernel';
import { Memberships, SharedTotals } from '#organisations';
import { CampaignTotals, totalsReader } from './campaign-totals.service.js';
import { TotalsReadings } from './totals-readings.service.js';
import { dayOf } from './window.js';

/** What a vendor sees of one partner's totals. */
export interface PartnerTotalsLine {
  readonly membershipId: MembershipId;
  readonly partnerId: PartnerId;
  readonly name: string;
  /** Null if the partner does not show them. */
  readonly campaigns: readonly Totals[] | null;
}

/** Days of readings that a partner sees. */
const READINGS_DAYS = 90;

/**
 * Exact totals that a partner shows to a vendor, by consent, and who looked at
 * them.
 */
@Injectable()
export class PartnerTotals {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly memberships: Memberships,
    private readonly choices: SharedTotals,
    private readonly totals: CampaignTotals,
    private readonly readings: TotalsReadings,
  ) {}

  /**
   * A vendor's active partners, page by page, with the totals of those that
   * show them. Each partner sees once a day that this person looked.
   */
  async forVendor(
    actor: VendorActor,
    page: { readonly limit: number; readonly afterId: string | null },
  ): Promise<PartnerTotalsLine[]> {
    requirePermission(actor, 'vendor-activations.read');
    const members = await this.memberships.list(actor, { ...page, status: 'active' });
    const choices = await this.choices.list(actor);
    const shared = new Set(choices.filter(({ isShared }) => isShared).map(({ partnerId }) => partnerId));
    const lines: PartnerTotalsLine[] = [];
    for (const { id: membershipId, partnerId, partnerName: name } of members) {
      const campaigns = shared.has(partnerId) ? await this.read(actor, partnerId) : null;
      lines.push({ membershipId, partnerId, name, campaigns });
    }
    return lines;
  }

  /**
   * The partner's own totals for a vendor, whether it shows them or not, and
   * who of the vendor looked in the last 90 days, newest first.
   */
  async own(actor: PartnerActor, vendorId: VendorId): Promise<Omit<OwnSharedTotals['items'][number], 'vendorId'>> {
    requirePermission(actor, 'activations.read');
    const campaigns = await this.totals.load(actor.partnerId, vendorId);
    const since = dayOf(new Date(this.clock.now().getTime() - READINGS_DAYS * 86_400_000));
    const readings = await this.database.inTransaction(actor, () =>
      this.database.query<{ name: string; firstAt: Date }>(
        `SELECT reader_name AS name, first_at FROM insight.totals_reading
         WHERE partner_id = $1 AND vendor_id = $2 AND on_day >= $3 ORDER BY first_at DESC LIMIT 100`,
        [actor.partnerId, vendorId, since],
      ),
    );
    return { campaigns, readings: readings.map(({ name, firstAt }) => ({ name, at: firstAt.toISOString() })) };
  }

  /** Null if the partner has stopped showing them meanwhile. */
  private async read(actor: VendorActor, partnerId: PartnerId): Promise<Totals[] | null> {
    return this.database.inTransaction(totalsReader(partnerId), async () => {
      if (!(await this.choices.isSharedLocked(partnerId, actor.vendorId))) return null;
      await this.readings.record(actor, [partnerId]);
      return this.totals.load(partnerId, actor.vendorId);
    });
  }
}
