import { HOLE_LANGUAGES, type HoleType } from '#contracts';
import { isUnambiguousHost } from './unambiguous-host.js';

/**
 * Hosts that addresses may name. null if unknown: then only the form is
 * checked.
 */
export interface Hosts {
  /** Origins of the product: `https://mail.vendor.example`. */
  readonly own: readonly string[] | null;
  /** Verified hosts of the partner, with their sub-domains. */
  readonly partner: readonly string[] | null;
}

const HOST = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/;

/**
 * Whether an address is allowed in this type of hole, in canonical form (WHATWG
 * URL).
 */
export function isAllowedAddress(type: HoleType, address: string, hosts: Hosts): boolean {
  const language = HOLE_LANGUAGES[type];
  if (language.pattern?.test(address) !== true || address.length > (language.maxChars ?? 0)) return false;
  return language.hosts === 'own' ? isOwn(address, hosts.own) : isPartners(address, hosts.partner);
}

function isOwn(address: string, origins: readonly string[] | null): boolean {
  if (origins !== null) return origins.some((origin) => address.startsWith(`${origin}/`));
  return /^https?:\/\/[^/]+\//.test(address);
}

function isPartners(address: string, hosts: readonly string[] | null): boolean {
  if (!URL.canParse(address)) return false;
  const { href, protocol, hostname, port, username, password } = new URL(address);
  if (href.replaceAll("'", '%27') !== address || protocol !== 'https:') return false;
  if (port !== '' || username !== '' || password !== '') return false;
  if (!HOST.test(hostname) || !isUnambiguousHost(hostname)) return false;
  return hosts === null || hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}
