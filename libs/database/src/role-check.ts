import pg from 'pg';
import { missingMigration } from './migrations.js';
import { type ProcessName, roleOf } from './process-roles.js';

interface Role {
  readonly name: string;
  readonly isSuperuser: boolean;
  readonly bypasses: boolean;
  readonly creates: boolean;
  readonly owns: boolean;
}

/**
 * Looks at the database as a process that is about to start.
 * @param asProcess whose rights are checked too; null: any rights will do.
 * @returns one sentence for each problem, with the way out; none if the role is
 *   that of the process, it can neither bypass row-level security nor change the
 *   schema, and the database has every migration.
 */
export async function databaseProblems(url: string, asProcess: ProcessName | null): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'throughline start' });
  await client.connect();
  try {
    const rights = asProcess === null ? [] : await roleProblems(client, asProcess);
    if (rights.length > 0) return rights;
    const missing = await missingMigration(client);
    if (missing === null) return [];
    return [`The database lacks the migration ${missing}. Run "throughline migrate" with DATABASE_OWNER_URL first`];
  } finally {
    await client.end();
  }
}

async function roleProblems(client: pg.Client, process: ProcessName): Promise<string[]> {
  const { rows } = await client.query<Role>(
    `SELECT rolname AS name, rolsuper AS "isSuperuser", rolbypassrls AS bypasses,
       rolcreaterole OR rolcreatedb OR has_database_privilege(current_database(), 'CREATE') AS creates,
       EXISTS (SELECT FROM pg_class WHERE relowner = r.oid) AS owns
     FROM pg_roles r WHERE rolname = current_user`,
  );
  const expected = roleOf(process);
  return rows.flatMap(({ name, isSuperuser, bypasses, creates, owns }) => {
    const remedy = `Set DATABASE_URL of ${process} to the role ${expected}, which "throughline migrate" makes.`;
    if (isSuperuser) return [`DATABASE_URL signs in as the superuser ${name}. ${remedy}`];
    if (bypasses) return [`The role ${name} of DATABASE_URL can bypass row-level security. ${remedy}`];
    if (owns || creates)
      return [`The role ${name} of DATABASE_URL owns or can create objects of the database. ${remedy}`];
    if (name !== expected)
      return [`DATABASE_URL signs in as ${name}, which may do more or less than ${process} needs. ${remedy}`];
    return [];
  });
}
