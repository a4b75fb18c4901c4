import type { Config } from './config.js';

/**
 * Whether the installation receives mail for MAIL_DOMAIN: by SMTP, or from a
 * mailbox. Set both settings for every process, also where scheduler alone
 * receives: api tells partners where replies go.
 */
export function receivesMail(config: Pick<Config, 'INBOUND_SMTP_PORT' | 'IMAP_URL'>): boolean {
  return config.INBOUND_SMTP_PORT > 0 || config.IMAP_URL !== '';
}
