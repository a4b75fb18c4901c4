import { maskAddresses } from '#kernel';
import { type BounceKind, type BounceRule, EXACT_PHRASES, GENERAL_PHRASES, WHY } from './bounce-phrases.js';

export interface BounceVerdict {
  readonly kind: BounceKind;
  /** The rule that matched, in English, for the list of bounces. */
  readonly why: string;
  /**
   * Whether the recipient's server itself says that the address or its domain
   * does not exist, by words or by a code of its own.
   */
  readonly isProven: boolean;
}

/** What a bounce says about its cause. */
export interface BounceEvidence {
  /** The report's own field `Status` (RFC 3464, 2.3.4). */
  readonly reported: string | null;
  /** The reply of the server, or the letter of the mail system. */
  readonly said: string;
}

/** The reply of a server, as far as a text has one. */
interface ServerReply {
  /** Three digits (RFC 5321, 4.2.1). */
  readonly code: string | null;
  /** Enhanced status code (RFC 3463). */
  readonly status: string | null;
}

/** The sender's domain takes no mail (RFC 7505). Its words say "does not accept mail". */
const BY_SENDERS_STATUS: readonly BounceRule[] = [[/^[45]\.7\.27$/, 'block', WHY.sender]];
/**
 * Meaning of enhanced status codes (RFC 3463, IANA registry).
 * For all other codes the general phrases decide.
 */
const BY_STATUS: readonly BounceRule[] = [
  [/^5\.1\.(1|2|3|6|10)$/, 'hard', WHY.noAddress],
  [/^5\.4\.310$/, 'hard', WHY.noDomain],
  [/^[45]\.1\.[78]$/, 'block', WHY.sender],
  [/^5\.(2\.3|3\.4)$/, 'block', WHY.size],
  [/^[45]\.6\.\d+$/, 'block', WHY.content],
  [/^5\.7\.13$/, 'soft', WHY.mailbox],
  [/^[45]\.7\.\d+$/, 'block', WHY.policy],
  [/^[45]\.2\.[1-9]\d*$/, 'soft', WHY.mailbox],
];
const BY_GENERAL_STATUS: readonly BounceRule[] = [
  [/^[45]\.2\.0$/, 'soft', WHY.mailbox],
  [/^4\.\d+\.\d+$/, 'soft', WHY.retried],
];

/**
 * Classifies a failure by the most specific evidence: phrases that name the
 * cause, the server's own code, the report's code, general phrases. A hard
 * bounce needs a final refusal: unknown addresses of 4xx replies are soft, as
 * directories of servers fail, too.
 */
export function classifyBounce({ reported, said }: BounceEvidence): BounceVerdict {
  const words = wordsOf(said);
  const reply = replyIn(said);
  const own = statusIn(reported);
  const inner = wordsOf(quotedReply(said));
  const alone = firstOf(BY_SENDERS_STATUS, reply.status ?? own ?? '');
  if (alone !== null) return verdictOf(alone, reply.status ?? own, false, false);
  const exact = firstOf(EXACT_PHRASES, inner) ?? firstOf(EXACT_PHRASES, words);
  if (exact !== null) return verdictOf(exact, 'by its words', isTransient(reply, own), true);
  const byReply = reply.status === null ? null : firstOf(BY_STATUS, reply.status);
  if (byReply !== null) return verdictOf(byReply, reply.status, isTransient(reply, own), reply.code !== null);
  const general = firstOf(GENERAL_PHRASES, words);
  const byReport = own === null ? null : firstOf(BY_STATUS, own);
  if (byReport !== null && !(general?.[1] === 'block' && byReport[1] !== 'block'))
    return verdictOf(byReport, own, isTransient(reply, own), false);
  if (general !== null) return verdictOf(general, 'by its words', isTransient(reply, own), false);
  const status = reply.status ?? own;
  const byClass = status === null ? null : firstOf(BY_GENERAL_STATUS, status);
  if (byClass !== null) return verdictOf(byClass, status, true, false);
  if (/^5\.[34]\./.test(status ?? ''))
    return { kind: 'soft', why: `a server on the way failed (${status ?? ''})`, isProven: false };
  return { kind: 'unknown', why: 'neither its code nor its words are known', isProven: false };
}

/**
 * The most specific enhanced status code: the server's own before the report's,
 * unless the server's is general (`5.0.0`).
 * @returns null if there is none.
 */
export function statusOf({ reported, said }: BounceEvidence): string | null {
  const own = statusIn(reported);
  const { status } = replyIn(said);
  return status === null || (own !== null && status.endsWith('.0.0')) ? own : status;
}

function verdictOf(
  [, kind, why]: BounceRule,
  evidence: string | null,
  transient: boolean,
  isServersOwn: boolean,
): BounceVerdict {
  const isDead = kind === 'hard' && !transient;
  return {
    kind: kind === 'hard' && transient ? 'soft' : kind,
    why: `${why} (${evidence ?? ''})`,
    isProven: isDead && isServersOwn,
  };
}

const firstOf = (rules: readonly BounceRule[], text: string): BounceRule | null =>
  rules.find(([pattern]) => pattern.test(text)) ?? null;

const statusIn = (field: string | null): string | null =>
  /^\s*([245]\.\d{1,3}\.\d{1,3})/.exec(field ?? '')?.[1] ?? null;

const isTransient = ({ code, status }: ServerReply, reported: string | null): boolean =>
  (code ?? status ?? reported ?? '').startsWith('4');

/**
 * Without addresses, whose parts are words too: `unknown-user@example.com`.
 * In lower case and one line.
 */
const wordsOf = (text: string): string => maskAddresses(text, '…').toLowerCase().replace(/\s+/g, ' ').trim();

/** Some servers quote the reply of the next one: `5.1.0 - Unknown address error 550-'5.7.1 …'`. */
function quotedReply(text: string): string {
  const arrow = text.lastIndexOf('-> ');
  if (arrow !== -1) return text.slice(arrow + 3);
  const quote = /[45]\d\d-'/.exec(text);
  return quote === null ? '' : text.slice(quote.index);
}

/**
 * The last reply in a text: servers put the reply of the next server behind
 * their own words. Codes in parts of IP addresses and versions do not count.
 */
function replyIn(text: string): ServerReply {
  const replies = [...text.matchAll(/(?<![\d.-])([45]\d\d)[ -]{1,2}'?(?:#?([45]\.\d{1,3}\.\d{1,3})(?![\d.]*\d))?/g)];
  const last =
    replies.findLast(([, , status]) => status !== undefined) ??
    replies.findLast(([, code]) => code?.startsWith('5')) ??
    replies.at(-1);
  const alone = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/.exec(text)?.[1] ?? null;
  return { code: last?.[1] ?? null, status: last?.[2] ?? alone };
}
