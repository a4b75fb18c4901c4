import type { OutboundReach } from './call-out.js';

const DEFAULT_PORTS = [443];

/** Why an address may not be called, in a sentence; null when it may. Where its name leads is judged when it is resolved. */
export function addressProblem(
  address: string,
  { ports = DEFAULT_PORTS, plainHttp = false }: Pick<OutboundReach, 'ports' | 'plainHttp'> = {},
): string | null {
  if (!URL.canParse(address)) return 'This is no whole address.';
  const { protocol, username, password, port } = new URL(address);
  if (protocol !== 'https:' && !(plainHttp && protocol === 'http:'))
    return `Only https is called, not ${protocol.replace(/:$/, '')}.`;
  if (username !== '' || password !== '') return 'An address with a user or a password is not called.';
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  return ports === 'any' || ports.includes(number) ? null : `Port ${number} is not called.`;
}
