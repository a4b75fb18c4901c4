import { Injectable } from '@nestjs/common';
import {
  type CampaignTotals as Totals,
  type OwnSharedTotals,
  type PartnerTotalsFilter,
  type PartnerTotalsPage,
  TOTALS_WORDING,
  type TotalsWording,
} from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import {
  Clock,
  DomainError,
  type MembershipId,
  type PartnerActor,
  type PartnerId,
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { Memberships, SharedTotals } from '#organisations';
import { CampaignTotals, type TotalsDays } from './campaign-totals.service.js';
import { TotalsReadings } from './totals-readings.service.js';
import { dayOf } from './window.js';

type Shown = PartnerTotalsPage['items'][number]['shown'];

/** A vendor's partner, and whether it shows its totals. */
export interface TotalsPartner {
  readonly membershipId: MembershipId;
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly shown: Shown;
  /** Null: it does not show them. */
  readonly sharedAt: Date | null;
}

/** What a vendor sees of one partner's totals. */
export interface PartnerTotalsLine extends TotalsPartner {
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

  /** A vendor's active partners, as they joined. Their totals are not read. */
  async partners(actor: VendorActor, { shown, q }: PartnerTotalsFilter = {}): Promise<TotalsPartner[]> {
    requirePermission(actor, 'vendor-activations.read');
    const members = await this.memberships.activeNames(actor, q ?? null);
    const choices = await this.choices.list(actor);
    const shared = new Map(choices.filter(({ isShared }) => isShared).map((choice) => [choice.partnerId, choice]));
    const partners = members.map(({ id: membershipId, partnerId, partnerName: name }): TotalsPartner => {
      const choice = shared.get(partnerId);
      const known = { membershipId, partnerId, name };
      if (choice === undefined) return { ...known, shown: 'nothing', sharedAt: null };
      return { ...known, shown: shownBy(choice.wording), sharedAt: choice.changedAt };
    });
    return shown === undefined ? partners : partners.filter((one) => one.shown === shown);
  }

  /**
   * Totals of these partners, of those that show them. Each sees once a day that this person looked.
   * @param days absent: since the first launch. Of partners that agreed to show totals of any days.
   */
  async forVendor(
    actor: VendorActor,
    partners: readonly TotalsPartner[],
    { from, to }: TotalsDays = {},
  ): Promise<PartnerTotalsLine[]> {
    requirePermission(actor, 'vendor-activations.read');
    const sharing = partners.flatMap(({ shown, partnerId }) => (shown === 'nothing' ? [] : [partnerId]));
    const read = new Map<PartnerId, Read>();
    for (let at = 0; at < sharing.length; at += PARTNERS_AT_ONCE)
      for (const [id, one] of await this.read(actor, sharing.slice(at, at + PARTNERS_AT_ONCE), { from, to }))
        read.set(id, one);
    return partners.map((partner) => {
      const one = read.get(partner.partnerId);
      return one === undefined ? { ...partner, ...NOTHING, sharedAt: null } : { ...partner, ...one };
    });
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

  /** Partners that have stopped showing their totals meanwhile are left out. */
  private async read(
    actor: VendorActor,
    partnerIds: readonly PartnerId[],
    days: TotalsDays,
  ): Promise<Map<PartnerId, Read>> {
    return this.database.inTransaction(TOTALS_READER, async () => {
      const wordings = await this.choices.wordingsLocked(partnerIds, actor.vendorId);
      const shown = new Map([...wordings].map(([id, wording]) => [id, shownBy(wording)]));
      const ids = [...shown.keys()].filter((id) => !isAsked(days) || shown.get(id) === 'any-days');
      await this.readings.record(actor, ids);
      const totals = await this.totals.loadAll(ids, actor.vendorId, days);
      return new Map([...shown].map(([id, one]) => [id, { shown: one, campaigns: totals.get(id) ?? null }]));
    });
  }
}

type Read = Pick<PartnerTotalsLine, 'shown' | 'campaigns'>;
/** Reads partners of which each has agreed; `CampaignTotals` filters by these. */
const TOTALS_READER = systemActor('shared-totals');
/** Choices of so many are locked at once. */
const PARTNERS_AT_ONCE = 50;
const shownBy = (wording: TotalsWording): Shown => (wording >= TOTALS_WORDING ? 'any-days' : 'since-start');
const NOTHING: Read = { shown: 'nothing', campaigns: null };

const isAsked = ({ from, to }: TotalsDays): boolean => (from ?? to) !== undefined;

/** @throws DomainError `insight.window` if the days end before they begin. */
export function checkTotalsDays({ from, to }: TotalsDays): void {
  if (from !== undefined && to !== undefined && from > to)
    throw new DomainError(
      'insight.window',
      'The window ends before it begins. Choose a "from" that is not after "to".',
      { field: 'from', from, to },
    );
}
