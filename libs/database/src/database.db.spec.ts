import { AsyncResource } from 'node:async_hooks';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { Database, migrate, unnestRows } from '#database';
import { newId, systemActor, type PartnerActor, type PartnerId } from '#kernel';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { ScopedQueryRunner } from './scoped-query-runner.js';

const aPartner = (): PartnerActor => ({
  kind: 'partner',
  partnerId: newId<PartnerId>(),
  role: 'owner',
  userId: null,
  apiKeyId: null,
  name: 'Olivia',
});

describe('the database', () => {
  let house: TestModule;
  let database: Database;

  beforeAll(async () => {
    house = await createTestModule([]);
    database = house.app.get(Database);
  });
  afterAll(() => house.close());

  const scopeNow = async (): Promise<string> =>
    (
      await database.query<{ scope: string }>(
        `SELECT coalesce(database.partner_scope()::text, '') || database.is_system()::text AS scope`,
      )
    )[0]!.scope;

  it('carries the actor to PostgreSQL for the length of a transaction', async () => {
    const actor = aPartner();
    await expect(database.inTransaction(actor, scopeNow)).resolves.toBe(`${actor.partnerId}false`);
    await expect(database.inTransaction(systemActor('test'), scopeNow)).resolves.toBe('true');
  });

  it('never mixes scopes under parallel load', async () => {
    const actors = Array.from({ length: 200 }, aPartner);
    const seen = await Promise.all(actors.map((actor) => database.inTransaction(actor, scopeNow)));
    expect(seen).toEqual(actors.map((actor) => `${actor.partnerId}false`));
  });

  it('passes a scope as a value, whatever is in it', async () => {
    const runner = ScopedQueryRunner.on(house.app.get(DataSource));
    const partnerId = `x'; SET LOCAL throughline.system = 'on'; --\\'`;
    await runner.startScoped({ vendorId: '', partnerId, managerId: '', system: '' });
    const rows: unknown = await runner.query(
      `SELECT current_setting('throughline.partner_id') AS id, database.is_system() AS system`,
    );
    await runner.rollbackTransaction();
    await runner.release();
    expect(rows).toEqual([{ id: partnerId, system: false }]);
  });

  it('joins the open transaction of the same scope', async () => {
    const actor = aPartner();
    const id = (): Promise<{ id: string }[]> => database.query<{ id: string }>('SELECT txid_current()::text AS id');
    const [outer, inner] = await database.inTransaction(actor, async () => [
      await id(),
      await database.inTransaction(actor, id),
    ]);
    expect(inner).toEqual(outer);
  });

  it('refuses another authority within a transaction', async () => {
    await expect(
      database.inTransaction(aPartner(), () => database.inTransaction(aPartner(), scopeNow)),
    ).rejects.toThrow('another scope');
  });

  it('rolls back, and gives the connection back in order, whatever statement fails', async () => {
    const actor = aPartner();
    for (const failing of ['SELECT 1 / 0', 'SELECT no_such_column', 'SELECT $1::uuid'])
      await expect(
        database.inTransaction(actor, () => database.query(failing, failing.includes('$1') ? ['no uuid'] : [])),
      ).rejects.toMatchObject({ name: 'QueryFailedError', code: expect.stringMatching(/^[0-9A-Z]{5}$/) });
    await expect(
      database.inTransaction(actor, async () => {
        throw new Error('before any statement');
      }),
    ).rejects.toThrow('before any statement');
    await expect(database.inTransaction(actor, scopeNow)).resolves.toBe(`${actor.partnerId}false`);
  });

  it('shows each actor its own rows by one text, however often it was sent', async () => {
    const actors = Array.from({ length: 40 }, aPartner);
    const seen: unknown[] = [];
    for (const actor of actors)
      seen.push(
        ...(await database.inTransaction(actor, () =>
          database.query('SELECT database.partner_scope() AS id, $1::int AS n', [seen.length]),
        )),
      );
    expect(seen).toEqual(actors.map(({ partnerId: id }, n) => ({ id, n })));
  });

  it('writes nothing outside a transaction, as behind a start that failed', async () => {
    await expect(house.app.get(DataSource).query('DELETE FROM jobs.outbox')).rejects.toThrow('read-only transaction');
    await expect(
      database.inTransaction(systemActor('test'), () => database.query('DELETE FROM jobs.outbox')),
    ).resolves.toEqual([]);
  });

  it('throws the error of the work, also if the rollback fails', async () => {
    const endConnection = (): Promise<unknown> => database.query('SELECT pg_terminate_backend(pg_backend_pid())');
    await expect(
      database.inTransaction(aPartner(), async () => {
        await endConnection().catch(() => undefined);
        throw new Error('of the work');
      }),
    ).rejects.toThrow('of the work');
    await expect(database.inTransaction(systemActor('test'), scopeNow)).resolves.toBe('true');
  });

  it('refuses a statement behind the end of its transaction', async () => {
    const actor = aPartner();
    let late: (() => Promise<unknown>) | null = null;
    await database.inTransaction(actor, async () => {
      await scopeNow();
      late = AsyncResource.bind(() => scopeNow());
    });
    await expect(late!()).rejects.toThrow('released');
  });

  it('passes rows to a statement as typed columns', async () => {
    const id = newId();
    const at = new Date('2026-03-01T09:00:00.123Z');
    const text = 'a "quoted", {braced} \\ text';
    const full = { id, text, count: 7, ratio: 0.25, isOpen: true, at, data: { list: [1, 'two', null] } };
    const empty = { id, text: null, count: null, ratio: null, isOpen: null, at: null, data: null };
    const { from, parameters } = unnestRows(
      [full, empty],
      { id: 'uuid', text: 'text', count: 'int', ratio: 'float8', isOpen: 'boolean', at: 'timestamptz', data: 'jsonb' },
      ['leading'],
    );
    const rows = await database.inTransaction(systemActor('test'), () =>
      database.query(`SELECT $1::text AS leading, given.* FROM ${from}`, parameters),
    );
    expect(rows).toEqual([
      { leading: 'leading', ...full },
      { leading: 'leading', ...empty },
    ]);
  });

  it('refuses to work outside a transaction', async () => {
    await expect(database.query('SELECT 1')).rejects.toThrow('No transaction is open');
  });

  it('runs hooks after the commit only', async () => {
    const ran: string[] = [];
    await database.inTransaction(aPartner(), async () => database.afterCommit(() => ran.push('committed')));
    await expect(
      database.inTransaction(aPartner(), async () => {
        database.afterCommit(() => ran.push('rolled back'));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(ran).toEqual(['committed']);
  });

  it('connects as a role that owns nothing and cannot bypass row-level security', async () => {
    const rows = await database.inTransaction(systemActor('test'), () =>
      database.query<{ super: boolean; bypass: boolean; owned: string }>(
        `SELECT rolsuper AS super, rolbypassrls AS bypass, (SELECT count(*) FROM pg_class WHERE relowner = r.oid)::text AS owned FROM pg_roles r WHERE rolname = current_user`,
      ),
    );
    expect(rows).toEqual([{ super: false, bypass: false, owned: '0' }]);
  });

  it('forces row-level security on every table of the product', async () => {
    const client = new pg.Client({ connectionString: house.database.ownerUrl });
    await client.connect();
    const { rows } = await client.query(
      `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'public') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
    );
    await client.end();
    expect(rows).toEqual([]);
  });

  it('has the row-level security of the reader hold in every view', async () => {
    const views = await database.inTransaction(systemActor('test'), () =>
      database.query<{ name: string; isInvokers: boolean; isReadable: boolean }>(
        `SELECT n.nspname || '.' || c.relname AS name, 'security_invoker=true' = ANY (c.reloptions) AS is_invokers,
           has_table_privilege(c.oid, 'SELECT') AS is_readable
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
      ),
    );
    expect(views.length).toBeGreaterThan(20);
    expect(views.filter(({ isInvokers, isReadable }) => !isInvokers || !isReadable)).toEqual([]);
  });

  it('migrates once when many processes start together', async () => {
    const runs = await Promise.all(
      Array.from({ length: 4 }, () => migrate(house.database.ownerUrl, house.database.url)),
    );
    expect(runs).toEqual([[], [], [], []]);
  });
});
