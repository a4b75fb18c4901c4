import { readFileSync } from 'node:fs';
import { PROVIDERS, ProviderEventsModule, type ProviderSourceId, ProviderSources } from '#engagement';
import { DomainError, isId } from '#kernel';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { atInstallation, operator } from './operator-process.js';

/** Opens the installation's accounts at mail providers for one command; a refusal is its failure. */
export async function atProviders(work: (sources: ProviderSources) => Promise<void>): Promise<void> {
  await atInstallation([ProviderEventsModule], async (app) => {
    try {
      await work(app.get(ProviderSources));
    } catch (error) {
      throw error instanceof DomainError ? new CommandFailure(error.message) : error;
    }
  });
}

/** @param secretFile where the provider's secret stands, so that no list of processes shows it. */
export async function addProvider(
  sources: ProviderSources,
  { provider, name, secretFile }: { provider: string; name: string; secretFile: string | undefined },
  print: Print,
): Promise<void> {
  const known = PROVIDERS.find((one) => one === provider);
  if (known === undefined)
    throw new CommandFailure(`There is no provider "${provider}"; there are ${PROVIDERS.join(', ')}.`);
  const secret = secretFile === undefined ? undefined : readFileSync(secretFile, 'utf8');
  const { source, url } = await sources.create(operator(), { provider: known, name, secret });
  print(`${source.id}  Give ${provider} this address; it is shown this once:`);
  print(url);
}

/** Who may tell, and what they told. */
export async function listProviders(sources: ProviderSources, print: Print): Promise<void> {
  for (const one of await sources.list(operator()))
    print(
      `${one.id}  ${one.provider}  ${one.name}  told ${one.told}, unmatched ${one.unmatched}, ignored ${one.ignored}, last ${one.lastToldAt?.toISOString() ?? 'never'}${one.revokedAt === null ? '' : '  revoked'}`,
    );
}

/** A new secret; the old one proves along for a day. */
export async function rotateProvider(
  sources: ProviderSources,
  id: string,
  secretFile: string | undefined,
  print: Print,
): Promise<void> {
  const secret = secretFile === undefined ? undefined : readFileSync(secretFile, 'utf8');
  const { url } = await sources.rotate(operator(), sourceId(id), { secret, keepOldHours: 24 });
  print(`The old secret proves along for 24 hours. The address: ${url}`);
}

export async function revokeProvider(sources: ProviderSources, id: string, print: Print): Promise<void> {
  await sources.revoke(operator(), sourceId(id));
  print('Revoked: nothing that it tells is believed any more.');
}

function sourceId(id: string): ProviderSourceId {
  if (isId(id)) return id as string as ProviderSourceId;
  throw new CommandFailure(`"${id}" is no id. See: providers list`);
}
