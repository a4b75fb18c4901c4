import { Injectable } from '@nestjs/common';
import { isPastPlannedEnd, type RunningActivation } from '#activations';
import { isWhole } from '#campaigns';
import { DoubleOptIns, Segments, type SendDecision, SendPolicy } from '#contacts';
import { Database } from '#database';
import { type ContactId, DAY_MS, type PartnerId, type SystemActor } from '#kernel';
import { endsByExclusion, type Entry, holdOutPercentOf, isByList, isResponse, sequenceFor } from '#sequencing';
import { CampaignReach } from '../enrolment/campaign-reach.service.js';
import { ExperimentGroups } from '../enrolment/experiment-groups.service.js';
import { HoldOutDraws } from '../enrolment/hold-out-draws.service.js';
import type { ReasonCode } from '../enrolment/reason.js';

/** Enrolments of one contact by one rule, in all activations of the partner's campaign. */
interface EarlierEntries {
  readonly contactId: ContactId;
  /** Of the activation that is asked about. */
  readonly lastNumber: number;
  readonly lastAt: Date;
  readonly isOpen: boolean;
}

/**
 * What becomes of a request. `wait`: for the confirmation of the opt-in.
 * `undecided`: a consent of the person is being stored.
 * `ignore`: a list entered the person before; another list adds nothing.
 */
export type EntryDecision =
  | { readonly kind: 'enter'; readonly number: number }
  | { readonly kind: 'wait' }
  | { readonly kind: 'undecided' }
  | { readonly kind: 'ignore' }
  | { readonly kind: 'refuse'; readonly reason: ReasonCode };

/**
 * A person enters at most so often in so many days, over all campaigns of a
 * partner and all rules but the list at launch. Two campaigns that set off each
 * other, also through a partner's own systems, end by it.
 */
const MOST_ENTRIES = 10;
const ENTRIES_OF_DAYS = 30;

const OVER: EntryDecision = { kind: 'refuse', reason: 'activation-over' };

const UNDECIDED: EntryDecision = { kind: 'undecided' };

interface EntryCircumstances {
  readonly now: Date;
  /** Whether the activation has ended. */
  readonly isOver: boolean;
}

/** Decides whether contacts enter by a rule that is no list at launch. */
@Injectable()
export class EntryDecisions {
  constructor(
    private readonly database: Database,
    private readonly policy: SendPolicy,
    private readonly optIns: DoubleOptIns,
    private readonly reach: CampaignReach,
    private readonly segments: Segments,
    private readonly groups: ExperimentGroups,
    private readonly draws: HoldOutDraws,
  ) {}

  /**
   * In the open transaction of the partner's scope, under the campaign's lock.
   * Who is to wait for a consent is locked and asked about again: a consent that
   * was stored meanwhile has found no request to wake.
   * @returns a decision for every contact.
   */
  async decide(
    actor: SystemActor,
    running: RunningActivation,
    entry: Entry,
    contactIds: readonly ContactId[],
    circumstances: EntryCircumstances,
  ): Promise<ReadonlyMap<ContactId, EntryDecision>> {
    const first = await this.decideNow(actor, running, entry, contactIds, circumstances);
    const waiting = contactIds.filter((id) => first.get(id)?.kind === 'wait');
    if (waiting.length === 0) return first;
    const locked = await this.optIns.lockConsents(actor, waiting);
    const again = await this.decideNow(actor, running, entry, locked, circumstances);
    return new Map([...first, ...waiting.map((id) => [id, again.get(id) ?? UNDECIDED] as const)]);
  }

  private async decideNow(
    actor: SystemActor,
    running: RunningActivation,
    entry: Entry,
    contactIds: readonly ContactId[],
    { now, isOver }: EntryCircumstances,
  ): Promise<ReadonlyMap<ContactId, EntryDecision>> {
    const { activation, versionLive, recalls } = running;
    const of = (each: (id: ContactId) => EntryDecision) => new Map(contactIds.map((id) => [id, each(id)]));
    if (!versionLive) return of(() => ({ kind: 'refuse', reason: 'version-ended' }));
    // The recall lets contacts finish, and nobody begin.
    if (recalls.some(isWhole)) return of(() => ({ kind: 'refuse', reason: 'recalled' }));
    if (isOver || isPastPlannedEnd(activation, now)) return of(() => OVER);
    const earlier = await this.earlierEntries(running, entry, contactIds);
    const excluded = await this.exclusions(actor, running, entry, contactIds, now);
    const often = await this.enteredTooOften(activation.partnerId, contactIds, now);
    const decisions = await this.policy.decide(actor, activation.vendorId, contactIds, now);
    const confirmed =
      entry.consent === 'confirmed' ? await this.optIns.confirmedAmong(actor, contactIds) : new Set(contactIds);
    const hasEntered = (id: ContactId): boolean => {
      const before = earlier.get(id);
      return before !== undefined && !mayEnterAgain(entry, before, now);
    };
    await this.recordDraws(
      running,
      entry,
      contactIds.filter((id) => !hasEntered(id) && decisions.has(id)),
      { excluded, now },
    );
    return of((id) => {
      if (hasEntered(id))
        return isByList(entry.when.on) ? { kind: 'ignore' } : { kind: 'refuse', reason: 'entered-before' };
      const exclusion = excluded.get(id);
      if (exclusion !== undefined) return { kind: 'refuse', reason: exclusion };
      const unsent = consentDecision(decisions.get(id), confirmed.has(id));
      if (unsent !== null) return unsent;
      if (often.has(id)) return { kind: 'refuse', reason: 'entry-loop' };
      return { kind: 'enter', number: (earlier.get(id)?.lastNumber ?? 0) + 1 };
    });
  }

