import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#database';
import { newId, packageRoot } from '#kernel';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';

const MIGRATIONS = join(packageRoot(), 'libs/database/migrations');

describe('versions that were published to one group', () => {
  let database: TestDatabase;
  let before: string;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    before = mkdtempSync(join(tmpdir(), 'throughline-migrations-'));
    for (const name of readdirSync(MIGRATIONS).filter((one) => one < '1310'))
      cpSync(join(MIGRATIONS, name), join(before, name));
    await migrate(database.ownerUrl, database.url, before);
    client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
    rmSync(before, { recursive: true });
  });

  it('keep it, unchanged, when there may be several', async () => {
    const [vendor, campaign, group, version, draft] = [newId(), newId(), newId(), newId(), newId()];
    // Rows as they once were written, without all that they hang on.
    await client.query('SET session_replication_role = replica');
    await client.query(
      `INSERT INTO organisations.partner_group (id, vendor_id, programme_id, name, rule, created_at) VALUES ($1, $2, $1, 'Gold', '{}', now())`,
      [group, vendor],
    );
    const add = `INSERT INTO campaigns.campaign_version (id, campaign_id, vendor_id, number, status, title, summary, theme, locales, package_hash,
      compiled_hash, warnings, created_at, created_by_name, submitted_at, approved_at, approved_by_user_id, published_at, partner_group_id, opens_on, closes_on, manifest_hash)
      SELECT $1, $2, $3, $4, $5, '{}', '{}', 't', '[]', 'p', 'c', '[]', now(), 'Maya', at, at, CASE WHEN at IS NOT NULL THEN $1::uuid END, at, $6, at, at, 'm'
      FROM (SELECT CASE WHEN $6::uuid IS NOT NULL THEN now() END AS at) once`;
    await client.query(add, [version, campaign, vendor, 1, 'published', group]);
    await client.query(add, [draft, campaign, vendor, 2, 'draft', null]);
    await client.query('SET session_replication_role = DEFAULT');

    await migrate(database.ownerUrl, database.url);

    const { rows } = await client.query('SELECT version_id, group_id, vendor_id FROM campaigns.version_group');
    expect(rows).toEqual([{ version_id: version, group_id: group, vendor_id: vendor }]);
    const { rows: versions } = await client.query('SELECT DISTINCT for_everyone FROM campaigns.campaign_version');
    expect(versions).toEqual([{ for_everyone: false }]);
  });
});
