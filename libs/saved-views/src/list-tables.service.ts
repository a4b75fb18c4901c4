import { Injectable } from '@nestjs/common';
import { Contacts, shownName } from '#contacts';
import { COST_SORTS, type CostFilter, DEAL_SORTS, type DealFilter, orderFrom, type SortBy } from '#contracts';
import { type CostBearer, type CostListing, Costs, type ListedCost } from '#insight';
import type { PartnerActor } from '#kernel';
import {
  type Deal,
  DEAL_DETAIL_COLUMNS,
  dealDetailCells,
  Deals,
  LeadFactsReader,
  type ListedDeal,
  Leads,
  titleIn,
  withdrawalCells,
  withdrawalColumns,
} from '#leads';
import { campaignCell, moneyCell, ordersOf, titleKey } from '#tables';
import { MOST_ROWS, type ViewTable } from './view-table.js';

/** Rows that are read at once. */
const PAGE = 200;

/** A sort of the address. */
interface AskedSort {
  readonly sort?: string | undefined;
}

/** The sort, if the list itself has it; undefined: the list comes newest first. */
const sortOf = <const Column extends string>(
  columns: readonly Column[],
  sort: string | undefined,
): SortBy<Column> | undefined =>
  columns.flatMap((column): SortBy<Column>[] => [column, `-${column}`]).find((one) => one === sort);

/** A list that the file sorts itself was read newest first. */
const cutBy = (ofList: string | undefined): 'first' | 'newest' => (ofList === undefined ? 'newest' : 'first');

/** The page after a row. */
const pageAfter = <RowId extends string>(last: { readonly id: RowId; readonly sortKey: string | null } | null) => ({
  limit: PAGE,
  beforeId: last?.id ?? null,
  beforeKey: last?.sortKey ?? null,
});

/** Lists as tables, filtered and sorted as on their screens. They name no contacts. */
@Injectable()
export class ListTables {
  constructor(
    private readonly allDeals: Deals,
    private readonly leads: Leads,
    private readonly facts: LeadFactsReader,
    private readonly allCosts: Costs,
    private readonly contacts: Contacts,
  ) {}

  /** A partner's deals, without their contacts. They can be sorted by them: then they are read. */
  async deals(actor: PartnerActor, { sort, ...filter }: DealFilter & AskedSort): Promise<ViewTable> {
    const ofList = sortOf(DEAL_SORTS, sort);
    const { rows: deals, isCut } = await firstOf((last: ListedDeal | null) =>
      this.allDeals.list(actor, { ...filter, stage: filter.stage ?? null, sort: ofList, ...pageAfter(last) }),
    );
    const leads = await this.leads.byIds(
      actor,
      deals.flatMap(({ leadId }) => leadId ?? []),
    );
    const facts = await this.facts.read(actor, leads);
    const titlesOf = ({ leadId }: Deal) => {
      const lead = leadId === null ? undefined : facts.get(leadId);
      return { title: lead === undefined ? '' : titleIn(lead.titles, lead.locale), titles: lead?.titles ?? {} };
    };
    const names =
      orderFrom(sort ?? '')?.key === 'name' ? await this.namesOf(actor, deals) : new Map<Deal['contactId'], string>();
    return {
      days: null,
      cut: isCut ? cutBy(ofList) : undefined,
      columns: ['externalId', 'campaign', ...DEAL_DETAIL_COLUMNS, ...withdrawalColumns(filter.stage)],
      rows: deals.map((deal) => {
        const { title, titles } = titlesOf(deal);
        return [
          deal.externalId,
          campaignCell(title, titles),
          ...dealDetailCells(deal),
          ...withdrawalCells(deal, filter.stage),
        ];
      }),
      isSorted: ofList !== undefined,
      orders: ordersOf(deals, {
        name: ({ contactId }) => names.get(contactId) ?? null,
        campaign: (deal, language) => titleKey(titlesOf(deal), language),
      }),
    };
  }

  private async namesOf(actor: PartnerActor, deals: readonly Deal[]): Promise<ReadonlyMap<Deal['contactId'], string>> {
    const people = await this.contacts.byIds(
      actor,
      deals.map(({ contactId }) => contactId),
    );
    return new Map(people.map((person) => [person.id, shownName(person)]));
  }

  /** What an organisation paid for marketing. */
  async costs(actor: CostBearer, { sort, ...filter }: CostFilter & AskedSort): Promise<ViewTable> {
    const ofList: CostListing['sort'] = sortOf(COST_SORTS, sort);
    const { rows: costs, isCut } = await firstOf((last: ListedCost | null) =>
      this.allCosts.list(actor, { sort: ofList, ...pageAfter(last) }, filter),
    );
    const isVendor = actor.kind === 'vendor';
    return {
      days: null,
      cut: isCut ? cutBy(ofList) : undefined,
      columns: [
        'description',
        'reference',
        'campaign',
        ...(isVendor ? (['partner'] as const) : []),
        'tactic',
        'from',
        'to',
        'amount',
        'currency',
      ],
      rows: costs.map((cost) => [
        cost.description,
        cost.reference,
        campaignCell(titleIn(cost.titles, 'en'), cost.titles),
        ...(isVendor ? [cost.partnerName] : []),
        cost.tactic,
        cost.from,
        cost.to,
        moneyCell(cost.amount),
        null,
      ]),
      isSorted: ofList !== undefined,
      orders: ordersOf(costs, { campaign: ({ titles }, language) => titleKey({ title: '', titles }, language) }),
    };
  }
}

/** Pages of a list, up to the most rows of a file. */
async function firstOf<Row>(
  read: (last: Row | null) => Promise<Row[]>,
): Promise<{ readonly rows: readonly Row[]; readonly isCut: boolean }> {
  const rows: Row[] = [];
  while (rows.length <= MOST_ROWS) {
    const page = await read(rows.at(-1) ?? null);
    rows.push(...page);
    if (page.length < PAGE) break;
  }
  return { rows: rows.slice(0, MOST_ROWS), isCut: rows.length > MOST_ROWS };
}