  /**
   * A list that a person joins counts with the list at launch: the person gets
   * that sequence once.
   */
  private async earlierEntries(
    { activation: { id, partnerId, campaignId } }: RunningActivation,
    { key, when }: Entry,
    contactIds: readonly ContactId[],
  ): Promise<ReadonlyMap<ContactId, EarlierEntries>> {
    const rows = await this.database.query<EarlierEntries>(
      `SELECT e.contact_id, coalesce(max(e.entry_number) FILTER (WHERE e.activation_id = $4 AND e.entry_key = $5), 0)::int AS last_number,
         max(e.enrolled_at) AS last_at, bool_or(e.state IN ('waiting', 'running') AND a.status IN ('active', 'held')) AS is_open
       FROM sequences.enrolment e JOIN activations.activation_view a ON a.id = e.activation_id
       WHERE e.contact_id = ANY ($1) AND a.partner_id = $2 AND a.campaign_id = $3
         AND CASE WHEN $6 THEN e.activation_id = $4 AND e.entry_kind IN ('launch', 'joined') ELSE e.entry_key = $5 AND e.entry_kind = $7 END
       GROUP BY e.contact_id`,
      [contactIds, partnerId, campaignId, id, key, isByList(when.on), when.on],
    );
    return new Map(rows.map((row) => [row.contactId, row]));
  }

  /**
   * A person who asks for something is answered, although the partner's
   * campaigns leave it alone since an earlier reply or lead: only who was taken
   * out, or is on an exclusion list of the launch, stays out.
   */
  private async exclusions(
    actor: SystemActor,
    { activation, sequence }: RunningActivation,
    { when }: Entry,
    contactIds: readonly ContactId[],
    now: Date,
  ): Promise<ReadonlyMap<ContactId, ReasonCode>> {
    const { id, partnerId, campaignId, lists } = activation;
    const { exclude } = lists;
    const holdOutPercent = holdOutPercentOf(sequence, activation.choices);
    const campaign = { campaignId, sequence, exclude, holdOutPercent };
    if (isByList(when.on)) return this.reach.excludedFromLists(actor, partnerId, campaign, contactIds, now, id);
    const entered = sequenceFor(sequence, when.on);
    const found = new Map<ContactId, ReasonCode>();
    for (const contactId of await this.segments.membersNow(actor, exclude, contactIds))
      found.set(contactId, 'on-exclusion-list');
    for (const { id: contactId, reason } of await this.reach.exclusionsAmong(actor, contactIds, now)) {
      const holds = isResponse(when.on) ? reason === 'taken-out' : endsByExclusion(entered, reason);
      if (holds && !found.has(contactId)) found.set(contactId, reason);
    }
    // Who asks for something is answered, also in the hold-out.
    const entering = isResponse(when.on) ? [] : contactIds.filter((contactId) => !found.has(contactId));
    for (const contactId of await this.groups.heldOutAmong(actor, campaignId, entering, holdOutPercent))
      found.set(contactId, 'held-out');
    return found;
  }

  /** Of contacts that only the draw keeps out, or lets in, whether or not they may be written to. */
  private async recordDraws(
    { activation, sequence }: RunningActivation,
    { when }: Entry,
    contactIds: readonly ContactId[],
    { excluded, now }: { readonly excluded: ReadonlyMap<ContactId, ReasonCode>; readonly now: Date },
  ): Promise<void> {
    if (isResponse(when.on)) return;
    const drawn = contactIds.flatMap((contactId) => {
      const reason = excluded.get(contactId);
      return reason === undefined || reason === 'held-out' ? [{ contactId, isHeldOut: reason === 'held-out' }] : [];
    });
    await this.draws.record(activation, holdOutPercentOf(sequence, activation.choices), drawn, now);
  }

  private async enteredTooOften(
    partnerId: PartnerId,
    contactIds: readonly ContactId[],
    now: Date,
  ): Promise<ReadonlySet<ContactId>> {
    const rows = await this.database.query<{ id: ContactId }>(
      `SELECT contact_id AS id FROM sequences.enrolment
       WHERE contact_id = ANY ($1) AND partner_id = $2 AND entry_kind <> 'launch' AND enrolled_at > $3 GROUP BY 1 HAVING count(*) >= $4`,
      [contactIds, partnerId, new Date(now.getTime() - ENTRIES_OF_DAYS * DAY_MS), MOST_ENTRIES],
    );
    return new Set(rows.map(({ id }) => id));
  }
}

/** Days count from the last entry, and an open enrolment is not begun anew. */
function mayEnterAgain({ reentry }: Entry, { lastAt, isOpen }: EarlierEntries, now: Date): boolean {
  return !isOpen && reentry !== undefined && lastAt.getTime() + reentry.afterDays * DAY_MS <= now.getTime();
}

/** @returns null if the person may be written to. */
function consentDecision(decision: SendDecision | undefined, isConfirmed: boolean): EntryDecision | null {
  if (decision === undefined) return { kind: 'refuse', reason: 'contact-gone' };
  if (!decision.send)
    return decision.reason === 'opt-in-pending' ? { kind: 'wait' } : { kind: 'refuse', reason: decision.reason };
  return isConfirmed ? null : { kind: 'wait' };
}
