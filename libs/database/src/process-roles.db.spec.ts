import { readFileSync } from 'node:fs';
import { createTestDatabase, type TestDatabase, withClient } from '../../../test/support/database.js';
import { grantProcessRoles, PROCESS_NAMES, type ProcessName, roleOf, WITHHELD } from './process-roles.js';
import { databaseProblems } from './role-check.js';

const PASSWORD = 'a password of journeys';
/** Tables that each process writes, by schema. */
const WRITTEN = JSON.parse(readFileSync('test/support/process-writes.json', 'utf8')) as Readonly<
  Record<ProcessName, Readonly<Record<string, readonly string[]>>>
>;

interface Right {
  readonly table: string;
  readonly privilege: string;
  readonly role: string;
}

/** `schema.table`, or `schema.*`. */
const patternsOf = (tables: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(tables).flatMap(([schema, names]) => names.map((name) => `${schema}.${name}`));

describe('the roles of the processes', () => {
  let database: TestDatabase;
  const urlOf = (name: ProcessName): string =>
    database.url.replace('throughline_app:throughline_app@', `${roleOf(name)}:${encodeURIComponent(PASSWORD)}@`);
  const asProcess = (name: ProcessName, sql: string): Promise<unknown> =>
    withClient(urlOf(name), (client) => client.query(sql));

  beforeAll(async () => {
    database = await createTestDatabase();
    await grantProcessRoles(database.ownerUrl, { api: PASSWORD, renderer: PASSWORD, scheduler: PASSWORD });
    // Again, as each upgrade does.
    await grantProcessRoles(database.ownerUrl, { api: PASSWORD, renderer: PASSWORD, scheduler: PASSWORD });
  });
  afterAll(() => database.drop());

  it.each(PROCESS_NAMES)('give %s the rights of throughline_app without those that are withheld', async (name) => {
    const rights = await withClient(database.ownerUrl, async (client) => {
      const { rows } = await client.query<Right>(
        `SELECT n.nspname || '.' || c.relname AS table, p.name AS privilege, r.name AS role
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
           unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p(name),
           unnest(ARRAY['throughline_app', $1]) r(name)
         WHERE c.relkind IN ('r', 'p', 'v') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
           AND has_table_privilege(r.name, c.oid, p.name)`,
        [roleOf(name)],
      );
      return rows;
    });
    const of = (role: string): string[] =>
      rights.filter((right) => right.role === role).map(({ table, privilege }) => `${privilege} ${table}`);
    const withheld = WITHHELD[name].flatMap(({ privileges, tables }) =>
      patternsOf(tables).flatMap((pattern) =>
        privileges.flatMap((privilege) =>
          of('throughline_app').filter((right) => {
            const start = `${privilege} ${pattern.replace('*', '')}`;
            return pattern.endsWith('*') ? right.startsWith(start) : right === start;
          }),
        ),
      ),
    );
    const expected = of('throughline_app').filter((right) => !withheld.includes(right));
    expect(of(roleOf(name)).sort()).toEqual(expected.sort());
    expect(withheld.length).toBeGreaterThan(10);
  });

  it.each(PROCESS_NAMES)('withhold from %s only what is in the schema', async (name) => {
    const tables = await withClient(database.ownerUrl, async (client) => {
      const { rows } = await client.query<{ table: string }>(
        `SELECT schemaname || '.' || tablename AS table FROM pg_tables UNION SELECT DISTINCT schemaname || '.*' FROM pg_tables`,
      );
      return rows.map(({ table }) => table);
    });
    expect(
      WITHHELD[name].flatMap((entry) => patternsOf(entry.tables)).filter((table) => !tables.includes(table)),
    ).toEqual([]);
  });

  // A new table would otherwise be open to every process.
  it.each(PROCESS_NAMES)('let %s write only tables that are listed as written by it', async (name) => {
    const tables = await withClient(urlOf(name), async (client) => {
      const { rows } = await client.query<{ table: string }>(
        `SELECT n.nspname || '.' || c.relname AS table FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema')
           AND (has_any_column_privilege(c.oid, 'INSERT, UPDATE') OR has_table_privilege(c.oid, 'DELETE'))`,
      );
      return rows.map(({ table }) => table);
    });
    expect(tables.sort()).toEqual(patternsOf(WRITTEN[name]).sort());
  });

  it.each([
    ['api', 'INSERT INTO sequences.enrolment DEFAULT VALUES'],
    ['api', 'INSERT INTO sequences.step_execution DEFAULT VALUES'],
    ['api', 'UPDATE insight.daily SET vendor_id = vendor_id'],
    ['api', 'DELETE FROM delivery.destination'],
    ['renderer', 'SELECT password_hash FROM identity.user_account'],
    ['renderer', 'SELECT sealed_private_key FROM brand.dkim_key'],
    ['renderer', 'SELECT * FROM delivery.relay'],
    ['renderer', 'INSERT INTO delivery.message DEFAULT VALUES'],
    ['scheduler', 'INSERT INTO identity.session DEFAULT VALUES'],
    ['scheduler', 'INSERT INTO identity.user_account DEFAULT VALUES'],
    ['scheduler', 'UPDATE identity.assignment SET role = role'],
    ['scheduler', 'INSERT INTO identity.api_key DEFAULT VALUES'],
    ['scheduler', 'INSERT INTO identity.email_change DEFAULT VALUES'],
    ['scheduler', 'UPDATE identity.notification_choice SET in_app = in_app'],
    ['renderer', 'SELECT * FROM notifications.notification'],
    ['scheduler', 'UPDATE contacts.opt_in SET partner_id = partner_id'],
    ['scheduler', 'INSERT INTO organisations.shared_totals DEFAULT VALUES'],
    ['scheduler', 'UPDATE organisations.shared_totals SET is_shared = true'],
    // A lock needs the right to change: `SharedTotals.whileShown` takes none.
    ['scheduler', 'SELECT FROM organisations.shared_totals FOR SHARE'],
    ['scheduler', 'DELETE FROM insight.totals_reading'],
  ] as const)('keep %s from: %s', async (name, sql) => {
    await expect(asProcess(name, sql)).rejects.toThrow('permission denied for');
  });

  it.each(PROCESS_NAMES)('let %s neither bypass row-level security nor create or own anything', async (name) => {
    expect(await databaseProblems(urlOf(name), name)).toEqual([]);
    for (const sql of [
      'CREATE TABLE public.mine (id int)',
      'CREATE TABLE jobs.mine (id int)',
      'CREATE SCHEMA mine',
      'CREATE ROLE mine',
      'ALTER TABLE jobs.outbox DISABLE ROW LEVEL SECURITY',
      'SET ROLE throughline_app',
      'ALTER ROLE CURRENT_USER BYPASSRLS',
    ])
      await expect(asProcess(name, sql)).rejects.toThrow(/permission denied|must be owner/);
    await expect(asProcess(name, 'SET row_security = off; SELECT * FROM contacts.contact')).rejects.toThrow(
      'row-level security',
    );
  });

  it('are asked for by name, each with the way out', async () => {
    expect(await databaseProblems(database.ownerUrl, 'api')).toEqual([
      expect.stringMatching(/superuser postgres.*throughline_api.*throughline migrate/),
    ]);
    expect(await databaseProblems(database.url, 'scheduler')).toEqual([
      expect.stringMatching(/signs in as throughline_app.*throughline_scheduler/),
    ]);
    expect(await databaseProblems(urlOf('api'), 'renderer')).toEqual([expect.stringMatching(/throughline_renderer/)]);
  });

  it('are refused where they were given more', async () => {
    await withClient(database.ownerUrl, async (client) => {
      await client.query(`GRANT CREATE ON DATABASE ${database.name} TO throughline_renderer`);
    });
    expect(await databaseProblems(urlOf('renderer'), 'renderer')).toEqual([
      expect.stringMatching(/can create objects/),
    ]);
    await withClient(database.ownerUrl, async (client) => {
      await client.query(`REVOKE CREATE ON DATABASE ${database.name} FROM throughline_renderer`);
      await client.query(`DELETE FROM public.migration WHERE name = '0170-privacy.sql'`);
    });
    expect(await databaseProblems(urlOf('renderer'), 'renderer')).toEqual([
      expect.stringMatching(/lacks the migration 0170-privacy\.sql.*throughline migrate/),
    ]);
  });
});
