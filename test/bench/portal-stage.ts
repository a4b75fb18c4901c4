import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { databasePassword } from '../../scripts/database-password.mjs';
import { dataFolder } from '../../scripts/postgres-server.mjs';
import { freePorts, Standalone } from '../journeys/standalone.js';
import { type Crowd, gatherCrowd, type Scale } from './portal-crowd.js';
import { writeHistory } from './portal-history.js';

/** As an operator runs it. */
const SETTINGS = { LOG_LEVEL: 'info', RATE_LIMIT_SCALE: '1000' };

/**
 * The built product on a database of the size for the measurements, made once
 * and reused. It is made again if the scale or one of the files that make it
 * changes. Migrations run on the existing one.
 */
export async function openCrowdedProduct(scale: Scale, say: (line: string) => void): Promise<Standalone> {
  const data = join(packageRoot(), '.throughline', `bench-portal-${scale.contacts}`);
  const gathered = new Stamp(join(data, 'gathered'), ['portal-crowd.ts'], scale);
  const complete = new Stamp(
    join(data, 'complete'),
    ['portal-crowd.ts', 'portal-history.ts', 'portal-deals.ts', 'portal-rows.ts'],
    scale,
  );
  if (!gathered.isThere) {
    rmSync(dataFolder(join(data, 'postgres')), { recursive: true, force: true });
    rmSync(data, { recursive: true, force: true });
  }
  if (!complete.isThere && existsSync(complete.path))
    throw new Error(`How the history is made has changed. Remove ${data}, and it is made anew.`);
  say(`starting the product on ${data}`);
  const standalone = await Standalone.start(data, await freePorts(), SETTINGS);
  try {
    if (!gathered.isThere) gathered.store(await gatherCrowd(standalone.url, scale, say));
    if (!complete.isThere) {
      await writeHistory(ownerUrlOf(data), scale, gathered.read() as Crowd, say);
      complete.store(null);
    }
  } catch (error) {
    await standalone.server.end('SIGINT');
    throw error;
  }
  return standalone;
}

/** A file that stores the recipe of the data and its result. */
class Stamp {
  private readonly recipe: string;

  constructor(
    readonly path: string,
    sources: readonly string[],
    scale: Scale,
  ) {
    const hash = createHash('sha256').update(JSON.stringify(scale));
    for (const name of sources) hash.update(readFileSync(join(packageRoot(), 'test/bench', name)));
    this.recipe = hash.digest('hex');
  }

  get isThere(): boolean {
    return existsSync(this.path) && readFileSync(this.path, 'utf8').startsWith(this.recipe);
  }

  read(): unknown {
    return JSON.parse(readFileSync(this.path, 'utf8').slice(this.recipe.length));
  }

  store(outcome: unknown): void {
    writeFileSync(this.path, `${this.recipe}${JSON.stringify(outcome)}`);
  }
}

/** The owner's URL of the embedded PostgreSQL of a product on a folder. */
function ownerUrlOf(data: string): string {
  const port = readFileSync(join(dataFolder(join(data, 'postgres')), 'postmaster.pid'), 'utf8').split('\n')[3] ?? '';
  return `postgres://postgres:${databasePassword(join(data, 'postgres'))}@127.0.0.1:${port}/throughline`;
}
