import { asciiHost } from '#contracts';
import { DomainError, HOUR_MS, MINUTE_MS } from '#kernel';
import { isKnownMailboxProvider } from './mailbox-providers.js';

/**
 * A domain is used once verified; a failed check after that halts all of its
 * mail.
 */
export type SendingDomainState = 'pending' | 'verified' | 'broken';

/** RFC 2142: these people write to, they do not write. */
const RESERVED_LOCALS = new Set(['abuse', 'postmaster', 'mailer-daemon', 'noreply', 'no-reply']);
/** At first a user waits at the screen; later checks become rarer. */
const PENDING_EVERY_MS = 10 * 60_000;
const BROKEN_EVERY_MS = 10 * 60_000;
const VERIFIED_EVERY_MS = HOUR_MS;
const FORGOTTEN_AFTER_MS = 7 * 24 * HOUR_MS;
/** After this time without an answer of its name servers a domain is broken. */
const SILENCE_MS = 24 * HOUR_MS;

const invalid = (code: `${string}.${string}`, field: string, sentence: string): DomainError =>
  new DomainError(code, sentence, { field });

/**
 * @returns the domain in lower case and ASCII (RFC 5891).
 * @throws DomainError `sending-domain.invalid`, `sending-domain.freemail`,
 *   `sending-domain.platform`.
 */
export function checkedDomain(input: string, mailDomain: string): string {
  const domain = asciiHost(input.trim().toLowerCase().replace(/\.$/, ''));
  const isHost = /^(?=.{4,190}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(domain);
  if (!isHost)
    throw invalid(
      'sending-domain.invalid',
      'domain',
      'Write a domain of yours, such as news.example.com, without https:// or @.',
    );
  // A From there is never the partner's own: RFC 7489 makes receivers refuse
  // it.
  if (isKnownMailboxProvider(domain))
    throw invalid(
      'sending-domain.freemail',
      'domain',
      `${domain} belongs to a mailbox provider, not to you: receivers refuse such mail. Name a domain whose DNS you can change.`,
    );
  const ours = mailDomain.toLowerCase();
  if (domain === ours || domain.endsWith(`.${ours}`) || ours.endsWith(`.${domain}`))
    throw invalid(
      'sending-domain.platform',
      'domain',
      `${domain} belongs to this platform. Enter a domain of your own.`,
    );
  return domain;
}

/** @throws DomainError `sending-domain.from-invalid` */
export function checkedLocal(input: string): string {
  const local = input.trim().toLowerCase();
  if (/^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/.test(local) && !local.includes('..') && !RESERVED_LOCALS.has(local))
    return local;
  throw invalid(
    'sending-domain.from-invalid',
    'fromLocal',
    'Write what stands before the @: letters, digits, dots and hyphens, such as news. Names like postmaster and no-reply are not taken.',
  );
}

export interface DomainStatus {
  readonly state: SendingDomainState;
  readonly unreachableSince: Date | null;
}

/**
 * The state after a check.
 * Definite answers count at once.
 * Without an answer the state stays for a day: a DNS outage is no failure.
 */
export function statusAfter(
  before: DomainStatus,
  findings: readonly { readonly problem: string | null }[],
  now: Date,
): DomainStatus {
  const isSilent = findings.some(({ problem }) => problem === 'unreachable');
  const isWrong = findings.some(({ problem }) => problem !== null && problem !== 'unreachable');
  const unreachableSince = isSilent ? (before.unreachableSince ?? now) : null;
  const isLongSilent = unreachableSince !== null && now.getTime() - unreachableSince.getTime() > SILENCE_MS;
  if (!isSilent && !isWrong) return { state: 'verified', unreachableSince };
  const isBreak = before.state === 'verified' && (isWrong || isLongSilent);
  return { state: isBreak ? 'broken' : before.state, unreachableSince };
}

/**
 * The time of the next check.
 * @param chosenAt when the owner chose it; an abandoned domain is checked
 *   hourly.
 */
export function nextCheckAt(state: SendingDomainState, chosenAt: Date, now: Date): Date {
  const isForgotten = now.getTime() - chosenAt.getTime() > FORGOTTEN_AFTER_MS;
  const every =
    state === 'verified'
      ? VERIFIED_EVERY_MS
      : state === 'broken'
        ? BROKEN_EVERY_MS
        : isForgotten
          ? HOUR_MS
          : PENDING_EVERY_MS;
  return new Date(now.getTime() + every);
}

/** The shortest and the longest time between two checks of a vendor's domain. */
const UNFORESEEN_AFTER_MS = { least: 2 * MINUTE_MS, most: 8 * MINUTE_MS } as const;

/**
 * The time of the next check of a vendor's domain in use. At a known time, a
 * vendor could change its records between two checks without a trace.
 * @param random an integer from the first number to below the second.
 */
export function unforeseenCheckAt(now: Date, random: (from: number, below: number) => number): Date {
  return new Date(now.getTime() + random(UNFORESEEN_AFTER_MS.least, UNFORESEEN_AFTER_MS.most));
}

/** What its owner is told instead of the time of the next check. */
export const latestCheckAt = (checkedAt: Date): Date => new Date(checkedAt.getTime() + UNFORESEEN_AFTER_MS.most);
