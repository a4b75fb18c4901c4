import { getDomain } from 'tldts';

/** Providers that take mail under several names. A name that is not here is its own group. */
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

/** A mail exchange of a domain (RFC 5321, 5.1). */
export interface MailExchange {
  readonly exchange: string;
  readonly priority: number;
}

/**
 * Whose mail servers take a domain's mail: the registrable domain (Public Suffix List) of the exchange that is asked first, or the provider
 * behind it. The domain itself where it has none, or wants no mail (RFC 7505).
 */
export function mailGroupOf(domain: string, exchanges: readonly MailExchange[]): string {
  const [first] = [...exchanges].sort((a, b) => a.priority - b.priority || a.exchange.localeCompare(b.exchange));
  const host = first?.exchange.replace(/\.$/, '').toLowerCase() ?? '';
  const registrable = host === '' ? null : getDomain(host, { allowPrivateDomains: false });
  return registrable === null ? domain : (PROVIDERS[registrable] ?? registrable);
}
