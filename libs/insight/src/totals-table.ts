import {
  amountOrder,
  type CampaignTotals,
  orderFrom,
  PARTNER_TOTALS_SORTS,
  type PartnerTotalsPage,
  sortedBy,
  type SortKey,
  type UserLanguage,
} from '#contracts';
import type { MembershipId, PartnerId } from '#kernel';
import {
  campaignCell,
  moneyCell,
  ordersOf,
  sortedRows,
  type Table,
  type TableCell,
  type TableColumn,
  withheldCell,
} from '#tables';
import type { TotalsDays } from './campaign-totals.service.js';

/** A vendor's partner, and whether it shows its totals. */
export interface TotalsPartner {
  readonly membershipId: MembershipId;
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly shown: PartnerTotalsPage['items'][number]['shown'];
  /** Null: it does not show them. */
  readonly sharedAt: Date | null;
}

/** What a vendor sees of one partner's totals. */
export interface PartnerTotalsLine extends TotalsPartner {
  /** Null if the partner does not show these. */
  readonly campaigns: readonly CampaignTotals[] | null;
}

/** What partners are sorted by, before their totals are read. */
export const TOTALS_PARTNER_KEYS = {
  partner: ({ name }) => name,
  sharedAt: ({ sharedAt }) => sharedAt?.toISOString() ?? null,
} as const satisfies Readonly<
  Record<(typeof PARTNER_TOTALS_SORTS)[number], (partner: Pick<TotalsPartner, 'name' | 'sharedAt'>) => SortKey>
>;

/** Partners in the order of the list, which is the same for all readers. */
export function sortedPartners<Partner extends TotalsPartner>(
  partners: readonly Partner[],
  sort: string | undefined,
): readonly Partner[] {
  const order = orderFrom(sort ?? '');
  const column = PARTNER_TOTALS_SORTS.find((one) => one === order?.key);
  if (order === null || column === undefined) return partners;
  return sortedBy(partners, TOTALS_PARTNER_KEYS[column], { descending: order.descending, language: 'en' });
}

/** Whether rows stay in the order of the list of partners. */
export function isInListOrder(sort: string | undefined): boolean {
  const order = orderFrom(sort ?? '');
  return order === null || PARTNER_TOTALS_SORTS.some((column) => column === order.key);
}

const COLUMNS = [
  'partnerId',
  'partner',
  'shared',
  'campaignId',
  'campaign',
  'sent',
  'clicked',
  'leads',
  'won',
  'money-won',
  'currency',
] as const satisfies readonly TableColumn[];

/**
 * A row per partner and campaign; partners that do not show their totals have one without numbers. Days that were
 * asked for stand in front.
 * @param lines in the order of the list, which stays if `sort` is one of it.
 * @param language in whose order words are.
 */
export function totalsTable(
  lines: readonly PartnerTotalsLine[],
  { sort, from, to }: TotalsDays & { readonly sort?: string | undefined },
  language: UserLanguage,
): Table {
  const isOfDays = (from ?? to) !== undefined;
  const days: TableCell[] = isOfDays ? [from ?? null, to ?? null] : [];
  const rows = lines.flatMap(rowsOf);
  const table: Table = {
    columns: isOfDays ? ['from', 'to', ...COLUMNS] : COLUMNS,
    rows: rows.map(({ cells }) => [...days, ...cells]),
    orders: ordersOf(rows, { amounts: amountOrder(rows, ({ amounts }) => amounts) ?? (() => null) }),
  };
  return { columns: table.columns, rows: isInListOrder(sort) ? table.rows : sortedRows(table, sort, language) };
}

interface Row {
  readonly amounts: CampaignTotals['amounts'];
  readonly cells: readonly TableCell[];
}

function rowsOf({ partnerId, name, shown, campaigns }: PartnerTotalsLine): Row[] {
  if (campaigns === null) {
    const shared = shown === 'since-start' ? shown : 'no';
    const hidden = withheldCell('not-shown');
    return [
      { amounts: [], cells: [partnerId, name, shared, null, null, hidden, hidden, hidden, hidden, hidden, null] },
    ];
  }
  return campaigns.map(({ campaignId, title, titles, sent, clicked, leads, won, amounts }) => ({
    amounts,
    cells: [
      partnerId,
      name,
      'yes',
      campaignId,
      campaignCell(title, titles),
      sent,
      clicked,
      leads,
      won,
      moneyCell(amounts),
      null,
    ],
  }));
}
