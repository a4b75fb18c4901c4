import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { packageRoot } from '#kernel';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { migrate } from './migrations.js';

const DATABASE_FOLDER = join(packageRoot(), 'libs/database');

/** Migrations before this name make the baseline. Never edited: their text is in the databases of users. */
const BASELINE_END = '0180';
const BASELINE_HASH = '93db413ad1fcf1e0590170aa8878bf7672e9ec207cf6fa85f23f407215f5d1bf';

/** Of a person who had chosen e-mails, before notifications; the organisation's zone is unknown to PostgreSQL. */
const EARLIER_ROWS = `
  SELECT set_config('throughline.system', 'on', true);
  INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
    VALUES ('00000000-0000-7000-8000-000000000001', 'partner', 'P', 'p', 'GB', 'Mars/Base', now());
  INSERT INTO identity.user_account (id, email, name, locale, created_at)
    VALUES ('00000000-0000-7000-8000-000000000002', 'o@p.example', 'O', 'en', now());
  INSERT INTO identity.assignment (user_id, organisation_id, role, created_at)
    SELECT u.id, o.id, 'owner', now() FROM identity.user_account u, organisations.organisation o;
  INSERT INTO identity.notification_choice (user_id, organisation_id, kind, delivery)
    SELECT user_id, organisation_id, kind, delivery
    FROM identity.assignment, (VALUES ('weekly', 'at-once'), ('versions', 'none')) AS choice (kind, delivery);`;

const A_DEAL = { same_id: true, kind: 'stage', by_name: 'Olivia Hart' };
/** Of a version in which amounts stood on leads. What the rows refer to is left out, and no trigger runs. */
const FORMER_LEADS = `
  DO $$ DECLARE place record; BEGIN
    FOR place IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
      WHERE conrelid IN ('leads.lead'::regclass, 'activations.activation'::regclass) AND contype = 'f'
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', place.name, place.conname); END LOOP;
    FOR place IN SELECT unnest(ARRAY['leads.lead', 'leads.lead_event', 'activations.activation', 'organisations.organisation']) AS name
    LOOP EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER USER', place.name); END LOOP;
  END $$;
  INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
    VALUES ('00000000-0000-7000-8000-00000000000a', 'partner', 'L', 'l', 'GB', 'UTC', now());
  INSERT INTO activations.activation (id, partner_id, vendor_id, campaign_id, version_id, status, slug, locale, time_zone, start_at, slots, brand_version,
      idempotency_key, request_hash, launched_by, launched_at, choices, time_zone_source, planned_end_at)
    SELECT id, id, id, id, id, 'active', 'slug', 'en', 'UTC', now(), '{}', 1, 'key', 'hash', 'Olivia Hart', now(), '{}', 'activation', '2060-01-01'
    FROM organisations.organisation;
  INSERT INTO leads.lead (id, partner_id, contact_id, activation_id, source, status, amount_minor, currency, created_at, updated_at, requested_at)
    SELECT ('00000000-0000-7000-8000-0000000000' || n)::uuid, o.id, gen_random_uuid(), o.id,
      'form', l.status, amount, currency, '2026-09-01', '2026-10-05', '2026-09-01'
    FROM organisations.organisation o,
      (VALUES (11, 'won', 129900, 'EUR'), (12, 'working', 5000, 'USD'), (13, 'won', NULL, NULL), (14, 'new', NULL, NULL)) l (n, status, amount, currency);
  INSERT INTO leads.lead_event (id, lead_id, partner_id, kind, status, by_name, at)
    SELECT gen_random_uuid(), id, partner_id, 'status', status, 'Olivia Hart', '2026-09-02' FROM leads.lead;
  DO $$ DECLARE place text; BEGIN
    FOREACH place IN ARRAY ARRAY['leads.lead', 'leads.lead_event', 'activations.activation', 'organisations.organisation']
    LOOP EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY, ENABLE TRIGGER USER', place); END LOOP;
  END $$;`;

