import { anyOf } from './text-pattern.js';
import { isAutomatic, isChallenge, isFromMailServer } from './automatic-mail.js';
import { type BounceKind, classifyBounce, statusOf } from './bounce-classification.js';
import { type InboundMail, parseInbound } from './inbound-mail.js';
import { addressIn, type FieldGroup, typedValue, withoutAddresses } from './report-fields.js';

type ReportKind =
  | BounceKind
  /** The recipient reported it as spam. */
  | 'complaint'
  /** A system asks the sender to prove to be a human. */
  | 'challenge'
  | 'auto-reply'
  /** A human answers. */
  | 'reply'
  /** The recipient's server has accepted it. */
  | 'delivered'
  /** An interim notice (delayed, relayed) without a final outcome. */
  | 'underway';

/** A classified report. */
export interface InboundReport {
  readonly kind: ReportKind;
  /** Final outcome of the message; null if the report proves none. */
  readonly outcome: 'delivered' | 'bounced' | 'complained' | null;
  /** The rule that matched, in English, for the list of bounces. */
  readonly why: string;
  /** Enhanced status code (RFC 3463). */
  readonly status: string | null;
  /** The failed address, in lower case. */
  readonly recipient: string | null;
  /** Message-ID of the message concerned, without angle brackets. */
  readonly originalId: string | null;
  /** Name of the reporting mail system. */
  readonly reporter: string | null;
  /**
   * The server's reply without addresses, at most 500 characters. Hostile text.
   */
  readonly excerpt: string;
}

const EXCERPT_CHARS = 500;
const BOUNCE_WORDS = anyOf(
  /undeliver|could not be delivered|couldn.t be delivered|not (yet )?been delivered/i,
  /not delivered|delivery (has )?failed|failed permanently|returned mail|failure notice/i,
  /unable to deliver|permanent error|delivery (status )?(notification|failure)|non remis/i,
  /unzustellbar|nicht zugestellt|no se pudo entregar|did not reach/i,
);
/** The line between the server's text and the returned message. */
const COPY_BELOW =
  /^--+(?!-).{0,60}(below this line|original message|copy of (the|your) message|included|returned message).*$/im;

/**
 * Classifies a mail to a return address: delivery status (RFC 3464), feedback
 * reports (RFC 5965), bounces in free text, challenges, automatic replies (RFC
 * 3834), replies of people.
 * @throws Error if the mail exceeds the limits of the parser.
 */
export async function readReport(raw: Buffer): Promise<InboundReport> {
  const mail = await parseInbound(raw);
  const found = feedbackOf(mail) ?? statusReportOf(mail) ?? bounceLetterOf(mail) ?? challengeOf(mail) ?? letterOf(mail);
  const excerpt = withoutAddresses(found.text).replace(/\s+/g, ' ').trim().slice(0, EXCERPT_CHARS);
  const { kind, outcome, why, status, recipient } = found;
  return { kind, outcome, why, status, recipient, originalId: originalIdOf(mail), reporter: reporterOf(mail), excerpt };
}

type Finding = Omit<InboundReport, 'originalId' | 'reporter' | 'excerpt'> & { readonly text: string };

const nothing = { outcome: null, status: null, recipient: null } as const;

/**
 * RFC 5965, 7.3, and Microsoft's junk reports, which contain the message and
 * nothing else.
 */
function feedbackOf(mail: InboundMail): Finding | null {
  const junk = mail.from === 'staff@hotmail.com' && mail.original !== null;
  if (mail.feedback === null && !junk) return null;
  const type = (mail.feedback?.get('feedback-type') ?? 'abuse').toLowerCase();
  const text = `Feedback-Type: ${type}`;
  if (!/^(abuse|fraud|virus|opt-out|opt-out-list|miscategorized)$/.test(type))
    return { ...nothing, kind: 'unknown', why: `a feedback report that is no complaint (${type})`, text };
  const recipient = addressIn(
    mail.feedback?.get('original-rcpt-to') ??
      mail.original?.get('x-hmxmroriginalrecipient') ??
      mail.original?.get('to') ??
      null,
  );
  return { kind: 'complaint', outcome: 'complained', why: `reported as ${type}`, status: null, recipient, text };
}

