import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { MAILBOX_ADDRESS, type StandaloneOptions } from './options.js';

/** Where the server listens. */
export interface PastMailServer {
  readonly port: number;
  readonly address: string;
}

/**
 * Takes the e-mails of the sample history in place of the mailbox, and keeps none: the mailbox parses each
 * mail, and reads all again at each start. It has a thread of its own, because the history keeps the main
 * thread busy.
 * @returns ends it, and frees its port.
 */
export async function takePastMail({ smtpPort }: Pick<StandaloneOptions, 'smtpPort'>): Promise<() => Promise<void>> {
  const workerData: PastMailServer = { port: smtpPort, address: MAILBOX_ADDRESS };
  const server = new Worker(new URL('./past-mail.worker.js', import.meta.url), { workerData });
  // Throws if the thread fails before it listens.
  await once(server, 'message');
  const ended = once(server, 'exit');
  return async () => {
    server.postMessage('end');
    await ended;
  };
}
