import { hostname } from 'node:os';
import { dotStuffed } from './dot-stuffing.js';
import { hasBareLineEnd } from './line-ends.js';
import {
  type SubmissionOutcome,
  isRefusal,
  outcomeOfConnectionLoss,
  outcomeOfRefusal,
  internalFailure,
  type SmtpPhase,
  LeaseExpired,
} from './submission-outcome.js';
import type { Envelope, SubmissionHooks, ReportRequest } from './mail-transport.adapter.js';
import { SmtpChannel, type SmtpServer } from './smtp-channel.adapter.js';
import { withoutPersonalData } from './inbound/personal-data.js';
import type { SmtpReply } from './smtp-reply.js';

/** A refusal outside a message: at the greeting, EHLO, STARTTLS or AUTH. */
export class SessionRefused extends Error {
  override readonly name = 'SessionRefused';

  constructor(
    readonly reply: SmtpReply,
    what: string,
  ) {
    super(`${what}: ${reply.code} ${reply.text}`);
  }
}

const END_OF_DATA = Buffer.from('.\r\n');

/**
 * One SMTP conversation (RFC 5321, pipelined by RFC 2920). It is our own code,
 * because the point of no return matters: end-of-data is a write of its own,
 * after every earlier byte has left this process and the journal is durable.
 * Each refusal is judged by the verb it answers. No client library shows that
 * point.
 */
export class SmtpSession {
  private extensions: ReadonlySet<string> = new Set();
  private methods: readonly string[] = [];
  private submitted = 0;

  private constructor(
    private readonly channel: SmtpChannel,
    private readonly server: SmtpServer,
  ) {}

  /**
   * Connects, greets, encrypts and signs in.
   * @throws SessionRefused, or Error if there is no answer in time.
   */
  static async open(server: SmtpServer): Promise<SmtpSession> {
    const session = new SmtpSession(await SmtpChannel.open(server), server);
    try {
      await session.introduce();
      return session;
    } catch (error) {
      session.channel.destroy();
      throw error;
    }
  }

  get isUsable(): boolean {
    return this.channel.isUsable;
  }

  end(): void {
    this.channel.end();
  }

  /**
   * Whether the server still answers, without mail.
   * @throws SessionRefused, or Error if it does not.
   */
  async isResponding(): Promise<void> {
    for (const verb of ['RSET', 'NOOP']) {
      await this.channel.command(verb);
      await this.consent(`The relay refuses ${verb}`);
    }
  }

  /**
   * Submits one message. Never throws for what the server does. A message with
   * a CR or LF that is not CRLF fails here: after it, a server could read the
   * rest as commands.
   * @returns null if the server had closed this idle session: nothing was sent
   *   on it.
   */
  async submit(envelope: Envelope, raw: readonly Buffer[], hooks: SubmissionHooks): Promise<SubmissionOutcome | null> {
    if (raw.some(hasBareLineEnd)) return internalFailure(new Error('The message has a CR or LF outside CRLF.'));
    const progress = { answered: this.submitted === 0, endOfDataSent: false };
    this.submitted += 1;
    try {
      const refused = await this.begin(envelope, raw, progress);
      if (refused !== null) return refused;
      await this.channel.write(dotStuffed(raw));
      const stopped = await this.stopped(hooks);
      if (stopped !== null) return stopped;
      // The connection may have broken while the journal was written.
      this.channel.assertUsable();
      progress.endOfDataSent = true;
      this.channel.write([END_OF_DATA], this.server.timeouts.endOfDataMs).catch(() => undefined);
      const reply = await this.channel.reply(this.server.timeouts.endOfDataMs);
      if (isRefusal(reply)) return this.refusal(reply, 'end-of-data');
      hooks.onAccepted?.();
      return { kind: 'accepted', text: withoutPersonalData(reply.text) };
    } catch (error) {
      this.channel.destroy();
      return progress.answered ? outcomeOfConnectionLoss(error, progress.endOfDataSent) : null;
    }
  }

  private async introduce(): Promise<void> {
    await this.consent('The relay does not greet');
    await this.hello();
    const { tls, credentials, passwordInClear } = this.server;
    if (tls !== 'implicit' && this.extensions.has('STARTTLS')) {
      await this.channel.command('STARTTLS');
      await this.consent('The relay refuses STARTTLS');
      await this.channel.encrypt();
      await this.hello();
    } else if (tls === 'required') throw new Error('The relay offers no STARTTLS; nothing is sent unencrypted.');
    else if (tls === 'opportunistic' && credentials !== null && !passwordInClear)
      throw new Error('The relay offers no STARTTLS; a password is not sent unencrypted.');
    if (credentials !== null) await this.signIn(credentials);
  }

