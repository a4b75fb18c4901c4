import pg from 'pg';
import { Database } from '#database';
import { newId, type PartnerActor, type PartnerId, type VendorActor, type VendorId } from '#kernel';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { type AuditFilter, AuditLog } from './index.js';

const PAGE = { limit: 50, beforeId: null };
const NOBODY: Readonly<Record<string, AuditFilter>> = {
  'text without a match': { searchText: 'no-such-name' },
  'a name without a match': { who: 'no-such-name' },
  'a kind of actor that did nothing': { actorKind: 'system' },
  'an action without an entry': { action: 'campaign.published' },
  'a time in which nothing was done': { from: new Date('2124-01-01') },
};

describe('searching the audit log', () => {
  let house: TestModule;
  let [log, database] = [null!, null!] as [AuditLog, Database];
  const person = { userId: null, apiKeyId: null, name: 'Olivia Hart', role: 'owner' } as const;
  const partner: PartnerActor = { kind: 'partner', partnerId: newId<PartnerId>(), ...person };
  const vendor: VendorActor = { kind: 'vendor', vendorId: newId<VendorId>(), ...person };

  beforeAll(async () => {
    house = await createTestModule([]);
    log = house.app.get(AuditLog);
    database = house.app.get(Database);
    const owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
    // Enough rows that indexes are worth reading.
    // VACUUM marks pages as all-visible only for committed rows.
    await owner.query('SET synchronous_commit = on');
    for (const [column, actor] of [
      ['partner_id', partner.partnerId],
      ['vendor_id', vendor.vendorId],
    ])
      await owner.query(
        `INSERT INTO audit.entry (id, at, actor_kind, actor_name, ${column}, action, subject_kind, subject_id)
         SELECT gen_random_uuid(), now(), 'partner', 'Olivia Hart', $1, 'contact.changed', 'contact', gen_random_uuid() FROM generate_series(1, 10000)`,
        [actor],
      );
    await owner.query('VACUUM ANALYZE audit.entry');
    await owner.end();
  });
  afterAll(() => house.close());

  /** Rows of the log’s table that a reading fetches, whatever its plan. */
  const fetched = (actor: PartnerActor | VendorActor, filter: AuditFilter): Promise<number> =>
    database.inTransaction(actor, async () => {
      const rows = async (): Promise<number> =>
        (
          await database.query<{ n: number }>(
            `SELECT (seq_tup_read + idx_tup_fetch)::int AS n FROM pg_stat_xact_user_tables WHERE schemaname = 'audit' AND relname = 'entry'`,
          )
        )[0]!.n;
      const before = await rows();
      await log.read(actor, PAGE, filter);
      return (await rows()) - before;
    });

  it.each(Object.entries(NOBODY))('for %s fetches no row', async (_, filter) => {
    expect(await log.read(partner, PAGE, filter)).toEqual([]);
    expect(await fetched(partner, filter)).toBe(0);
    expect(await fetched(vendor, filter)).toBe(0);
  });

  it('fetches the rows of one page, however much matches', async () => {
    expect(await fetched(partner, { searchText: 'contact' })).toBeLessThanOrEqual(PAGE.limit);
  });

  it('finds words at the end of a long entry, and over the place where its text is cut', async () => {
    const actor: PartnerActor = { ...partner, partnerId: newId<PartnerId>() };
    const names = Array.from({ length: 100 }, (_, at) => `Template number ${at}`);
    await database.inTransaction(actor, () =>
      log.record(actor, { action: 'campaign.copied', subject: { kind: 'campaign', id: 'c' }, details: { names } }),
    );
    for (const name of names) expect(await log.read(actor, PAGE, { searchText: name.toUpperCase() })).toHaveLength(1);
    expect(await log.read(actor, PAGE, { searchText: 'names' })).toEqual([]);
    expect(await log.read(partner, PAGE, { searchText: 'Template number' })).toEqual([]);
  });

  it('looks for a name in the name alone', async () => {
    expect(await log.read(partner, PAGE, { who: 'contact' })).toEqual([]);
    expect(await log.read(partner, PAGE, { who: 'VIA HAR' })).toHaveLength(PAGE.limit);
  });
});
