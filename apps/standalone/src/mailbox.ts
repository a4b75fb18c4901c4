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
  await mailbox.start();
  return mailbox;
}
