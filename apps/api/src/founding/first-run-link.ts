import type { INestApplicationContext } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { FirstRuns } from '#founding';

/**
 * The link to the first-run page, with a new token. The token is behind #, so that
 * it is in no log of a server.
 * @returns null if the installation has a vendor.
 */
export async function firstRunLink(app: INestApplicationContext): Promise<string | null> {
  const token = await app.get(FirstRuns, { strict: false }).newToken();
  const { PUBLIC_URL } = app.get<Config>(CONFIG, { strict: false });
  return token === null ? null : `${PUBLIC_URL}/first-run#${token}`;
}
