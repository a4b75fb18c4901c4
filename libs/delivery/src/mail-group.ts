import { getDomain } from 'tldts';

/**
 * Providers whose mail servers have several registrable domains. Other domains
 * are their own group.
 */
const PROVIDERS: Readonly<Record<string, string>> = {
  'google.com': 'google',
  'googlemail.com': 'google',
  'outlook.com': 'microsoft',
  'hotmail.com': 'microsoft',
  'office365.us': 'microsoft',
  'yahoodns.net': 'yahoo',
  'aol.com': 'yahoo',
  'icloud.com': 'apple',
  'pphosted.com': 'proofpoint',
  'ppe-hosted.com': 'proofpoint',
  'mimecast.com': 'mimecast',
  'mimecast.co.za': 'mimecast',
  'messagelabs.com': 'symantec',
  'gmx.net': 'gmx',
  'web.de': 'gmx',
  'kundenserver.de': 'ionos',
  'ionos.de': 'ionos',
  'ionos.com': 'ionos',
  'zoho.com': 'zoho',
  'zoho.eu': 'zoho',
};

/** An MX record of a domain (RFC 5321, 5.1). */
export interface MailExchange {
  readonly exchange: string;
  readonly priority: number;
}

/**
 * The operator of the mail servers of a domain: the registrable domain (Public
 * Suffix List) of the preferred MX host, or the provider behind it. The domain
 * itself if it has no MX, or accepts no mail (RFC 7505).
 */
export function mailGroupOf(domain: string, exchanges: readonly MailExchange[]): string {
  const [first] = [...exchanges].sort((a, b) => a.priority - b.priority || a.exchange.localeCompare(b.exchange));
  const host = first?.exchange.replace(/\.$/, '').toLowerCase() ?? '';
  const registrable = host === '' ? null : getDomain(host, { allowPrivateDomains: false });
  return registrable === null ? domain : (PROVIDERS[registrable] ?? registrable);
}
