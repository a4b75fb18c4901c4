import { getDomain } from 'tldts';

/** What DNS said to one question. */
export type DnsAnswer =
  | { readonly kind: 'found'; readonly values: readonly string[] }
  /** The name, or a record of this type at it, certainly does not exist. */
  | { readonly kind: 'absent' }
  /** No server gave an answer: nothing is known. */
  | { readonly kind: 'unreachable'; readonly why: string };

type RecordPurpose = 'dkim-rsa' | 'dkim-ed25519' | 'return-path' | 'spf' | 'dmarc';

/** Problems of a record: a closed list, each with its sentence in `fixOf`. */
type RecordProblem =
  | 'missing'
  | 'other-key'
  | 'revoked-key'
  | 'testing-key'
  | 'many-records'
  | 'other-target'
  | 'no-policy'
  | 'not-ours-yet'
  | 'unreachable';

/** A DNS record as required. */
export interface DomainRecord {
  readonly purpose: RecordPurpose;
  readonly type: 'TXT' | 'CNAME';
  readonly name: string;
  /** Null for what is not to be published: it comes with another record. */
  readonly value: string | null;
}

/**
 * The name of a record within the zone of its registered domain, as most DNS
 * providers ask for it.
 * @returns `@` for the domain itself.
 */
export function relativeNameOf(name: string): string {
  const zone = getDomain(name, { validateHostname: false });
  if (zone === null || name === zone) return zone === null ? name : '@';
  return name.slice(0, -zone.length - 1);
}

export interface RecordFinding {
  readonly purpose: RecordPurpose;
  readonly problem: RecordProblem | null;
  /** The value found instead, truncated; null if there is none. */
  readonly found: string | null;
}

/** The public halves of a domain's two keys. */
export interface PublishedKey {
  readonly algorithm: 'rsa' | 'ed25519';
  readonly selector: string;
  readonly publicKey: string;
}

const LONGEST_SHOWN = 300;
const found = (values: readonly string[]): string => values.join(' | ').slice(0, LONGEST_SHOWN);

/**
 * The return path host of a domain.
 * Its CNAME points to the mail domain, whose MX and SPF records apply.
 */
export const returnHostOf = (domain: string): string => `bounces.${domain}`;

/**
 * The DNS records of a sending domain, to be copied: both keys (RFC 6376, RFC
 * 8463), the return path and a DMARC policy (RFC 7489). The return path's CNAME
 * brings MX and SPF (RFC 7208), and is aligned.
 */
export function recordsOf(domain: string, keys: readonly PublishedKey[], mailDomain: string): DomainRecord[] {
  return [
    ...keys.map(({ algorithm, selector, publicKey }) => ({
      purpose: `dkim-${algorithm}` as const,
      type: 'TXT' as const,
      name: `${selector}._domainkey.${domain}`,
      value: `v=DKIM1; k=${algorithm}; p=${publicKey}`,
    })),
    { purpose: 'return-path', type: 'CNAME', name: returnHostOf(domain), value: mailDomain.toLowerCase() },
    { purpose: 'spf', type: 'TXT', name: returnHostOf(domain), value: null },
    { purpose: 'dmarc', type: 'TXT', name: `_dmarc.${domain}`, value: 'v=DMARC1; p=none' },
  ];
}

const unreachable = (purpose: RecordPurpose): RecordFinding => ({ purpose, problem: 'unreachable', found: null });

/** Tags of a record of `tag=value;` (RFC 6376, 3.2). */
function tagsOf(value: string): Map<string, string> {
  return new Map(
    value.split(';').flatMap((part) => {
      const at = part.indexOf('=');
      return at === -1
        ? []
        : [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).replace(/\s+/g, '')] as const];
    }),
  );
}

/**
 * A valid key record: exactly one (RFC 6376, 3.6.2.2), our key, not revoked,
 * not in test mode.
 */
export function checkKey({ algorithm, publicKey }: PublishedKey, answer: DnsAnswer): RecordFinding {
  const purpose = `dkim-${algorithm}` as const;
  if (answer.kind === 'unreachable') return unreachable(purpose);
  const values = answer.kind === 'absent' ? [] : answer.values.filter((value) => tagsOf(value).has('p'));
  const [only] = values;
  if (only === undefined) return { purpose, problem: 'missing', found: null };
  const say = (problem: RecordProblem | null): RecordFinding => ({ purpose, problem, found: found(values) });
  if (values.length > 1) return say('many-records');
  const tags = tagsOf(only);
  if (tags.get('p') === '') return say('revoked-key');
  if (tags.get('p') !== publicKey || (tags.get('k') ?? 'rsa').toLowerCase() !== algorithm) return say('other-key');
  return say(tags.get('t')?.toLowerCase().split(':').includes('y') === true ? 'testing-key' : null);
}

/** The return path's host: a CNAME that leads to the mail domain. */
export function checkReturnPath(mailDomain: string, answer: DnsAnswer): RecordFinding {
  const purpose = 'return-path';
  if (answer.kind === 'unreachable') return unreachable(purpose);
  if (answer.kind === 'absent') return { purpose, problem: 'missing', found: null };
  const bare = answer.values.map((value) => value.toLowerCase().replace(/\.$/, ''));
  const leadsHere = bare.length === 1 && bare[0] === mailDomain.toLowerCase();
  return { purpose, problem: leadsHere ? null : 'other-target', found: found(bare) };
}

/**
 * SPF at the return path's host (RFC 7208, 4.5): exactly one record.
 * It comes with the CNAME, so the operator of the mail domain owns it.
 */
