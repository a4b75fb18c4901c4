/**
 * Local parts of the mail domain that belong to the operator. A partner's slug
 * is the local part of its sending address.
 */
const RESERVED: ReadonlySet<string> = new Set([
  // RFC 2142: roles that every domain must or should have.
  'abuse',
  'noc',
  'security',
  'postmaster',
  'hostmaster',
  'usenet',
  'news',
  'webmaster',
  'www',
  'uucp',
  'ftp',
  'info',
  'marketing',
  'sales',
  'support',
  // CA/Browser Forum Baseline Requirements, 3.2.2.4.4: who reads these gets a
  // TLS certificate for the domain.
  'admin',
  'administrator',
  // The product's own addresses, and names that readers take for it.
  'bounce',
  'leave',
  'invited',
  'returns',
  'reply',
  'forwarded',
  'fbl',
  'no-reply',
  'noreply',
  'do-not-reply',
  'mailer-daemon',
  'root',
  'system',
  'operator',
  'throughline',
  'dmarc',
  'tls-reports',
  'help',
  'billing',
  'accounts',
  'notifications',
]);

/** Whether a slug must not become a sending address. */
export const isReservedMailbox = (slug: string): boolean => RESERVED.has(slug);
