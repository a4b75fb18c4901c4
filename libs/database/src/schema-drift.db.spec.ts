import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import { packageRoot } from '#kernel';
import { connectTestDatabase } from '../../../test/support/database.js';

/** A column as one word each: what both sides must say alike. */
type Columns = ReadonlyMap<string, string>;

/** Names that TypeORM and PostgreSQL give the same type. */
const POSTGRES_NAMES: Readonly<Record<string, string>> = { timestamptz: 'timestamp with time zone' };

const described = (type: string, nullable: boolean, primary: boolean): string =>
  `${type}${nullable ? ', may be null' : ''}${primary ? ', of the key' : ''}`;

describe('the mapping of rows', () => {
  let client: pg.Client;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ client, close } = await connectTestDatabase());
  });
  afterAll(() => close());

  async function driftOf(schema: EntitySchema): Promise<string[]> {
    const { schema: namespace = 'public', tableName = '' } = schema.options;
    const table = `${namespace}.${tableName}`;
    const inDatabase = await columnsInDatabase(client, table);
    const inMapping = columnsInMapping(schema);
    return [...new Set([...inDatabase.keys(), ...inMapping.keys()])]
      .filter((name) => inDatabase.get(name) !== inMapping.get(name))
      .map(
        (name) =>
          `${table}.${name}: mapped as ${inMapping.get(name) ?? 'nothing'}, is ${inDatabase.get(name) ?? 'nothing'}`,
      );
  }

  it('says of every column what the migrations made of it, and leaves none out', async () => {
    const schemas = await allSchemas();
    expect(schemas.length).toBeGreaterThan(8);
    const drift: string[] = [];
    for (const schema of schemas) drift.push(...(await driftOf(schema)));
    expect(drift).toEqual([]);
  });

  it('would be found out if it said something else', async () => {
    const [contact] = (await allSchemas()).filter(({ options }) => options.tableName === 'contact');
    if (contact === undefined) throw new Error('There is no mapping of contacts.');
    const { email, ...columns } = contact.options.columns as Record<string, EntitySchemaColumnOptions>;
    const wrong = { ...columns, company: { type: 'integer' as const }, nickname: { type: 'text' as const } };
    expect(email).toBeDefined();
    expect((await driftOf(new EntitySchema({ ...contact.options, columns: wrong }))).sort()).toEqual([
      'contacts.contact.company: mapped as integer, is text, may be null',
      'contacts.contact.email: mapped as nothing, is text',
      'contacts.contact.nickname: mapped as text, is nothing',
    ]);
  });
});

describe('policies', () => {
  let client: pg.Client;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ client, close } = await connectTestDatabase());
  });
  afterAll(() => close());

  it('show a channel manager no rows about partners of others, in any table that a vendor reads by partner', async () => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT c.table_schema || '.' || c.table_name AS name FROM information_schema.columns c
       WHERE c.column_name = 'partner_id'
         AND EXISTS (SELECT FROM pg_policies p WHERE p.schemaname = c.table_schema AND p.tablename = c.table_name
           AND p.permissive = 'PERMISSIVE' AND p.qual LIKE '%vendor_scope%')
         AND NOT EXISTS (SELECT FROM pg_policies p WHERE p.schemaname = c.table_schema AND p.tablename = c.table_name
           AND p.permissive = 'RESTRICTIVE' AND p.qual LIKE '%manager_scope%')
       ORDER BY 1`,
    );
    // A person reads their own notifications; who is told of which partner is decided before.
    expect(rows.map(({ name }) => name)).toEqual(['notifications.notification']);
  });
});

/** The mappings of all libs, found by the name of their files. */
async function allSchemas(): Promise<EntitySchema[]> {
  const folder = join(packageRoot(), 'libs');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.schema.ts'),
  );
  const modules = await Promise.all(
    files.map((name) => import(join(folder, name)) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) => Object.values(module)).filter((value) => value instanceof EntitySchema);
}

function columnsInMapping({ options }: EntitySchema): Columns {
  return new Map(
    Object.entries(options.columns as Record<string, EntitySchemaColumnOptions>).map(([property, column]) => {
      const type = String(column.type);
      const name = `${POSTGRES_NAMES[type] ?? type}${column.array === true ? '[]' : ''}`;
      return [column.name ?? property, described(name, column.nullable ?? false, column.primary ?? false)];
    }),
  );
}

async function columnsInDatabase(client: pg.Client, table: string): Promise<Columns> {
  const { rows } = await client.query<{ name: string; type: string; nullable: boolean; primary: boolean }>(
    `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
       EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey)) AS primary
     FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped`,
    [table],
  );
  return new Map(rows.map(({ name, type, nullable, primary }) => [name, described(type, nullable, primary)]));
}
