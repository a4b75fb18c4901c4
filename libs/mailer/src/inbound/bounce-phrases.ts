import { anyOf, near, type TextPattern } from './text-pattern.js';

/** Why a message bounced. Only `hard` means that the address does not exist. */
export type BounceKind = 'hard' | 'soft' | 'block' | 'unknown';

/** The rule applies where the pattern matches; `why` is in English. */
export type BounceRule = readonly [pattern: TextPattern, kind: BounceKind, why: string];

export const WHY = {
  noAddress: 'the address does not exist',
  noDomain: 'the domain does not exist',
  sender: 'the sender’s address was refused',
  content: 'the content was refused',
  size: 'the message was too large',
  policy: 'policy or reputation',
  mailbox: 'the mailbox cannot take it now',
  retried: 'tried for as long as allowed',
} as const;

const mailboxCannotTakeIt = anyOf(
  /quota|\[suspend\]|disabled recipient|recipient.{0,20} (is |was )?(disabled|suspended)/,
  near(/(mailbox|inbox|account|storage|mail ?file|mail ?drop)\b/g, 40, /\b(is |was )?(full|exceed|over\b)/),
  /out of (storage|disk)|insufficient (system )?storage|too (much|many) (mail|messages) (in|for)/,
  near(/(account|mailbox|user|recipient)\b/g, 60, /\b(disabled|inactive|suspended|locked|frozen|blocked\.|dormant)/),
  near(/(postfach|konto|speicher)\b/g, 40, /\b(voll|überschritten|gesperrt)/),
  /boîte pleine|boite .{0,20}pleine|buzón .{0,20}lleno|casella .{0,20}piena|переполнен|メールボックスが(一杯|いっぱい)/,
);

const aboutSender = anyOf(
  /sender (address|domain|verif)|(after|reply to|response to|like our|during) (the )?mail from|envelope sender|return path/,
  near(/\bsender\b/g, 30, /\b(rejected|denied|not allowed|unknown|blocked)/),
  /bad sender/,
  /not a member|not allowed to (post|send)|permission(s)? to post|misconfigured or out of date/,
);

const aboutReputation = anyOf(
  /black-?listed|(black|block|deny)[ -]?list|\b(rbl|dnsbl|surbl)\b|spamhaus|spamcop|barracuda reputation/,
  /(on|in) .{0,20}block ?list|reputation|recipient preferences/,
  /(ip|host|client|address|connection|envelope|sender|message|mail|server|domain|url|network)( \S{1,40})? (has been |have been |was |is |were |been )?(temporarily )?(blocked|banned|bloquee)\b/,
  /blocked (using|by|for|due|because|-|ip|from|at)|^.{0,30}\bblocked\b.{0,5}$|service refus/,
  /(ptr|rdns|reverse dns|reverse (lookup|mapping|name)|dns ptr)\b|ip (name|address) (lookup|could not be resolved)/,
  /mismatches client ip|client host rejected|helo .{0,20}(reject|invalid)|invalid ip|my name was rejected|(open|insecure) (mail )?relay|(line|header) (limit|length)|not accepting (connections|mail)/,
  /has sent to too many|too many (recipients|connections|sessions)|frequency limited|rate ?limit|sending (rate|limit)/,
);

const aboutPolicy = anyOf(
  /\bdmarc\b|\bspf\b|\bdkim\b|unauthenticated|authentication (check|required|failed)|smtp auth/,
  near(/\brelay(ing)?\b/g, 30, /\b(denied|not|prohibited|refused)/),
  /(unable|not permitted|refuse) to relay|no relay/,
  /polic(y|ies)|prohibit|must issue a starttls|encryption (is )?(required|needed)|tls .{0,20}required/,
);

const aboutContent = anyOf(
  /\bspam\b|spam (detected|content|message)|unsolicited|\bjunk\b|virus|malware|phish|banned (content|file)/,
  near(/\bcontent\b/g, 10, /\b(reject|refus|filter)/),
  near(/\b(rejected|refused)\b/g, 30, /\bcontent/),
  /suspicious/,
);

const aboutSize = anyOf(
  near(/(message|mail|max(imum)?)\b/g, 40, /\b(size (limit|exceed)|exceeds? (the )?.{0,20}size|too (large|big))/),
  /max(imum)? message size|size limit|message too (large|big)|too large for/,
);

