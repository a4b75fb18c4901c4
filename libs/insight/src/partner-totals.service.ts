import { Injectable } from '@nestjs/common';
import {
  type OwnSharedTotals,
  type PartnerTotalsFilter,
  TOTALS_WORDING,
  type TotalsWording,
  type UserLanguage,
} from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import {
  Clock,
  DomainError,
  type PartnerActor,
  type PartnerId,
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { Memberships, SharedTotals } from '#organisations';
import type { Table } from '#tables';
import { CampaignTotals, type TotalsDays } from './campaign-totals.service.js';
import { TotalsReadings } from './totals-readings.service.js';
import { type PartnerTotalsLine, sortedPartners, type TotalsPartner, totalsTable } from './totals-table.js';
import { dayOf } from './window.js';

/** Which totals, in which order. */
type AskedTotalsTable = PartnerTotalsFilter & TotalsDays & { readonly sort?: string | undefined };

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
   * The rows of the screen, of its CSV and of its saved views. They record a reading as `forVendor`.
   * @param language in whose order words are; the list of partners itself has one order for all readers.
   * @throws DomainError `insight.window`.
   */
  async table(
    actor: VendorActor,
    { sort, from, to, ...filter }: AskedTotalsTable,
    language: UserLanguage,
  ): Promise<Table> {
    checkTotalsDays({ from, to });
    const partners = sortedPartners(await this.partners(actor, filter), sort);
    const lines = await this.forVendor(actor, partners, { from, to });
    return totalsTable(lines, { sort, from, to }, language);
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
  ): Promise<ReadonlyMap<PartnerId, Read>> {
    return this.database.inTransaction(TOTALS_READER, async () => {
      const read = await this.choices.whileShown(partnerIds, actor.vendorId, async (wordings) => {
        const shown = new Map([...wordings].map(([id, wording]) => [id, shownBy(wording)]));
        const ids = [...shown.keys()].filter((id) => !isAsked(days) || shown.get(id) === 'any-days');
        const totals = await this.totals.loadAll(ids, actor.vendorId, days);
        return new Map(
          [...shown].map(([id, one]): [PartnerId, Read] => [id, { shown: one, campaigns: totals.get(id) ?? null }]),
        );
      });
      await this.readings.record(
        actor,
        [...read].flatMap(([id, { campaigns }]) => (campaigns === null ? [] : [id])),
      );
      return read;
    });
  }
}

type Read = Pick<PartnerTotalsLine, 'shown' | 'campaigns'>;
/** Reads partners of which each has agreed; `CampaignTotals` filters by these. */
const TOTALS_READER = systemActor('shared-totals');
/** So many partners are read in one statement: memory and time of a statement stay small in files of all partners. */
const PARTNERS_AT_ONCE = 50;
const shownBy = (wording: TotalsWording): TotalsPartner['shown'] =>
  wording >= TOTALS_WORDING ? 'any-days' : 'since-start';
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
