import { readFileSync } from 'node:fs';
import { SaveRelay } from '#contracts';
import type { Relay } from '#delivery';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { operator } from './operator-process.js';
import { anId, type SendingDesk } from './sending-commands.js';

/** What an operator says of a relay of the installation. */
export interface RelayOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: string;
  readonly user?: string;
  /** Passwords on a command line are seen by everybody on the machine. */
  readonly passwordFile?: string;
  readonly priority: number;
  readonly connections: number;
}

/** All relays of everybody, with how they do: the installation's first. `SMTP_URL` is one more of the installation's, of each process. */
export async function listRelays({ relays }: Pick<SendingDesk, 'relays'>, print: Print): Promise<void> {
  const found = await relays.all(operator());
  for (const relay of found) print(lineOf(relay));
  print(`${found.length} relays beside SMTP_URL, which has priority 100 among those of the installation.`);
}

/** Adds a relay of the installation: for the mail of vendors without one, and for the product's own letters. */
export async function addRelay(
  { relays }: Pick<SendingDesk, 'relays'>,
  { user, passwordFile, ...options }: RelayOptions,
  print: Print,
): Promise<void> {
  const said = SaveRelay.safeParse({
    ...options,
    enabled: true,
    username: user ?? null,
    password: passwordFile === undefined ? undefined : readFileSync(passwordFile, 'utf8').trim(),
  });
  if (!said.success)
    throw new CommandFailure(said.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  const { id } = await relays.add(operator(), said.data);
  print(lineOf(await relays.checkNow(operator(), id)));
}

export async function removeRelay({ relays }: Pick<SendingDesk, 'relays'>, id: string, print: Print): Promise<void> {
  await relays.remove(operator(), anId(id));
  print('Removed: mail goes by the others within five seconds.');
}

/** Connects and signs in now, without any mail. */
export async function checkRelay({ relays }: Pick<SendingDesk, 'relays'>, id: string, print: Print): Promise<void> {
  const relay = await relays.checkNow(operator(), anId(id));
  print(lineOf(relay));
  if (relay.state !== 'healthy') throw new CommandFailure('The relay takes no mail.', 1);
}

function lineOf({ id, vendorId, name, host, port, priority, enabled, state, stateSince, problem }: Relay): string {
  const whose = vendorId === null ? 'the installation' : `vendor ${vendorId}`;
  const says = problem === null ? '' : `: ${problem}`;
  return `${id}  ${whose}  ${priority}  ${name} (${host}:${port})${enabled ? '' : ' disabled'}  ${state} since ${stateSince.toISOString()}${says}`;
}