const addressUnknown = anyOf(
  /(unknown|invalid|no such|bad destination|nonexist\w{1,9}|non-existent) (or \w{1,20} )?(local |final delivery |virtual )?(user|recipient|mailbox|address|account|person|local[- ]part|destination (mailbox|address)|e-?mail|userid)(?! error)/,
  near(
    /(user|recipient|mailbox|account|addressee|address|local part|alias)\b/g,
    80,
    /\b(unknown|not found|not known|does ?n.?t exist|does not exist|do not exist|not exist|doesnt exist|could ?n.?t be found|couldn.t be found|could not be found|was ?n.t found|not listed|is invalid|is not valid|not a valid)/,
  ),
  /not a (valid|known|local) (user|recipient|mailbox|address)|unrouteable address|not a user here/,
  /no mailbox here by that name|recip(ient)?notfound|recipient not found|no valid recipients/,
  /(doesn.t|does not) have an? .{1,40}account|no such .{0,20}here|not our customer/,
  /(empfänger|benutzer|adresse|postfach).{0,40} (unbekannt|existiert nicht|nicht gefunden)/,
  /(destinataire|utilisateur|adresse).{0,40} (inconnu|n.existe pas|introuvable)|usuario desconocido|no existe/,
  /utente sconosciuto|indirizzo inesistente|(пользователь|ящик|адрес).{0,40} (не найден|не существует)|宛先.{0,20}(不明|存在しません)/,
  /moved (to|permanently)|has moved|mailbox has moved|no longer (employed|with us|a valid|valid)/,
);

/**
 * Used for a missing mailbox, but also for any refusal (RFC 5321, 4.2.3: "mailbox
 * not found, no access, or command rejected for policy reasons").
 */
const addressPerhapsUnknown = anyOf(
  near(/(user|recipient|mailbox|account|address)\b/g, 60, /\b(unavailable|no longer|not available)/),
  /recipient address rejected: access denied|unknown address error/,
);

const domainUnknown = anyOf(
  near(
    /(host|domain)( or domain)?( name)?\b/g,
    60,
    /\b(not found|unknown|does ?n.?t exist|does not exist|couldn.t be found|could not be found)/,
  ),
  /unknown host|nxdomain|no such domain|bad destination (system|host)|invalid (domain|host)( name)?\b/,
  /couldn.t find (any host|a mail exchanger)|no mail hosts? for|no mx (record )?found|null ?mx|does(n.t| not) (accept|receive) (any )?e?-?mail/,
  /indicated no smtp service|domain is not reachable|domain name not found/,
);

const resolverFailed = near(
  /(name service|dns|name server|name ?lookup|host( or domain)?( name)? not found|look-?up)/g,
  120,
  /try again|temporar|malformed|unexpected|timed? ?out|servfail/,
);

/**
 * Phrases that name the cause, in order of precedence. They count more than any
 * code: Sendmail reports 5.1.1 for every 550 at RCPT.
 */
export const EXACT_PHRASES: readonly BounceRule[] = [
  [resolverFailed, 'soft', WHY.retried],
  [mailboxCannotTakeIt, 'soft', WHY.mailbox],
  [aboutSize, 'block', WHY.size],
  [aboutSender, 'block', WHY.sender],
  [aboutReputation, 'block', WHY.policy],
  [addressUnknown, 'hard', WHY.noAddress],
  [domainUnknown, 'hard', WHY.noDomain],
  [aboutPolicy, 'block', WHY.policy],
  [aboutContent, 'block', WHY.content],
];

/** Phrases that say little. A code of the server counts more. */
export const GENERAL_PHRASES: readonly BounceRule[] = [
  [addressPerhapsUnknown, 'hard', WHY.noAddress],
  [
    anyOf(
      /access denied|not (authorized|permitted|allowed)|blocked|banned/,
      /(content|message|mail|e-?mail) .{0,10}(rejected|refused|blocked|rejete)|mail rejet/,
      /protocol violation|command (parameter|sequence|argument)|sequence of commands|syntax error|pipelining/,
      /\b(rejected|refused) by|^.{0,12}\brejected\b/,
    ),
    'block',
    WHY.policy,
  ],
  [
    anyOf(
      /temporar|try(ing)? again|timed? ?out|giving up|given up|aborted after|attempts/,
      /connection (refused|reset|lost|dropped|failed|died)|expired|too long|gr[ae]y ?list/,
      /deferred|unreachable|not reachable|no route|retry|could not connect|couldn.t (connect|establish)/,
      /did(n.t| not) (respond|accept our requests)|not responding|loop|too many hops|busy/,
      /service (is )?(currently|temporarily) (unavailable|not available)|all hosts have been failing/,
      near(/\b421 /g, 60, /service/),
      /out of memory|disk|system (resources|error)|internal error|network error/,
    ),
    'soft',
    WHY.retried,
  ],
];
