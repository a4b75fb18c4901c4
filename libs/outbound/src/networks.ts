import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

/**
 * Bits of what counts as one network: hosts of one operator move within an
 * allocation of a registry (RIPE-690 names /32 for IPv6), seldom between two.
 */
const BITS = { ipv4: 16, ipv6: 32 } as const;

/** @returns `198.51.0.0/16`, `2001:db8::/32`; null for a text that is no address. */
export function networkOf(text: string): string | null {
  if (!ipaddr.isValid(text)) return null;
  const address = ipaddr.process(text);
  const bits = BITS[address.kind()];
  const bytes = address.toByteArray().fill(0, bits / 8);
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
}

/**
 * Networks of the addresses of a host name now, by the resolver that
 * connections use. None for an address, which cannot move, and for a name
 * without an answer.
 */
export async function networksOf(host: string): Promise<string[]> {
  if (ipaddr.isValid(host)) return [];
  try {
    const found = await lookup(host, { all: true });
    return [...new Set(found.flatMap(({ address }) => networkOf(address) ?? []))].sort();
  } catch {
    return [];
  }
}
