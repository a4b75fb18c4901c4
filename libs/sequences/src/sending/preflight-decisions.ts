import { lacking, type RunningActivation, type VendorServer } from '#activations';
import type { SendingIdentity } from '#brand';
import type { ContactForSending, SendDecision } from '#contacts';
import type { ConsentEvidence, HaltsInForce } from '#delivery';
import type { ContactId } from '#kernel';
import { masterOfPartner, variantOf, variantOfArm } from '#rendering';
import { testedStepOf } from '#sequencing';
import { type ClockChange, type ContactClock, clockOf, isSameClock } from '../enrolment/contact-clocks.service.js';
import { armInForce } from '../enrolment/enrolment-states.service.js';
import { byDueTime } from '../enrolment/daily-quota.js';
import type { ReasonCode } from '../enrolment/reason.js';
import type { FrequencyPreferences } from './contact-frequency.service.js';
import type { Draft, HeldMessage } from './draft.js';
import { opensAt, preflightVerdict, type Verdict } from './preflight-verdict.js';
import type { EmailsOfDay } from './emails-of-day.js';
import { recallVerdict } from './recall-verdict.js';
import { recipientOf } from './recipient-values.js';
import { domainOf } from './sending-stream.js';

/** A leased message whose activation and enrolment can be read. */
export type PreflightCandidate = Omit<Draft, 'contact' | 'identity' | 'variant' | 'vendorHosts'> &
  ContactClock & {
    /** Whether its contact has got an e-mail of the campaign. Only read where a recall asks. */
    readonly hasBegun: boolean;
  };

/** A message that may be sent. */
export interface Passed extends Draft {
  readonly consent: ConsentEvidence;
}

/** A message that is never sent. */
export interface Refused {
  readonly message: HeldMessage;
  readonly running: RunningActivation;
  readonly reason: ReasonCode;
}

/** A message that is checked again at `until`. */
export interface Postponed {
  readonly message: HeldMessage;
  readonly reason: string;
  readonly until: Date;
}

/** What preflight decided on the messages of one vendor. */
export interface PreflightDecisions {
  readonly passed: readonly Passed[];
  readonly refused: readonly Refused[];
  readonly postponed: readonly Postponed[];
  readonly clockChanges: readonly ClockChange[];
}

/**
 * Everything that preflight knows about one vendor's messages of one partner.
 */
export interface VendorFacts {
  readonly halts: Pick<HaltsInForce, 'covers'>;
  readonly identity: SendingIdentity;
  /** The vendor's servers that need the partner's consent. */
  readonly servers: readonly VendorServer[];
  readonly emailsOfDay: Pick<EmailsOfDay, 'fullUntil' | 'count'>;
  /** No entry for a contact that is gone. */
  readonly contacts: ReadonlyMap<ContactId, ContactForSending>;
  readonly decisions: ReadonlyMap<ContactId, SendDecision>;
  readonly preferences: Pick<FrequencyPreferences, 'isTooSoon' | 'countMail'>;
  readonly refusedTopics: ReadonlyMap<ContactId, ReadonlySet<string>>;
  /** End of the pause of each paused domain. */
  readonly pausedUntil: ReadonlyMap<string, Date>;
  readonly relaysRestUntil: Date | null;
  readonly relaysBusyUntil: Date | null;
}

/**
 * Sorts the messages of one vendor into those that may be sent, those that
 * never are, and those that wait. The first of several messages to one contact
 * that fell due is counted first.
 */
