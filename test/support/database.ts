import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly name: string;
  /** As the application role: what the product uses. */
  readonly url: string;
  /** As the owner: for a test that must look behind the policies. */
  readonly ownerUrl: string;
  readonly drop: () => Promise<void>;
}

/**
 * The owner's connection to a database of the test server.
 * @throws Error in a project without PostgreSQL.
 */
export function ownerUrlOf(database: string): string {
  const server = process.env['THROUGHLINE_TEST_POSTGRES'];
  if (server === undefined)
    throw new Error('This test needs PostgreSQL: run it in the database, api, journeys or browser project.');
  const url = new URL(server);
  url.pathname = database;
  return url.href;
}

/**
 * Creates a database for one test file. Call `drop` in `afterAll`.
 * @param from the database to clone: `template` has the schema, `template0` is
 *   empty, for processes that migrate.
 */
export async function createTestDatabase({ from = 'template' } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const asOwner = ownerUrlOf;
  await withClient(asOwner('postgres'), (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${from}`));
  return {
    name,
    url: asOwner(name).replace('//postgres:postgres@', '//throughline_app:throughline_app@'),
    ownerUrl: asOwner(name),
    drop: async () => {
      await withClient(asOwner('postgres'), (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

/** A database for one test file, and a connection of its owner. Call `close` in `afterAll`. */
export async function connectTestDatabase(): Promise<{
  readonly client: pg.Client;
  readonly close: () => Promise<void>;
}> {
  const database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  const close = async (): Promise<void> => {
    await client.end();
    await database.drop();
  };
  return { client, close };
}

/** Runs `work` with a connection that is closed afterwards. */
export async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
