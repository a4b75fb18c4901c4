import type { Amount, ChangeDeal, DealField, DealRowFault } from '#contracts';
import { type ContactId, type DealId, DomainError, type Id } from '#kernel';
import type { Lead } from '../lead.js';
import { changedDeal, changedFields, type Deal, newDeal } from './deal.js';

/** A deal as a file or a program has it. What is absent stays as it is. */
export interface ImportedDeal {
  /** Row of the spreadsheet, or place in the list, from 1. */
  readonly line: number;
  /** Of the deal itself, as its table has it: the row may give that deal another external id. */
  readonly id?: DealId | null;
  /** Empty: missing. */
  readonly externalId: string;
  /** Of the contact. */
  readonly email: string | null;
  readonly change: ChangeDeal;
  /** What could not be read. */
  readonly faults: readonly DealFault[];
}

/** Why a row is refused. */
interface DealFault {
  readonly reason: DealRowFault;
  readonly field: string;
  readonly value: string;
  /** Of an amount that is too large: the largest. */
  readonly most?: Amount;
  /** Of an amount with more decimals than its currency: how many that has. */
  readonly decimals?: number;
}

/** What an import knows before it begins. */
export interface DealImportContext {
  readonly byExternalId: ReadonlyMap<string, Deal>;
  readonly byId: ReadonlyMap<DealId, Deal>;
  /** By address in lower case. */
  readonly contacts: ReadonlyMap<string, ContactId>;
  /** Of each contact, the newest lead that has no deal and was not withdrawn. */
  readonly freeLeads: ReadonlyMap<ContactId, Lead>;
  /** The status of leads with a deal. */
  readonly leadStatuses: ReadonlyMap<string, Lead['status']>;
  readonly today: string;
  readonly now: Date;
}

/** What an import does with a row. */
export interface PlannedDeal {
  readonly row: ImportedDeal;
  readonly outcome: 'new' | 'changed' | 'unchanged' | 'refused';
  /** The known deal; null: a new or refused row. */
  readonly deal: Deal | null;
  readonly contactId: ContactId | null;
  /** Of a new deal: the lead that becomes it. */
  readonly lead: Lead | null;
  /** The deal afterwards; null: refused. */
  readonly after: Deal | null;
  readonly changes: readonly DealField[];
  readonly faults: readonly DealFault[];
}

export type DealImportId = Id<'deal-import'>;

/** What an import does, or did. */
export interface PlannedDeals {
  readonly rows: readonly PlannedDeal[];
  /** The same for the same rows while nothing else changes. */
  readonly version: string;
  /** Null: nothing was stored. */
  readonly importId: DealImportId | null;
}

const REFUSALS: Readonly<Record<string, DealRowFault>> = {
  'deal.closed-later': 'closed-later',
  'deal.closed-early': 'closed-early',
  'deal.lost-reason': 'lost-reason',
  'deal.refunded': 'refunded',
};

/**
 * What an import would do with each row, without doing it. A row is about the
 * deal with its external id, or else with its id. A new one belongs to the newest lead of its contact
 * that has no deal, or else to no lead.
 */
export function planDeals(rows: readonly ImportedDeal[], context: DealImportContext): PlannedDeal[] {
  const seen = new Set<string>();
  const leads = new Map(context.freeLeads);
  return rows.map((row) => {
    const id = knownOf(row, context)?.id ?? row.id ?? '';
    // An external id that one row gives to a deal cannot be that of another row.
    const keys = [
      ...(id === '' ? [] : [`id ${id}`]),
      ...(row.externalId === '' ? [] : [`external id ${row.externalId}`]),
    ];
    const isRepeated = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    const planned = planRow(row, { ...context, freeLeads: leads });
    if (isRepeated) return refused(row, [...planned.faults, fault('repeated', 'id', row.externalId || id)]);
    if (planned.lead !== null) leads.delete(planned.lead.contactId);
    return planned;
  });
}

function knownOf({ externalId, id }: ImportedDeal, { byExternalId, byId }: DealImportContext): Deal | null {
  return byExternalId.get(externalId) ?? (id == null ? undefined : byId.get(id)) ?? null;
}

function planRow(row: ImportedDeal, context: DealImportContext): PlannedDeal {
  const known = knownOf(row, context);
  const contactId = row.email === null ? null : (context.contacts.get(row.email.toLowerCase()) ?? null);
  const faults = [...row.faults, ...personFaults(row, known, contactId)];
  if (row.externalId === '' && known === null) faults.push(fault('missing', 'externalId', ''));
  if (known?.withdrawn != null) faults.push(fault('withdrawn', 'id', known.id));
  if (known !== null && row.id != null && known.id !== row.id && context.byId.has(row.id))
    faults.push(fault('external-id-taken', 'externalId', row.externalId));
  if (known?.leadId != null && context.leadStatuses.get(known.leadId) === 'withdrawn')
    faults.push(fault('lead-withdrawn', 'externalId', row.externalId));
  const lead = known === null && contactId !== null ? (context.freeLeads.get(contactId) ?? null) : null;
  const owner = known?.contactId ?? contactId;
  if (faults.length > 0 || owner === null) return refused(row, faults);
  const before = known ?? newOf(row, owner, lead, context.now);
  const after = tryChange(before, row, context.today);
  if ('reason' in after) return refused(row, [after]);
  const changes = changedFields(before, after);
  const outcome = known === null ? 'new' : changes.length === 0 ? 'unchanged' : 'changed';
  return { row, outcome, deal: known, contactId: owner, lead, after, changes, faults: [] };
}

/** A deal for the preview; the import gives it its id. */
function newOf(row: ImportedDeal, contactId: ContactId, lead: Lead | null, now: Date): Deal {
  const of = { leadId: lead?.id ?? null, contactId, activationId: lead?.activationId ?? null };
  return {
    ...newDeal({ ...of, id: '' as DealId, partnerId: '' as Deal['partnerId'] }, now),
    externalId: row.externalId,
  };
}

function tryChange(before: Deal, { change, externalId }: ImportedDeal, today: string): Deal | DealFault {
  try {
    return changedDeal(before, { ...change, ...(externalId === '' ? {} : { externalId }) }, today);
  } catch (error) {
    const reason = error instanceof DomainError ? REFUSALS[error.code] : undefined;
    if (reason === undefined) throw error;
    const field =
      { 'closed-later': 'closedOn', 'closed-early': 'closedOn', 'lost-reason': 'lostReason' }[reason as string] ??
      'amount';
    return fault(reason, field, change.closedOn ?? change.lostReason ?? '');
  }
}

function personFaults({ email }: ImportedDeal, known: Deal | null, contactId: ContactId | null): DealFault[] {
  if (email === null) return known === null ? [fault('missing', 'email', '')] : [];
  // The contact of a known deal may be deleted meanwhile; the deal stays.
  if (contactId === null) return known === null ? [fault('contact-unknown', 'email', email)] : [];
  return known !== null && known.contactId !== contactId ? [fault('of-another-contact', 'email', email)] : [];
}

const refused = (row: ImportedDeal, faults: readonly DealFault[]): PlannedDeal => ({
  row,
  outcome: 'refused',
  deal: null,
  contactId: null,
  lead: null,
  after: null,
  changes: [],
  faults,
});

const fault = (reason: DealRowFault, field: string, value: string): DealFault => ({ reason, field, value });
