import { isbot } from 'isbot';

/** Whether a person or a machine asked, and why we think so. Only a person's click counts. */
export interface ClickVerdict {
  readonly verdict: 'human' | 'machine';
  readonly why: string;
}

/** What is known of a click when it is judged for the first time. */
export interface ClickFacts {
  readonly method: string;
  readonly userAgent: string;
  /** Whose mail gateway the address belongs to, where it is a known one. */
  readonly scanner: string | null;
  /** Whether the link is the one that no person sees. */
  readonly isDecoy: boolean;
  /** Whether somebody followed that one within a minute of this click. */
  readonly isNearDecoy: boolean;
  /** Other links of the same message that were followed within ten seconds. */
  readonly otherLinks: number;
  /** Of those, within a second. */
  readonly otherLinksAtOnce: number;
  /** Null when not known. */
  readonly sinceHandOverMs: number | null;
}

/** How far around a click on the decoy everything else that was clicked in the message is the same program's. */
export const DECOY_REACH_MS = 60_000;
/** Scanners follow every link of a message within moments; people read one page at a time. Many mails have two links only. */
export const BURST = { links: 2, withinMs: 10_000, atOnceMs: 1_000 } as const;
const TOO_SOON_MS = 2_000;
/** How long the page behind a click has to be opened; a scanner often reads the redirect and stops. */
export const OPEN_WITHIN_MS = 5 * 60_000;

/** Gateways that call themselves by name, and Office, which asks before it opens the browser; beside the crawlers that isbot knows. */
const GATEWAY =
  /safelinks|proofpoint|mimecast|barracuda|forcepoint|trendmicro|symantec|sophos|ironport|fireeye|checkpoint|ms-office|microsoft office|java\/|scan/i;

export const WHY = {
  decoy: 'followed a link that nobody can see',
  burst: 'followed many links at once',
  notOpened: 'never opened the page behind the link',
  sentForm: 'sent the form afterwards',
} as const;

/** The first verdict; a later signal may revise it. The first rule that speaks decides. */
export function judgeClick({
  method,
  userAgent,
  scanner,
  isDecoy,
  isNearDecoy,
  otherLinks,
  otherLinksAtOnce,
  sinceHandOverMs,
}: ClickFacts): ClickVerdict {
  const machine = (why: string): ClickVerdict => ({ verdict: 'machine', why });
  if (isDecoy || isNearDecoy) return machine(WHY.decoy);
  if (method === 'HEAD') return machine('asked for headers only');
  if (userAgent === '') return machine('named no browser');
  if (isbot(userAgent) || GATEWAY.test(userAgent)) return machine('named itself a machine');
  if (scanner !== null) return machine(`came from ${scanner}`);
  if (sinceHandOverMs !== null && sinceHandOverMs < TOO_SOON_MS) return machine('came faster than a person reads');
  if (otherLinks >= BURST.links || otherLinksAtOnce > 0) return machine(WHY.burst);
  return { verdict: 'human', why: 'nothing speaks against it' };
}
