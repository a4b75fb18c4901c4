import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { SMTP_FAULTS, type SmtpFault, type SmtpFaultName } from './smtp-fault.js';

/** Internals of the library, which has no way to misbehave. */
interface Connection {
  readonly id: string;
  readonly _socket: { destroy: () => void };
  readonly send: (code: number, text: string) => void;
  handler_DATA: (command: unknown, done: () => void) => void;
}

/** TLS and sign-in of the server. */
export interface Door {
  /** TLS from the first byte, or STARTTLS. */
  readonly tls: 'implicit' | 'starttls';
  /** Omitted: a self-signed certificate that no client trusts. */
  readonly certificate?: { readonly key: string; readonly certificate: string };
  /** The password of the user, read at each sign-in: it may change. */
  readonly password: () => string;
}

/**
 * The return path of a campaign's mail names the message. System e-mails have
 * none.
 */
const BOUNCE = /^bounce\+([0-9a-f-]{36})-/;

const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });

/**
 * The receiving server. Its log of accepted Message-IDs is the truth of a fault
 * run. A message is in the log before its 250 is sent.
 */
export class ReceivingServer {
  /** How often each Message-ID was accepted. */
  readonly accepted = new Map<string, number>();
  /** When each message was last begun (milliseconds since the epoch). */
  readonly begunAt = new Map<string, number>();
  /** Where it writes a log in the format of Postfix; null: no log. */
  logFile: string | null = null;
  /** The SHA-256 of each accepted message's bytes, of its last arrival. */
  readonly hashes = new Map<string, string>();
  /** How many campaign messages were accepted for each address. */
  readonly takenFor = new Map<string, number>();
  /** The subject of each accepted message, as received. */
  readonly subjects = new Map<string, string>();
  /** Messages whose end-of-data was not answered. */
  unanswered = 0;
  delayMs = 100;
  /** Called at each attempt of a message, with its Message-ID. */
  faultOf: (id: string) => SmtpFaultName | null = () => null;
  private readonly planned = new Map<string, SmtpFault>();
  /** Messages that came over TLS from a signed-in client. */
  readonly guarded = new Set<string>();
  private readonly server: SMTPServer;

  /** @param door null: without TLS and sign-in. */
  constructor(door: Door | null = null) {
    this.server = new SMTPServer({
      ...lockOf(door),
      onConnect: (_session, done) => {
        this.writeLine('smtpd', 'connect from localhost[127.0.0.1]');
        done();
      },
      onMailFrom: ({ address }, session, done) => {
        const fault = this.begin(address, session);
        if (fault?.at === 'data') this.breakData(session, fault);
        this.answer(fault?.at === 'mail' ? fault : undefined, session, done);
      },
      onRcptTo: (_address, session, done) => {
        const fault = this.planned.get(session.id);
        this.answer(fault?.at === 'recipient' ? fault : undefined, session, done);
      },
      onData: (stream, session, done) => {
        void this.receive(stream, session, done);
      },
    });
  }

  /** The port, once it listens. */
  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** Closes open connections, as a restart does. */
  hangUp(): void {
    for (const { _socket } of this.connections) _socket.destroy();
  }

