import { isAutomatic, isChallenge, isFromMailServer } from './automatic-mail.js';
import { type BounceKind, classifyBounce, statusOf } from './bounce-classification.js';
import { type InboundMail, parseInbound } from './inbound-mail.js';
import { addressIn, type FieldGroup, typedValue, withoutAddresses } from './report-fields.js';

export type ReportKind =
  | BounceKind
  /** The person's mail program called it unwanted. */
  | 'complaint'
  /** A machine wants the sender to prove to be a person. */
  | 'challenge'
  | 'auto-reply'
  /** A person answers. */
  | 'reply'
  /** Evidence that the recipient's server has it. */
  | 'delivered'
  /** A notice on the way that settles nothing: delayed, relayed. */
  | 'underway';

/** What came back, classified. */
export interface InboundReport {
  readonly kind: ReportKind;
  /** What it settles about the message; null where it settles nothing. */
  readonly outcome: 'delivered' | 'bounced' | 'complained' | null;
  /** The rule that decided, for people. */
  readonly why: string;
  /** Enhanced status code (RFC 3463). */
  readonly status: string | null;
  /** The address that it says failed, in lower case. */
  readonly recipient: string | null;
  /** Message-ID of what it is about, without brackets. */
  readonly originalId: string | null;
  /** Who says so: a mail system's name. */
  readonly reporter: string | null;
  /** The server's own words without addresses, cut to 500 characters. Hostile text. */
  readonly excerpt: string;
}

const EXCERPT_CHARS = 500;
const BOUNCE_WORDS =
  /undeliver|could not be delivered|couldn.t be delivered|not (yet )?been delivered|not delivered|delivery (has )?failed|failed permanently|returned mail|failure notice|unable to deliver|permanent error|delivery (status )?(notification|failure)|non remis|unzustellbar|nicht zugestellt|no se pudo entregar|did not reach/i;
/** Where what the server said ends and the message that it returns begins. */
const COPY_BELOW =
  /^-{2,}.{0,60}(below this line|original message|copy of (the|your) message|included|returned message).*$/im;

/**
 * Reads what came to a return address: delivery status (RFC 3464), feedback reports (RFC 5965), the letters of mail systems that use
 * neither, challenges, automatic replies (RFC 3834), and people.
 * @throws Error when the mail breaks the parser's limits.
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

/** RFC 5965, 7.3, and Microsoft's junk reports, which carry the message and nothing else. */
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
  // Each message has one recipient: where a report has several groups, aliases were expanded, and the failure is what matters.
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
  // A general code says nothing, and the letter around the report often does.
  const { kind, why } = classifyBounce(status, `${said} ${said === '' || status === null ? mail.text : ''}`);
  return { kind, outcome: 'bounced', why, status, recipient, text };
}

function challengeOf(mail: InboundMail): Finding | null {
  return isChallenge(mail)
    ? { ...nothing, kind: 'challenge', why: 'asks the sender to prove to be a person', text: mail.subject }
    : null;
}

/** Failure letters without a machine-readable part: qmail, older Exim, Exchange and many others. */
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
  if (isAutomatic(mail))
    return { ...nothing, kind: 'auto-reply', why: 'says that nobody typed it', text: mail.subject };
  if (isFromMailServer(mail) || mail.from === '')
    return {
      ...nothing,
      kind: 'unknown',
      why: 'from a mail server, about nothing known',
      text: `${mail.subject} ${mail.text}`,
    };
  return { ...nothing, kind: 'reply', why: 'a person wrote it', text: '' };
}

/** The returned header tells best; a reply names what it answers (RFC 5322, 3.6.4). */
function originalIdOf(mail: InboundMail): string | null {
  const named =
    mail.original?.get('message-id') ??
    mail.disposition?.get('original-message-id') ??
    mail.headers.get('in-reply-to') ??
    mail.headers.get('references') ??
    (isFromMailServer(mail) ? /^message-id:\s*(<[^>]+>)/im.exec(mail.text)?.[1] : undefined);
  return /<([^<>\s]+)>/.exec(named ?? '')?.[1] ?? null;
}

function reporterOf({ status, feedback, from }: InboundMail): string | null {
  const named =
    typedValue(status?.[0]?.get('reporting-mta')) ?? feedback?.get('user-agent') ?? from.split('@')[1] ?? '';
  return named === '' ? null : named.slice(0, 120);
}
