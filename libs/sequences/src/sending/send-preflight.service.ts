import { Injectable, Logger } from '@nestjs/common';
import { Activations, type RunningActivation } from '#activations';
import { type SendingIdentity, SendingIdentities } from '#brand';
import { type ContactForSending, Contacts, FrequencyCaps, SendPolicy, frequencyUseAt } from '#contacts';
import { Database } from '#database';
import {
  type Claim,
  type ConsentEvidence,
  Destinations,
  Halts,
  ReleaseGate,
  type ReleasedClaim,
  Journals,
  type LeasedMessage,
  Ledger,
  Streams,
} from '#delivery';
import {
  type ActivationId,
  Clock,
  type ReleaseId,
  type Locale,
  type SystemActor,
  type VendorId,
  groupBy,
  newId,
} from '#kernel';
import { MailTransport } from '#mailer';
import { variantOf } from '#rendering';
import {
  type ClockChange,
  type ContactClock,
  ContactClocks,
  clockOf,
  isSameClock,
} from '../enrolment/contact-clocks.service.js';
import { ContactFrequency } from './contact-frequency.service.js';
import { InFlightChunks } from './in-flight-chunks.service.js';
import { byDueTime } from '../enrolment/daily-quota.js';
import { preflightVerdict } from './preflight-verdict.js';
import { type ReasonCode, TROUBLES } from '../enrolment/reason.js';
import { recipientOf } from './recipient-values.js';
import { domainOf, streamOf } from './sending-stream.js';
import { UNREADABLE_RETRY_MS, UnreadableActivations } from '../enrolment/unreadable-activations.service.js';
import { StepOutcomes } from '../moving/step-outcomes.service.js';

/** A leased message, by the hand-off that takes it. */
type HeldMessage = LeasedMessage & ReleasedClaim;

/** A message that is this process's to hand over, with all that it is made from. */
export interface Draft {
  readonly message: HeldMessage;
  readonly running: RunningActivation;
  readonly contact: ContactForSending;
  readonly identity: SendingIdentity;
  readonly locale: Locale;
  /** What the ledger says that this recipient gets. */
  readonly variant: string | null;
}

/** Drafts that were handed off together, and the end of their common lease on the clock of `performance.now()`. */
export interface Released {
  readonly drafts: readonly Draft[];
  readonly leaseEndsMs: number;
}

/** What a slow relay is not ready for, or a trouble of our own has held up, is looked at again after this. */
const BUSY_MS = 30_000;

type Candidate = Omit<Draft, 'contact' | 'identity' | 'variant'> & ContactClock;
interface Passed extends Draft {
  readonly consent: ConsentEvidence;
}
interface Refused {
  readonly message: HeldMessage;
  readonly running: RunningActivation;
  readonly reason: ReasonCode;
}
interface Postponed {
  readonly message: HeldMessage;
  readonly reason: string;
  readonly until: Date;
}

interface Decided {
  readonly passed: readonly Passed[];
  readonly refused: readonly Refused[];
  readonly waits: readonly Postponed[];
  readonly clockChanges: readonly ClockChange[];
}

/**
 * leased → releasing. Activation, version, halts, identity, suppression, consent, window, destination and cap are looked at in the very
 * transaction that takes the messages out of everybody else's reach.
 */
@Injectable()
export class SendPreflight {
  private readonly logger = new Logger(SendPreflight.name);

