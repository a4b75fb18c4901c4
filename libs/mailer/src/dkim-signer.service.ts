import { createPrivateKey, createPublicKey, hash, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';

const signAsync = promisify(sign) as (algorithm: string | null, data: Buffer, key: KeyObject) => Promise<Buffer>;

/**
 * The signed headers. RFC 8058, 4 requires both headers of one-click
 * unsubscribe; nodemailer's list lacks the second.
 */
const SIGNED = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'reply-to',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'feedback-id',
  'mime-version',
  'content-type',
] as const;

/**
 * Other headers are named once more than they occur, so that none can be added
 * (RFC 6376, 5.4.2). Relays add Feedback-ID.
 */
const MAY_BE_ADDED: readonly string[] = ['feedback-id'];

const HEAD_END = Buffer.from('\r\n\r\n');

export interface DkimKey {
  /**
   * The From domain (relaxed alignment of RFC 7489 includes its sub-domains).
   */
  readonly domain: string;
  readonly selector: string;
  /** RSA of 2048 bits or more (RFC 8301), PEM. */
  readonly privateKeyPem: string;
}

/** A parsed key: parsing costs more than an Ed25519 signature. */
export interface SigningKey {
  readonly algorithm: 'rsa' | 'ed25519';
  readonly domain: string;
  readonly selector: string;
  readonly key: KeyObject;
}

/**
 * Signs mail by DKIM (RFC 6376): rsa-sha256, and ed25519-sha256 (RFC 8463) if
 * the domain has such a key. Headers relaxed, body simple: the body is
 * quoted-printable in lines of 76, which no server has a reason to change, so
 * "relaxed" would only read every byte twice. Keys are parsed once (1.25 ms
 * each); RSA signatures (0.5 to 0.9 ms) are made in libuv's threads.
 */
export class DkimSigner {
  private readonly own: SigningKey | null;

  /**
   * @param options null: mail is not signed, for example if the relay signs.
   * @throws Error naming the setting if the key is missing, not RSA or too
   *   short.
   */
  constructor(options: DkimKey | null) {
    this.own =
      options === null
        ? null
        : {
            algorithm: 'rsa',
            domain: options.domain,
            selector: options.selector,
            key: readKey(options.privateKeyPem),
          };
  }

  /**
   * The TXT record for `<selector>._domainkey.<domain>`; null if mail is not
   * signed.
   */
  get record(): { readonly name: string; readonly value: string } | null {
    if (this.own === null) return null;
    const { selector, domain, key } = this.own;
    const spki = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
    return { name: `${selector}._domainkey.${domain}`, value: `v=DKIM1; k=rsa; p=${spki}` };
  }

  /**
   * @param raw one message (RFC 5322) that ends with exactly one CRLF.
   * @param signedAt becomes `t=`.
   * @param keys of the From domain; none: the mail domain's key signs.
   * @returns the message in pieces, signatures first.
   */
  async signed(raw: Buffer, signedAt: Date, keys: readonly SigningKey[] = []): Promise<readonly Buffer[]> {
    const signing = keys.length > 0 ? keys : this.own === null ? [] : [this.own];
    if (signing.length === 0) return [raw];
    const digested = digest(raw, signedAt);
    return [...(await Promise.all(signing.map((key) => signature(key, digested)))), raw];
  }
}

/** The parts that all signatures of a message share. */
interface Digested {
  readonly bodyHash: string;
  readonly names: readonly string[];
  readonly lines: readonly string[];
  readonly signedAtSeconds: number;
}

function digest(raw: Buffer, signedAt: Date): Digested {
  const headEnd = raw.indexOf(HEAD_END);
  const bodyHash = hash('sha256', raw.subarray(headEnd + HEAD_END.length), 'base64');
  const signedAtSeconds = Math.floor(signedAt.getTime() / 1000);
  return { bodyHash, signedAtSeconds, ...selected(raw.toString('latin1', 0, headEnd)) };
}

async function signature(
  { algorithm, domain, selector, key }: SigningKey,
  { bodyHash, names, lines, signedAtSeconds }: Digested,
): Promise<Buffer> {
  const unsigned = [
    `DKIM-Signature: v=1; a=${algorithm}-sha256; c=relaxed/simple; d=${domain};`,
    ` s=${selector}; t=${signedAtSeconds}; bh=${bodyHash};`,
    ...folded(` h=${names.join(':')};`, ':'),
    ' b=',
  ].join('\r\n');
  const data = Buffer.from([...lines, relaxed(unsigned)].join('\r\n'), 'latin1');
  // RFC 8463, 3: PureEdDSA over the hash, not over the data.
  const made =
    algorithm === 'rsa' ? await signAsync('RSA-SHA256', data, key) : sign(null, hash('sha256', data, 'buffer'), key);
  const lined =
    made
      .toString('base64')
      .match(/.{1,72}/g)
      ?.join('\r\n ') ?? '';
  return Buffer.from(`${unsigned}${lined}\r\n`, 'latin1');
}

function readKey(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw new Error(
      'DKIM_KEY_FILE holds no private key in PEM form. Make one with: openssl genrsa -out dkim.pem 2048',
      { cause },
    );
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType === 'rsa' && bits >= 2048) return key;
  throw new Error(
    `DKIM_KEY_FILE must hold an RSA key of 2048 bits or more (RFC 8301); this one is ` +
      `${key.asymmetricKeyType ?? 'unknown'} with ${bits}. Create one with: openssl genrsa -out dkim.pem 2048`,
  );
}

/** The signed headers from bottom to top (RFC 6376, 5.4.2), canonicalised. */
function selected(head: string): { names: string[]; lines: string[] } {
  const found = head.split(/\r\n(?![ \t])/).map((line) => ({ name: nameOf(line), line }));
  const names: string[] = [];
  const lines: string[] = [];
  for (const signed of SIGNED) {
    const before = names.length;
    for (let at = found.length - 1; at >= 0; at--) {
      const header = found[at];
      if (header?.name !== signed) continue;
      names.push(signed);
      lines.push(relaxed(header.line));
    }
    if (names.length > before && !MAY_BE_ADDED.includes(signed)) names.push(signed);
  }
  return { names, lines };
}

const nameOf = (line: string): string => line.slice(0, line.indexOf(':')).trim().toLowerCase();

/** Most values have single spaces only. */
const WIDE = /\r\n|\t| {2}/;

/**
 * RFC 6376, 3.4.2: name in lower case, unfolded, runs of space become one, none
 * at the ends.
 */
function relaxed(line: string): string {
  const value = line.slice(line.indexOf(':') + 1);
  const narrow = WIDE.test(value) ? value.replace(/\r\n/g, '').replace(/[ \t]+/g, ' ') : value;
  return `${nameOf(line)}:${narrow.trim()}`;
}

/** Folds after separators, at most 76 characters per line. */
function folded(line: string, separator: string): string[] {
  const out: string[] = [];
  let current = '';
  for (const part of line.split(separator).map((piece, at, all) => (at < all.length - 1 ? piece + separator : piece))) {
    if (current.length + part.length > 75) {
      out.push(current);
      current = ' ';
    }
    current += part;
  }
  return [...out, current];
}