export function decidePreflight(
  candidates: readonly PreflightCandidate[],
  facts: VendorFacts,
  now: Date,
): PreflightDecisions {
  const [passed, refused, postponed]: [Passed[], Refused[], Postponed[]] = [[], [], []];
  const clockChanges: ClockChange[] = [];
  const vendorHosts = facts.servers.filter(({ purpose }) => purpose === 'relay').map(({ host }) => host);
  for (const candidate of [...candidates].sort((a, b) => byDueTime(a.message, b.message))) {
    const { message, running } = candidate;
    const contact = facts.contacts.get(message.contactId);
    const clock = contact === undefined ? candidate : clockOf(contact, running);
    if (!isSameClock(clock, candidate)) clockChanges.push({ enrolmentId: message.enrolmentId, ...clock });
    const verdict = withinDay(verdictOf(candidate, contact, clock, facts, now), candidate, clock, facts, now);
    if (verdict.kind === 'skip') refused.push({ message, running, reason: verdict.reason });
    else if (verdict.kind === 'wait') postponed.push({ message, reason: verdict.reason, until: verdict.until });
    else if (contact !== undefined) {
      facts.preferences.countMail(message.contactId);
      facts.emailsOfDay.count({ contactId: message.contactId, activationId: message.activationId, at: now });
      const variant = variantFor(candidate, contact);
      const { identity } = facts;
      passed.push({ ...candidate, contact, identity, vendorHosts, consent: verdict.consent, variant });
    }
  }
  return { passed, refused, postponed, clockChanges };
}

function verdictOf(
  candidate: PreflightCandidate,
  contact: ContactForSending | undefined,
  clock: ContactClock,
  facts: VendorFacts,
  now: Date,
): Verdict {
  const { message, running, locale, hasBegun } = candidate;
  const { contactId, activationId, stepKey, emailKey } = message;
  return preflightVerdict({
    running,
    timeZone: clock.timeZone,
    country: clock.country,
    arm: armInForce(candidate, running),
    now,
    stepKey,
    recall: recallVerdict(running.recalls, { key: emailKey, locale, hasBegun }),
    isHalted: facts.halts.covers({ ...running.activation, activationId }),
    lacksRelayConsent: lacking(facts.servers).length > 0,
    identity: facts.identity.status,
    isTooSoon: facts.preferences.isTooSoon(contactId),
    isTopicRefused: facts.refusedTopics.get(contactId)?.has(running.topic) ?? false,
    decision: contact === undefined ? undefined : facts.decisions.get(contactId),
    relaysRestUntil: facts.relaysRestUntil,
    relaysBusyUntil: facts.relaysBusyUntil,
    destinationPausedUntil: contact === undefined ? null : (facts.pausedUntil.get(domainOf(contact.email)) ?? null),
  });
}

/**
 * The contact gets an e-mail of another campaign today: this one waits for the
 * next open hours from tomorrow on. It does not wait beyond its last date.
 */
function withinDay(
  verdict: Verdict,
  { message, running, arm }: PreflightCandidate,
  { timeZone, country }: ContactClock,
  { emailsOfDay }: VendorFacts,
  now: Date,
): Verdict {
  if (verdict.kind !== 'send') return verdict;
  const tomorrow = emailsOfDay.fullUntil(message, timeZone, now);
  if (tomorrow === null) return verdict;
  const until = opensAt({
    running,
    stepKey: message.stepKey,
    timeZone,
    country,
    arm: armInForce({ arm }, running),
    now: tomorrow,
  });
  return until === null ? verdict : { kind: 'wait', reason: 'emails-of-day', until };
}

/**
 * The variant as the ledger names it: of a test, with what was drawn, and with the version whose test drew it.
 * Who was moved from an earlier version to this one is not compared with those that entered it.
 */
export function ledgerVariant(
  variant: string,
  { running, message, arm, armVersion }: Pick<Draft, 'running' | 'message' | 'arm' | 'armVersion'>,
): string {
  const tested = testedStepOf(running.sequence);
  if (arm === null || tested?.stepKey !== message.stepKey) return variant;
  // An arm of an earlier version's test of e-mails is no time.
  if (tested.of === 'time' && !tested.arms.includes(arm)) return variant;
  const drawn = tested.of === 'email' ? message.emailKey : arm;
  return variantOfArm(variant, {
    of: tested.of,
    arm: drawn,
    version: armVersion === running.versionNumber ? armVersion : null,
  });
}

/**
 * The variant is chosen before rendering: after a crash, the ledger row may be
 * all that is left, and it has to name the variant.
 */
function variantFor(candidate: PreflightCandidate, contact: ContactForSending): string | null {
  const { running, message, locale } = candidate;
  const master = running.emails.find(({ key }) => key === message.emailKey)?.masters[locale];
  if (master === undefined) return null;
  const variant = variantOf(masterOfPartner(master, running.activation.slots), recipientOf(contact, {}, locale));
  return ledgerVariant(variant, candidate);
}
