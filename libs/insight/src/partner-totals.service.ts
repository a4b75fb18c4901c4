import { Injectable } from '@nestjs/common';
import {
  type CampaignTotals as Totals,
  type OwnSharedTotals,
  type PartnerTotalsPage,
  TOTALS_WORDING,
} from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import {
  Clock,
  DomainError,
  type MembershipId,
  type PartnerActor,
  type PartnerId,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { Memberships, SharedTotals } from '#organisations';
import { CampaignTotals, type TotalsDays, totalsReader } from './campaign-totals.service.js';
import { TotalsReadings } from './totals-readings.service.js';
import { dayOf } from './window.js';

type Shown = PartnerTotalsPage['items'][number]['shown'];

/** What a vendor sees of one partner's totals. */
export interface PartnerTotalsLine {
  readonly membershipId: MembershipId;
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly shown: Shown;
  /** Null if the partner does not show these. */
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
   * @param days absent: since the first launch. Of partners that agreed to show totals of any days.
   * @throws DomainError `insight.window` if they end before they begin.
   */
  async forVendor(
    actor: VendorActor,
    page: { readonly limit: number; readonly afterId: string | null },
    days: TotalsDays = {},
  ): Promise<PartnerTotalsLine[]> {
    requirePermission(actor, 'vendor-activations.read');
    checkDays(days);
    const members = await this.memberships.list(actor, { ...page, status: 'active' });
    const choices = await this.choices.list(actor);
    const shared = new Set(choices.filter(({ isShared }) => isShared).map(({ partnerId }) => partnerId));
    const lines: PartnerTotalsLine[] = [];
    for (const { id: membershipId, partnerId, partnerName: name } of members) {
      const read = shared.has(partnerId) ? await this.read(actor, partnerId, days) : NOTHING;
      lines.push({ membershipId, partnerId, name, ...read });
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

  /** Nothing if the partner has stopped showing them meanwhile. */
  private async read(actor: VendorActor, partnerId: PartnerId, days: TotalsDays): Promise<Read> {
    return this.database.inTransaction(totalsReader(partnerId), async () => {
      const wording = await this.choices.wordingLocked(partnerId, actor.vendorId);
      if (wording === null) return NOTHING;
      const shown = wording >= TOTALS_WORDING ? 'any-days' : 'since-start';
      if (shown === 'since-start' && isAsked(days)) return { shown, campaigns: null };
      await this.readings.record(actor, [partnerId]);
      return { shown, campaigns: await this.totals.load(partnerId, actor.vendorId, days) };
    });
  }
}

type Read = Pick<PartnerTotalsLine, 'shown' | 'campaigns'>;
const NOTHING: Read = { shown: 'nothing', campaigns: null };

const isAsked = ({ from, to }: TotalsDays): boolean => (from ?? to) !== undefined;

function checkDays({ from, to }: TotalsDays): void {
  if (from !== undefined && to !== undefined && from > to)
    throw new DomainError(
      'insight.window',
      'The window ends before it begins. Choose a "from" that is not after "to".',
      { field: 'from', from, to },
    );
}
