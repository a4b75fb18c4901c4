import { BlockList, isIP } from 'node:net';

/**
 * Networks of mail gateways, as their owners publish them for firewalls.
 * No reader browses from there.
 * They change; a missing one costs one signal of several.
 */
const RANGES: readonly (readonly [owner: string, ...cidrs: string[]])[] = [
  [
    'Microsoft Exchange Online Protection',
    '40.92.0.0/15',
    '40.107.0.0/16',
    '52.100.0.0/14',
    '104.47.0.0/17',
    '2a01:111:f400::/48',
    '2a01:111:f403::/48',
  ],
  ['Proofpoint', '67.231.144.0/20', '148.163.128.0/19', '185.132.180.0/22'],
  ['Barracuda', '64.235.144.0/20', '209.222.80.0/21'],
  ['Mimecast', '207.211.30.0/23', '205.139.110.0/23', '195.130.217.0/24', '91.220.42.0/24', '146.101.78.0/24'],
  ['Cisco', '68.232.128.0/19', '139.138.32.0/19', '216.71.128.0/19'],
];

/**
 * Networks of mail gateways: published by their owners, or added by the
 * operator.
 */
export class GatewayNetworks {
  private readonly lists: readonly { readonly owner: string; readonly list: BlockList }[];

  /** @param own addresses and CIDR blocks of an operator's own list. */
  constructor(own: readonly string[] = []) {
    this.lists = [...RANGES, ['a gateway on this installation’s list', ...own] as const].map(
      ([owner, ...networks]) => ({
        owner,
        list: listOf(networks),
      }),
    );
  }

  /**
   * @param address as the server sees it, also an IPv4 address in IPv6 form.
   * @returns the gateway's owner, or null.
   */
  ownerOf(address: string): string | null {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    const version = isIP(plain);
    if (version === 0) return null;
    return this.lists.find(({ list }) => list.check(plain, version === 6 ? 'ipv6' : 'ipv4'))?.owner ?? null;
  }
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const one of networks) {
    const [network = '', bits] = one.split('/');
    const version = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(network, version);
    else list.addSubnet(network, Number(bits), version);
  }
  return list;
}
