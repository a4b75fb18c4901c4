import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { messageOf } from '#kernel';
import { type SubmissionOutcome, isAboutRelay, outcomeOfConnectionLoss, NOT_ACCEPTED } from './submission-outcome.js';
import { type Envelope, type SubmissionHooks, MailTransport } from './mail-transport.adapter.js';
import type { SmtpServer, SmtpTimeouts } from './smtp-channel.adapter.js';
import { SessionRefused, SmtpSession } from './smtp-session.adapter.js';
import { FairSemaphore } from './fair-semaphore.js';

export interface SmtpOptions {
  readonly server: SmtpServer;
  /** Maximum number of simultaneous connections. */
  readonly connections: number;
}

/** Limits of RFC 5321, 4.5.3.2, but 30 seconds to connect. */
export const SMTP_TIMEOUTS: SmtpTimeouts = { connectMs: 30_000, answerMs: 5 * 60_000, endOfDataMs: 10 * 60_000 };
/** Relays close idle connections after minutes. We close ours first. */
const IDLE_MS = 20_000;
const LONGEST_REST_MS = 60_000;
/**
 * The sender of a report is empty, so that no report is sent about it (RFC
 * 5321, 4.5.5).
 */
const SAFE_ADDRESS = /^(?:[\x21-\x7E]{3,320})?$/;

/**
 * Submits by SMTP over a few connections that stay open. It never retries: the
 * ledger owns retries.
 */
@Injectable()
export class SmtpTransport extends MailTransport implements OnApplicationShutdown {
  private readonly logger = new Logger(SmtpTransport.name);
  private readonly idle: { session: SmtpSession; timer: NodeJS.Timeout }[] = [];
  private readonly line: FairSemaphore;
  private failures = 0;
  private restUntilMs = 0;

  constructor(private readonly options: SmtpOptions) {
    super();
    this.line = new FairSemaphore(options.connections);
  }

  override async submit(
    envelope: Envelope,
    raw: readonly Buffer[],
    hooks: SubmissionHooks = {},
  ): Promise<SubmissionOutcome> {
    const unsafe = [envelope.from, envelope.to].find((address) => !SAFE_ADDRESS.test(address) || /[<>]/.test(address));
    if (unsafe !== undefined)
      return {
        kind: 'permanent',
        deadAddress: false,
        code: 553,
        enhanced: '5.1.3',
        text: 'The address has characters that no envelope can carry (RFC 5321, 4.1.2). Correct it on the contact.',
      };
    await this.line.acquire(envelope.stream ?? '');
    try {
      const why = (await hooks.stopReason?.()) ?? null;
      if (why !== null) return { kind: 'stopped', why, text: '' };
      if (hooks.isStillPreferred?.() === false)
        return outcomeOfConnectionLoss(new Error('The relay accepts no mail now.'), false);
      return this.recordOutcome(await this.onSession(envelope, raw, hooks));
    } finally {
      this.line.release();
    }
  }

  override backOffMs(): number {
    return Math.max(0, this.restUntilMs - performance.now());
  }

  override async close(): Promise<void> {
    for (const { session, timer } of this.idle.splice(0)) {
      clearTimeout(timer);
      session.end();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  private async onSession(
    envelope: Envelope,
    raw: readonly Buffer[],
    hooks: SubmissionHooks,
  ): Promise<SubmissionOutcome> {
    try {
      for (let idleSession = this.kept(); idleSession !== null; idleSession = this.kept()) {
        const outcome = await this.through(idleSession, envelope, raw, hooks);
        if (outcome !== null) return outcome;
      }
      const outcome = await this.through(await SmtpSession.open(this.options.server), envelope, raw, hooks);
      return outcome ?? outcomeOfConnectionLoss(new Error('The relay closed the connection.'), false);
    } catch (error) {
      if (!(error instanceof SessionRefused)) return outcomeOfConnectionLoss(error, false);
      const { code, enhanced } = error.reply;
      return { ...NOT_ACCEPTED, about: 'relay', code, enhanced, text: error.message };
    }
  }

  private async through(
    session: SmtpSession,
    envelope: Envelope,
    raw: readonly Buffer[],
    hooks: SubmissionHooks,
  ): Promise<SubmissionOutcome | null> {
    const outcome = await session.submit(envelope, raw, hooks);
    if (session.isUsable) this.addIdle(session);
    return outcome;
  }

  private kept(): SmtpSession | null {
    for (let last = this.idle.pop(); last !== undefined; last = this.idle.pop()) {
      clearTimeout(last.timer);
      if (last.session.isUsable) return last.session;
    }
    return null;
  }

  private addIdle(session: SmtpSession): void {
    const timer = setTimeout(() => {
      const at = this.idle.findIndex((kept) => kept.session === session);
      if (at !== -1) this.idle.splice(at, 1);
      session.end();
    }, IDLE_MS);
    timer.unref();
    this.idle.push({ session, timer });
  }

  /**
   * A relay that is down is not tried for 1, 2, 4 … 60 seconds, and logged
   * once. The same after an unknown outcome, because each further message would
   * be unknown too.
   */
  private recordOutcome(outcome: SubmissionOutcome): SubmissionOutcome {
    if (!isAboutRelay(outcome)) {
      this.failures = this.restUntilMs = 0;
      return outcome;
    }
    if (this.backOffMs() === 0) {
      this.restUntilMs = performance.now() + Math.min(1000 * 2 ** this.failures, LONGEST_REST_MS);
      this.failures += 1;
      this.logger.warn(
        `The relay ${this.options.server.host}:${this.options.server.port} accepts no mail: ${outcome.text} ` +
          `No message is lost. Next attempt in ${Math.round(this.backOffMs() / 1000)} s.`,
      );
    }
    return outcome;
  }
}

/**
 * @param url `smtp://user:password@host:port` or `smtps://…`, set by an
 *   operator, who may also allow a password without TLS.
 */
export function serverOf(url: string, timeouts: Partial<SmtpTimeouts> = {}): SmtpServer {
  const { protocol, hostname, port, username, password } = new URL(url);
  const implicitTls = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (implicitTls ? 465 : 25)),
    tls: implicitTls ? 'implicit' : 'opportunistic',
    passwordInClear: true,
    credentials:
      username === '' ? null : { user: decodeURIComponent(username), password: decodeURIComponent(password) },
    timeouts: { ...SMTP_TIMEOUTS, ...timeouts },
  };
}

/**
 * Checks a server without sending mail: connection, EHLO, TLS, sign-in, RSET,
 * NOOP.
 * @returns null if it works, or the problem as a sentence.
 */
export async function probe(server: SmtpServer): Promise<string | null> {
  try {
    const session = await SmtpSession.open(server);
    await session.isResponding();
    session.end();
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
