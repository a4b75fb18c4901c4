import { anyOf } from './text-pattern.js';
import { absenceIn } from './absence-subject.js';
import { isAutomatic, isChallenge, isFromMailServer } from './automatic-mail.js';
import { classifyBounce, statusOf } from './bounce-classification.js';
import type { BounceKind } from './bounce-phrases.js';
import { type InboundMail, parseInbound } from './inbound-mail.js';
import { withoutPersonalData } from './personal-data.js';
import { addressIn, type FieldGroup, typedValue } from './report-fields.js';
import { withoutReturnedCopy } from './returned-copy.js';

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
  /**
   * Of a hard bounce: whether the recipient's server itself says that the
   * address does not exist. Others can be a wrong code of a server on the way.
   */
  readonly isProven: boolean;
  /**
   * The subject, if it alone made the mail an automatic reply. Judge it again
   * with `isAbsenceSubject` where the answered message is known.
   */
  readonly judgedBySubject: string | null;
}

/** A mail as it was received. */
export interface ReceivedMail {
  readonly raw: Buffer;
  /** Return path; empty for reports (RFC 5321, 4.5.5). */
  readonly from: string;
}

const EXCERPT_CHARS = 500;
const BOUNCE_WORDS = anyOf(
  /undeliver|(could not|cannot|couldn.t|can not|not) be delivered|not (yet )?been delivered/i,
  /not delivered|delivery (has )?failed|failed permanently|returned mail|failure notice|returning to sender/i,
  /unable to deliver|permanent error|delivery (status )?(notification|failure)|mail (delivery )?fail(ed|ure)/i,
  /error (delivering|sending) your mail|trouble delivering|could not send (mail|message)|failed to deliver/i,
  /error has occurred while attempting to deliver|had (permanent )?(delivery|fatal) (errors|problems)/i,
  /unzustellbar|nicht zugestellt|non remis|n.a pas pu être remis|no se pudo entregar|no se ha podido entregar/i,
  /did not reach|non (è stato )?(possibile )?(recapitat|consegnat)|niet (worden )?(bezorgd|afgeleverd)|não (foi|pôde ser) entregue/i,
  /не может быть доставлено|не доставлено|nie (zostało|mogło zostać|można) dostarcz|nedoručiteln|doručení se nezdařilo/i,
  /送信できません|配信できません|配送できません|退信|无法投递|無法傳遞|전송 실패|반송/i,
);

/**
 * Classifies a mail to a return address: delivery status (RFC 3464), feedback
 * reports (RFC 5965), bounces in free text, challenges, automatic replies (RFC
 * 3834), replies of people.
 * @throws Error if the mail exceeds the limits of the parser.
 */
export async function readReport({ raw, from }: ReceivedMail): Promise<InboundReport> {
  const mail = await parseInbound(raw);
  const isReport = from === '' || /^\s*<\s*>/.test(mail.headers.get('return-path') ?? '');
  const found =
    feedbackOf(mail) ?? statusReportOf(mail) ?? bounceLetterOf(mail, isReport) ?? challengeOf(mail) ?? letterOf(mail);
  const excerpt = withoutPersonalData(found.text).replace(/\s+/g, ' ').trim().slice(0, EXCERPT_CHARS);
  const { kind, outcome, why, status, recipient, isProven = false, judgedBySubject = null } = found;
  return {
    kind,
    outcome,
    why,
    status,
    recipient,
    isProven,
    judgedBySubject,
    originalId: originalIdOf(mail, isReport),
    reporter: reporterOf(mail),
    excerpt,
  };
}

type Finding = Pick<InboundReport, 'kind' | 'outcome' | 'why' | 'status' | 'recipient'> &
  Partial<Pick<InboundReport, 'isProven' | 'judgedBySubject'>> & { readonly text: string };

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
  const letter = withoutReturnedCopy(mail.text);
  const text = said === '' ? letter : said;
  const reported = group.get('status') ?? null;
  const status = statusOf({ reported, said });
  const recipient = addressIn(typedValue(group.get('original-recipient')) ?? typedValue(group.get('final-recipient')));
  if (action.startsWith('delivered'))
    return { kind: 'delivered', outcome: 'delivered', why: 'the recipient’s server has it', status, recipient, text };
  if (!action.startsWith('failed'))
    return { kind: 'underway', outcome: null, why: `on its way (${action.slice(0, 20)})`, status, recipient, text };
  const verdict = classifyBounce({ reported, said });
  // A reply without words says nothing, but the text around the report often
  // does.
  const { kind, why, isProven } =
    verdict.kind === 'unknown' || said === '' ? classifyBounce({ reported, said: letter }) : verdict;
  return { kind, outcome: 'bounced', why, status, recipient, isProven, text };
}

function challengeOf(mail: InboundMail): Finding | null {
  return isChallenge(mail)
    ? { ...nothing, kind: 'challenge', why: 'asks the sender to prove to be a person', text: mail.subject }
    : null;
}

/**
 * Bounces in free text: qmail, older Exim, Exchange and many others. Carriers
 * write them from `no-reply`: the empty return path, and the returned message or
 * the words, tell them from mail of people.
 * @param isReport whether the return path is empty.
 */
function bounceLetterOf(mail: InboundMail, isReport: boolean): Finding | null {
  const failed = mail.headers.get('x-failed-recipients');
  const said = withoutReturnedCopy(mail.text);
  const isMachine = isFromMailServer(mail) || (isReport && !absenceIn(mail.subject));
  const isLetter = isMachine && (mail.original !== null || BOUNCE_WORDS.test(`${mail.subject} ${said.slice(0, 3000)}`));
  if (failed === undefined && !isLetter) return null;
  const evidence = { reported: null, said };
  const status = statusOf(evidence);
  const isDelay = /warning|delay(ed)?|not (yet )?been delivered|will (continue|keep)|no action is required/i.test(
    mail.subject,
  );
  const recipient = addressIn(failed ?? null) ?? addressIn(said);
  if (isDelay) return { kind: 'underway', outcome: null, why: 'on its way (delayed)', status, recipient, text: said };
  const { kind, why, isProven } = classifyBounce(evidence);
  return { kind, outcome: 'bounced', why, status, recipient, isProven, text: said };
}

function letterOf(mail: InboundMail): Finding {
  const { subject } = mail;
  if (isAutomatic(mail)) return { ...nothing, kind: 'auto-reply', why: 'automatic reply', text: subject };
  if (absenceIn(subject))
    return { ...nothing, kind: 'auto-reply', why: 'automatic reply', text: subject, judgedBySubject: subject };
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
function originalIdOf(mail: InboundMail, isReport: boolean): string | null {
  const named =
    mail.original?.get('message-id') ??
    mail.disposition?.get('original-message-id') ??
    mail.headers.get('in-reply-to') ??
    mail.headers.get('references') ??
    (isReport || isFromMailServer(mail) ? /^message-id:[ \t]*(<[^<>\r\n]+>)/im.exec(mail.text)?.[1] : undefined);
  return /<([^<>\s]+)>/.exec(named ?? '')?.[1] ?? null;
}

function reporterOf({ status, feedback, from }: InboundMail): string | null {
  const named =
    typedValue(status?.[0]?.get('reporting-mta')) ?? feedback?.get('user-agent') ?? from.split('@')[1] ?? '';
  return named === '' ? null : named.slice(0, 120);
}
