import { join } from 'node:path';
import { MailDev } from 'maildev';
import type { StandaloneOptions } from './options.js';

/** More than anybody reads. MailDev holds each in memory, and reads all of them again at its next start: 40,000 took 2.3 GB and 79 s. */
export const MAILS_KEPT = 5_000;

/** The local mailbox: an SMTP server that takes everything, and a web inbox to read it in. The newest mails are kept between runs. */
export async function startMailbox({ smtpPort, mailboxPort, host, data }: StandaloneOptions): Promise<MailDev> {
  const mailbox = new MailDev({
    smtp: smtpPort,
    ip: host,
    web: mailboxPort,
    webIp: host,
    mailDirectory: join(data, 'mailbox'),
    maxEmails: MAILS_KEPT,
    silent: true,
  });
  await withoutAnnouncement(() => mailbox.start());
  return mailbox;
}

/** MailDev announces its address whatever `silent` says, into the middle of our own progress. */
async function withoutAnnouncement(work: () => Promise<unknown>): Promise<void> {
  const { info } = console;
  console.info = () => undefined;
  try {
    await work();
  } finally {
    console.info = info;
  }
}
