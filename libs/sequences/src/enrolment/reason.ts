import { POLICY_REASONS } from '#contacts';
import type { ExitReason, DelayReason } from '#sequencing';

/**
 * Why a step was sent or not: the closed list, each with its sentence.
 * Every decision has exactly one.
 */
const REASONS = {
  ...POLICY_REASONS,
  sent: 'Sent: the relay has taken it.',
  pending: 'On its way.',
  'step-expired': 'It came due after the last day on which the campaign sends it.',
  'skipped-by-partner': 'You left it out when you launched the campaign.',
  'goal-reached': 'The person has done what the campaign is for; nothing more of it is sent.',
  'exit-rule': 'The campaign ended for this person, by a rule of the vendor’s.',
  'post-ready': 'The post is ready for you to publish.',
  'people-told': 'Your people were told.',
  'lead-made': 'The person is a lead of yours.',
  'webhook-told': 'Your systems were told.',
  'click-taken-back': 'A click led on from here and was a program’s: the person waits here again.',
  'click-stands': 'A click led on from here and was a program’s; what followed had been done already.',
  answered: 'The person answered; nothing more of this campaign is sent.',
  'already-got': 'This person already got this campaign from you.',
  'prefers-fewer': 'The person wants your mail less often.',
  'topic-refused': 'The person wants no mail on this topic.',
  'activation-over': 'The campaign was stopped or had ended.',
  'version-ended': 'The vendor has ended the campaign.',
  'identity-blocked': 'Your sending address may not send.',
  'field-missing': 'The message needs something that the contact does not have.',
  'address-unusable': 'The address has characters that no mail can carry. Correct it on the contact.',
  'seal-broken': 'The message did not match the locked copy and was refused.',
  'rejected-by-relay': 'The relay refused it for good.',
  'retries-exhausted': 'The relay refused it again and again.',
  'no-answer-after-end-of-data': 'It is not known whether the relay has taken it; it is not repeated.',
  restored: 'It may have been sent before a backup of the installation was restored; it is not repeated.',
  'lease-expired': 'It is not known whether the relay has taken it; it is not repeated.',
  'closed-unknown': 'It never became known whether the relay has taken it; it was not repeated.',
} as const satisfies Record<string, string>;

export type ReasonCode = keyof typeof REASONS;

/** Why a message waits without any decision on its step: a closed list, too. */
const WAIT_REASONS = {
  held: 'The campaign is on hold.',
  halted: 'Sending was stopped.',
  'identity-held': 'Your sending address waits until its settings are right.',
  'outside-window': 'It waits for working hours where the person is.',
  postponed: 'You have put off what is still to come.',
  'destination-waits': 'The mail provider of the address asked to be written to more slowly.',
  'relays-away': 'The mail servers that send it take nothing now; it goes as soon as one does.',
  'relays-slow': 'The mail servers that send it take their time; it goes once they have taken what is before it.',
  'day-full': 'The campaign has sent as much on that day as it may; it goes on one of the next.',
  'initial-hold': 'You have just begun to send: the first 200 are out, the rest waits for what comes back of them.',
  'warming-up': 'Your domain is new: each day takes more than the one before.',
  'deferred-by-relay': 'The relay refused it for now; it is tried again.',
  'internal-error': 'Something on our side kept it back; it is tried again, and no mail server has refused it.',
  redriven: 'The relay has not taken it, as far as can be told: it is sent once more.',
} as const satisfies Record<string, string>;

/** Why the sequence itself delays a step; a dry run shows it. */
const MOVE_REASONS = {
  'not-before': 'The campaign sends it from a later day on.',
  holiday: 'It is a holiday where the person is.',
  blackout: 'The campaign sends nothing on that day.',
  'closed-weekday': 'The campaign sends nothing on that day of the week.',
  'quiet-hours': 'It waits for the end of the quiet hours where the person is.',
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
  (({ ...MOVE_REASONS, ...WAIT_REASONS, ...REASONS }) as Readonly<Record<string, string>>)[code] ?? code;

/**
 * Every code that a reader may see, of decisions and waits.
 * Each has its sentence here, and translations elsewhere.
 */
export const REASON_CODES: readonly string[] = Object.keys({ ...MOVE_REASONS, ...WAIT_REASONS, ...REASONS });
