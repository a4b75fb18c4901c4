import ipaddr from 'ipaddr.js';
import { urlOf } from '#kernel';
import type { OutboundReach } from './call-out.js';

const DEFAULT_PORTS = [443];
/**
 * Names of the own machine or network (RFC 6761, RFC 6762 appendix G, RFC
 * 8375).
 */
const INWARD_NAME = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa)$/;

/**
 * Why an address may not be called, as a sentence; null if it may. Host names
 * are checked again when they are resolved.
 */
export function addressProblem(
  address: string,
  {
    ports = DEFAULT_PORTS,
    plainHttp = false,
    allowedAddresses = [],
  }: Pick<OutboundReach, 'ports' | 'plainHttp' | 'allowedAddresses'> = {},
): string | null {
  const url = urlOf(address);
  if (url === null) return 'This is no whole address.';
  const { protocol, username, password, hostname, port } = url;
  if (protocol !== 'https:' && !(plainHttp && protocol === 'http:'))
    return `Only https is called, not ${protocol.replace(/:$/, '')}.`;
  if (username !== '' || password !== '') return 'An address with a user or a password is not called.';
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  if (ports !== 'any' && !ports.includes(number)) return `Port ${number} is not called.`;
  return hostProblem(hostname, allowedAddresses);
}

/**
 * @param hostname as a URL has it: lower case, any IPv4 notation as dotted
 *   numbers, IPv6 in brackets.
 */
function hostProblem(hostname: string, allowed: readonly string[]): string | null {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (ipaddr.isValid(host)) {
    const address = ipaddr.parse(host);
    const isPublic = address.range() === 'unicast' && !isIpv4Compatible(address);
    const mayBeCalled = isPublic || allowed.some((network) => isWithin(address, network));
    return mayBeCalled ? null : `${host} is not a public address.`;
  }
  // An installation with allowed networks has names for them too. They are
  // checked when resolved.
  if (allowed.length > 0 || (host.includes('.') && !INWARD_NAME.test(host))) return null;
  return `${host} is a name of a machine or a network of its own; the internet knows no such name.`;
}

/**
 * `::127.0.0.1`: deprecated (RFC 4291, 2.5.5.1), but some systems connect it to
 * the IPv4 address. The library calls it unicast.
 */
const isIpv4Compatible = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  address.kind() === 'ipv6' &&
  address
    .toByteArray()
    .slice(0, 12)
    .every((byte) => byte === 0);

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, network: string): boolean {
  if (ipaddr.isValid(network)) return ipaddr.parse(network).toString() === address.toString();
  if (!ipaddr.isValidCIDR(network)) return false;
  const [base, bits] = ipaddr.parseCIDR(network);
  return base.kind() === address.kind() && address.match(base, bits);
}
