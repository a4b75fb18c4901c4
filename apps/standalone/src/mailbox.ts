import { join } from 'node:path';
import { MailDev } from 'maildev';
import type { StandaloneOptions } from './options.js';

/** The local mailbox: an SMTP server that takes everything, and a web inbox to read it in. Mails are kept between runs. */
export async function startMailbox({ smtpPort, mailboxPort, host, data }: StandaloneOptions): Promise<MailDev> {
  const mailbox = new MailDev({
    smtp: smtpPort,
    ip: host,
    web: mailboxPort,
    webIp: host,
    mailDirectory: join(data, 'mailbox'),
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