  // More parameters than elsewhere: here everything is checked once more.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly journals: Journals,
    private readonly halts: Halts,
    private readonly gate: ReleaseGate,
    private readonly destinations: Destinations,
    private readonly streams: Streams,
    private readonly activations: Activations,
    private readonly contacts: Contacts,
    private readonly policy: SendPolicy,
    private readonly caps: FrequencyCaps,
    private readonly frequency: ContactFrequency,
    private readonly clocks: ContactClocks,
    private readonly identities: SendingIdentities,
    private readonly outcomes: StepOutcomes,
    private readonly transport: MailTransport,
    private readonly inFlight: InFlightChunks,
    private readonly unreadable: UnreadableActivations,
  ) {}

  /** @param claims of messages of the actor's partner; what is no longer under them is left alone. @returns those that go out now. */
  async release(actor: SystemActor, claims: readonly Claim[]): Promise<Released> {
    const beganMs = performance.now();
    const releaseId = newId<ReleaseId>();
    const inHand: ReleasedClaim[] = [];
    const work = async (): Promise<Draft[]> => {
      await this.gate.pass(actor.partnerId);
      const taken: Draft[] = [];
      const leased = await this.ledger.lockLeased(actor, claims);
      const held = leased.map((message) => ({ ...message, releaseId }));
      for (const [vendorId, messages] of groupBy(held, (message) => message.vendorId))
        taken.push(...(await this.releaseForVendor(actor, vendorId, messages, inHand)));
      return taken;
    };
    try {
      const drafts = await this.database.inTransaction(actor, work);
      return { drafts, leaseEndsMs: beganMs + this.ledger.times.submissionMs };
    } catch (error) {
      // PostgreSQL may have gone away in the middle of the commit: nobody knows on which side of it.
      await this.journals.releaseClaims(inHand);
      await this.releaseLeases(actor, claims);
      throw error;
    }
  }

  /** What was not taken for a trouble of our own need not wait until its lease ends; where PostgreSQL is away, it does. */
  private async releaseLeases(actor: SystemActor, claims: readonly Claim[]): Promise<void> {
    const retryAt = new Date(this.clock.now().getTime() + BUSY_MS);
    const postponed = claims.map((claim) => ({ ...claim, reason: 'internal-error', retryAt, isMeant: false }));
    await this.database
      .inTransaction(actor, () => this.ledger.postpone(postponed))
      .catch((error: unknown) => {
        this.logger.warn(`${claims.length} messages wait until their lease ends: ${String(error)}`);
      });
  }

  private async releaseForVendor(
    actor: SystemActor,
    vendorId: VendorId,
    leased: readonly HeldMessage[],
    inHand: ReleasedClaim[],
  ): Promise<Draft[]> {
    const now = this.clock.now();
    const candidates = await this.candidates(actor, leased);
    const { passed, refused, waits, clockChanges } = await this.decide(actor, vendorId, candidates, now);
    // The moment of the touch that `decide` took: it is given back by it.
    const touch = frequencyUseAt(now);
    const requests = passed.map(({ message: { id, fence, releaseId }, consent, variant }) => ({
      id,
      fence,
      releaseId,
      consent,
      frequencyUseAt: touch,
      variant,
    }));
    const moved = await this.ledger.release(requests);
    // Before the commit: what the ledger calls releasing and no journal knows would be unknown after a crash.
    const taken = requests.filter(({ id }) => moved.has(id));
    this.journals.own.recordClaimed(taken);
    inHand.push(...taken);
    await this.refuse(refused);
    await this.wait(waits);
    await this.clocks.update(clockChanges);
    return passed
      .filter(({ message }) => moved.has(message.id))
      .map((draft) => ({ ...draft, message: { ...draft.message, frequencyUseAt: touch } }));
  }

  private async candidates(actor: SystemActor, leased: readonly HeldMessage[]): Promise<Candidate[]> {
    const running = await this.readable(actor, leased);
    const rows = await this.database.query<ContactClock & { id: string; locale: Locale }>(
      'SELECT id, locale, time_zone, time_zone_source, country FROM sequences.enrolment WHERE id = ANY ($1)',
      [leased.map(({ enrolmentId }) => enrolmentId)],
    );
    const enrolments = new Map(rows.map((row) => [row.id, row]));
    return leased.flatMap((message) => {
      const found = running.get(message.activationId);
      const enrolment = enrolments.get(message.enrolmentId);
      return found === undefined || enrolment === undefined ? [] : [{ ...enrolment, message, running: found }];
    });
  }

  /** Activations of the messages; those of one that cannot be read are put off by themselves, in the open transaction. */
  private async readable(
    actor: SystemActor,
    leased: readonly HeldMessage[],
  ): Promise<Map<ActivationId, RunningActivation>> {
    const running = new Map<ActivationId, RunningActivation>();
    for (const [activationId, messages] of groupBy(leased, (message) => message.activationId)) {
      try {
        running.set(activationId, await this.activations.forSending(actor, activationId));
      } catch (error) {
        this.unreadable.report('release', activationId, error);
        const until = new Date(this.clock.now().getTime() + UNREADABLE_RETRY_MS);
        await this.wait(messages.map((message) => ({ message, reason: 'internal-error', until })));
      }
    }
    return running;
  }

  private async decide(
    actor: SystemActor,
    vendorId: VendorId,
    candidates: readonly Candidate[],
    now: Date,
  ): Promise<Decided> {
    const ids = candidates.map(({ message }) => message.contactId);
    const halts = await this.halts.inForce(actor);
    const identity = await this.identities.forMembership(actor, vendorId);
    const decisions = await this.policy.decide(actor, vendorId, ids, now);
    const contacts = new Map((await this.contacts.byIds(actor, ids)).map((contact) => [contact.id, contact]));
    const wishes = await this.frequency.lockPreferences(actor, ids, now);
    const refusedTopics = await this.frequency.refusedTopics(actor, ids);
    const paused = await this.destinations.paused([...contacts.values()].map(({ email }) => domainOf(email)));
    const restMs = this.transport.backOffMs(vendorId);
    const busyMs = this.inFlight.isSaturated(vendorId) ? BUSY_MS : 0;
    const after = (ms: number): Date | null => (ms === 0 ? null : new Date(now.getTime() + ms));
    const [passed, refused, waits]: [Passed[], Refused[], Postponed[]] = [[], [], []];
    const clockChanges: ClockChange[] = [];
    // Of several to one person who wants few, the one that fell due first.
    for (const candidate of [...candidates].sort((a, b) => byDueTime(a.message, b.message))) {
      const { message, running } = candidate;
      const contact = contacts.get(message.contactId);
      const clock = contact === undefined ? candidate : clockOf(contact, running);
      if (!isSameClock(clock, candidate)) clockChanges.push({ enrolmentId: message.enrolmentId, ...clock });
      const verdict = preflightVerdict({
        running,
        timeZone: clock.timeZone,
        country: clock.country,
        now,
        stepKey: message.stepKey,
        isHalted: halts.covers({ ...running.activation, activationId: message.activationId }),
        identity: identity.status,
        isTooSoon: wishes.isTooSoon(message.contactId),
        isTopicRefused: refusedTopics.get(message.contactId)?.has(running.topic) ?? false,
        decision: contact === undefined ? undefined : decisions.get(message.contactId),
        relaysRestUntil: after(restMs),
        relaysBusyUntil: after(busyMs),
        destinationPausedUntil: contact === undefined ? null : (paused.get(domainOf(contact.email)) ?? null),
      });
      if (verdict.kind === 'skip') refused.push({ message, running, reason: verdict.reason });
      else if (verdict.kind === 'wait') waits.push({ message, reason: verdict.reason, until: verdict.until });
      else if (contact !== undefined) {
        wishes.countMail(message.contactId);
        passed.push({
          ...candidate,
          contact,
          identity,
          consent: verdict.consent,
          variant: variantFor(candidate, contact),
        });
      }
    }
    const slow = await this.throttled(passed);
    const fast = passed.filter(({ message }) => !slow.some((wait) => wait.message === message));
    const overflow = await this.overflow(identity, fast);
    const going = fast.slice(0, fast.length - overflow.length);
    const granted = await this.caps.reserve(
      actor,
      vendorId,
      going.map(({ message }) => message),
      now,
    );
    return {
      passed: going.filter(({ message }) => granted.has(message)),
      refused: [
        ...refused,
        ...going
          .filter(({ message }) => !granted.has(message))
          .map(({ message, running }) => ({ message, running, reason: 'contact-policy' as const })),
      ],
      waits: [...waits, ...slow, ...overflow],
      clockChanges,
    };
  }

  /** What goes later, because the mail servers that it goes to have asked for less. */
  private async throttled(passed: readonly Passed[]): Promise<Postponed[]> {
    const until = await this.destinations.reserve(passed.map(({ contact }) => domainOf(contact.email)));
    return passed.flatMap(({ message }, at) => {
      const wait = until[at] ?? null;
      return wait === null ? [] : [{ message, reason: 'destination-waits', until: wait }];
    });
  }

  /** What of the messages, from the last on, the stream does not take now; one that was in hand before has its place. */
  private async overflow(identity: SendingIdentity, passed: Passed[]): Promise<Postponed[]> {
    const [first] = passed;
    if (first === undefined) return [];
    passed.sort((a, b) => Number(isFresh(a)) - Number(isFresh(b)) || byDueTime(a.message, b.message));
    const fresh = passed.filter(isFresh);
    const stream = { partnerId: first.message.partnerId, ...streamOf(identity) };
    const { waits } = await this.streams.reserve(stream, fresh.length);
    return waits.flatMap((wait, at) => {
      const message = fresh[fresh.length - waits.length + at]?.message;
      return message === undefined ? [] : [{ message, ...wait }];
    });
  }

  private async refuse(refused: readonly Refused[]): Promise<void> {
    const skipped = await this.ledger.skip(
      refused.map(({ message: { id, fence }, reason }) => ({ id, fence, reason })),
    );
    const decided = refused.filter(({ message }) => skipped.has(message.id));
    const [first] = decided;
    if (first === undefined) return;
    await this.outcomes.record(
      first.message.partnerId,
      decided.map(({ message, running, reason }) => ({
        message,
        running,
        outcome: 'skipped',
        reason,
        at: this.clock.now(),
      })),
    );
  }

  private async wait(waits: readonly Postponed[]): Promise<void> {
    await this.ledger.postpone(
      waits.map(({ message: { id, fence }, reason, until }) => ({
        id,
        fence,
        reason,
        retryAt: until,
        isMeant: !TROUBLES.has(reason),
      })),
    );
  }
}

/** Whether it was never in hand: tries that are not counted leave the number of tries as it was. */
const isFresh = ({ message }: Draft): boolean => message.frequencyUseAt === null;

/** Decided here and not after rendering: what goes out may be all that is left of a process, and its row has to name it. */
function variantFor({ running, message, locale }: Candidate, contact: ContactForSending): string | null {
  const master = running.emails.find(({ key }) => key === message.emailKey)?.masters[locale];
  return master === undefined ? null : variantOf(master, recipientOf(contact, {}));
}
