import { isCovered } from '#brand';

/** How a campaign is shown on a website: in a frame, or in a shadow root by our script. */
export type Place = 'frame' | 'component';

/**
 * Where a request comes from: this server itself; a website that its partner has confirmed; another
 * one; or a browser that does not say.
 */
export interface Site {
  readonly kind: 'own' | 'verified' | 'foreign' | 'unknown';
  /** Host name; empty if unknown. */
  readonly host: string;
}

/** @returns null if the form was sent from its own page. */
export const placeOf = (given: unknown): Place | null => (given === 'frame' || given === 'component' ? given : null);

/**
 * The site of a `Referer` or an `Origin`.
 * @param hosts confirmed by the partner, with their sub-domains.
 * @param publicUrl of this installation. If it is encrypted, the website must be, too.
 */
export function siteOf(address: string | undefined, hosts: readonly string[], publicUrl: string): Site {
  if (address === undefined) return { kind: 'unknown', host: '' };
  if (!URL.canParse(address)) return { kind: 'foreign', host: '' };
  const { hostname: host, origin, protocol } = new URL(address);
  const own = new URL(publicUrl);
  if (origin === own.origin) return { kind: 'own', host };
  const isSecure = protocol === 'https:' || own.protocol === 'http:';
  return { kind: isSecure && isCovered(hosts, host) ? 'verified' : 'foreign', host };
}

const FRAME = `default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'`;

/**
 * The policy of a page that only the partner's websites may frame. A host without a scheme is matched
 * with that of the page or a secure one (CSP 3, 6.7.2.8).
 */
export const framePolicy = (hosts: readonly string[]): string =>
  `${FRAME}; frame-ancestors 'self'${hosts.map((host) => ` ${host}:* *.${host}:*`).join('')}`;

/** The policy of a page with nothing but a message, which every website may frame. */
export const MESSAGE_POLICY = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors *`;

/** The policy that shows a component on this server as a strict website would. */
export const PREVIEW_POLICY = `default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;

/**
 * How long a browser or a cache may show an old state, also while this server cannot be reached: a
 * recall reaches every embed within 60 s.
 */
export const CACHED_SHORTLY = 'public, max-age=30, stale-if-error=30';
