import type { SmtpReply } from './smtp-reply.js';

/** Where in the conversation something happened. `end-of-data` is the answer to the end of DATA. */
export type SmtpPhase = 'session' | 'mail' | 'recipient' | 'data' | 'end-of-data';

/**
 * What a refusal for now is about, and so what has to wait: everything (the relay is away or overloaded), everything of one
 * sender, everything for one destination, or this message alone; `own` is trouble of ours, of which no relay has said anything.
 */
export type RefusalAbout = 'relay' | 'sender' | 'destination' | 'message' | 'internal';

/** Sending was stopped meanwhile, or the message has waited so long that its lease is over. */
export type StopReason = 'halted' | 'late';

/** Thrown by a hook before the end of data whose message has waited so long that its lease is over. */
export class LeaseExpired extends Error {
  override readonly name = 'LeaseExpired';
}

/** What became of one hand-over, by the one question that counts: did the end of data go out, and was it answered? */
export type SubmissionOutcome =
  /** 250 after the end of data: the responsibility is the relay's. */
  | { readonly kind: 'accepted'; readonly text: string }
  /** Refused for now, or failed before the end of data: nothing was taken, it may be tried again. */
  | {
      readonly kind: 'transient';
      readonly about: RefusalAbout;
      readonly code: number | null;
      readonly enhanced: string | null;
      /** 421, 450 or 451 once the recipient was named, and no word of whom it is about: where it repeats, the recipient's servers may mean all of us. */
      readonly mayBeDestination: boolean;
      readonly text: string;
    }
  /** Refused for good. */
  | {
      readonly kind: 'permanent';
      /** True where the address itself does not exist, so that nothing may ever be sent there again. */
      readonly deadAddress: boolean;
      readonly code: number;
      readonly enhanced: string | null;
      readonly text: string;
    }
  /** Nobody was asked: it stayed here when a connection was free. */
  | { readonly kind: 'stopped'; readonly why: StopReason; readonly text: string }
  /** The end of data went out and no answer came: only evidence from outside can tell (RFC 1047). */
  | { readonly kind: 'unknown'; readonly text: string };

/** What was not handed over, without anybody having refused it. */
export const NOT_ACCEPTED = { kind: 'transient', code: null, enhanced: null, mayBeDestination: false } as const;

/** Whether the relay itself failed: it is away, or leaves open what it has taken. */
export const isAboutRelay = (outcome: SubmissionOutcome): boolean =>
  outcome.kind === 'unknown' || (outcome.kind === 'transient' && outcome.about === 'relay');

/** What failed on our side before anything went out: it may be tried again, and says nothing of the message. */
export const internalFailure = (error: unknown): SubmissionOutcome => ({
  ...NOT_ACCEPTED,
  about: 'internal',
  text: error instanceof Error ? error.message : String(error),
});

/** Anything below 400 in its place is consent. */
export const isRefusal = ({ code }: SmtpReply): boolean => code >= 400;

/** A message that is too big for the relay (RFC 1870 and RFC 3463): waiting does not make it smaller. */
const isTooBig = ({ code, enhanced }: SmtpReply): boolean =>
  enhanced === '5.3.4' || (code === 552 && enhanced !== '5.2.2');

/**
 * An address that does not exist (RFC 3463: 5.1.x and 5.4.4 name the address or its domain; a bare 550 or 551 at RCPT says the same).
 * 5.2.x is a mailbox that is full or off, 5.7.x a policy: both may change, and neither is the address's fault.
 */
const isDeadAddress = ({ code, enhanced }: SmtpReply, phase: SmtpPhase): boolean =>
  enhanced === null
    ? phase === 'recipient' && (code === 550 || code === 551)
    : /^5\.1\.(1|2|3|6|10)$/.test(enhanced) && (phase === 'recipient' || phase === 'end-of-data');

/**
 * Judges a refusal. A 5xx counts for good only where it is about this message or its recipient: one about our session or our
 * sender (a changed password, a lost authorisation) would fail a whole campaign for a mistake that an operator mends.
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
 * 4.1.x speaks of an address, 4.2.x of a mailbox, 4.5.x and 4.6.x of what we said; 4.0.x and 4.3.x of a system, 4.4.x and 4.7.x of routes and
 * rates (RFC 3463): with 421 of the relay's as likely as of the recipient's.
 */
function mayBeDestination({ code, enhanced }: SmtpReply, phase: SmtpPhase): boolean {
  const isNamed = phase === 'recipient' || phase === 'data' || phase === 'end-of-data';
  return isNamed && [421, 450, 451].includes(code) && (enhanced === null || /^4\.[0347]\./.test(enhanced));
}

function aboutOf({ code, enhanced }: SmtpReply, phase: SmtpPhase): RefusalAbout {
  if (code === 421 || phase === 'session') return 'relay';
  if (phase === 'mail') return code >= 500 ? 'sender' : 'relay';
  // 4.7.x and 4.4.x speak of rates, reputation and routes, 4.2.x of one mailbox (RFC 3463).
  return enhanced?.startsWith('4.7.') === true || enhanced?.startsWith('4.4.') === true ? 'destination' : 'message';
}

/** Judges a conversation that broke. @param endOfDataSent whether the end of data may have gone out: no error code tells that. */
export function outcomeOfConnectionLoss(error: unknown, endOfDataSent: boolean): SubmissionOutcome {
  const text = error instanceof Error ? error.message : String(error);
  return endOfDataSent ? { kind: 'unknown', text } : { ...NOT_ACCEPTED, about: 'relay', text };
}