/** Shares of a deal that were ended: by the partner that took part, and by the deal's own. */
const FORMER_SHARES = `
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT conname FROM pg_constraint WHERE conrelid = 'leads.deal_share'::regclass AND contype = 'f'
    LOOP EXECUTE format('ALTER TABLE leads.deal_share DROP CONSTRAINT %I', name); END LOOP;
  END $$;
  SELECT set_config('throughline.system', 'on', true);
  INSERT INTO leads.deal_share (id, deal_id, partner_id, partner_name, activation_id, vendor_id, role, participant_id, participant_name, name,
      vendor_sees, shared_by, shared_at, accepted_by, accepted_at, revoked_by, revoked_at)
    SELECT id, id, id, 'Brightwater IT', id, id, 'influenced', 'bbbbbbbb-0000-7000-8000-000000000000', 'Kessler', '', false,
      'Olivia Hart', now(), 'Jonas Kessler', now(), ended_by, now()
    FROM (VALUES ('00000000-0000-7000-8000-000000000001'::uuid, 'Jonas Kessler'), ('00000000-0000-7000-8000-000000000002', 'Olivia Hart')) s (id, ended_by);
  INSERT INTO audit.entry (id, at, actor_kind, actor_name, partner_id, action, subject_kind, subject_id) VALUES
    (gen_random_uuid(), now(), 'partner', 'Jonas Kessler', 'bbbbbbbb-0000-7000-8000-000000000000', 'deal.left', 'deal-share',
      '00000000-0000-7000-8000-000000000001');`;

describe('migrations', () => {
  let database: TestDatabase;
  let client: pg.Client;
  let folder: string;

  beforeEach(async () => {
    database = await createTestDatabase({ from: 'template0' });
    client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    folder = mkdtempSync(join(tmpdir(), 'throughline-migrations-'));
    for (const part of ['migrations', 'functions'])
      cpSync(join(DATABASE_FOLDER, part), join(folder, part), { recursive: true });
  });
  afterEach(async () => {
    await client.end();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const run = (): Promise<string[]> => migrate(database.ownerUrl, database.url, folder);
  const edit = (file: string, change: (sql: string) => string): void =>
    writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));

  it('applies every file once, and changes the rows of earlier versions, under an owner that is no superuser', async () => {
    writeFileSync(join(folder, 'migrations/0267-rows.sql'), EARLIER_ROWS);
    const files = [
      ...readdirSync(join(folder, 'migrations')),
      ...readdirSync(join(folder, 'functions')).map((name) => `functions/${name}`),
    ];
    const owner = await plainOwner();
    expect((await migrate(owner.url, database.url, folder)).sort()).toEqual(files.sort());
    expect(await migrate(owner.url, database.url, folder)).toEqual([]);
    const { rows: choices } = await client.query(
      'SELECT kind, delivery FROM identity.notification_choice ORDER BY kind',
    );
    expect(choices).toEqual([
      { kind: 'campaigns', delivery: 'none' },
      { kind: 'partnerships', delivery: 'none' },
      { kind: 'versions', delivery: 'none' },
      { kind: 'weekly', delivery: 'weekly' },
    ]);
    const { rows: weeks } = await client.query(
      `SELECT week_on = date_trunc('week', now() AT TIME ZONE 'UTC' - interval '7 hours')::date AS "isCurrent" FROM notifications.digest`,
    );
    expect(weeks).toEqual([{ isCurrent: true }]);
    await owner.drop();
  });

  /** A role that owns the database and may create roles, and nothing more. */
  const plainOwner = async (): Promise<{ readonly url: string; readonly drop: () => Promise<unknown> }> => {
    const role = `owner_of_${database.name}`;
    await client.query(`CREATE ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS CREATEROLE PASSWORD '${role}'`);
    await client.query(`GRANT throughline_app TO ${role} WITH ADMIN OPTION`);
    await client.query(`ALTER DATABASE ${database.name} OWNER TO ${role}`);
    return {
      url: database.ownerUrl.replace('//postgres:postgres@', `//${role}:${role}@`),
      drop: () =>
        client.query(`REASSIGN OWNED BY ${role} TO CURRENT_USER; DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`),
    };
  };

  it('refuses a database of the migrations before the baseline, and changes nothing in it', async () => {
    await client.query('CREATE TABLE public.migration (name text PRIMARY KEY, checksum text NOT NULL)');
    await client.query(`INSERT INTO public.migration VALUES ('0001-database-foundation.sql', 'x')`);
    await expect(run()).rejects.toThrow('npm run reset');
    const { rows } = await client.query(`SELECT name FROM public.migration`);
    expect(rows).toEqual([{ name: '0001-database-foundation.sql' }]);
    const { rows: schemas } = await client.query(`SELECT FROM pg_namespace WHERE nspname = 'jobs'`);
    expect(schemas).toEqual([]);
  });

  it('keeps who ended a membership before both sides could announce its end', async () => {
    const [vendor, partner] = ['11111111-1111-7111-8111-111111111111', '22222222-2222-7222-8222-222222222222'];
    // As an installation of then has it.
    writeFileSync(
      join(folder, 'migrations', '0257-former-ends.sql'),
      `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
       VALUES ('${vendor}', 'vendor', 'V', 'v', 'DE', 'UTC', now()), ('${partner}', 'partner', 'P', 'p', 'DE', 'UTC', now());
       INSERT INTO organisations.programme (id, vendor_id, name, created_at) VALUES ('${vendor}', '${vendor}', 'V', now());
       INSERT INTO organisations.membership
         (id, programme_id, vendor_id, partner_id, tier, region, status, invited_at, joined_at, ended_reason, end_told_at)
       VALUES ('${vendor}', '${vendor}', '${vendor}', '${partner}', 'gold', 'emea', 'ended', now(), now(), 'Over.', '2026-09-01')`,
    );
    await run();
    const { rows } = await client.query(
      `SELECT end_by, end_by_name, ends_at = end_told_at AND campaigns_end_at = ends_at AS as_told,
         campaigns_stopped_at IS NOT NULL AS is_stopped FROM organisations.membership`,
    );
    expect(rows).toEqual([{ end_by: 'vendor', end_by_name: '', as_told: true, is_stopped: true }]);
  });

  it('makes deals of leads that were won or have an amount, with amount, day and history', async () => {
    // Three leads of an earlier version: won with an amount, open with one, and won without.
    writeFileSync(join(folder, 'migrations', '0320-former-leads.sql'), FORMER_LEADS);
    const owner = await plainOwner();
    await migrate(owner.url, database.url, folder);
    const { rows: deals } = await client.query(
      `SELECT d.stage, d.amount_minor::int AS amount, d.currency, d.closed_on::text, d.id = d.lead_id AS same_id,
         e.kind, e.amount_minor::int AS event_amount, e.by_name
       FROM leads.deal d JOIN leads.deal_event e ON e.deal_id = d.id ORDER BY d.id`,
    );
    expect(deals).toEqual([
      { ...A_DEAL, stage: 'won', amount: 129_900, currency: 'EUR', closed_on: '2026-09-02', event_amount: 129_900 },
      { ...A_DEAL, stage: 'qualified', amount: 5000, currency: 'USD', closed_on: null, event_amount: 5000 },
      { ...A_DEAL, stage: 'won', amount: null, currency: null, closed_on: '2026-09-02', event_amount: null },
    ]);
    const { rows: sums } = await client.query(
      `SELECT sum(net_minor)::int AS won FROM leads.deal_view WHERE stage = 'won'`,
    );
    expect(sums).toEqual([{ won: 129_900 }]);
    const { rows: counts } = await client.query(`SELECT on_day::text, n::int FROM insight.daily WHERE metric = 'won'`);
    expect(counts).toEqual([{ on_day: '2026-09-02', n: 2 }]);
    await owner.drop();
  });

  it('divides what was told of a partner in sums among its deals, and keeps the rest', async () => {
    writeFileSync(join(folder, 'migrations', '0320-former-leads.sql'), FORMER_LEADS);
    writeFileSync(
      join(folder, 'migrations', '0359-former-sums.sql'),
      `SELECT set_config('throughline.system', 'on', true);
       INSERT INTO insight.deal_sum_span SELECT id, '2026-09-20', now() FROM organisations.organisation;
       INSERT INTO insight.deal_sum SELECT id, '2026-09-20', 'EUR', 5, 500000 FROM organisations.organisation;
       INSERT INTO insight.deal_sum_part SELECT id, id, 'EUR', '2026-08-01', 130000 FROM organisations.organisation`,
    );
    const owner = await plainOwner();
    await migrate(owner.url, database.url, folder);
    const { rows } = await client.query(
      `SELECT right(deal_id::text, 2) AS deal, currency, since_on::text, ends_on, minor_units::int AS told
       FROM insight.deal_sum_entry ORDER BY deal_id`,
    );
    const entry = { currency: 'EUR', since_on: '2026-08-01', ends_on: null };
    expect(rows).toEqual([
      { ...entry, deal: '11', told: 129_900 },
      { ...entry, deal: null, told: 100 },
    ]);
    await owner.drop();
  });

  it('names the partner that left a deal, and not its person', async () => {
    writeFileSync(join(folder, 'migrations', '0415-former-shares.sql'), FORMER_SHARES);
    const owner = await plainOwner();
    await migrate(owner.url, database.url, folder);
    const { rows } = await client.query('SELECT revoked_by FROM leads.deal_share ORDER BY id');
    expect(rows).toEqual([{ revoked_by: 'Kessler' }, { revoked_by: 'Olivia Hart' }]);
    await owner.drop();
  });

  it('refuses a migration whose text has changed', async () => {
    await run();
    edit('migrations/0170-privacy.sql', (sql) => `${sql}\n-- changed`);
    await expect(run()).rejects.toThrow('Migration 0170-privacy.sql was changed');
  });

  it('has the migrations of the baseline as databases were made by them', () => {
    const baseline = readdirSync(join(folder, 'migrations')).filter((name) => name < BASELINE_END);
    const hash = createHash('sha256');
    for (const name of baseline.sort()) hash.update(readFileSync(join(folder, 'migrations', name)));
    expect(hash.digest('hex')).toBe(BASELINE_HASH);
  });

  it('applies a function once more when its file has changed, with its triggers', async () => {
    await run();
    edit('functions/campaigns.guard_comment.sql', (sql) =>
      sql
        .replaceAll('BEFORE UPDATE OR DELETE', 'BEFORE DELETE')
        .replace(/RAISE EXCEPTION '[^']*'/, `RAISE EXCEPTION 'No'`),
    );
    expect(await run()).toEqual(['functions/campaigns.guard_comment.sql']);
    const { rows } = await client.query<{ definition: string; body: string }>(
      `SELECT pg_get_triggerdef(t.oid) AS definition, prosrc AS body FROM pg_trigger t JOIN pg_proc p ON p.oid = tgfoid
       WHERE proname = 'guard_comment' AND pronamespace = 'campaigns'::regnamespace`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.definition).toContain('BEFORE DELETE ON');
    expect(rows[0]?.body).toContain(`RAISE EXCEPTION 'No'`);
  });

  it('names a file whose needs do not exist', async () => {
    edit('migrations/0010-jobs.sql', (sql) => sql.replace(/^-- needs: .*$/m, '-- needs: database.nothing'));
    await expect(run()).rejects.toThrow('0010-jobs.sql needs functions/database.nothing.sql');
  });

  it('names a file whose SQL fails, and keeps what was applied before it', async () => {
    edit('migrations/0020-audit.sql', (sql) => `${sql}\nSELECT nothing`);
    await expect(run()).rejects.toThrow('Migration 0020-audit.sql failed');
    const { rows } = await client.query<{ name: string }>('SELECT name FROM public.migration ORDER BY name');
    expect(rows.map(({ name }) => name)).toContain('0010-jobs.sql');
    expect(rows.map(({ name }) => name)).not.toContain('0020-audit.sql');
  });

  it('keeps each function, with the triggers that call it, in the file of its name', async () => {
    await run();
    const { rows } = await client.query<{ name: string }>(
      `SELECT DISTINCT nspname || '.' || proname AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
       WHERE nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    const held = readdirSync(join(folder, 'functions'))
      .sort()
      .map((file) => {
        const sql = readFileSync(join(folder, 'functions', file), 'utf8');
        const functions = [...sql.matchAll(/^CREATE OR REPLACE FUNCTION ([\w.]+)\(/gm)].map(([, name]) => name);
        const called = [...sql.matchAll(/EXECUTE FUNCTION ([\w.]+)\(/g)].map(([, name]) => name);
        return {
          file,
          holds: [...new Set([...functions, ...called])],
          others: sql.match(/^CREATE (?!OR REPLACE (FUNCTION|TRIGGER) )/gm),
        };
      });
    expect(held).toEqual(rows.map(({ name }) => ({ file: `${name}.sql`, holds: [name], others: null })));
  });
});