  async listen(): Promise<string> {
    this.server.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    return `smtp://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
  }

  private begin(from: string, session: SMTPServerSession): SmtpFault | undefined {
    const id = BOUNCE.exec(from)?.[1];
    if (id === undefined) return undefined;
    this.begunAt.set(id, Date.now());
    const name = this.faultOf(id);
    if (name === null) this.planned.delete(session.id);
    else this.planned.set(session.id, SMTP_FAULTS[name]);
    return this.planned.get(session.id);
  }

  private answer(fault: SmtpFault | undefined, session: SMTPServerSession, done: (error?: Error | null) => void): void {
    if (fault === undefined) done();
    else if (fault.does === 'drop') this.tear(session);
    else if (fault.does !== 'hang') {
      done(refusal(fault.does.code, fault.does.text));
      if (fault.does.code === 421) this.tear(session, 20);
    }
  }

  /**
   * Handles the verb DATA itself, because the library answers it without a
   * hook.
   */
  private breakData(session: SMTPServerSession, fault: SmtpFault): void {
    const connection = this.connection(session);
    if (connection === undefined) return;
    const usual = connection.handler_DATA.bind(connection);
    connection.handler_DATA = (_command, done) => {
      connection.handler_DATA = usual;
      this.answer(fault, session, (error) => {
        const { responseCode, message } = error as Error & { responseCode: number };
        connection.send(responseCode, message);
        done();
      });
    };
  }

  private async receive(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const fault = this.planned.get(session.id);
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of stream) {
        chunks.push(chunk as Buffer);
        if (fault?.at !== 'content') continue;
        // It is unknown whether end-of-data was sent already.
        this.unanswered += 1;
        // A server that hangs reads no further and answers no more.
        if (fault.does === 'hang') await new Promise(() => undefined);
        if (typeof fault.does !== 'string') this.connection(session)?.send(fault.does.code, fault.does.text);
        this.tear(session, typeof fault.does === 'string' ? 0 : 20);
        return;
      }
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    const atEndOfData = fault?.at === 'end-of-data' ? fault : undefined;
    const { mailFrom } = session.envelope;
    const isCampaignMail = mailFrom !== false && BOUNCE.test(mailFrom.address);
    if (isCampaignMail && (atEndOfData === undefined || atEndOfData.taken === true))
      this.log(Buffer.concat(chunks), session);
    if (typeof atEndOfData?.does === 'string') this.unanswered += 1;
    this.answer(atEndOfData, session, done);
  }

  private log(bytes: Buffer, { secure, user, envelope }: SMTPServerSession): void {
    const raw = bytes.toString('latin1');
    const [, messageId = '', id = ''] = /^message-id:\s*<(([^@>]+)@[^>]+)>/im.exec(raw) ?? [];
    this.accepted.set(id, (this.accepted.get(id) ?? 0) + 1);
    for (const { address } of envelope.rcptTo) this.takenFor.set(address, (this.takenFor.get(address) ?? 0) + 1);
    this.writeDown(messageId);
    this.hashes.set(id, createHash('sha256').update(bytes).digest('hex'));
    if (secure && user !== undefined) this.guarded.add(id);
    this.subjects.set(id, /^subject: (.*)\r$/im.exec(raw)?.[1] ?? '');
  }

  private writeDown(messageId: string): void {
    const queueId = (0xa0_0000_0000 + this.accepted.size).toString(16).toUpperCase();
    this.writeLine('cleanup', `${queueId}: message-id=<${messageId}>`);
    this.writeLine('qmgr', `${queueId}: from=<sender@example.com>, size=1, nrcpt=1 (queue active)`);
  }

  private writeLine(daemon: string, what: string): void {
    if (this.logFile === null) return;
    appendFileSync(this.logFile, `${new Date().toISOString()} mx postfix/${daemon}[1]: ${what}\n`);
  }

  private connection({ id }: SMTPServerSession): Connection | undefined {
    return [...this.connections].find((connection) => connection.id === id);
  }

  private get connections(): Set<Connection> {
    return (this.server as unknown as { connections: Set<Connection> }).connections;
  }

  /** Closes without an answer. */
  private tear(session: SMTPServerSession, afterMs = 0): void {
    setTimeout(() => this.connection(session)?._socket.destroy(), afterMs);
  }
}

function lockOf(door: Door | null): SMTPServerOptions {
  if (door === null) return { authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] };
  const { tls, certificate, password } = door;
  return {
    secure: tls === 'implicit',
    ...(certificate === undefined ? {} : { key: certificate.key, cert: certificate.certificate }),
    onAuth: ({ username, password: given }, _session, done) => {
      if (given === password()) done(null, { user: username });
      else done(refusal(535, '5.7.8 Authentication credentials invalid'));
    },
  };
}
