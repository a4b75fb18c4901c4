import { isbot } from 'isbot';

/**
 * Whether a click is human or a program's, and why.
 * Only human clicks count.
 */
export interface ClickVerdict {
  readonly verdict: 'human' | 'machine';
  readonly why: string;
  /**
   * Why the click does not yet change a sequence: for a minute a program may
   * reveal itself. Null: nothing is unusual.
   */
  readonly suspicion: string | null;
}

/** Another link of the same message that was followed. */
export interface OtherClick {
  readonly name: string;
  /** How long before this click; negative: after it. */
  readonly agoMs: number;
  readonly isDecoy: boolean;
  readonly isMachine: boolean;
}

/** What is known of a click when it is judged for the first time. */
export interface ClickFacts {
  readonly method: string;
  readonly userAgent: string;
  /** Whether the request declares a prefetch. */
  readonly isPrefetch: boolean;
  /** Whether the request has the headers of a browser that follows a link. */
  readonly hasBrowserHeaders: boolean;
  /** Whose mail gateway the address belongs to, where it is a known one. */
  readonly scanner: string | null;
  /** Whether the link is the one that no person sees. */
  readonly isDecoy: boolean;
  /** Clicks in the message around this one, on other links and on this. */
  readonly around: readonly (OtherClick & { readonly isSameLink: boolean })[];
  /** Whether a program was detected in an earlier mail to this person. */
  readonly wasScanned: boolean;
  /** Null when not known. */
  readonly sinceSubmissionMs: number | null;
}

/**
 * Clicks on the same message within this time of a decoy click are the same
 * program's.
 */
export const DECOY_WINDOW_MS = 60_000;
/**
 * Scanners follow every link of a message; people read one page at a time.
 * This many other links within this time: all clicks are a program's.
 */
const BURSTS = [
  { others: 1, withinMs: 1_000 },
  { others: 2, withinMs: 45_000 },
  { others: 3, withinMs: 180_000 },
] as const;
/** The period in which regular intervals are looked for. */
export const REGULAR_INTERVAL_WINDOW_MS = 5 * 60_000;
/** Allowed differences between intervals: people are less regular. */
const REGULAR_INTERVAL = { gaps: 2, withinMs: 150, share: 0.01 } as const;
const TOO_SOON_MS = 2_000;
/** Sandboxes open a mail as it arrives, when few people do. */
const SOON_MS = 60_000;
/** A click after a program's visit to the message is watched for longer. */
export const NEAR_MACHINE_MS = 10 * 60_000;
/**
 * Time to open the page behind a click.
 * A scanner often stops at the redirect.
 */
export const OPEN_WITHIN_MS = 5 * 60_000;

/**
 * Gateways that name themselves, and Office, which asks before it opens the
 * browser. isbot knows the crawlers.
 */
const GATEWAY =
  /safelinks|proofpoint|mimecast|barracuda|forcepoint|trendmicro|symantec|sophos|ironport|fireeye|checkpoint|ms-office|microsoft office|java\/|scan/i;

export const VERDICT_REASONS = {
  decoy: 'followed a link that is invisible to people',
  burst: 'followed many links at once',
  beat: 'followed the links in a steady beat',
  tooSoon: 'came faster than a person reads',
  notOpened: 'never opened the page behind the link',
  sentForm: 'sent the form afterwards',
} as const;

/**
 * Reasons that mark a mailbox scanner: later mails to the same contact expect
 * it, too.
 */
export const MAILBOX_SCANNER_REASONS: readonly string[] = [
  VERDICT_REASONS.decoy,
  VERDICT_REASONS.burst,
  VERDICT_REASONS.beat,
  VERDICT_REASONS.tooSoon,
];

/**
 * The first verdict; a later signal may revise it.
 * The first matching rule decides.
 */
export function classifyClick(facts: ClickFacts): ClickVerdict {
  const why = machineReason(facts);
  if (why !== null) return { verdict: 'machine', why, suspicion: null };
  return { verdict: 'human', why: 'nothing speaks against it', suspicion: suspicionOf(facts) };
}

function machineReason(facts: ClickFacts): string | null {
  const { method, userAgent, isPrefetch, scanner, isDecoy, around, sinceSubmissionMs } = facts;
  if (isDecoy || around.some((one) => one.isDecoy && Math.abs(one.agoMs) <= DECOY_WINDOW_MS))
    return VERDICT_REASONS.decoy;
  if (method === 'HEAD') return 'asked for headers only';
  if (isPrefetch) return 'was fetched before anybody asked';
  if (userAgent === '') return 'named no browser';
  if (isbot(userAgent) || GATEWAY.test(userAgent)) return 'named itself a machine';
  if (scanner !== null) return `came from ${scanner}`;
  if (sinceSubmissionMs !== null && sinceSubmissionMs < TOO_SOON_MS) return VERDICT_REASONS.tooSoon;
  const others = around.filter(({ isSameLink }) => !isSameLink);
  if (burstWindowMs(others) !== null) return VERDICT_REASONS.burst;
  return isRegular(others) ? VERDICT_REASONS.beat : null;
}

/**
 * The longest span in which too many other links were followed; null: in none.
 */
export function burstWindowMs(others: readonly OtherClick[]): number | null {
  const within = (ms: number): number =>
    new Set(others.filter(({ agoMs }) => Math.abs(agoMs) <= ms).map(({ name }) => name)).size;
  return BURSTS.findLast((burst) => within(burst.withinMs) >= burst.others)?.withinMs ?? null;
}

/**
 * Whether the first clicks on each link, this one included, came at even
 * intervals.
 */
function isRegular(others: readonly OtherClick[]): boolean {
  const firsts = new Map<string, number>();
  for (const { name, agoMs } of others)
    if (agoMs >= 0 && agoMs <= REGULAR_INTERVAL_WINDOW_MS) firsts.set(name, Math.max(agoMs, firsts.get(name) ?? 0));
  const times = [...firsts.values(), 0].sort((a, b) => b - a);
  const gaps = times.slice(1).map((time, at) => (times[at] ?? 0) - time);
  if (gaps.length < REGULAR_INTERVAL.gaps) return false;
  const [least, most] = [Math.min(...gaps), Math.max(...gaps)];
  return most - least <= Math.max(REGULAR_INTERVAL.withinMs, most * REGULAR_INTERVAL.share);
}

function suspicionOf({ hasBrowserHeaders, around, wasScanned, sinceSubmissionMs }: ClickFacts): string | null {
  const lately = (ms: number) => around.filter(({ agoMs }) => Math.abs(agoMs) <= ms);
  if (sinceSubmissionMs !== null && sinceSubmissionMs < SOON_MS) return 'soon after the mail arrived';
  if (!hasBrowserHeaders) return 'not asked for as browsers do';
  if (lately(NEAR_MACHINE_MS).some(({ isMachine }) => isMachine))
    return 'a program had come to the message just before';
  if (lately(DECOY_WINDOW_MS).some(({ isSameLink }) => !isSameLink)) return 'another link was followed just before';
  return wasScanned ? 'programs follow the links in this person’s mail' : null;
}
