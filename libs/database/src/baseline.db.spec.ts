import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { packageRoot } from '#kernel';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';

/** Each query yields what there is of one kind: a key, unique within its kind, and all that is known of it. */
const CATALOGUES: Readonly<Record<string, string>> = {
  schema: `SELECT nspname AS key, pg_get_userbyid(nspowner) || ' ' || coalesce(acl(nspacl), '') AS value FROM pg_namespace n WHERE ours(nspname)`,
  relation: `SELECT nspname || '.' || relname AS key, jsonb_build_array(relkind, relpersistence, relrowsecurity, relforcerowsecurity, relreplident,
      (SELECT array_agg(o ORDER BY o) FROM unnest(reloptions) o), pg_get_userbyid(relowner), acl(relacl), relispartition,
      (SELECT amname FROM pg_am a WHERE a.oid = relam))::text AS value
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE ours(nspname)`,
  column: `SELECT nspname || '.' || relname || '.' || attname AS key, jsonb_build_array(
      row_number() OVER (PARTITION BY attrelid ORDER BY attnum), format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid), attgenerated, attidentity,
      (SELECT collname FROM pg_collation o WHERE o.oid = attcollation), attstorage, attcompression, attstattarget, attoptions, acl(attacl))::text AS value
    FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace LEFT JOIN pg_attrdef d ON adrelid = attrelid AND adnum = attnum
    WHERE ours(nspname) AND attnum > 0 AND NOT attisdropped`,
  constraint: `SELECT conrelid::regclass || ' ' || conname AS key, jsonb_build_array(contype, pg_get_constraintdef(k.oid), condeferrable, condeferred,
      convalidated, conenforced, connoinherit, conindid::regclass::text)::text AS value
    FROM pg_constraint k JOIN pg_namespace n ON n.oid = connamespace WHERE ours(nspname)`,
  index: `SELECT indexrelid::regclass::text AS key, jsonb_build_array(pg_get_indexdef(indexrelid), indisunique, indisprimary, indimmediate, indisvalid, indisready,
      indisclustered, indisreplident, indnullsnotdistinct)::text AS value
    FROM pg_index i JOIN pg_class c ON c.oid = indexrelid JOIN pg_namespace n ON n.oid = relnamespace WHERE ours(nspname)`,
  trigger: `SELECT tgrelid::regclass || ' ' || tgname AS key, tgenabled::text || ' ' || pg_get_triggerdef(t.oid) AS value
    FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid JOIN pg_namespace n ON n.oid = relnamespace WHERE ours(nspname) AND NOT tgisinternal`,
  function: `SELECT p.oid::regprocedure::text AS key, jsonb_build_array(pg_get_functiondef(p.oid), pg_get_userbyid(proowner), acl(proacl))::text AS value
    FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace WHERE ours(nspname) AND nspname <> 'pg_temp'`,
  policy: `SELECT polrelid::regclass || ' ' || polname AS key, jsonb_build_array(polcmd, polpermissive, polroles::regrole[]::text,
      pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))::text AS value
    FROM pg_policy p JOIN pg_class c ON c.oid = polrelid JOIN pg_namespace n ON n.oid = relnamespace WHERE ours(nspname)`,
  sequence: `SELECT schemaname || '.' || sequencename AS key, jsonb_build_array(data_type::text, start_value, min_value, max_value, increment_by, cycle, cache_size)::text AS value
    FROM pg_sequences WHERE ours(schemaname)`,
  view: `SELECT c.oid::regclass::text AS key, pg_get_viewdef(c.oid, true) AS value FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN ('v', 'm') AND ours(nspname)`,
  rule: `SELECT ev_class::regclass || ' ' || rulename AS key, pg_get_ruledef(r.oid) AS value FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class JOIN pg_namespace n ON n.oid = relnamespace WHERE ours(nspname)`,
  statistics: `SELECT s.stxname::text AS key, pg_get_statisticsobjdef(s.oid) AS value FROM pg_statistic_ext s`,
  extension: `SELECT extname AS key, extversion AS value FROM pg_extension`,
  type: `SELECT t.oid::regtype::text AS key, typtype::text || typcategory::text AS value FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace WHERE ours(nspname)`,
  comment: `SELECT pg_describe_object(classoid, objoid, objsubid) AS key, description AS value FROM pg_description WHERE objoid >= 16384`,
  'default grant': `SELECT defaclrole::regrole || ' ' || defaclnamespace::regnamespace || defaclobjtype::text AS key, acl(defaclacl) AS value FROM pg_default_acl`,
  'event trigger': `SELECT evtname AS key, evtevent AS value FROM pg_event_trigger`,
  publication: `SELECT pubname AS key, pubname::text AS value FROM pg_publication`,
  cast: `SELECT castsource::regtype || ' ' || casttarget::regtype AS key, castcontext::text AS value FROM pg_cast WHERE oid >= 16384`,
  collation: `SELECT collname AS key, collprovider::text AS value FROM pg_collation WHERE oid >= 16384`,
};

