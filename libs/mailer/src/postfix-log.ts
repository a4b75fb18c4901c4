import { type BounceKind, classifyBounce, statusOf } from './inbound/bounce-classification.js';

/** What a relay's log tells of a message that it has certainly taken. */
export interface LogFinding {
  readonly messageId: string;
  /** `taken`: it stands, or stood, in the relay's queue; `sent`: the next server has it; `bounced`: it came back. */
  readonly kind: 'taken' | 'sent' | 'bounced';
  readonly queueId: string;
  /** Enhanced status code (RFC 3463), where the line has one. */
  readonly status: string | null;
  /** Why it came back, where it did. */
  readonly bounce: BounceKind;
  /** The line, without addresses. */
  readonly line: string;
}

/** `Nov 21 15:17:18 relay postfix/qmgr[20737]: 4A8111EAAF0: from=<…>, …`; queue ids are hexadecimal, or long ones of letters and digits. */
const LINE = /\/([a-z]+)\[\d+\]: ([0-9A-Za-z]{5,20}): (.*)$/;
const MESSAGE_ID = /^message-id=<([^<>\s]+)>/;
const STATUS = /(?:^|, )status=(sent|bounced|deferred|expired|deliverable)\b/;
const DSN = /(?:^|, )dsn=([245]\.\d{1,3}\.\d{1,3})/;
const ADDRESS = /[^\s<>"=,:;()[\]]+@[^\s<>"=,:;()[\]]+/g;
const LINE_CHARACTERS = 500;
/** Each server process takes one message after the other: what it begins is what it loses. After the end of it, it says END-OF-MESSAGE. */
const BEGUN = /\/smtpd\[(\d+)\]: ([0-9A-Za-z]{5,20}): client=/;
const CUT = /\/smtpd\[(\d+)\]: (?:lost connection|timeout) after (?:DATA|BDAT) \(\d+ bytes\)/;

/**
 * Follows messages through a Postfix log, line by line. A message-id alone is no evidence: `cleanup` writes it while the message still comes
 * in, and a connection that is lost then leaves nothing behind. That `qmgr` has it in its queue is written after the end of it was taken.
 */
export class PostfixTrail {
  private readonly messageOf = new Map<string, string>();
  private readonly queueIdAt = new Map<string, string>();
  /** How often each began to come in, but for those that were lost before their end. */
  private readonly begun = new Map<string, number>();

  /** @param isWanted whether anybody asks for a message; others are passed over. */
  constructor(private readonly isWanted: (messageId: string) => boolean) {}

  /** Whether a wanted message is in what was read: taken, or perhaps. One that was lost in its middle, and does not come again, is not. */
  has(messageId: string): boolean {
    return (this.begun.get(messageId) ?? 0) > 0;
  }

  /** @returns what a line tells of a wanted message; null for all others. */
  read(text: string): LogFinding | null {
    this.follow(text);
    const [, daemon = '', queueId = '', rest = ''] = LINE.exec(text) ?? [];
    if (queueId === '') return null;
    if (daemon === 'cleanup') {
      this.begin(queueId, MESSAGE_ID.exec(rest)?.[1]);
      return null;
    }
    const messageId = this.messageOf.get(queueId);
    if (messageId === undefined) return null;
    const kind = kindOf(daemon, rest);
    // A short queue id is somebody else's after this.
    if (daemon === 'qmgr' && rest === 'removed') this.messageOf.delete(queueId);
    if (kind === null) return null;
    const line = text.replace(ADDRESS, '…').slice(0, LINE_CHARACTERS);
    const words = rest.slice(rest.indexOf('('));
    const status = statusOf(DSN.exec(rest)?.[1] ?? null, words);
    return { messageId, kind, queueId, status, bounce: classifyBounce(status, words).kind, line };
  }

  private begin(queueId: string, messageId: string | undefined): void {
    if (messageId === undefined) return;
    if (!this.isWanted(messageId)) {
      this.messageOf.delete(queueId);
      return;
    }
    this.messageOf.set(queueId, messageId);
    this.begun.set(messageId, (this.begun.get(messageId) ?? 0) + 1);
  }

  /** Which server process has which message, and which it has lost. */
  private follow(text: string): void {
    const [, taker, queueId] = BEGUN.exec(text) ?? [];
    if (taker !== undefined && queueId !== undefined) this.queueIdAt.set(taker, queueId);
    const [, loser] = CUT.exec(text) ?? [];
    if (loser === undefined) return;
    const lost = this.messageOf.get(this.queueIdAt.get(loser) ?? '');
    this.queueIdAt.delete(loser);
    if (lost !== undefined) this.begun.set(lost, (this.begun.get(lost) ?? 0) - 1);
  }
}

function kindOf(daemon: string, rest: string): LogFinding['kind'] | null {
  if (daemon === 'qmgr') return /\(queue active\)$/.test(rest) ? 'taken' : null;
  const status = STATUS.exec(rest)?.[1];
  if (status === 'sent') return 'sent';
  if (status === 'bounced' || status === 'expired') return 'bounced';
  return status === 'deferred' ? 'taken' : null;
}
