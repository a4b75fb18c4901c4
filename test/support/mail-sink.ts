import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail, parsed and raw. */
interface SunkMail extends ParsedMail {
  readonly raw: Buffer;
}

/** A real SMTP server on the loopback interface that stores all mail. */
export interface MailSink {
  readonly url: string;
  readonly mails: SunkMail[];
  /** Mails whose `To` is this address. */
  readonly to: (address: string) => SunkMail[];
  /** The return path of the last mail to an address. */
  readonly returnPathTo: (address: string) => string;
  readonly close: () => Promise<void>;
}

/**
 * @param refusal what RCPT is answered for an address, asked anew each time;
 *   null takes it.
 * @param pause awaited after each end of data, before it is answered.
 */
export async function openMailSink(
  refusal: (address: string) => { readonly code: number; readonly text: string } | null = () => null,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<MailSink> {
  const mails: SunkMail[] = [];
  const returnPaths = new Map<string, string>();
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      const refused = refusal(address);
      done(refused === null ? null : Object.assign(new Error(refused.text), { responseCode: refused.code }));
    },
    onData(stream, { envelope }, done) {
      keep(stream).then(
        async (mail) => {
          await pause();
          mails.push(mail);
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          for (const { address } of envelope.rcptTo) returnPaths.set(address, from);
          done();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  return {
    ...(await listening(server)),
    mails,
    to: (address) => mails.filter(({ to }) => [to].flat().some((header) => header?.text.includes(address))),
    returnPathTo: (address) => returnPaths.get(address) ?? '',
  };
}

/**
 * One that keeps nothing and reads nothing, for more mails than memory holds.
 */
export async function openMailDrain(): Promise<Pick<MailSink, 'url' | 'close'>> {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      stream.on('end', () => done()).resume();
    },
  });
  return listening(server);
}

async function listening(server: SMTPServer): Promise<Pick<MailSink, 'url' | 'close'>> {
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function keep(stream: Readable): Promise<SunkMail> {
  const raw = Buffer.concat((await stream.toArray()) as Buffer[]);
  return { ...(await simpleParser(raw)), raw };
}
