import ipaddr from 'ipaddr.js';

const IPV6_PREFIX_BYTES = 7;

/**
 * What limits for strangers count: an IPv4 address, or the /56 of an IPv6
 * address, because a customer has at least that many addresses (RIPE-690).
 * @param address of the connection; text that is no address stays as it is.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return ipaddr.fromByteArray(parsed.toByteArray().fill(0, IPV6_PREFIX_BYTES)).toString();
}
