import { anyOf, near, type TextPattern } from './text-pattern.js';

/** Why a message bounced. Only `hard` means that the address does not exist. */
export type BounceKind = 'hard' | 'soft' | 'block' | 'unknown';

export interface BounceVerdict {
  readonly kind: BounceKind;
  /** The rule that matched, in English, for the list of bounces. */
  readonly why: string;
}

type Rule = readonly [pattern: TextPattern, kind: BounceKind, why: string];

/**
 * Meaning of enhanced status codes (RFC 3463, IANA registry).
 * For all other codes the text decides.
 */
const BY_STATUS: readonly Rule[] = [
  [/^5\.1\.(1|2|3|6|10)$/, 'hard', 'the address does not exist'],
  [/^5\.4\.310$/, 'hard', 'the domain does not exist'],
  [/^[45]\.1\.[78]$/, 'block', 'the sender’s address was refused'],
  [/^5\.(2\.3|3\.4)$/, 'block', 'the message was too large'],
  [/^[45]\.2\.\d+$/, 'soft', 'the mailbox cannot take it now'],
  [/^[45]\.6\.\d+$/, 'block', 'the content was refused'],
  [/^[45]\.7\.\d+$/, 'block', 'policy or reputation'],
  [/^4\.\d+\.\d+$/, 'soft', 'tried for as long as allowed'],
];

/**
 * Phrases of mail systems, in order of precedence. Texts about the sender or a
 * full mailbox also contain "rejected" and "unavailable".
 */
const BY_TEXT: readonly Rule[] = [
  [
    /sender (address|domain|verif)|mail from|envelope sender|return path|sender (was )?(rejected|denied)/,
    'block',
    'the sender’s address was refused',
  ],
  [
    anyOf(
      /quota/,
      near(/(mailbox|inbox|account|storage|mail ?file)\b/g, 40, /\b(full|exceeded|over)/),
      /out of (storage|disk)|insufficient (system )?storage|too (much|many) (mail|messages)/,
      near(/(account|mailbox|user)\b/g, 40, /\b(disabled|inactive|suspended|locked|frozen)/),
    ),
    'soft',
    'the mailbox cannot take it now',
  ],
  [
    anyOf(
      /(unknown|invalid|no such|bad destination|nonexist\w{1,9}) (or \w{1,20} )?(local )?(user|recipient|mailbox|address|account|person|local[- ]part|destination|e-?mail)/,
      near(
        /(user|recipient|mailbox|account|addressee|address|local part)\b/g,
        80,
        /\b(unknown|not found|not known|does ?n.?t exist|does not exist|not exist|could ?n.?t be found|couldn.t be found|was ?n.t found|not listed|unavailable|is invalid|no longer)/,
      ),
      /not a (valid|known) (user|recipient|mailbox|address)|unrouteable address/,
      /no mailbox here by that name|recip(ient)?notfound/,
      /recipient address rejected: access denied|doesn.t have a .{1,20} account/,
      /no such .{0,20}here|not our customer|null ?mx|does not accept mail/,
    ),
    'hard',
    'the address does not exist',
  ],
  [
    anyOf(
      near(
        /(host|domain)( or domain)?( name)?\b/g,
        60,
        /\b(not found|unknown|does ?n.?t exist|does not exist|couldn.t be found|could not be found)/,
      ),
      /unknown host|nxdomain|no such domain|bad destination (system|host)/,
    ),
    'hard',
    'the domain does not exist',
  ],
  [
    anyOf(
      /spam|unsolicited|junk|black ?list|block ?list|blocked|\b(rbl|dnsbl)\b|reputation|dmarc/,
      /\bspf\b|dkim|unauthenticated|polic(y|ies)|virus|malware|banned|prohibit|access denied/,
      /relay(ing)? .{0,20}denied|not (authorized|permitted|allowed)/,
      /(content|message) (was )?(rejected|refused|blocked)/,
      near(/(size|large)/g, 40, /limit|exceed/),
      /too (large|big)|refused by/,
    ),
    'block',
    'policy or reputation',
  ],
  [
    anyOf(
      /temporar|try(ing)? again|timed? ?out/,
      /connection (refused|reset|lost|dropped|failed|died)|expired|too long|gr[ae]y ?list/,
      /deferred|unreachable|no route|retry|could not connect|couldn.t (connect|establish)/,
      /did not respond|loop|too many hops|busy|service unavailable|mailbox (is )?locked/,
      /out of memory|disk/,
    ),
    'soft',
    'tried for as long as allowed',
  ],
];

/**
 * Classifies a failure by its enhanced status code, or by the text if the code
 * is ambiguous. 5.7.x and 5.2.x do not mean a dead address: 5.7.x is about the
 * sender, 5.2.x is temporary.
 * @param status such as `5.1.1`, or null if there is none.
 * @param text the reply of the server.
 */
export function classifyBounce(status: string | null, text: string): BounceVerdict {
  const byStatus = BY_STATUS.find(([pattern]) => status !== null && pattern.test(status));
  if (byStatus !== undefined) return { kind: byStatus[1], why: `${byStatus[2]} (${status ?? ''})` };
  const words = text.toLowerCase().replace(/\s+/g, ' ');
  const byText = BY_TEXT.find(([pattern]) => pattern.test(words));
  if (byText !== undefined) return { kind: byText[1], why: `${byText[2]} (by its words)` };
  if (/^5\.[34]\./.test(status ?? '')) return { kind: 'soft', why: `a server on the way failed (${status ?? ''})` };
  return { kind: 'unknown', why: 'neither its code nor its words are known' };
}

/**
 * The most specific enhanced status code. The report's own code wins, unless it
 * is general (`5.0.0`) and the text has a better one.
 * @returns null if there is none.
 */
export function statusOf(field: string | null, text: string): string | null {
  const own = /^\s*([245]\.\d{1,3}\.\d{1,3})/.exec(field ?? '')?.[1] ?? null;
  if (own !== null && !own.endsWith('.0.0')) return own;
  // Must not be part of an IP address or a version.
  const said = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/.exec(text)?.[1] ?? null;
  return said ?? own;
}
