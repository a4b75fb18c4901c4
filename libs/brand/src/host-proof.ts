import { getDomain } from 'tldts';
import { asciiHost, parseEmail } from '#contracts';
import { DomainError, urlOf } from '#kernel';
import type { DnsAnswer } from './domain-records.js';
import { isKnownMailboxProvider, isMailboxProvider } from './mailbox-providers.js';

/** How a host became a partner's own. */
type ProofKind = 'mailbox' | 'sending-domain' | 'dns';

/** A host that is a partner's own, with its sub-domains. */
export interface HostProof {
  readonly host: string;
  readonly how: ProofKind;
  readonly since: Date;
}

/** The record that proves a host, to be copied as it is. */
export interface HostRecord {
  readonly type: 'TXT';
  readonly name: string;
  readonly value: string;
}

/** The result of a check. */
export interface HostFinding {
  readonly problem: 'missing' | 'other-value' | 'unreachable' | null;
  /** The value found instead, truncated; null if there is none. */
  readonly found: string | null;
}

const HOST = /^(?=.{4,190}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
/** What makes an address of a host, or hides another in it. */
const NO_HOST = /[\s/\\@:?#%[\]"'<>,;]/;
const LONGEST_SHOWN = 300;

const invalid = (
  code: `${string}.${string}`,
  sentence: string,
  details: { readonly host?: string } = {},
): DomainError => new DomainError(code, sentence, { field: 'host', ...details });

/**
 * @returns the host in lower case and ASCII (RFC 5891), without a trailing dot;
 *   null if invalid.
 */
function plainHost(input: string): string | null {
  const typed = input.trim();
  if (NO_HOST.test(typed)) return null;
  const host = asciiHost(typed.toLowerCase().replace(/\.$/, ''));
  return HOST.test(host) ? host : null;
}

/**
 * The registrable domain of a host; null for a public suffix.
 * Private suffixes such as `github.io` count.
 */
const registrable = (host: string): string | null => getDomain(host, { allowPrivateDomains: true });

function isPlatform(domain: string, mailDomain: string): boolean {
  const ours = mailDomain.toLowerCase();
  return domain === ours || domain.endsWith(`.${ours}`) || ours.endsWith(`.${domain}`);
}

/** Whether a host is one of these, or a sub-domain of one. */
export const isCovered = (hosts: readonly string[], host: string): boolean =>
  hosts.some((own) => host === own || host.endsWith(`.${own}`));

/** The host of a web address; null where there is none. */
export function hostOf(website: string | null): string | null {
  const url = website === null ? null : urlOf(website);
  return url === null ? null : plainHost(url.hostname);
}

/** The normalised host of a mail address; null for an ambiguous address. */
export function mailHostOf(email: string): string | null {
  const address = parseEmail(email);
  return typeof address === 'string' ? null : plainHost(address.email.slice(address.email.lastIndexOf('@') + 1));
}

/**
 * The registrable domain that a mailbox proves.
 * @returns null for mailbox providers and for the installation's mail domain.
 */
export function provedByMailbox(mailHost: string, mailDomain: string): string | null {
  const domain = registrable(mailHost);
  return domain === null || isMailboxProvider(domain) || isMailboxProvider(mailHost) || isPlatform(domain, mailDomain)
    ? null
    : domain;
}

/**
 * The host to prove: without `www.`, so that one record covers both.
 * @throws DomainError `verified-host.invalid`, `.public-suffix`,
 *   `.mailbox-provider`, `.platform`.
 */
export function checkedHost(input: string, mailDomain: string): string {
  const host = plainHost(input);
  if (host === null)
    throw invalid(
      'verified-host.invalid',
      'Write a host of yours, such as www.example.com: without https://, path, port, user or @.',
    );
  if (registrable(host) === null)
    throw invalid(
      'verified-host.public-suffix',
      `${host} is a public suffix: any organisation can have a name under it. Enter the host of your website.`,
      { host },
    );
  if (isKnownMailboxProvider(host))
    throw invalid(
      'verified-host.mailbox-provider',
      `${host} belongs to a mailbox provider, not to you. Name a host of your own domain.`,
      { host },
    );
  if (isPlatform(host, mailDomain))
    throw invalid('verified-host.platform', `${host} belongs to this platform. Enter a website of your own.`, { host });
  const bare = host.replace(/^www\./, '');
  return registrable(bare) === null ? host : bare;
}

/**
 * The record of a host, at its own name, besides existing records (RFC 8552).
 */
export const hostRecord = (host: string, value: string): HostRecord => ({
  type: 'TXT',
  name: `_throughline.${host}`,
  value,
});

/** Whether the record exists; other records may exist besides. */
export function checkHost(value: string, answer: DnsAnswer): HostFinding {
  if (answer.kind === 'unreachable') return { problem: 'unreachable', found: null };
  if (answer.kind === 'absent') return { problem: 'missing', found: null };
  const found = answer.values.join(' | ').slice(0, LONGEST_SHOWN);
  return { problem: answer.values.some((one) => one.trim() === value) ? null : 'other-value', found };
}

/** What to do about a finding, in a sentence that names the exact record. */
export function hostFix({ problem }: HostFinding, { type, name, value }: HostRecord): string | null {
  switch (problem) {
    case null:
      return null;
    case 'missing':
      return `Add a ${type} record at ${name} with the value: ${value}`;
    case 'other-value':
      return `The ${type} record at ${name} says something else. Its value must be: ${value}`;
    case 'unreachable':
      return `The name servers for ${name} did not answer. Nothing is wrong with the record as far as is known; it is asked again by itself.`;
  }
}

/** A profile's website beside what is proved. */
export interface WebsiteStatus {
  readonly website: string | null;
  readonly verifiedHosts: readonly string[];
}

/** The host of a website that nothing proves yet. */
export function unprovenHost({ website, verifiedHosts }: WebsiteStatus): string | null {
  const host = hostOf(website);
  return host === null || isCovered(verifiedHosts, host) ? null : host;
}

/** The hosts of proofs, each once, without those that lie under another. */
export function provenHosts(proofs: readonly HostProof[]): string[] {
  const all = [...new Set(proofs.map(({ host }) => host))].sort();
  return all.filter(
    (host) =>
      !isCovered(
        all.filter((other) => other !== host),
        host,
      ),
  );
}
