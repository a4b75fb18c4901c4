import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ConfigModule, readConfig } from '#config';
import { StorageModule } from '#storage';
import type { TestModule } from '../../../test/support/test-module.js';
import { createTestModule } from '../../../test/support/test-module.js';
import { TiersModule } from './tiers.module.js';

/** The tiers on a database and a folder of their own. */
export async function openTiers(): Promise<TestModule> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-tiers-'));
  const config = ConfigModule.forRoot(readConfig({ SECRET_KEY: 'a key for tests, of 32 characters' }));
  const house = await createTestModule([config, StorageModule.forRoot({ folder }), TiersModule]);
  const close = async (): Promise<void> => {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...house, close };
}

/**
 * Statements of the owner of the database without foreign keys and triggers: a
 * launch needs a dozen other rows that no rule of a tier looks at.
 */
export async function asOwner(house: TestModule, sql: string, parameters: readonly unknown[] = []): Promise<void> {
  const owner = new pg.Client({ connectionString: house.database.ownerUrl });
  await owner.connect();
  try {
    await owner.query('SET session_replication_role = replica');
    await owner.query(sql, [...parameters]);
  } finally {
    await owner.end();
  }
}

/** $1: partner; $2: vendor; $3: when; $4: campaign. */
export const ADD_LAUNCH = `INSERT INTO activations.activation (id, partner_id, vendor_id, campaign_id, version_id, status, slug, locale,
    time_zone, start_at, slots, brand_version, idempotency_key, request_hash, launched_by, launched_at, planned_end_at)
  SELECT id, $1, $2, $4, id, 'active', id::text, 'en', 'UTC', $3, '{}', 1, id::text, '', 'Olivia', $3, $3
  FROM (SELECT gen_random_uuid() AS id) made`;

/** $1: partner; $2: vendor; $3: when; $4: the vendor's answer, or null. */
export const ADD_SHARED_LEAD = `WITH shared AS (
    INSERT INTO leads.disclosure (id, lead_id, contact_id, activation_id, partner_id, vendor_id, fields, purpose, person, disclosed_by, disclosed_at)
    SELECT id, id, id, id, $1::uuid, $2::uuid, '{name}', 'A visit', '{}', 'Olivia', $3::timestamptz FROM (SELECT gen_random_uuid() AS id) made
    RETURNING id)
  INSERT INTO leads.disclosure_answer (id, disclosure_id, partner_id, vendor_id, status, by_name, at)
  SELECT gen_random_uuid(), id, $1, $2, $4::text, 'Maya', $3 FROM shared WHERE $4::text IS NOT NULL`;
