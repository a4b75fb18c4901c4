import type { Amount, DealStage, LostReason } from '#contracts';
import { type ActivationId, type ContactId, type DealId, DomainError, type LeadId, type PartnerId } from '#kernel';
import type { ClickRule } from '#sequencing';

/** Where a lead can go from where it is. */
const NEXT = {
  new: ['accepted', 'lost', 'withdrawn'],
  accepted: ['working', 'won', 'lost'],
  working: ['won', 'lost'],
  won: ['working'],
  lost: ['working'],
  // By the rule alone: the clicks were a program's.
  // They may turn out to be human after all.
  withdrawn: ['new'],
} as const satisfies Record<string, readonly string[]>;

export type LeadStatus = keyof typeof NEXT;

/** What a lead shows of its deal. */
interface DealOfLead {
  readonly id: DealId;
  readonly version: number;
  readonly stage: DealStage;
  readonly expectedOn: string | null;
  readonly closedOn: string | null;
  readonly products: readonly string[];
  readonly lostReason: LostReason | null;
}

/**
 * A contact whose own act qualified; the partner's alone until it discloses it.
 */
export interface Lead {
  readonly id: LeadId;
  readonly partnerId: PartnerId;
  readonly contactId: ContactId;
  readonly activationId: ActivationId;
  readonly source: 'form' | 'sequence' | 'clicks';
  readonly status: LeadStatus;
  readonly message: string | null;
  /** As typed into the form. */
  readonly phone: string | null;
  /** The fields of the last form besides the message, by their names; empty: no form. */
  readonly answers: Readonly<Record<string, string>>;
  /** What its deal is worth; null: no deal, or not known. */
  readonly amount: Amount | null;
  /** Null: it is no deal yet. */
  readonly deal: DealOfLead | null;
  /**
   * The rule that its clicks fulfilled; null for a lead that came otherwise.
   */
  readonly qualifiedBy: ClickRule | null;
  /**
   * Since when its clicks count as a program's; it stays because it was already
   * accepted.
   */
  readonly machineClicksAt: Date | null;
  /** The last follow-up and its user; null: none. */
  readonly followedUp: { readonly at: string; readonly by: string; readonly note: string | null } | null;
  readonly createdAt: Date;
  /** When it became a lead, or its person sent the form last. */
  readonly requestedAt: Date;
  /** The person sent the form again, and no user has reacted since. */
  readonly askedAgain: boolean;
  readonly updatedAt: Date;
}

/** What only people decide; the others follow from the rule. */
const SET_BY_PEOPLE = ['accepted', 'working', 'won', 'lost'] as const;

/** States that users can set from the current one. */
export const nextStatuses = (from: LeadStatus): (typeof SET_BY_PEOPLE)[number][] =>
  SET_BY_PEOPLE.filter((to) => (NEXT[from] as readonly string[]).includes(to));

/** Whether it was accepted and is not closed. */
export const isHandled = (status: LeadStatus): boolean => status === 'accepted' || status === 'working';

/**
 * @throws DomainError `lead.not-taken-up` unless the lead is accepted and not
 *   closed, or its person asked again after it was won.
 */
export function requireHandled({ status, askedAgain }: Lead): void {
  if (isHandled(status) || (status === 'won' && askedAgain)) return;
  throw new DomainError(
    'lead.not-taken-up',
    `This lead is ${status}: only an accepted lead can have a follow-up. Change its status first.`,
    { status },
    { kind: 'conflict' },
  );
}

/** @throws DomainError `lead.not-won` unless the lead is won. */
export function requireWon({ status }: Lead): void {
  if (status === 'won') return;
  throw new DomainError(
    'lead.not-won',
    `This lead is ${status}: only a won lead has an amount. Mark it as won first.`,
    { status },
    { kind: 'conflict' },
  );
}

/**
 * The statuses through which people move a lead to another one, that one last.
 * @throws DomainError as `checkLeadMove` when no way is open.
 */
export function statusesBetween(from: LeadStatus, to: LeadStatus): LeadStatus[] {
  let ways: LeadStatus[][] = [[from]];
  for (const seen = new Set([from]); ways.length > 0;) {
    const done = ways.find((way) => way.at(-1) === to);
    if (done !== undefined) return done.slice(1);
    ways = ways.flatMap((way) =>
      nextStatuses(way.at(-1) ?? from).flatMap((next) => (seen.has(next) ? [] : (seen.add(next), [[...way, next]]))),
    );
  }
  checkLeadMove(from, to);
  return [to];
}

/** @throws DomainError `lead.state` when the way is not open, `lead.withdrawn` when none is. */
export function checkLeadMove(from: LeadStatus, to: LeadStatus): void {
  if ((NEXT[from] as readonly string[]).includes(to)) return;
  const allowed = nextStatuses(from);
  const refusal = `This lead is ${from}, and cannot become ${to}.`;
  const details = { field: 'status', from, to, allowed };
  if (allowed.length === 0)
    throw new DomainError(
      'lead.withdrawn',
      `${refusal} Its clicks were a program’s. It is a new lead again if they turn out to be a person’s, or if the person sends a form.`,
      details,
      { kind: 'conflict' },
    );
  const ways = new Intl.ListFormat('en', { type: 'disjunction' }).format(allowed);
  throw new DomainError('lead.state', `${refusal} From there it can become ${ways}.`, details, { kind: 'conflict' });
}
