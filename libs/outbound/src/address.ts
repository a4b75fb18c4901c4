/** Why an address may not be called, in a sentence; null when it may. Where its name leads is judged when it is resolved. */
export function addressProblem(address: string, ports: readonly number[]): string | null {
  if (!URL.canParse(address)) return 'This is no whole address.';
  const { protocol, username, password, port } = new URL(address);
  if (protocol !== 'https:') return `Only https is called, not ${protocol.replace(/:$/, '')}.`;
  if (username !== '' || password !== '') return 'An address with a user or a password is not called.';
  const number = port === '' ? 443 : Number(port);
  return ports.includes(number) ? null : `Port ${number} is not called.`;
}
