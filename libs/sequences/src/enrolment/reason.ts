import { POLICY_REASONS } from '#contacts';
import type { ExitReason, DelayReason } from '#sequencing';

/**
 * Why a step was sent or not: the closed list, each with its sentence.
 * Every decision has exactly one.
 */
const REASONS = {
  ...POLICY_REASONS,
  sent: 'Sent: the mail server accepted it.',
  pending: 'Being sent.',
  'step-expired': 'The step became due after its last date.',
  'step-removed': 'A newer version of the campaign no longer has this step.',
  'skipped-by-partner': 'You skipped this step when you launched the campaign.',
  'goal-reached': 'Goal reached. The person gets no more e-mails of this campaign.',
  'exit-rule': 'The campaign ended for this person by an exit rule of the vendor.',
  'post-ready': 'The post is ready to publish.',
  'people-notified': 'Your team was notified.',
  'lead-made': 'The person became a lead.',
  'webhook-emitted': 'Your systems were notified.',
  'click-reversed': 'The click came from a security scanner. The step was undone.',
  'click-kept': 'The click came from a security scanner. The steps after it could not be undone.',
  answered: 'The person replied. The person gets no more e-mails of this campaign.',
  'became-lead': 'The person became a lead. The person gets no more e-mails of this campaign.',
  'deal-won': 'You won a deal with the person. The person gets no more e-mails of this campaign.',
  'taken-out': 'You took this person out of your campaigns.',
  'already-got': 'This person has already received this campaign from you.',
  'on-exclusion-list': 'The person is on a list that you left out at the launch.',
  'lead-taken-up': 'You work on this lead or have closed it. The person gets no more e-mails of this campaign.',
  'enters-later':
    'This campaign does not write to a list. A person enters later, for example with the form, by an event or on a date.',
  'held-out':
    'Hold-out: a small share of your contacts, drawn by lot, gets nothing, so that the effect of the campaign can be measured.',
  'entered-before': 'The person has entered this way before.',
  'entry-rule-gone': 'This version of the campaign no longer has the rule by which the person would have entered.',
  'entry-loop': 'The person has entered campaigns of yours ten times in 30 days.',
  'prefers-fewer': 'The person wants fewer e-mails from you.',
  'topic-refused': 'The person wants no e-mails about this topic.',
  'activation-over': 'The campaign was stopped or finished.',
  'version-ended': 'The vendor stopped the campaign.',
  recalled: 'The vendor recalled this content.',
  'identity-blocked': 'Your sender address is not allowed to send.',
  'field-missing': 'The contact lacks a detail that this e-mail needs.',
  'address-unusable': 'The address has characters that are not possible in e-mail. Correct it on the contact.',
  'seal-broken': 'The e-mail did not match the approved version and was not sent.',
  'rejected-by-relay': 'The mail server refused the e-mail permanently.',
  'retries-exhausted': 'The mail server refused the e-mail repeatedly.',
  'no-answer-after-end-of-data':
    'Delivery not confirmed: the mail server did not answer. The e-mail is not sent again.',
  restored: 'Delivery not confirmed: the platform was restored from a backup. The e-mail is not sent again.',
  'lease-expired': 'Delivery not confirmed: sending was interrupted. The e-mail is not sent again.',
  'closed-unknown': 'Delivery not confirmed. The e-mail was not sent again.',
} as const satisfies Record<string, string>;

export type ReasonCode = keyof typeof REASONS;

/** Why an e-mail that is planned will not be sent. Its step records another reason then. */
const FORECAST_REASONS = {
  'own-limit': 'It would be one e-mail too many to this person within a few days.',
} as const satisfies Record<string, string>;

