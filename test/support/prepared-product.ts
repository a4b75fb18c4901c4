import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PartnerId, DAY_MS } from '#kernel';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { createTestApi, type TestVendor } from './api.js';
import { fillBrand, publish, type UploadedVersion, wholeCampaign } from './campaigns.js';
import { ownerUrlOf, withClient } from './database.js';

/** Any number; the same in every worker. */
const PREPARATION_LOCK = 7_340_212;
const TEN_MINUTES_MS = 600_000;

/** Which campaign is published in it. */
export interface Preparation {
  /** With a post, which each launch draws. */
  readonly posts: boolean;
}

/**
 * What a prepared product has in it: a vendor, a campaign that is open to all
 * its partners, and a partner.
 */
export interface PreparedProduct {
  /** For `createTestApi`: the database and the blobs to copy. */
  readonly from: { readonly database: string; readonly blobs: string };
  readonly vendor: TestVendor;
  /** E-mail addresses of people who can sign in with PASSWORD. */
  readonly editor: string;
  readonly approver: string;
  readonly campaign: UploadedVersion;
  readonly partner: { readonly id: PartnerId; readonly owner: string };
}

/**
 * Publishing the shipped campaign takes seconds of processor time. It is done
 * once in a test run, with posts and without; each suite then clones the database and copies the files,
 * which takes a fraction of a second.
 * @returns what is in it. The first caller of a run prepares it; other workers
 *   wait for that.
 */
export async function preparedProduct(preparation: Preparation = { posts: false }): Promise<PreparedProduct> {
  const shared = process.env['THROUGHLINE_TEST_FILES'];
  if (shared === undefined) throw new Error('This test needs PostgreSQL: run it in the api project.');
  const database = `prepared_product${preparation.posts ? '_with_posts' : ''}`;
  const folder = join(shared, database);
  const file = join(folder, 'product.json');
  if (!existsSync(file))
    await withClient(ownerUrlOf('postgres'), async (client) => {
      // Closing the connection gives the lock back, also after an error.
      await client.query('SELECT pg_advisory_lock($1)', [PREPARATION_LOCK]);
      if (existsSync(file)) return;
      rmSync(folder, { recursive: true, force: true });
      await client.query(`DROP DATABASE IF EXISTS ${database}`);
      const { name, ...product } = await prepare(folder, preparation);
      await client.query(`ALTER DATABASE ${name} RENAME TO ${database}`);
      writeFileSync(file, JSON.stringify({ ...product, from: { database, blobs: join(folder, 'blobs') } }));
    });
  return JSON.parse(readFileSync(file, 'utf8')) as PreparedProduct;
}

/**
 * Prepares a product and stops it.
 * @returns what is in it, and the name of its database.
 */
async function prepare(
  folder: string,
  { posts }: Preparation,
): Promise<Omit<PreparedProduct, 'from'> & { readonly name: string }> {
  const api = await createTestApi({ with: [RendererModule], consume: { rendering: 2 } });
  // Before the moment at which suites begin, so that nothing in the product is
  // in their future.
  api.clock.advance(untilTuesdayNoon(api.clock.now()) - TEN_MINUTES_MS);
  const day = (ahead: number): string =>
    new Date(api.clock.now().getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
  const vendor = await api.aVendor();
  const editor = await api.signIn(vendor.vendorId, 'marketer');
  const approver = await api.signIn(vendor.vendorId, 'approver');
  const availability = { partnerGroupIds: [vendor.groupId], opensOn: day(0), closesOn: day(300) };
  const campaign = await publish(
    { editor, approver },
    await wholeCampaign('whole-0', undefined, { posts }),
    availability,
  );
  const partnerId = await api.aPartner(vendor);
  const owner = await api.signIn(partnerId, 'owner');
  await fillBrand(owner);
  await api.stop();
  // Jobs of queues that are not consumed here were leased by this process; each
  // suite's product takes them at once.
  await withClient(api.ownerUrl, (client) => client.query('UPDATE jobs.outbox SET leased_until = NULL'));
  mkdirSync(folder, { recursive: true });
  cpSync(api.config.STORAGE_FOLDER, join(folder, 'blobs'), { recursive: true });
  return {
    name: api.databaseName,
    vendor,
    editor: editor.email,
    approver: approver.email,
    campaign,
    partner: { id: partnerId, owner: owner.email },
  };
}

/**
 * @returns milliseconds until a Tuesday at 11:00 UTC, which is within the
 *   working hours of every campaign in tests.
 */
export function untilTuesdayNoon(now: Date): number {
  const noon = new Date(now);
  noon.setUTCHours(11, 0, 0, 0);
  noon.setUTCDate(noon.getUTCDate() + ((2 - noon.getUTCDay() + 7) % 7 || 7));
  return noon.getTime() - now.getTime();
}
