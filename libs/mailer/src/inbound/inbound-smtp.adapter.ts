import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { messageOf } from '#kernel';
import { hasBareLineEnd } from '../line-ends.js';

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
const MAX_CLIENTS = 50;
/**
 * Connections from one network address, so that one client cannot take all.
 * Large providers open two or three per sending host.
 */
const MAX_CLIENTS_PER_ADDRESS = 10;
/**
 * A report has one recipient, and a person answers a few senders at most. The
 * other server sends the rest in a second transaction (RFC 5321, 4.5.3.1.10).
 */
const MAX_RECIPIENTS = 10;
const IDLE_MS = 60_000;

/**
 * Receives mail for return addresses.
 * It relays nothing, and answers 250 only for mail that is stored.
 */
export class InboundSmtp {
  private readonly logger = new Logger(InboundSmtp.name);
  private readonly server: SMTPServer;
  /** Ids of open connections by network address. */
  private readonly clients = new Map<string, Set<string>>();

  constructor(private readonly options: InboundOptions) {
    this.server = new SMTPServer({
      banner: 'Throughline',
      disabledCommands: ['AUTH', 'STARTTLS'],
      size: MAX_BYTES,
      maxClients: MAX_CLIENTS,
      maxRecipients: MAX_RECIPIENTS,
      socketTimeout: IDLE_MS,
      disableReverseLookup: true,
      onConnect: ({ id, remoteAddress }, done) => {
        const open = this.clients.get(remoteAddress) ?? new Set();
        this.clients.set(remoteAddress, open.add(id));
        done(open.size > MAX_CLIENTS_PER_ADDRESS ? refusal(421, '4.7.0 Too many connections from this address') : null);
      },
      onClose: ({ id, remoteAddress }) => {
        const open = this.clients.get(remoteAddress);
        open?.delete(id);
        if (open?.size === 0) this.clients.delete(remoteAddress);
      },
      onRcptTo: ({ address }, _session, done) => {
        options.accepts(address).then(
          (ours) => done(ours ? null : refusal(550, '5.1.1 There is no such address here')),
          (error: unknown) => done(this.later(error)),
        );
      },
      onData: (stream, { envelope }, done) => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const recipients = envelope.rcptTo.map(({ address }) => address);
        this.receive(stream, from, recipients).then(
          (refused) => done(refused),
          (error: unknown) => done(this.later(error)),
        );
      },
    });
    // Clients that disconnect are normal. Without a listener they would end the
    // process.
    this.server.on('error', (error) => this.logger.debug(error.message));
  }

  /** @returns the port. @throws Error if it is in use. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.server.once('error', reject);
      this.server.listen(this.options.port, this.options.host, () => resolve());
    });
    return (this.server.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async receive(
    stream: SMTPServerDataStream,
    from: string,
    recipients: readonly string[],
  ): Promise<Error | null> {
    const pieces: Buffer[] = [];
    // Reads a mail that is too large to its end, because the reply comes after
    // end-of-data.
    for await (const piece of stream) if (!stream.sizeExceeded) pieces.push(piece as Buffer);
    if (stream.sizeExceeded) return refusal(552, '5.3.4 Too large: the limit is 20 MB');
    const raw = Buffer.concat(pieces);
    // The only honest reason is an old program; the other one is smuggling.
    if (hasBareLineEnd(raw)) return refusal(550, '5.6.0 The message has a CR or LF outside CRLF (RFC 5321, 2.3.8)');
    const outcomes: InboundOutcome[] = [];
    for (const recipient of recipients) outcomes.push(await this.options.store({ from, recipient, raw }));
    return outcomes.every((outcome) => outcome === 'refused')
      ? refusal(550, '5.7.1 This address accepts answers to its messages only')
      : null;
  }

  private later(error: unknown): Error {
    this.logger.warn(`Inbound mail deferred, its server will try again: ${messageOf(error)}`);
    return refusal(451, '4.3.0 Not now, please try again');
  }
}

const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });
