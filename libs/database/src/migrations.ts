import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import pg from 'pg';
import { packageRoot, messageOf } from '#kernel';
import { ensureRole } from './process-roles.js';

/**
 * Any number; the same in every process, so that only one migrates at a time.
 */
const MIGRATION_LOCK = 7_340_211;

const APPLICATION_ROLE = 'throughline_app';

/**
 * The first file of the migrations that were in use before the baseline. No
 * database made by them can be kept.
 */
const FIRST_EARLIER_MIGRATION = '0001-database-foundation.sql';

interface SqlFile {
  /**
   * Its key in `public.migration`: the file's name, for functions with their
   * folder.
   */
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
  /** Names of the function files that must be applied before this file. */
  readonly needs: readonly string[];
}

const functionFile = (name: string): string => `functions/${name}.sql`;

/** What a file's line `-- needs: schema.name, …` names. */
function needsOf(sql: string): string[] {
  const [, names = ''] = /^-- needs: (.+)$/m.exec(sql) ?? [];
  return names === '' ? [] : names.split(', ').map(functionFile);
}

async function readFiles(folder: string, prefix: string): Promise<SqlFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { name: `${prefix}${name}`, sql, checksum, needs: needsOf(sql) };
    }),
  );
}

/**
 * Brings the database up to date. Each file of `migrations` is applied once, in
 * the order of names. Then each file of `functions` is applied that is new or
 * has changed. A file's line `-- needs: audit.search_text` names functions that must
 * be there before it. Each file has its own transaction. Processes that start
 * together wait for one another on an advisory lock.
 *
 * @param ownerUrl the owner's connection, which may create roles and schemas.
 * @param applicationUrl must sign in as `throughline_app`; the role is made, or
 *   its password set, from it.
 * @param folder holds `migrations` and `functions`.
 * @returns the names applied now.
 * @throws Error when the database was made before the baseline, when a landed
 *   migration's text has changed, or when a file's SQL fails (with its name).
 */
export async function migrate(
  ownerUrl: string,
  applicationUrl: string,
  folder = join(packageRoot(), 'libs/database'),
): Promise<string[]> {
  const migrations = await readFiles(join(folder, 'migrations'), '');
  const functions = await readFiles(join(folder, 'functions'), 'functions/');
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'throughline migrations' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const landed = await landedChecksums(client);
    refuseEarlierDatabase(landed);
    await ensureApplicationRole(client, applicationUrl);
    await client.query(
      'CREATE TABLE IF NOT EXISTS public.migration (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    await client.query(`GRANT SELECT ON public.migration TO ${APPLICATION_ROLE}`);
    return await new MigrationRun(client, landed, functions).apply(migrations);
  } finally {
    await client.end();
  }
}

/**
 * @returns the first migration of this process that the database lacks, or null.
 *   More of them are fine: during an upgrade old processes run beside a newer
 *   database.
 */
export async function missingMigration(
  client: pg.Client,
  folder = join(packageRoot(), 'libs/database'),
): Promise<string | null> {
  const files = await readFiles(join(folder, 'migrations'), '');
  const landed = await landedChecksums(client);
  return files.find(({ name }) => !landed.has(name))?.name ?? null;
}

/** File name to checksum, of all that was applied; empty for a new database. */
async function landedChecksums(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('public.migration') IS NOT NULL AS exists`,
  );
  if (rows[0]?.exists !== true) return new Map();
  const landed = await client.query<{ name: string; checksum: string }>('SELECT name, checksum FROM public.migration');
  return new Map(landed.rows.map((row) => [row.name, row.checksum]));
}

function refuseEarlierDatabase(landed: ReadonlyMap<string, string>): void {
  if (!landed.has(FIRST_EARLIER_MIGRATION)) return;
  throw new Error(
    'This database was made by a development version of Throughline, before the first release, and cannot be upgraded. ' +
      'Nothing in it was changed. To delete it and begin with an empty one, run `npm run reset`.',
  );
}

async function ensureApplicationRole(client: pg.Client, applicationUrl: string): Promise<void> {
  const url = new URL(applicationUrl);
  if (decodeURIComponent(url.username) !== APPLICATION_ROLE) {
    throw new Error(
      `DATABASE_URL must sign in as ${APPLICATION_ROLE}, the role that cannot bypass row-level security; it names "${decodeURIComponent(url.username)}".`,
    );
  }
  await ensureRole(client, APPLICATION_ROLE, decodeURIComponent(url.password));
}

/**
 * One call of `migrate`: applies files in order, each with the functions that
 * it needs before it.
 */
class MigrationRun {
  private readonly applied: string[] = [];
  private readonly functions: ReadonlyMap<string, SqlFile>;

  constructor(
    private readonly client: pg.Client,
    private readonly landed: Map<string, string>,
    functions: readonly SqlFile[],
  ) {
    this.functions = new Map(functions.map((file) => [file.name, file]));
  }

  async apply(migrations: readonly SqlFile[]): Promise<string[]> {
    for (const migration of migrations) await this.applyMigration(migration);
    for (const file of this.functions.values()) await this.applyFunction(file);
    return this.applied;
  }

  private async applyMigration(migration: SqlFile): Promise<void> {
    const checksum = this.landed.get(migration.name);
    if (checksum === migration.checksum) return;
    if (checksum !== undefined) {
      throw new Error(
        `Migration ${migration.name} was changed after it had been applied. Put its text back and write a new one.`,
      );
    }
    await this.applyNeedsOf(migration);
    await this.applyFile(migration);
  }

  /** Applies a function file that is new or has changed. */
  private async applyFunction(file: SqlFile): Promise<void> {
    if (this.landed.get(file.name) === file.checksum) return;
    await this.applyNeedsOf(file);
    await this.applyFile(file);
  }

  private async applyNeedsOf(file: SqlFile): Promise<void> {
    for (const name of file.needs) {
      const needed = this.functions.get(name);
      if (needed === undefined)
        throw new Error(`${basename(file.name)} needs ${name}, which does not exist: correct its line "-- needs:".`);
      await this.applyFunction(needed);
    }
  }

  private async applyFile({ name, sql, checksum }: SqlFile): Promise<void> {
    await this.client.query('BEGIN');
    try {
      await this.client.query(sql);
      await this.client.query(
        `INSERT INTO public.migration (name, checksum) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET checksum = excluded.checksum, applied_at = now()`,
        [name, checksum],
      );
      await this.client.query('COMMIT');
    } catch (cause) {
      await this.client.query('ROLLBACK');
      throw new Error(`Migration ${name} failed: ${messageOf(cause)}`, { cause });
    }
    this.landed.set(name, checksum);
    this.applied.push(name);
  }
}
