import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { ByteBudget, messageOf, networkOf } from '#kernel';
import { FairSemaphore } from '../fair-semaphore.js';
import { hasBareLineEnd } from '../line-ends.js';
import { HeldMail } from './held-mail.js';

/** One recipient's copy of an inbound mail. */
export interface InboundDelivery {
  /** Return path; empty for reports (RFC 5321, 4.5.5). */
  readonly from: string;
  readonly recipient: string;
  readonly raw: Buffer;
}

/** `refused`: the address does not accept this mail. */
export type InboundOutcome = 'stored' | 'refused';

export interface InboundOptions {
  readonly host: string;
  /** 0 chooses a free one. */
  readonly port: number;
  /** Whether an address is a return address of this installation. */
  readonly accepts: (recipient: string) => Promise<boolean>;
  /**
   * Stores the mail, or refuses it for good. While it rejects, the other server
   * keeps the mail and tries again.
   */
  readonly store: (mail: InboundDelivery) => Promise<InboundOutcome>;
}

/** Replies of people contain pictures. */
const MAX_BYTES = 20 * 1024 * 1024;
const MAX_CLIENTS = 200;
/**
 * Connections from one network, so that one client cannot take all. Large
 * providers open two or three per sending host. While more than half of all
 * connections are open, a network gets few: then 100 networks are needed to
 * take all.
 */
const CLIENTS_PER_NETWORK = { usual: 10, crowded: 2 } as const;
/**
 * A report has one recipient, and a person answers a few senders at most. The
 * other server sends the rest in a second transaction (RFC 5321, 4.5.3.1.10).
 */
const MAX_RECIPIENTS = 10;
const IDLE_MS = 60_000;
/**
 * A connection ends this long after its begin or its last stored mail. A client
 * that sends a byte a minute is never idle.
 */
const MAIL_MS = 5 * 60_000;
const SWEEP_MS = 5_000;
/**
 * Unread mail in memory: received, or waiting to be stored, also if its client
 * has left. The first part of each mail has a budget of its own, so that large
 * mails leave room for reports, which have a few kilobytes.
 */
const HEAD_LIMITS = { total: 32 * 1024 * 1024, perHolder: 4 * 1024 * 1024 } as const;
const REST_LIMITS = { total: 80 * 1024 * 1024, perHolder: MAX_BYTES } as const;
/** Mails that are stored at the same time; networks take turns. */
const STORED_AT_ONCE = 4;

/** Return path and recipients of an SMTP transaction (RFC 5321). */
interface Envelope {
  readonly from: string;
  readonly recipients: readonly string[];
}

/** An open connection. */
interface Client {
  readonly network: string;
  /** Since its begin, or its last stored mail; on a clock that never jumps. */
  since: number;
}

/**
 * Receives mail for return addresses.
 * It relays nothing, and answers 250 only for mail that is stored.
 */
export class InboundSmtp {
  private readonly logger = new Logger(InboundSmtp.name);
  private readonly server: SMTPServer;
  /** Open connections by id. */
  private readonly clients = new Map<string, Client>();
  private readonly heads = new ByteBudget(HEAD_LIMITS);
  private readonly rests = new ByteBudget(REST_LIMITS);
  private readonly turns = new FairSemaphore(STORED_AT_ONCE);
  private sweeps: NodeJS.Timeout | undefined;

  constructor(private readonly options: InboundOptions) {
    this.server = new SMTPServer({
      banner: 'Throughline',
      disabledCommands: ['AUTH', 'STARTTLS'],
      size: MAX_BYTES,
      maxClients: MAX_CLIENTS,
      maxRecipients: MAX_RECIPIENTS,
      socketTimeout: IDLE_MS,
      disableReverseLookup: true,
      onConnect: ({ id, remoteAddress }, done) => done(this.admit(id, networkOf(remoteAddress))),
      onClose: ({ id }) => void this.clients.delete(id),
      onRcptTo: ({ address }, _session, done) => {
        options.accepts(address).then(
          (ours) => done(ours ? null : refusal(550, '5.1.1 There is no such address here')),
          (error: unknown) => done(this.later(error)),
        );
      },
      onData: (stream, { id, envelope }, done) => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const recipients = envelope.rcptTo.map(({ address }) => address);
        this.receive(id, stream, { from, recipients }).then(
          (refused) => done(refused),
          (error: unknown) => done(this.later(error)),
        );
      },
    });
    // Clients that disconnect are normal. Without a listener they would end the
    // process.
    this.server.on('error', (error) => this.logger.debug(error.message));
  }

  /** Bytes of mails that are not stored yet. */
  get heldBytes(): number {
    return this.heads.heldBytes + this.rests.heldBytes;
  }

  /** @returns the port. @throws Error if it is in use. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.server.once('error', reject);
      this.server.listen(this.options.port, this.options.host, () => resolve());
    });
    this.sweeps = setInterval(() => this.endSlowClients(), SWEEP_MS).unref();
    return (this.server.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    clearInterval(this.sweeps);
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private admit(id: string, network: string): Error | null {
    const open = [...this.clients.values()].filter((client) => client.network === network).length;
    const { usual, crowded } = CLIENTS_PER_NETWORK;
    this.clients.set(id, { network, since: performance.now() });
    return open < (this.clients.size > MAX_CLIENTS / 2 ? crowded : usual)
      ? null
      : refusal(421, '4.7.0 Too many connections from this address');
  }

  private endSlowClients(): void {
    for (const connection of this.server.connections)
      if (performance.now() - (this.clients.get(connection.id)?.since ?? Infinity) > MAIL_MS) connection.close();
  }

  private async receive(id: string, stream: SMTPServerDataStream, envelope: Envelope): Promise<Error | null> {
    const client = this.clients.get(id);
    const holding = new HeldMail(this.heads, this.rests, client?.network ?? '');
    try {
      // Reads a mail that is refused to its end, because the reply comes after
      // end-of-data.
      for await (const piece of stream) if (!stream.sizeExceeded) holding.add(piece as Buffer);
      if (stream.sizeExceeded) return refusal(552, '5.3.4 Too large: the limit is 20 MB');
      if (holding.isRefused) return refusal(451, '4.3.1 Too much mail at once, please try again in some minutes');
      return await this.store(id, holding, envelope);
    } finally {
      holding.release();
    }
  }

  /** Networks take turns. A mail whose client has left is not read. */
  private async store(id: string, holding: HeldMail, { from, recipients }: Envelope): Promise<Error | null> {
    await this.turns.acquire(holding.network);
    try {
      const client = this.clients.get(id);
      if (client === undefined) return refusal(451, '4.4.2 The connection has ended');
      const raw = holding.bytes();
      // The only honest reason is an old program; the other one is smuggling.
      if (hasBareLineEnd(raw)) return refusal(550, '5.6.0 The message has a CR or LF outside CRLF (RFC 5321, 2.3.8)');
      const outcomes: InboundOutcome[] = [];
      for (const recipient of recipients) outcomes.push(await this.options.store({ from, recipient, raw }));
      client.since = performance.now();
      return outcomes.every((outcome) => outcome === 'refused')
        ? refusal(550, '5.7.1 This address accepts answers to its messages only')
        : null;
    } finally {
      this.turns.release();
    }
  }

  private later(error: unknown): Error {
    this.logger.warn(`Inbound mail deferred, its server will try again: ${messageOf(error)}`);
    return refusal(451, '4.3.0 Not now, please try again');
  }
}

const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });
