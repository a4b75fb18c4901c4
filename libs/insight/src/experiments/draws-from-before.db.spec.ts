import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ContactId, newId, type PartnerId } from '#kernel';
import { openInsight, type TestInsight } from '../insight.fixture.js';
import { addDays } from '../window.js';

const MIGRATION = join('libs', 'database', 'migrations', '0401-sequences-hold-out-draws.sql');
const START = '2026-06-01';
const UPDATED = '2026-06-11';

describe('draws of hold-outs from before they were recorded', () => {
  let house: TestInsight;
  beforeAll(async () => {
    house = await openInsight();
  });
  afterAll(() => house.close());

  /** An activation that was updated once, with contacts that entered by it, or were held out. */
  async function anActivation(isRolledBack = false) {
    const [id, partnerId] = [newId(), newId<PartnerId>()];
    const versions: readonly string[] = [newId(), newId()];
    const { owner } = house;
    await owner.query(
      `INSERT INTO activations.activation (id, partner_id, vendor_id, campaign_id, version_id, status, slug, locale, time_zone, start_at, slots, brand_version,
         idempotency_key, request_hash, launched_by, launched_at, choices, time_zone_source, planned_end_at, edition, editions)
       VALUES ($1::uuid, $2, $2, $3, $3, 'active', $1::uuid::text, 'en', 'UTC', $4, '{}', 1, 'key', 'hash', 'Test user', $4, '{}', 'activation', '2060-01-01', 2, 2)`,
      [id, partnerId, versions[1], START],
    );
    await owner.query(
      `INSERT INTO activations.edition (activation_id, number, partner_id, version_id, slots, choices, brand_version, leads_from_clicks, made_at)
       SELECT $1, n, $2, ($3::uuid[])[n], '{}', '{}', 1, false, $4 FROM generate_series(1, 2) n`,
      [id, partnerId, versions, UPDATED],
    );
    await owner.query(
      `INSERT INTO activations.activation_update (update_id, activation_id, partner_id, vendor_id, version_id, share, state, changed_at)
       VALUES ($1, $2, $3, $3, $4, 1, $5, $6)`,
      [newId(), id, partnerId, versions[1], isRolledBack ? 'rolled-back' : 'done', UPDATED],
    );
    const enter = async (day: number, isHeldOut: boolean, contactId = newId<ContactId>()): Promise<ContactId> => {
      await owner.query(
        isHeldOut
          ? `INSERT INTO sequences.not_enrolled (activation_id, contact_id, partner_id, entry_key, step_key, reason, decided_at)
             VALUES ($1, $2, $3, 'launch', 'welcome', 'held-out', $4)`
          : `INSERT INTO sequences.enrolment (id, activation_id, partner_id, contact_id, locale, time_zone, time_zone_source, listens, state, enrolled_at)
             VALUES (gen_random_uuid(), $1, $3, $2, 'en', 'UTC', 'contact', false, 'completed', $4)`,
        [id, contactId, partnerId, addDays(START, day)],
      );
      return contactId;
    };
    /** The draws that the migration makes: contact, number of the version, whether it is held out. */
    const fill = async () => {
      await owner.query('DELETE FROM sequences.hold_out_draw');
      const sql = readFileSync(MIGRATION, 'utf8');
      await owner.query(sql.slice(sql.indexOf('SELECT set_config')));
      const { rows } = await owner.query<{ contact: ContactId; version: string; isHeldOut: boolean }>(
        `SELECT contact_id AS contact, version_id AS version, is_held_out AS "isHeldOut" FROM sequences.hold_out_draw
         WHERE activation_id = $1 ORDER BY at, is_held_out`,
        [id],
      );
      return rows.map(({ contact, version, isHeldOut }) => [contact, versions.indexOf(version) + 1, isHeldOut]);
    };
    return { enter, fill };
  }

  it('are those of the version that ran when a contact first entered', async () => {
    const { enter, fill } = await anActivation();
    const [written, held] = [await enter(0, false), await enter(0, true)];
    const [later, laterHeld] = [await enter(12, false), await enter(13, true)];
    // It was held out, and entered by another rule after the update.
    await enter(14, false, held);
    expect(await fill()).toEqual([
      [written, 1, false],
      [held, 1, true],
      [later, 2, false],
      [laterHeld, 2, true],
    ]);
  });

  it('are none of a version without a hold-out', async () => {
    const { enter, fill } = await anActivation();
    await enter(0, false);
    const [later, held] = [await enter(12, false), await enter(13, true)];
    expect(await fill()).toEqual([
      [later, 2, false],
      [held, 2, true],
    ]);
  });

  it('are not made up of what entered after an update that was rolled back at an unknown time', async () => {
    const { enter, fill } = await anActivation(true);
    const [written, held] = [await enter(0, false), await enter(0, true)];
    await enter(12, false);
    await enter(13, true);
    expect(await fill()).toEqual([
      [written, 1, false],
      [held, 1, true],
    ]);
  });
});
