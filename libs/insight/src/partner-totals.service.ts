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
import {
  isInListOrder,
  type PartnerTotalsLine,
  sortedPartners,
  type TotalsPartner,
  totalsTable,
} from './totals-table.js';
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
      return { ...known, shown: shownOf(choice.wording), sharedAt: choice.changedAt };
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
    days: TotalsDays = {},
  ): Promise<PartnerTotalsLine[]> {
    requirePermission(actor, 'vendor-activations.read');
    const lines: PartnerTotalsLine[] = [];
    for (const part of partsOf(partners)) lines.push(...(await this.read(actor, part, days)));
    await this.record(actor, lines);
    return lines;
  }

  /**
   * The rows of the screen, of its CSV and of its saved views. Partners of which a row is in the file see that this
   * person looked, as with `forVendor`; others do not.
   * @param language in whose order words are; the list of partners itself has one order for all readers.
   * @param most so many rows at most; absent: all.
   * @throws DomainError `insight.window`.
   */
  async table(
    actor: VendorActor,
    { sort, from, to, ...filter }: AskedTotalsTable,
    language: UserLanguage,
    most = Infinity,
  ): Promise<CutTable> {
    checkTotalsDays({ from, to });
    const lines: PartnerTotalsLine[] = [];
    for (const part of partsOf(sortedPartners(await this.partners(actor, filter), sort))) {
      lines.push(...(await this.read(actor, part, { from, to })));
      if (isInListOrder(sort) && rowsIn(lines) > most) break;
    }
    const { columns, rows } = totalsTable(lines, { sort, from, to }, language);
    const kept = rows.slice(0, most);
    const inFile = new Set(kept.map((row) => row[columns.indexOf('partnerId')]));
    await this.record(
      actor,
      lines.filter(({ partnerId }) => inFile.has(partnerId)),
    );
    return { columns, rows: kept, isCut: kept.length < rows.length };
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

  /** Partners that have stopped showing their totals meanwhile show nothing. */
  private async read(
    actor: VendorActor,
    partners: readonly TotalsPartner[],
    days: TotalsDays,
  ): Promise<PartnerTotalsLine[]> {
    const sharing = partners.flatMap((one) => (isSharing(one) ? [one.partnerId] : []));
    const read = sharing.length === 0 ? new Map<PartnerId, Read>() : await this.shownBy(actor, sharing, days);
    return partners.map((partner) => {
      const one = read.get(partner.partnerId);
      return one === undefined ? { ...partner, ...NOTHING, sharedAt: null } : { ...partner, ...one };
    });
  }

  private async shownBy(
    { vendorId }: VendorActor,
    partnerIds: readonly PartnerId[],
    days: TotalsDays,
  ): Promise<ReadonlyMap<PartnerId, Read>> {
    return this.database.inTransaction(TOTALS_READER, () =>
      this.choices.whileShown(partnerIds, vendorId, async (wordings) => {
        const shown = new Map([...wordings].map(([id, wording]) => [id, shownOf(wording)]));
        const ids = [...shown.keys()].filter((id) => !isAsked(days) || shown.get(id) === 'any-days');
        const totals = await this.totals.loadAll(ids, vendorId, days);
        return new Map(
          [...shown].map(([id, one]): [PartnerId, Read] => [id, { shown: one, campaigns: totals.get(id) ?? null }]),
        );
      }),
    );
  }

  /** Before anybody gets what was read. */
  private async record(actor: VendorActor, lines: readonly PartnerTotalsLine[]): Promise<void> {
    const read = lines.flatMap(({ partnerId, campaigns }) => (campaigns === null ? [] : [partnerId]));
    if (read.length > 0) await this.database.inTransaction(TOTALS_READER, () => this.readings.record(actor, read));
  }
}

/** The first rows of a table. */
interface CutTable extends Table {
  /** Whether there are more. */
  readonly isCut: boolean;
}

type Read = Pick<PartnerTotalsLine, 'shown' | 'campaigns'>;
/** Reads partners of which each has agreed; `CampaignTotals` filters by these. */
const TOTALS_READER = systemActor('shared-totals');
/** So many partners are read in one statement: memory and time of a statement stay small in files of all partners. */
const PARTNERS_AT_ONCE = 50;
const shownOf = (wording: TotalsWording): TotalsPartner['shown'] =>
  wording >= TOTALS_WORDING ? 'any-days' : 'since-start';
const NOTHING: Read = { shown: 'nothing', campaigns: null };
const isSharing = ({ shown }: TotalsPartner): boolean => shown !== 'nothing';

/** Partners in their order, in parts that one statement reads. */
function* partsOf(partners: readonly TotalsPartner[]): Generator<readonly TotalsPartner[]> {
  let from = 0;
  let sharing = 0;
  for (const [at, partner] of partners.entries()) {
    if (!isSharing(partner) || ++sharing < PARTNERS_AT_ONCE) continue;
    yield partners.slice(from, at + 1);
    from = at + 1;
    sharing = 0;
  }
  if (from < partners.length) yield partners.slice(from);
}

/** As in `totalsTable`: one of a partner that shows nothing. */
const rowsIn = (lines: readonly PartnerTotalsLine[]): number =>
  lines.reduce((sum, { campaigns }) => sum + (campaigns === null ? 1 : campaigns.length), 0);

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
