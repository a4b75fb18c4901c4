import { readFileSync } from 'node:fs';
import { PROVIDERS, ProviderEventsModule, type ProviderSourceId, ProviderSources } from '#engagement';
import { DomainError, isId } from '#kernel';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { withInstallation, operator } from './operator-process.js';

/**
 * Opens the installation's provider sources for one command. A `DomainError`
 * becomes a `CommandFailure`.
 */
export async function withProviders(work: (sources: ProviderSources) => Promise<void>): Promise<void> {
  await withInstallation([ProviderEventsModule], async (app) => {
    try {
      await work(app.get(ProviderSources));
    } catch (error) {
      throw error instanceof DomainError ? new CommandFailure(error.message) : error;
    }
  });
}

/**
 * @param secretFile a file, because every user of the machine can read command
 *   lines.
 */
export async function addProvider(
  sources: ProviderSources,
  { provider, name, secretFile }: { provider: string; name: string; secretFile: string | undefined },
  print: Print,
): Promise<void> {
  const known = PROVIDERS.find((one) => one === provider);
  if (known === undefined)
    throw new CommandFailure(`"${provider}" is not a supported provider. Use one of: ${PROVIDERS.join(', ')}.`);
  const secret = secretFile === undefined ? undefined : readFileSync(secretFile, 'utf8');
  const { source, url } = await sources.create(operator(), { provider: known, name, secret });
  print(`${source.id}  Enter this URL at ${provider}. It is shown only once:`);
  print(url);
}

/** Prints the provider accounts with their event counts. */
export async function listProviders(sources: ProviderSources, print: Print): Promise<void> {
  for (const one of await sources.list(operator()))
    print(
      `${one.id}  ${one.provider}  ${one.name}  events ${one.events}, unmatched ${one.unmatched}, ignored ${one.ignored}, last ${one.lastEventAt?.toISOString() ?? 'never'}${one.revokedAt === null ? '' : '  revoked'}`,
    );
}

/** Sets a new secret. The old one is accepted for 24 hours more. */
export async function rotateProvider(
  sources: ProviderSources,
  id: string,
  secretFile: string | undefined,
  print: Print,
): Promise<void> {
  const secret = secretFile === undefined ? undefined : readFileSync(secretFile, 'utf8');
  const { url } = await sources.rotate(operator(), sourceId(id), { secret, overlapHours: 24 });
  print(`The old secret is accepted for 24 hours more. New URL: ${url}`);
}

export async function revokeProvider(sources: ProviderSources, id: string, print: Print): Promise<void> {
  await sources.revoke(operator(), sourceId(id));
  print('Revoked. Its events are rejected from now on.');
}

function sourceId(id: string): ProviderSourceId {
  if (isId(id)) return id as string as ProviderSourceId;
  throw new CommandFailure(`"${id}" is not an id. See: providers list`);
}