  private async hello(): Promise<void> {
    await this.channel.command(`EHLO ${ownName()}`);
    const { text } = await this.consent('The relay refuses EHLO');
    this.extensions = new Set(text.split('\n').map((line) => line.trim().split(/[ =]/)[0]?.toUpperCase() ?? ''));
    this.methods = /^AUTH[ =](.*)$/im.exec(text)?.[1]?.toUpperCase().split(' ') ?? [];
  }

  private async signIn({ user, password }: { user: string; password: string }): Promise<void> {
    const encoded = (text: string): string => Buffer.from(text).toString('base64');
    if (this.methods.includes('LOGIN') && !this.methods.includes('PLAIN')) {
      await this.channel.command('AUTH LOGIN');
      await this.consent('The relay refuses AUTH LOGIN');
      await this.channel.command(encoded(user));
      await this.consent('The relay refuses the user');
      await this.channel.command(encoded(password));
    } else await this.channel.command(`AUTH PLAIN ${encoded(`\0${user}\0${password}`)}`);
    await this.consent('The relay refuses user and password');
  }

  /**
   * MAIL, RCPT and DATA, in one write if the server supports pipelining.
   * @returns the refusal, or null if it wants the message.
   */
  private async begin(
    { from, to, report }: Envelope,
    raw: readonly Buffer[],
    progress: { answered: boolean },
  ): Promise<SubmissionOutcome | null> {
    const size = raw.reduce((sum, piece) => sum + piece.length, 0);
    const dsn = report !== undefined && this.extensions.has('DSN') ? dsnParameters(report, to) : NO_PARAMETERS;
    const verbs: readonly (readonly [SmtpPhase, string])[] = [
      ['mail', `MAIL FROM:<${from}>${this.extensions.has('SIZE') ? ` SIZE=${size}` : ''}${dsn.mail}`],
      ['recipient', `RCPT TO:<${to}>${dsn.recipient}`],
      ['data', 'DATA'],
    ];
    const pipelined = this.extensions.has('PIPELINING');
    if (pipelined) await this.channel.command(verbs.map(([, line]) => line).join('\r\n'));
    let refusal: SubmissionOutcome | null = null;
    for (const [phase, line] of verbs) {
      // After 421 nothing more comes; keep its text.
      if (refusal !== null && (!pipelined || !this.channel.isUsable)) break;
      if (!pipelined) await this.channel.command(line);
      const reply = await this.channel.reply();
      progress.answered = true;
      if (isRefusal(reply)) refusal ??= this.refusal(reply, phase);
      else if (phase === 'data' && refusal !== null) await this.sendNothing();
    }
    if (refusal !== null) await this.reset();
    return refusal;
  }

  /**
   * Calls the last hooks. Closing without end-of-data makes the server discard
   * the message (RFC 5321, 4.1.1.4).
   */
  private async stopped(hooks: SubmissionHooks): Promise<SubmissionOutcome | null> {
    try {
      await hooks.beforeEndOfData?.();
      hooks.guard?.();
      return null;
    } catch (error) {
      this.channel.destroy();
      return error instanceof LeaseExpired
        ? { kind: 'stopped', why: 'late', text: error.message }
        : internalFailure(error);
    }
  }

  /**
   * The server opened DATA although it refused the recipient: an empty message
   * ends it (RFC 2920, 3.1).
   */
  private async sendNothing(): Promise<void> {
    await this.channel.write([END_OF_DATA]);
    await this.channel.reply();
  }

  private async reset(): Promise<void> {
    if (!this.channel.isUsable) return;
    await this.channel.command('RSET');
    await this.channel.reply();
  }

  private refusal(reply: SmtpReply, phase: SmtpPhase): SubmissionOutcome {
    // 421 announces that the server closes.
    if (reply.code === 421) this.channel.destroy();
    return outcomeOfRefusal(reply, phase);
  }

  private async consent(what: string): Promise<SmtpReply> {
    const reply = await this.channel.reply();
    if (isRefusal(reply)) throw new SessionRefused(reply, what);
    return reply;
  }
}

const NO_PARAMETERS = { mail: '', recipient: '' };

/** RFC 3461, 4: return headers only, with the original recipient. */
function dsnParameters({ envelopeId, ofSuccess }: ReportRequest, to: string): typeof NO_PARAMETERS {
  const notify = ofSuccess ? 'SUCCESS,FAILURE,DELAY' : 'FAILURE,DELAY';
  return { mail: ` RET=HDRS ENVID=${envelopeId}`, recipient: ` NOTIFY=${notify} ORCPT=rfc822;${xtext(to)}` };
}

/**
 * RFC 3461, 4: everything but printable ASCII, `+` and `=` as `+` and two
 * hexadecimal digits.
 */
const xtext = (text: string): string =>
  text.replace(/[^!-*,-<>-~]/g, (sign) => `+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

/** EHLO needs a host name or an address literal (RFC 5321, 4.1.1.1). */
const ownName = (): string => {
  const name = hostname();
  return name.includes('.') ? name : '[127.0.0.1]';
};
