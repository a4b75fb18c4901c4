import { maskAddresses } from '#kernel';
import { classifyBounce, statusOf } from './inbound/bounce-classification.js';
import type { BounceKind } from './inbound/bounce-phrases.js';
import { withoutPersonalData } from './inbound/personal-data.js';

/** What a Postfix log says about a message that Postfix has accepted. */
export interface LogFinding {
  readonly messageId: string;
  /**
   * `taken`: it was in the queue. `sent`: the next server has it. `bounced`: it
   * bounced.
   */
  readonly kind: 'taken' | 'sent' | 'bounced';
  readonly queueId: string;
  /** Enhanced status code (RFC 3463), where the line has one. */
  readonly status: string | null;
  /** The bounce classification, if it bounced. */
  readonly bounce: BounceKind;
  /** The log line without addresses. */
  readonly line: string;
}

/**
 * `Nov 21 15:17:18 relay postfix/qmgr[20737]: 4A8111EAAF0: from=<…>, …`
 * Queue ids are hexadecimal, or long ids of letters and digits.
 */
const LINE = /\/([a-z]+)\[\d+\]: ([0-9A-Za-z]{5,20}): (.*)/;
const MESSAGE_ID = /^message-id=<([^<>\s]+)>/;
const STATUS = /(?:^|, )status=(sent|bounced|deferred|expired|deliverable)\b/;
const DSN = /(?:^|, )dsn=([245]\.\d{1,3}\.\d{1,3})/;
const LINE_CHARACTERS = 500;
/**
 * A smtpd process receives one message at a time: a lost connection concerns
 * the last one it began.
 */
const BEGUN = /\/smtpd\[(\d+)\]: ([0-9A-Za-z]{5,20}): client=/;
const CUT = /\/smtpd\[(\d+)\]: (?:lost connection|timeout) after (?:DATA|BDAT) \(\d+ bytes\)/;

/**
 * Follows messages through a Postfix log, line by line. A message-id alone
 * proves nothing: `cleanup` writes it while the message comes in. The `qmgr`
 * line is written after the end of the message.
 */
export class PostfixTrail {
  private readonly messageOf = new Map<string, string>();
  private readonly queueIdAt = new Map<string, string>();
  /** How often each message began to come in, minus lost connections. */
  private readonly begun = new Map<string, number>();

  /** @param isWanted whether a Message-ID is looked for. */
  constructor(private readonly isWanted: (messageId: string) => boolean) {}

  /**
   * Whether a wanted message was accepted, or perhaps accepted. False if every
   * attempt was lost within DATA.
   */
  has(messageId: string): boolean {
    return (this.begun.get(messageId) ?? 0) > 0;
  }

  /** @returns what the line says about a wanted message, or null. */
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
    // Postfix reuses short queue ids.
    if (daemon === 'qmgr' && rest === 'removed') this.messageOf.delete(queueId);
    if (kind === null) return null;
    const words = rest.slice(rest.indexOf('('));
    const line = storableLine(text, words).slice(0, LINE_CHARACTERS);
    const evidence = { reported: DSN.exec(rest)?.[1] ?? null, said: words };
    return { messageId, kind, queueId, status: statusOf(evidence), bounce: classifyBounce(evidence).kind, line };
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

  /**
   * Tracks which smtpd process receives which message, and lost connections.
   */
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

/** The words in brackets are the next server's, which may name a person. */
const storableLine = (text: string, words: string): string =>
  maskAddresses(text.slice(0, text.length - words.length), '…') + withoutPersonalData(words);

function kindOf(daemon: string, rest: string): LogFinding['kind'] | null {
  if (daemon === 'qmgr') return /\(queue active\)$/.test(rest) ? 'taken' : null;
  const status = STATUS.exec(rest)?.[1];
  if (status === 'sent') return 'sent';
  if (status === 'bounced' || status === 'expired') return 'bounced';
  return status === 'deferred' ? 'taken' : null;
}