/** Why a message waits without any decision on its step: a closed list, too. */
const WAIT_REASONS = {
  held: 'The campaign is paused.',
  halted: 'Sending is paused.',
  'waits-for-recall': 'The vendor recalled this content. It waits until the vendor reverses that.',
  'relay-consent': 'The vendor sends through its own mail server. You have not agreed to that server yet.',
  'identity-held': 'The DNS records of your sending domain are incorrect. The e-mail waits until they are corrected.',
  'outside-window': 'Waiting for working hours in the person’s time zone.',
  postponed: 'You delayed the remaining e-mails.',
  'destination-waits': 'The mailbox provider of the address asked for slower sending.',
  'relays-away': 'The mail servers are not reachable now. The e-mail is sent as soon as one is.',
  'relays-slow': 'The mail servers are slow. The e-mail is sent after those before it.',
  'day-full': 'The daily limit of the campaign is reached. The e-mail is sent on one of the next days.',
  'emails-of-day':
    'The person has got an e-mail of another campaign from you today. This e-mail follows on the next day.',
  'initial-hold': 'New sender: the first 200 e-mails are sent. The others follow when bounces have been checked.',
  'warming-up': 'New domain: the sending limit grows each day.',
  'deferred-by-relay': 'The mail server refused the e-mail for now. It is tried again.',
  'internal-error': 'An error occurred on our side. The e-mail is tried again.',
  redriven: 'Delivery not confirmed. The e-mail is sent again.',
} as const satisfies Record<string, string>;

/** Why the sequence itself delays a step; a dry run shows it. */
const MOVE_REASONS = {
  'not-before': 'The campaign sends this e-mail from a later day on.',
  holiday: 'It is a public holiday in the person’s country.',
  blackout: 'The campaign sends no e-mails on that day.',
  'closed-weekday': 'The campaign sends no e-mails on that weekday.',
  'test-time': 'The campaign tests times of sending. Waiting for the time that was drawn for the person.',
  'quiet-hours': 'Waiting for the end of the quiet time in the person’s time zone.',
} as const satisfies Record<Exclude<DelayReason, 'outside-window'>, string>;

export type WaitReason = Exclude<keyof typeof WAIT_REASONS, 'deferred-by-relay' | 'internal-error' | 'redriven'>;

/** Reasons to wait that are faults: what is sent after them is late. */
export const TROUBLES: ReadonlySet<string> = new Set<keyof typeof WAIT_REASONS>([
  'relays-away',
  'relays-slow',
  'internal-error',
]);

/** Reasons that leave open whether the message has arrived. */
export const UNKNOWN_REASONS: readonly ReasonCode[] = [
  'no-answer-after-end-of-data',
  'lease-expired',
  'restored',
  'closed-unknown',
];

/** Reasons that end the sequence for that contact, not only this step. */
const EXIT_REASONS: ReadonlySet<string> = new Set<ExitReason>(['unsubscribed', 'suppressed', 'contact-gone']);

export const isExit = (reason: string): reason is ExitReason & ReasonCode => EXIT_REASONS.has(reason);

export const reasonSentence = (code: string): string =>
  ({ ...MOVE_REASONS, ...WAIT_REASONS, ...FORECAST_REASONS, ...REASONS } as Readonly<Record<string, string>>)[code] ??
  code;

/**
 * Sentences for vendors where the others speak to the partner: a forecast of all
 * partners and one with test contacts show these reasons.
 */
const VENDOR_REASONS = {
  unsubscribed: 'The person unsubscribed from the partner’s e-mails.',
  suppressed: 'The address is on the partner’s do-not-mail list.',
  'consent-unknown': 'No permission is saved for this contact. Only the partner can add it.',
  'opt-in-pending': 'The person has not confirmed the sign-up yet.',
  'consent-expired': 'The permission has expired. Only the partner can update it.',
  'skipped-by-partner': 'The partner skipped this step at the launch.',
  'already-got': 'This person has already received this campaign from the partner.',
  'held-out':
    'Hold-out: the person is in the share, drawn by lot, that gets nothing, so that the effect can be measured.',
  'prefers-fewer': 'The person wants fewer e-mails from the partner.',
  'identity-blocked': 'The partner’s sender address is not allowed to send.',
} as const satisfies Partial<Record<ReasonCode, string>>;

/** A reason as a vendor reads it. */
export const vendorReasonSentence = (code: string): string =>
  (VENDOR_REASONS as Readonly<Record<string, string>>)[code] ?? reasonSentence(code);

/** Codes with a sentence of their own for vendors. */
export const VENDOR_REASON_CODES: readonly string[] = Object.keys(VENDOR_REASONS);

/**
 * Every code that a reader may see, of decisions and waits.
 * Each has its sentence here, and translations elsewhere.
 */
export const REASON_CODES: readonly string[] = Object.keys({
  ...MOVE_REASONS,
  ...WAIT_REASONS,
  ...FORECAST_REASONS,
  ...REASONS,
});
