import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Mailbox, ReceivedMail } from './installation.js';
import { readMail } from './installation.js';

/** A real SMTP server that keeps what it takes, for processes that bring no mailbox of their own. */
export class SmtpSink implements Mailbox {
  /** How long it takes to say yes to a mail: with it, sending has a middle. */
  delayMs = 0;
  private readonly mails: ReceivedMail[] = [];
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, callback) => {
      this.take(stream, session).then(
        () => {
          callback();
        },
        (error: unknown) => {
          callback(error instanceof Error ? error : new Error(String(error)));
        },
      );
    },
  });

  /** @returns its address, as `SMTP_URL` wants it. */
  async listen(): Promise<string> {
    // A process that is killed tears its connections, which is no error here.
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

  async of(address: string): Promise<readonly ReceivedMail[]> {
    return this.mails.filter(({ to }) => to === address);
  }

  /** Kept before it is answered: whoever sees the answer can rely on it. */
  private async take(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    this.mails.push(await readMail(Buffer.concat(chunks), envelope.rcptTo[0]?.address));
    await new Promise((resolve) => setTimeout(resolve, this.delayMs));
  }
}
