import { Injectable } from '@nestjs/common';
import { type RunningActivation, RunningActivations } from '#activations';
import { Contacts } from '#contacts';
import { Database, unnestRows } from '#database';
import {
  type ActivationId,
  Clock,
  type ContactId,
  groupBy,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { entriesOf, type Entry, firstEmailFrom, isResponse } from '#sequencing';
import { CampaignReach } from '../enrolment/campaign-reach.service.js';
import { NewEnrolments } from '../enrolment/new-enrolments.service.js';
import { NotEnrolled } from '../enrolment/not-enrolled.service.js';
import { EntryDecisions, type EntryDecision } from './entry-decisions.service.js';

interface EntryRequest {
  readonly id: string;
  readonly activationId: ActivationId;
  readonly contactId: ContactId;
  readonly entryKey: string;
  readonly source: string | null;
  readonly at: Date;
  readonly isBulk: boolean;
  readonly waitsUntil: Date | null;
  /** It has waited until its last moment. */
  readonly hasExpired: boolean;
}

/** How many requests were taken, and how many contacts entered. */
interface Taken {
  readonly count: number;
  readonly entered: number;
}

/** A day more than a link to confirm is valid (libs/contacts/src/double-opt-ins.service.ts). */
const CONFIRM_DAYS = 8;
/**
 * Who joins a list during its launch may still be on a page of it. The launch
 * enrols those; the request is looked at again after it.
 */
const ENROLLING_MS = 2_000;
/** As long as schedulers wait anyway (entry-requests.service.ts). A consent is stored within milliseconds. */
const CONSENT_STORED_MS = 250;

/**
 * Turns requests to enter into enrolments. A request is deleted in the
 * transaction that enrols its contact or records why not. So a person enters
 * exactly once by a rule after any crash, in any number of processes: the lock
 * of the campaign orders decisions, and the key of the enrolment ends
 * repetitions.
 */
@Injectable()
export class Entries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly running: RunningActivations,
    private readonly contacts: Contacts,
    private readonly reach: CampaignReach,
    private readonly decisions: EntryDecisions,
    private readonly newEnrolments: NewEnrolments,
    private readonly notEnrolled: NotEnrolled,
  ) {}

  /** Takes up to `limit` requests of a partner: what people did first, then lists and imports. */
  async take(partnerId: PartnerId, limit: number): Promise<Taken> {
    const actor = systemActor('scheduler', { partnerId });
    return this.database.inTransaction(actor, async () => {
      const requests = await this.database.query<EntryRequest>(
        `DELETE FROM sequences.entry_request WHERE id IN (
           SELECT id FROM sequences.entry_request WHERE partner_id = $1 AND not_before <= clock_timestamp()
           ORDER BY is_bulk, not_before, id LIMIT $2 FOR UPDATE SKIP LOCKED)
         RETURNING id, activation_id, contact_id, entry_key, source, at, is_bulk, waits_until, waits_until <= clock_timestamp() AS has_expired`,
        [partnerId, limit],
      );
      const byActivation = groupBy(requests, (one) => one.activationId);
      const runnings: RunningActivation[] = [];
      for (const id of byActivation.keys()) runnings.push(await this.running.forSending(actor, id));
      // One order of locks in every process.
      runnings.sort((a, b) => (a.activation.campaignId < b.activation.campaignId ? -1 : 1));
      for (const { activation } of runnings) await this.reach.lockCampaign(partnerId, activation.campaignId);
      let entered = 0;
      for (const running of runnings)
        entered += await this.takeInActivation(actor, running, byActivation.get(running.activation.id) ?? []);
      return { count: requests.length, entered };
    });
  }

  private async takeInActivation(
    actor: SystemActor,
    running: RunningActivation,
    requests: readonly EntryRequest[],
  ): Promise<number> {
    const { activation, sequence } = running;
    const isOver = await this.running.isOver(activation.id);
    const entries = entriesOf(sequence);
    let entered = 0;
    for (const entry of entries) {
      const own = requests.filter(({ entryKey }) => entryKey === entry.key);
      if (own.length === 0) continue;
      if (entry.when.on === 'joined' && activation.enrolledAt === null && !isOver)
        await this.putBack(running, own, ENROLLING_MS);
      else entered += await this.takeOfEntry(actor, running, entry, oneOfEach(own), isOver);
    }
    const keys = new Set(entries.map(({ key }) => key));
    const stray = requests.filter(({ entryKey }) => !keys.has(entryKey));
    await this.refuseStray(actor, activation, stray);
    return entered;
  }

  /** Requests by a rule that the version of the activation does not have. */
  private async refuseStray(
    actor: SystemActor,
    activation: RunningActivation['activation'],
    requests: readonly EntryRequest[],
  ): Promise<void> {
    if (requests.length === 0) return;
    const contacts = await this.contacts.byIds(actor, [...new Set(requests.map(({ contactId }) => contactId))]);
    const known = new Set(contacts.map(({ id }) => id));
    const refused = new Map(
      requests
        .filter(({ contactId }) => known.has(contactId))
        .map(({ contactId, entryKey }) => [
          `${contactId} ${entryKey}`,
          { contactId, entryKey, stepKey: '', reason: 'entry-rule-gone' } as const,
        ]),
    );
    await this.notEnrolled.record(activation, [...refused.values()], this.clock.now());
  }

  private async takeOfEntry(
    actor: SystemActor,
    running: RunningActivation,
    entry: Entry,
    requests: ReadonlyMap<ContactId, EntryRequest>,
    isOver: boolean,
  ): Promise<number> {
    const { id: activationId, startAt } = running.activation;
    const now = this.clock.now();
    const contacts = new Map((await this.contacts.byIds(actor, [...requests.keys()])).map((one) => [one.id, one]));
    const ids = [...contacts.keys()];
    const decided = await this.decisions.decide(actor, running, entry, ids, { now, isOver });
    const requestsOf = (kind: EntryDecision['kind']): EntryRequest[] =>
      ids.filter((id) => decided.get(id)?.kind === kind).flatMap((id) => requests.get(id) ?? []);
    const waiting = requestsOf('wait').filter(({ hasExpired }) => !hasExpired);
    await this.wait(running, entry, waiting);
    await this.putBack(running, requestsOf('undecided'), CONSENT_STORED_MS);
    await this.refuse(running, entry, decided, now);
    const known = await this.reach.enrolledIn(activationId, ids);
    const entering = ids.flatMap((id) => {
      const decision = decided.get(id);
      const contact = contacts.get(id);
      if (decision?.kind !== 'enter' || contact === undefined) return [];
      const source = requests.get(id)?.source ?? null;
      return [{ contact, number: decision.number, isRepeated: known.has(id), source }];
    });
    await this.database.discardPlans();
    // Pages are open before the start, and who asks for something there is answered at once.
    const isEarly = startAt > now && !isResponse(entry.when.on);
    const entered = await this.newEnrolments.insert(running, entry, entering, isEarly ? startAt : now);
    await this.notEnrolled.clear(activationId, entry.key, [...entered]);
    await this.dropWaiting(activationId, entry.key, [...entered]);
    return entered.size;
  }

  /** Requests that waited for what has happened now. */
  private async dropWaiting(activationId: ActivationId, key: string, contactIds: readonly ContactId[]): Promise<void> {
    if (contactIds.length === 0) return;
    await this.database.query(
      `DELETE FROM sequences.entry_request WHERE id IN (
         SELECT id FROM sequences.entry_request WHERE activation_id = $1 AND entry_key = $2 AND contact_id = ANY ($3)
           AND waits_until IS NOT NULL FOR UPDATE SKIP LOCKED)`,
      [activationId, key, contactIds],
    );
  }

  /** Requests that wait have a reason, too: it is deleted when their contacts enter. */
  private async refuse(
    { activation, sequence }: RunningActivation,
    { key, start }: Entry,
    decided: ReadonlyMap<ContactId, EntryDecision>,
    now: Date,
  ): Promise<void> {
    const stepKey = firstEmailFrom(sequence, start);
    const refused = [...decided].flatMap(([contactId, decision]) => {
      if (decision.kind !== 'wait' && decision.kind !== 'refuse') return [];
      const reason = decision.kind === 'wait' ? 'opt-in-pending' : decision.reason;
      return [{ contactId, entryKey: key, stepKey, reason } as const];
    });
    await this.notEnrolled.record(activation, refused, now);
  }

  /** Until the person confirms its opt-in; a form sent again waits as long as its newer mail: libs/database/functions/sequences.wake_entries.sql. */
  private async wait(
    { activation }: RunningActivation,
    { key }: Entry,
    requests: readonly EntryRequest[],
  ): Promise<void> {
    if (requests.length === 0) return;
    const rows = unnestRows(
      requests,
      { contactId: 'uuid', source: 'text', at: 'timestamptz', waitsUntil: 'timestamptz' },
      [activation.id, activation.partnerId, key, CONFIRM_DAYS],
    );
    await this.database.query(
      `INSERT INTO sequences.entry_request (activation_id, partner_id, contact_id, entry_key, source, at, not_before, waits_until)
       SELECT DISTINCT ON (given.contact_id) $1::uuid, $2::uuid, given.contact_id, $3, given.source, given.at, w.until, w.until FROM ${rows.from}
       CROSS JOIN LATERAL (SELECT coalesce(given.waits_until, clock_timestamp() + $4 * interval '1 day') AS until) w
       ORDER BY given.contact_id, w.until DESC
       ON CONFLICT (activation_id, contact_id, entry_key) WHERE waits_until IS NOT NULL DO UPDATE SET
         waits_until = greatest(entry_request.waits_until, excluded.waits_until)`,
      rows.parameters,
    );
  }

  /** As they were, to be decided about a little later. */
  private async putBack(
    { activation }: RunningActivation,
    requests: readonly EntryRequest[],
    afterMs: number,
  ): Promise<void> {
    if (requests.length === 0) return;
    const rows = unnestRows(
      requests,
      {
        contactId: 'uuid',
        entryKey: 'text',
        source: 'text',
        at: 'timestamptz',
        isBulk: 'boolean',
        waitsUntil: 'timestamptz',
      },
      [activation.id, activation.partnerId, afterMs],
    );
    await this.database.query(
      `INSERT INTO sequences.entry_request (activation_id, partner_id, contact_id, entry_key, source, at, is_bulk, waits_until, not_before)
       SELECT $1, $2, given.contact_id, given.entry_key, given.source, given.at, given.is_bulk, given.waits_until,
         clock_timestamp() + $3 * interval '1 millisecond' FROM ${rows.from}`,
      rows.parameters,
    );
  }
}

/**
 * One request of each contact: two of one rule are one entry. One that has not
 * waited yet counts, so that a form that is sent again waits for its own mail.
 */
function oneOfEach(requests: readonly EntryRequest[]): ReadonlyMap<ContactId, EntryRequest> {
  const chosen = new Map<ContactId, EntryRequest>();
  for (const request of requests) {
    const known = chosen.get(request.contactId);
    if (known === undefined || (known.waitsUntil !== null && request.waitsUntil === null))
      chosen.set(request.contactId, request);
  }
  return chosen;
}
