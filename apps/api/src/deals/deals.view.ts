import { Injectable } from '@nestjs/common';
import { type ContactForSending, Contacts, shownName } from '#contacts';
import type { DealImportView, DealView, PastDealImport, UndoneDealImport } from '#contracts';
import type { PartnerActor } from '#kernel';
import {
  type Deal,
  Deals,
  type DoneDealImport,
  isOverdue,
  type ListedDeal,
  LeadFactsReader,
  Leads,
  type PlannedDeal,
  type PlannedDeals,
  titleIn,
  type UndonePlan,
} from '#leads';

/** Deals as a partner sees them: with person and campaign. */
@Injectable()
export class DealViews {
  constructor(
    private readonly contacts: Contacts,
    private readonly leads: Leads,
    private readonly facts: LeadFactsReader,
    private readonly deals: Deals,
  ) {}

  /** In the order of the deals. */
  async list(actor: PartnerActor, deals: readonly (Deal | ListedDeal)[]): Promise<DealView[]> {
    const people = await this.contacts.byIds(
      actor,
      deals.map(({ contactId }) => contactId),
    );
    const leads = await this.leads.byIds(
      actor,
      deals.flatMap(({ leadId }) => leadId ?? []),
    );
    const facts = await this.facts.read(actor, leads);
    const today = await this.deals.today(actor);
    const personOf = new Map(people.map((person) => [person.id, person]));
    return deals.map((deal) => {
      const of = deal.leadId === null ? undefined : facts.get(deal.leadId);
      return dealView(deal, personOf.get(deal.contactId), {
        campaignTitle: of === undefined ? '' : titleIn(of.titles, of.locale),
        campaignTitles: { ...of?.titles },
        isOverdue: deal.withdrawn === null && isOverdue(deal, today),
      });
    });
  }

  /** What an undo of an import does, and the deals that stay. */
  async undone(actor: PartnerActor, { withdrawn, restored, left }: UndonePlan): Promise<UndoneDealImport> {
    const views = await this.list(
      actor,
      left.map(({ deal }) => deal),
    );
    return {
      withdrawn,
      restored,
      left: views.map(({ id: dealId, name, externalId, updatedAt: changedAt }, at) => ({
        dealId,
        name,
        externalId,
        changedAt,
        reason: left[at]?.reason ?? 'changed-since',
      })),
    };
  }

  async one(actor: PartnerActor, deal: Deal): Promise<DealView> {
    const [view] = await this.list(actor, [deal]);
    if (view === undefined) throw new Error(`Deal ${deal.id} has no view.`);
    return view;
  }
}

function dealView(
  deal: Deal & Partial<ListedDeal>,
  person: ContactForSending | undefined,
  facts: Pick<DealView, 'campaignTitle' | 'campaignTitles' | 'isOverdue'>,
): DealView {
  const { partnerId: _, sortKey: __, products, withdrawn, createdAt, updatedAt, ...shown } = deal;
  return {
    ...shown,
    ...facts,
    name: person === undefined ? '' : shownName(person),
    company: person?.company ?? null,
    products: [...products],
    withdrawn: withdrawn === null ? null : { ...withdrawn, at: new Date(withdrawn.at).toISOString() },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function dealImportView(
  { version, importId, rows }: PlannedDeals,
  ignoredColumns: readonly string[],
): DealImportView {
  const count = (outcome: PlannedDeal['outcome']): number => rows.filter((row) => row.outcome === outcome).length;
  return {
    version,
    importId,
    counts: { new: count('new'), changed: count('changed'), unchanged: count('unchanged'), refused: count('refused') },
    rows: rows.map(({ row, outcome, deal, lead, after, changes, faults }) => ({
      line: row.line,
      externalId: row.externalId,
      email: row.email,
      outcome,
      dealId: deal?.id ?? null,
      ofLead: (deal?.leadId ?? lead?.id ?? null) !== null,
      stage: after?.stage ?? null,
      amount: after?.amount ?? null,
      changes: [...changes],
      faults: [...faults],
    })),
    ignoredColumns: [...ignoredColumns],
  };
}

/** An import as a partner sees it in the list. */
export const pastImportView = ({ at, undoneAt, ...done }: DoneDealImport): PastDealImport => ({
  ...done,
  at: at.toISOString(),
  undoneAt: undoneAt?.toISOString() ?? null,
});
