import { classifyBounce } from './inbound/bounce-classification.js';
import { messageOf } from '#kernel';
import type { SmtpReply } from './smtp-reply.js';

/**
 * The stage of the SMTP conversation. `end-of-data` is the answer to the end of
 * DATA.
 */
export type SmtpPhase = 'session' | 'mail' | 'recipient' | 'data' | 'end-of-data';

/**
 * What a temporary refusal concerns, and so what has to wait: all mail
 * (`relay`), the mail of one sender, of one destination, or this message.
 * `internal` is our own failure, without any answer of a relay.
 */
export type RefusalAbout = 'relay' | 'sender' | 'destination' | 'message' | 'internal';

/** Sending was halted, or the lease is nearly over. */
export type StopReason = 'halted' | 'late';

/** Thrown by a hook before end-of-data if the lease is nearly over. */
export class LeaseExpired extends Error {
  override readonly name = 'LeaseExpired';
}

/**
 * Result of one submission. The question is: was end-of-data sent, and was it
 * answered?
 */
export type SubmissionOutcome =
  /** 250 after end-of-data: the relay is responsible now. */
  | { readonly kind: 'accepted'; readonly text: string }
  /** Refused for now, or failed before end-of-data. Nothing was accepted; a retry is safe. */
  | {
      readonly kind: 'transient';
      readonly about: RefusalAbout;
      readonly code: number | null;
      readonly enhanced: string | null;
      /**
       * 421, 450 or 451 from RCPT on, without a reason. If it repeats, the
       * recipient's servers may refuse all our mail.
       */
      readonly mayBeDestination: boolean;
      readonly text: string;
    }
  /** Refused for good. */
  | {
      readonly kind: 'permanent';
      /** The address does not exist: it is suppressed. */
      readonly deadAddress: boolean;
      readonly code: number;
      readonly enhanced: string | null;
      readonly text: string;
    }
  /** No relay was asked: it was stopped when a connection was free. */
  | { readonly kind: 'stopped'; readonly why: StopReason; readonly text: string }
  /** End-of-data was sent and no answer came: only evidence can tell (RFC 1047). */
  | { readonly kind: 'unknown'; readonly text: string };

/** A submission that failed without an answer of the relay. */
export const NOT_ACCEPTED = { kind: 'transient', code: null, enhanced: null, mayBeDestination: false } as const;

/** Whether the relay itself failed: it is down, or left the outcome unknown. */
export const isAboutRelay = (outcome: SubmissionOutcome): boolean =>
  outcome.kind === 'unknown' || (outcome.kind === 'transient' && outcome.about === 'relay');

/**
 * A failure on our side before end-of-data. It says nothing about the message.
 */
export const internalFailure = (error: unknown): SubmissionOutcome => ({
  ...NOT_ACCEPTED,
  about: 'internal',
  text: messageOf(error),
});

/** A code below 400 is consent. */
export const isRefusal = ({ code }: SmtpReply): boolean => code >= 400;

/**
 * The message exceeds the relay's limit (RFC 1870, RFC 3463). Waiting does not
 * help.
 */
const isTooBig = ({ code, enhanced }: SmtpReply): boolean =>
  enhanced === '5.3.4' || (code === 552 && enhanced !== '5.2.2');

/**
 * An address that does not exist: by the words of the reply, else 5.1.x of RFC
 * 3463, else a bare 550 or 551 at RCPT. 5.2.x is a full or disabled mailbox and
 * 5.7.x a policy: both may change.
 */
function isDeadAddress({ code, enhanced, text }: SmtpReply, phase: SmtpPhase): boolean {
  if (phase !== 'recipient' && phase !== 'end-of-data') return false;
  const { kind } = classifyBounce({ reported: enhanced, said: `${code} ${enhanced ?? ''} ${text}` });
  const isBare = enhanced === null && phase === 'recipient' && (code === 550 || code === 551);
  return kind === 'hard' || (kind === 'unknown' && isBare);
}

/**
 * The outcome of a refusal. A 5xx is permanent only if it is about the message
 * or its recipient. One about our session or sender, such as a changed
 * password, would otherwise fail a whole campaign for a mistake that an
 * operator can fix.
 */
export function outcomeOfRefusal(reply: SmtpReply, phase: SmtpPhase): SubmissionOutcome {
  const { code, enhanced, text } = reply;
  const facts = { code, enhanced, text };
  const isAboutUs = phase === 'session' || (phase === 'mail' && !isTooBig(reply));
  if (code >= 500 && !isAboutUs) return { kind: 'permanent', deadAddress: isDeadAddress(reply, phase), ...facts };
  return {
    kind: 'transient',
    about: aboutOf(reply, phase),
    mayBeDestination: mayBeDestination(reply, phase),
    ...facts,
  };
}

/**
 * 4.1.x is about an address, 4.2.x about a mailbox, 4.5.x and 4.6.x about the
 * message. 4.0.x and 4.3.x are about a system, 4.4.x and 4.7.x about routes and
 * rates (RFC 3463). With 421 that may be the relay's or the recipient's system.
 */
function mayBeDestination({ code, enhanced }: SmtpReply, phase: SmtpPhase): boolean {
  const isNamed = phase === 'recipient' || phase === 'data' || phase === 'end-of-data';
  return isNamed && [421, 450, 451].includes(code) && (enhanced === null || /^4\.[0347]\./.test(enhanced));
}

function aboutOf({ code, enhanced }: SmtpReply, phase: SmtpPhase): RefusalAbout {
  if (code === 421 || phase === 'session') return 'relay';
  if (phase === 'mail') return code >= 500 ? 'sender' : 'relay';
  // 4.7.x and 4.4.x are about rates, reputation and routes (RFC 3463).
  return enhanced?.startsWith('4.7.') === true || enhanced?.startsWith('4.4.') === true ? 'destination' : 'message';
}

/**
 * The outcome of a broken conversation.
 * @param endOfDataSent whether end-of-data may have been sent. No error code
 *   tells that.
 */
export function outcomeOfConnectionLoss(error: unknown, endOfDataSent: boolean): SubmissionOutcome {
  const text = messageOf(error);
  return endOfDataSent ? { kind: 'unknown', text } : { ...NOT_ACCEPTED, about: 'relay', text };
}
