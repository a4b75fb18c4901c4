import { Injectable } from '@nestjs/common';
import { Contacts, shownName } from '#contacts';
import { type CostFilter, DEAL_STAGES } from '#contracts';
import { type CostBearer, Costs, type ListedCost } from '#insight';
import type { PartnerActor } from '#kernel';
import {
  type Deal,
  DEAL_DETAIL_COLUMNS,
  dealDetailCells,
  type DealListing,
  Deals,
  LeadFactsReader,
  Leads,
  titleIn,
} from '#leads';
import { amountsCell, campaignCell, ordersOf, titleKey } from '#tables';
import { MOST_ROWS, type ViewTable } from './view-table.js';

/** Rows that are read at once. */
const PAGE = 200;

/** Lists as tables, newest first. They name no contacts. */
@Injectable()
export class ListTables {
  constructor(
    private readonly allDeals: Deals,
    private readonly leads: Leads,
    private readonly facts: LeadFactsReader,
    private readonly allCosts: Costs,
    private readonly contacts: Contacts,
  ) {}

  /**
   * A partner's deals, without their contacts.
   * @param isByName whether they can be sorted by their contacts, which are read for that.
   */
  async deals(actor: PartnerActor, stage: DealListing['stage'], isByName: boolean): Promise<ViewTable> {
    const { rows: deals, isCut } = await newest((last: Deal | null) =>
      this.allDeals.list(actor, { limit: PAGE, beforeId: last?.id ?? null, stage }),
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
    const names = isByName ? await this.namesOf(actor, deals) : new Map<Deal['contactId'], string>();
    return {
      days: null,
      isCut,
      columns: ['externalId', 'campaign', ...DEAL_DETAIL_COLUMNS],
      rows: deals.map((deal) => {
        const { title, titles } = titlesOf(deal);
        return [deal.externalId, campaignCell(title, titles), ...dealDetailCells(deal)];
      }),
      orders: ordersOf(deals, {
        name: ({ contactId }) => names.get(contactId) ?? null,
        campaign: (deal, language) => titleKey(titlesOf(deal), language),
        stage: ({ stage: of }) => DEAL_STAGES.indexOf(of),
        amount: ({ amount }) => amount?.minorUnits ?? null,
        closedOn: ({ closedOn, expectedOn }) => closedOn ?? expectedOn,
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
  async costs(actor: CostBearer, filter: CostFilter): Promise<ViewTable> {
    const { rows: costs, isCut } = await newest((last: ListedCost | null) =>
      this.allCosts.list(actor, { limit: PAGE, beforeId: last?.id ?? null }, filter),
    );
    const isVendor = actor.kind === 'vendor';
    return {
      days: null,
      isCut,
      columns: [
        'description',
        'reference',
        'campaign',
        ...(isVendor ? (['partner'] as const) : []),
        'tactic',
        'from',
        'to',
        'amount',
      ],
      rows: costs.map((cost) => [
        cost.description,
        cost.reference,
        campaignCell(titleIn(cost.titles, 'en'), cost.titles),
        ...(isVendor ? [cost.partnerName] : []),
        cost.tactic,
        cost.from,
        cost.to,
        amountsCell([cost.amount]),
      ]),
      orders: ordersOf(costs, {
        campaign: ({ titles }, language) => titleKey({ title: '', titles }, language),
        amount: ({ amount }) => amount.minorUnits,
      }),
    };
  }
}

/** Pages of a list, up to the most rows of a file. */
async function newest<Row>(
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
