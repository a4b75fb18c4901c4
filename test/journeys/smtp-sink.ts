import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Mailbox, ReceivedMail } from './installation.js';
import { readMail } from './installation.js';

/**
 * A real SMTP server that stores mail, for processes without a mailbox of their
 * own.
 */
export class SmtpSink implements Mailbox {
  /** The delay of its answer, so that a test can interrupt a send. */
  delayMs = 0;
  /** Recipients that do not exist: refused for ever, as a mail server does. */
  unknown: RegExp | null = null;
  private readonly mails: ReceivedMail[] = [];
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _, callback) => {
      if (this.unknown?.test(address) !== true) callback();
      else callback(Object.assign(new Error('5.1.1 No such user'), { responseCode: 550 }));
    },
    onData: (stream, session, callback) => {
      this.receive(stream, session).then(
        () => {
          callback();
        },
        (error: unknown) => {
          callback(error instanceof Error ? error : new Error(String(error)));
        },
      );
    },
  });

  /** @returns its address, in the form of `SMTP_URL`. */
  async listen(): Promise<string> {
    // A killed process breaks its connections, which is no error here.
    this.server.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    const address = this.server.server.address();
    return `smtp://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
  }

  async overview(): Promise<readonly ReceivedMail[]> {
    return this.mails;
  }

  async mailsTo(address: string): Promise<readonly ReceivedMail[]> {
    return this.mails.filter(({ to }) => to === address);
  }

  /** Stored before the answer, so that it is there when the answer arrives. */
  private async receive(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    this.mails.push(await readMail(Buffer.concat(chunks), envelope.rcptTo[0]?.address));
    await new Promise((resolve) => setTimeout(resolve, this.delayMs));
  }
}
