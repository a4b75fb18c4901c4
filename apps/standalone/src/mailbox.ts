import { join } from 'node:path';
import { MailDev } from 'maildev';
import { MAILBOX_ADDRESS, type StandaloneOptions } from './options.js';

/**
 * MailDev holds all mails in memory and reads them at each start: 40,000 took
 * 2.3 GB and 79 s.
 */
export const MAILS_KEPT = 5_000;

/**
 * The local mailbox: an SMTP server that accepts everything, and a web inbox.
 * The newest mails survive a restart.
 */
export async function startMailbox({ smtpPort, mailboxPort, data }: StandaloneOptions): Promise<MailDev> {
  const mailbox = new MailDev({
    smtp: smtpPort,
    ip: MAILBOX_ADDRESS,
    web: mailboxPort,
    webIp: MAILBOX_ADDRESS,
    mailDirectory: join(data, 'mailbox'),
    maxEmails: MAILS_KEPT,
    silent: true,
  });
  await withoutAnnouncement(() => mailbox.start());
  return mailbox;
}

/**
 * MailDev prints its address in spite of `silent`, into the middle of our
 * progress line.
 */
async function withoutAnnouncement(work: () => Promise<unknown>): Promise<void> {
  const { info } = console;
  console.info = () => undefined;
  try {
    await work();
  } finally {
    console.info = info;
  }
}