export function checkSpf(answer: DnsAnswer): RecordFinding {
  const purpose = 'spf';
  if (answer.kind === 'unreachable') return unreachable(purpose);
  const records = answer.kind === 'absent' ? [] : answer.values.filter((value) => /^v=spf1( |$)/i.test(value));
  if (records.length === 0) return { purpose, problem: 'not-ours-yet', found: null };
  return { purpose, problem: records.length > 1 ? 'many-records' : null, found: found(records) };
}

/**
 * Names with a possible DMARC policy: the domain and its parents, nearest
 * first. Never a top-level domain.
 */
export function dmarcNames(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, at) => `_dmarc.${labels.slice(at).join('.')}`);
}

/**
 * The nearest DMARC policy (RFC 7489, 6.6.3). Signature and From have the same
 * domain, so DKIM is aligned even under a strict policy. The return path is a
 * sub-domain: aligned under a relaxed policy.
 * @param answers for `dmarcNames`, in that order.
 */
export function checkDmarc(answers: readonly DnsAnswer[]): RecordFinding {
  const purpose = 'dmarc';
  for (const answer of answers) {
    if (answer.kind === 'unreachable') return unreachable(purpose);
    const records = answer.kind === 'absent' ? [] : answer.values.filter((value) => /^v=DMARC1\s*(;|$)/.test(value));
    const [only] = records;
    if (only === undefined) continue;
    if (records.length > 1) return { purpose, problem: 'many-records', found: found(records) };
    const policy = tagsOf(only).get('p')?.toLowerCase() ?? '';
    const isPolicy = ['none', 'quarantine', 'reject'].includes(policy);
    return { purpose, problem: isPolicy ? null : 'no-policy', found: found(records) };
  }
  return { purpose, problem: 'missing', found: null };
}

/** Shown where name servers gave no answer. */
const NO_ANSWER = 'unknown (no answer)';

/**
 * Domains of the addresses that DMARC reports on a domain's mail go to (`rua`,
 * `ruf`; RFC 7489, 6.2 and 7): numbers by day and receiver, or parts of mails.
 * @param answers for `dmarcNames`, in that order.
 * @returns null without an answer.
 */
function reportDomains(answers: readonly DnsAnswer[]): string[] | null {
  for (const answer of answers) {
    if (answer.kind === 'unreachable') return null;
    const records = answer.kind === 'absent' ? [] : answer.values.filter((value) => /^v=DMARC1\s*(;|$)/i.test(value));
    if (records.length === 0) continue;
    const addresses = records.flatMap((record) => {
      const tags = tagsOf(record);
      return [tags.get('rua') ?? '', tags.get('ruf') ?? ''].flatMap((list) => list.split(','));
    });
    return addresses
      .filter((address) => address !== '')
      .map((address) => address.split('@').at(-1)?.split('!')[0]?.toLowerCase() ?? address);
  }
  return [];
}

/**
 * Who else than the installation learns of mail from a vendor's domain: servers
 * that receive mail to it, and receivers of DMARC reports; null if none. Who
 * gives no answer may give another one to receivers, so it counts as foreign.
 * @param theirs servers of the domain.
 * @param ours servers of the mail domain; without an answer, it stays as before.
 * @param policies answers for `dmarcNames`, in that order.
 */
export function foreignMailHosts(
  {
    theirs,
    ours,
    policies,
  }: { readonly theirs: DnsAnswer; readonly ours: DnsAnswer; readonly policies: readonly DnsAnswer[] },
  { mailDomain, before }: { readonly mailDomain: string; readonly before: string | null },
): string | null {
  const reports = reportDomains(policies);
  if (theirs.kind === 'unreachable' || reports === null) return before ?? NO_ANSWER;
  if (theirs.kind === 'found' && ours.kind === 'unreachable') return before;
  const own = new Set([mailDomain.toLowerCase(), ...(ours.kind === 'found' ? ours.values : [])]);
  const servers = theirs.kind === 'found' ? theirs.values : [];
  const foreign = [...new Set([...servers, ...reports])].filter((host) => !own.has(host)).sort();
  return foreign.length === 0 ? null : found(foreign);
}

/** What to do about a finding, in a sentence that names the exact record. */
export function fixOf({ purpose, problem }: RecordFinding, record: DomainRecord): string | null {
  const where = `${record.type} record at ${record.name}`;
  const value = record.value ?? '';
  switch (problem) {
    case null:
      return null;
    case 'missing':
      return `Add a ${where} with the value: ${value}`;
    case 'other-key':
    case 'other-target':
      return `Replace the ${where}. Its value must be: ${value}`;
    case 'revoked-key':
      return `The key at ${record.name} is revoked (an empty p=). Set the ${where} to: ${value}`;
    case 'testing-key':
      return `Take t=y out of the ${where}: with it, receivers treat the mail as unsigned.`;
    case 'many-records':
      return purpose === 'spf'
        ? `There is more than one SPF record at ${record.name}. Ask the operator of this installation.`
        : `There is more than one ${purpose === 'dmarc' ? 'DMARC' : 'key'} record at ${record.name}. Keep one: ${value}`;
    case 'no-policy':
      return `The ${where} has no valid policy (p=none, p=quarantine or p=reject). Set it to: ${value}`;
    case 'not-ours-yet':
      return `There is no SPF record behind ${record.name}. It comes with the CNAME record; if that is correct, ask the operator of this installation.`;
    case 'unreachable':
      return `The name servers for ${record.name} did not answer. Nothing is wrong with the record as far as is known; it is asked again by itself.`;
  }
}
