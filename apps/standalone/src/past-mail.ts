import { SMTPServer } from 'smtp-server';
import { MAILBOX_ADDRESS, type StandaloneOptions } from './options.js';

/** Time for a client to leave a server that ends. */
const LEAVE_MS = 200;

/**
 * Takes the e-mails of the sample history in place of the mailbox, and keeps none: the mailbox parses each
 * mail, and reads all again at each start.
 * @returns ends it, and frees its port.
 */
export async function takePastMail({ smtpPort }: Pick<StandaloneOptions, 'smtpPort'>): Promise<() => Promise<void>> {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: LEAVE_MS,
    onData(stream, _session, done) {
      stream.resume().once('end', () => done());
    },
  });
  // A client that breaks its connection is no problem of ours.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(smtpPort, MAILBOX_ADDRESS, resolve));
  return () => new Promise((resolve) => server.close(resolve));
}
