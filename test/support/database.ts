import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  /** As the application role: what the product uses. */
  readonly url: string;
  /** As the owner: for a test that must look behind the policies. */
  readonly ownerUrl: string;
  readonly drop: () => Promise<void>;
}

/**
 * A database of the test file's own, cloned from the migrated template or, for processes that migrate themselves, empty.
 * Call `drop` in `afterAll`.
 */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const server = process.env['THROUGHLINE_TEST_POSTGRES'];
  if (server === undefined)
    throw new Error('This test needs PostgreSQL: run it in the database, api, journeys or browser project.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const asOwner = (database: string): string => `postgres://postgres:postgres@${server}/${database}`;
  await withClient(asOwner('postgres'), (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${migrated ? 'template' : 'template0'}`),
  );
  return {
    url: `postgres://throughline_app:throughline_app@${server}/${name}`,
    ownerUrl: asOwner(name),
    drop: () => withClient(asOwner('postgres'), (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