function statusReportOf(mail: InboundMail): Finding | null {
  const groups = mail.status?.filter((group) => group.has('final-recipient') || group.has('action')) ?? [];
  const [first] = groups;
  if (first === undefined) return null;
  const actionOf = (group: FieldGroup): string => (group.get('action') ?? 'failed').toLowerCase();
  // Each message has one recipient. Several groups mean expanded aliases: then
  // the failure counts.
  const group = groups.find((one) => actionOf(one).startsWith('failed')) ?? first;
  const action = actionOf(group);
  const said = typedValue(group.get('diagnostic-code')) ?? '';
  const text = said === '' ? mail.text : said;
  const status = statusOf(group.get('status') ?? null, said);
  const recipient = addressIn(typedValue(group.get('original-recipient')) ?? typedValue(group.get('final-recipient')));
  if (action.startsWith('delivered'))
    return { kind: 'delivered', outcome: 'delivered', why: 'the recipient’s server has it', status, recipient, text };
  if (!action.startsWith('failed'))
    return { kind: 'underway', outcome: null, why: `on its way (${action.slice(0, 20)})`, status, recipient, text };
  // A general code says nothing, but the text around the report often does.
  const { kind, why } = classifyBounce(status, `${said} ${said === '' || status === null ? mail.text : ''}`);
  return { kind, outcome: 'bounced', why, status, recipient, text };
}

function challengeOf(mail: InboundMail): Finding | null {
  return isChallenge(mail)
    ? { ...nothing, kind: 'challenge', why: 'asks the sender to prove to be a person', text: mail.subject }
    : null;
}

/** Bounces in free text: qmail, older Exim, Exchange and many others. */
function bounceLetterOf(mail: InboundMail): Finding | null {
  const failed = mail.headers.get('x-failed-recipients');
  const isLetter = isFromMailServer(mail) && BOUNCE_WORDS.test(`${mail.subject} ${mail.text.slice(0, 3000)}`);
  if (failed === undefined && !isLetter) return null;
  const said = mail.text.split(COPY_BELOW)[0] ?? '';
  const status = statusOf(null, said);
  const isDelay = /warning|delay(ed)?|not (yet )?been delivered|will (continue|keep)|no action is required/i.test(
    mail.subject,
  );
  const recipient = addressIn(failed ?? null) ?? addressIn(said);
  if (isDelay) return { kind: 'underway', outcome: null, why: 'on its way (delayed)', status, recipient, text: said };
  const { kind, why } = classifyBounce(status, said);
  return { kind, outcome: 'bounced', why, status, recipient, text: said };
}

function letterOf(mail: InboundMail): Finding {
  if (isAutomatic(mail)) return { ...nothing, kind: 'auto-reply', why: 'automatic reply', text: mail.subject };
  if (isFromMailServer(mail) || mail.from === '')
    return {
      ...nothing,
      kind: 'unknown',
      why: 'from a mail server, about nothing known',
      text: `${mail.subject} ${mail.text}`,
    };
  return { ...nothing, kind: 'reply', why: 'a person wrote it', text: '' };
}

/**
 * The returned header is the best source. A reply names what it answers (RFC
 * 5322, 3.6.4).
 */
function originalIdOf(mail: InboundMail): string | null {
  const named =
    mail.original?.get('message-id') ??
    mail.disposition?.get('original-message-id') ??
    mail.headers.get('in-reply-to') ??
    mail.headers.get('references') ??
    (isFromMailServer(mail) ? /^message-id:[ \t]*(<[^<>\r\n]+>)/im.exec(mail.text)?.[1] : undefined);
  return /<([^<>\s]+)>/.exec(named ?? '')?.[1] ?? null;
}

function reporterOf({ status, feedback, from }: InboundMail): string | null {
  const named =
    typedValue(status?.[0]?.get('reporting-mta')) ?? feedback?.get('user-agent') ?? from.split('@')[1] ?? '';
  return named === '' ? null : named.slice(0, 120);
}