/** Differences that are meant. */
const MEANT: readonly (readonly [found: RegExp, baseline: string])[] = [
  // A number in the name of a constraint: its table had been made anew.
  [/touch_email_key_check1/g, 'touch_email_key_check'],
  [/(touch_\w+_not_null)1/g, '$1'],
  // Names from before a column was renamed.
  [/destination_domain_not_null/g, 'destination_mail_group_not_null'],
  [/destination_pkey\.domain/g, 'destination_pkey.mail_group'],
  // It was not validated, for rows that were older than it.
  [
    /(FOREIGN KEY \(list_id\) REFERENCES contacts\.contact_list\(id\)) NOT VALID", false, false, false/g,
    '$1", false, false, true',
  ],
];

describe('the baseline', () => {
  const databases: TestDatabase[] = [];
  afterAll(async () => {
    for (const database of databases) await database.drop();
  });

  async function catalogues(database: TestDatabase, prepare: (client: pg.Client) => Promise<void>): Promise<string[]> {
    databases.push(database);
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      await prepare(client);
      await client.query('DROP TABLE IF EXISTS public.migration');
      await client.query(`SET search_path = pg_catalog, pg_temp`);
      await client.query(`CREATE FUNCTION pg_temp.ours(schema name) RETURNS boolean LANGUAGE sql IMMUTABLE AS
        $$ SELECT schema NOT IN ('pg_catalog', 'information_schema') AND schema NOT LIKE 'pg\\_toast%' AND schema NOT LIKE 'pg\\_temp%' $$`);
      await client.query(`CREATE FUNCTION pg_temp.acl(items aclitem[]) RETURNS text LANGUAGE sql STABLE AS
        $$ SELECT string_agg(format('%s %s %s', grantee::regrole, privilege_type, is_grantable), ', ' ORDER BY grantee, privilege_type) FROM aclexplode(items) $$`);
      const lines: string[] = [];
      for (const [kind, sql] of Object.entries(CATALOGUES)) {
        const { rows } = await client.query<{ key: string; value: string }>(
          sql.replace(/\bours\(/g, 'pg_temp.ours(').replace(/\bacl\(/g, 'pg_temp.acl('),
        );
        lines.push(...rows.map(({ key, value }) => `${kind} ${key}: ${value}`));
      }
      return lines.sort();
    } finally {
      await client.end();
    }
  }

  it('makes exactly the database that the chain of migrations before it made', async () => {
    const chain = await catalogues(await createTestDatabase({ migrated: false }), async (client) => {
      const folder = join(packageRoot(), 'libs/database/earlier-migrations');
      for (const name of readdirSync(folder).sort()) await client.query(readFileSync(join(folder, name), 'utf8'));
    });
    const baseline = await catalogues(await createTestDatabase(), async () => {});
    const meant = chain.map((line) => MEANT.reduce((text, [found, now]) => text.replace(found, now), line)).sort();
    expect(chain.length).toBeGreaterThan(1_500);
    expect(chain.filter((line) => line.startsWith('column')).length).toBeGreaterThan(700);
    const [only, missing] = [new Set(baseline), new Set(meant)];
    expect({
      missing: meant.filter((line) => !only.has(line)),
      added: baseline.filter((line) => !missing.has(line)),
    }).toEqual({ missing: [], added: [] });
  });
});
