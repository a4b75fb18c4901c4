import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { packageRoot } from '#kernel';

/** Any number; the same in every process, so that only one migrates at a time. */
const MIGRATION_LOCK = 7_340_211;

const APPLICATION_ROLE = 'throughline_app';

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the database up to date: each file of `libs/database/migrations` once, in the order of names, each in its own
 * transaction. Processes that start together wait for one another on an advisory lock.
 *
 * @param ownerUrl the owner's connection, which may create roles and schemas.
 * @param applicationUrl whose user must be `throughline_app`; the role is made, or its password set, from it.
 * @returns the names applied now.
 * @throws Error when a landed migration's text has changed, or when a file's SQL fails (with its name).
 */
export async function migrate(
  ownerUrl: string,
  applicationUrl: string,
  folder = join(packageRoot(), 'libs/database/migrations'),
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'throughline migrations' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await ensureApplicationRole(client, applicationUrl);
    await client.query(
      'CREATE TABLE IF NOT EXISTS public.migration (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    return await applyPending(client, migrations);
  } finally {
    await client.end();
  }
}

async function ensureApplicationRole(client: pg.Client, applicationUrl: string): Promise<void> {
  const url = new URL(applicationUrl);
  if (decodeURIComponent(url.username) !== APPLICATION_ROLE) {
    throw new Error(
      `DATABASE_URL must sign in as ${APPLICATION_ROLE}, the role that cannot bypass row-level security; it names "${decodeURIComponent(url.username)}".`,
    );
  }
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APPLICATION_ROLE]);
  if (rowCount === 0)
    await client.query(`CREATE ROLE ${APPLICATION_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE`);
  await client.query(`ALTER ROLE ${APPLICATION_ROLE} PASSWORD ${pg.escapeLiteral(decodeURIComponent(url.password))}`);
}

async function applyPending(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  const landed = await client.query<{ name: string; checksum: string }>('SELECT name, checksum FROM public.migration');
  const checksums = new Map(landed.rows.map((row) => [row.name, row.checksum]));
  const applied: string[] = [];
  for (const migration of migrations) {
    const checksum = checksums.get(migration.name);
    if (checksum === migration.checksum) continue;
    if (checksum !== undefined) {
      throw new Error(
        `Migration ${migration.name} was changed after it had been applied. Put its text back and write a new one.`,
      );
    }
    await applyOne(client, migration);
    applied.push(migration.name);
  }
  return applied;
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query('INSERT INTO public.migration (name, checksum) VALUES ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${migration.name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
