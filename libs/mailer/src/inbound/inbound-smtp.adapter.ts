import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

/** One recipient's copy of what came in. */
export interface InboundDelivery {
  /** Return path; empty for reports (RFC 5321, 4.5.5). */
  readonly from: string;
  readonly recipient: string;
  readonly raw: Buffer;
}

export interface InboundOptions {
  readonly host: string;
  /** 0 chooses a free one. */
  readonly port: number;
  /** Whether an address is one of ours. */
  readonly accepts: (recipient: string) => Promise<boolean>;
  /** Once it has resolved, the mail is ours; while it rejects, the other server keeps it and comes again. */
  readonly take: (mail: InboundDelivery) => Promise<void>;
}

/** People send pictures along when they answer. */
const MAX_BYTES = 20 * 1024 * 1024;
const MAX_CLIENTS = 50;
const IDLE_MS = 60_000;

/** Takes mail for return addresses. It relays for nobody, and answers 250 only for what is written down. */
export class InboundSmtp {
  private readonly logger = new Logger(InboundSmtp.name);
  private readonly server: SMTPServer;

  constructor(private readonly options: InboundOptions) {
    this.server = new SMTPServer({
      banner: 'Throughline',
      disabledCommands: ['AUTH', 'STARTTLS'],
      size: MAX_BYTES,
      maxClients: MAX_CLIENTS,
      socketTimeout: IDLE_MS,
      disableReverseLookup: true,
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
    // Clients that vanish in the middle are no news, and without a listener they would end the process.
    this.server.on('error', (error) => this.logger.debug(error.message));
  }

  /** @returns the port. @throws Error when it is taken. */
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
    // Read to its end also when it is too large: the answer comes after the end of data.
    for await (const piece of stream) if (!stream.sizeExceeded) pieces.push(piece as Buffer);
    if (stream.sizeExceeded) return refusal(552, '5.3.4 Too large: at most 20 MB are taken');
    const raw = Buffer.concat(pieces);
    for (const recipient of recipients) await this.options.take({ from, recipient, raw });
    return null;
  }

  private later(error: unknown): Error {
    this.logger.warn(`A mail is left to its server for now: ${error instanceof Error ? error.message : String(error)}`);
    return refusal(451, '4.3.0 Not now, please try again');
  }
}

const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });
