import { readFileSync } from 'node:fs';
import { SaveRelay } from '#contracts';
import type { Relay } from '#delivery';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { operator } from './operator-process.js';
import { anId } from './command-arguments.js';
import type { SendingCommandServices } from './sending-commands.js';

/** Options of `sending relay-add`. */
export interface RelayOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: string;
  readonly user?: string;
  /** A file, because every user of the machine can read command lines. */
  readonly passwordFile?: string;
  readonly priority: number;
  readonly connections: number;
}

/** Options of `sending relay-look-up`. */
export interface LookUpOptions {
  readonly keyFile?: string;
  readonly region: string;
  readonly scope?: string;
}

/**
 * Prints all relays with their health, the installation's first. `SMTP_URL` is
 * not in the table.
 */
export async function listRelays({ relays }: Pick<SendingCommandServices, 'relays'>, print: Print): Promise<void> {
  const found = await relays.all(operator());
  for (const relay of found) print(lineOf(relay));
  print(`${found.length} relays, and SMTP_URL with priority 100 among those of the installation.`);
}

/**
 * Adds a relay of the installation, for vendors without relays of their own and
 * for system e-mails.
 */
export async function addRelay(
  { relays }: Pick<SendingCommandServices, 'relays'>,
  { user, passwordFile, ...options }: RelayOptions,
  print: Print,
): Promise<void> {
  const said = settingsOf({
    ...options,
    enabled: true,
    username: user ?? null,
    password: contentOf(passwordFile),
  });
  const { id } = await relays.add(operator(), said);
  print(lineOf(await relays.checkNow(operator(), id)));
}

/**
 * Sets where unknown messages of a relay are looked up.
 * @param provider `none` turns the look-up off.
 */
export async function setLookUp(
  { relays }: Pick<SendingCommandServices, 'relays'>,
  relayId: string,
  provider: string,
  { keyFile, region, scope }: LookUpOptions,
  print: Print,
): Promise<void> {
  const relay = await relays.get(operator(), anId(relayId));
  const { id, name, host, port, tls, username, priority, connections, enabled } = relay;
  const lookUp = provider === 'none' ? null : { provider, region, scope: scope ?? null, key: contentOf(keyFile) };
  const said = settingsOf({ name, host, port, tls, username, priority, connections, enabled, lookUp });
  print(lineOf(await relays.change(operator(), id, said)));
}

function settingsOf(options: object): SaveRelay {
  const said = SaveRelay.safeParse(options);
  if (said.success) return said.data;
  throw new CommandFailure(said.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}

const contentOf = (path: string | undefined): string | undefined =>
  path === undefined ? undefined : readFileSync(path, 'utf8').trim();

export async function removeRelay(
  { relays }: Pick<SendingCommandServices, 'relays'>,
  id: string,
  print: Print,
): Promise<void> {
  await relays.remove(operator(), anId(id));
  print('Removed. Within five seconds all mail goes through the other relays.');
}

/** Connects and signs in now, without sending mail. */
export async function checkRelay(
  { relays }: Pick<SendingCommandServices, 'relays'>,
  id: string,
  print: Print,
): Promise<void> {
  const relay = await relays.checkNow(operator(), anId(id));
  print(lineOf(relay));
  if (relay.state !== 'healthy') throw new CommandFailure('The relay is not healthy.', 1);
}

function lineOf(relay: Relay): string {
  const { id, vendorId, name, host, port, priority, enabled, state, stateSince, problem, lookUp } = relay;
  const whose = vendorId === null ? 'the installation' : `vendor ${vendorId}`;
  const says = problem === null ? '' : `: ${problem}`;
  const asks =
    lookUp === null
      ? ''
      : `  looks up at ${lookUp.provider} (${lookUp.region})${lookUp.problem === null ? '' : `: ${lookUp.problem}`}`;
  return `${id}  ${whose}  ${priority}  ${name} (${host}:${port})${enabled ? '' : ' disabled'}  ${state} since ${stateSince.toISOString()}${says}${asks}`;
}
