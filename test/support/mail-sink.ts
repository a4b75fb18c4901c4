import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server on the loopback interface that keeps what it is handed. */
export interface MailSink {
  readonly url: string;
  readonly mails: ParsedMail[];
  /** Mails whose `To` is this address. */
  readonly to: (address: string) => ParsedMail[];
  readonly close: () => Promise<void>;
}

export async function openMailSink(): Promise<MailSink> {
  const mails: ParsedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      simpleParser(stream).then(
        (mail) => {
          mails.push(mail);
          done();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    to: (address) => mails.filter(({ to }) => [to].flat().some((header) => header?.text.includes(address))),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
