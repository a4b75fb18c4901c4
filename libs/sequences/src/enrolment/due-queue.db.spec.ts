import pg from 'pg';
import { Database } from '#database';
import { type EnrolmentId, newId, type PartnerId, systemActor } from '#kernel';
import { createTestModule, type TestModule } from '../../../../test/support/test-module.js';
import { until } from '../../../../test/support/until.js';
import { type Due, DueQueue } from './due-queue.service.js';

const SYSTEM = systemActor('test');
const NOW = new Date('2026-11-24T10:00:00Z');
const before = (ms: number): Date => new Date(NOW.getTime() - ms);

describe('the queue of what is due', () => {
  let house: TestModule;
  let database: Database;
  let queue: DueQueue;
  let owner: pg.Client;

  beforeAll(async () => {
    house = await createTestModule([], [DueQueue]);
    [database, queue] = [house.app.get(Database), house.app.get(DueQueue)];
    owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
    // Enrolments are not what this is about.
    await owner.query('ALTER TABLE sequences.due DROP CONSTRAINT due_enrolment_id_fkey');
  });
  afterEach(() => owner.query('TRUNCATE sequences.due, sequences.partner_queue'));
  afterAll(async () => {
    await owner.end();
    await house.close();
  });

  const run = <T>(work: () => Promise<T>): Promise<T> => database.inTransaction(SYSTEM, work);
  const put = (partnerId: PartnerId, count: number, dueAt: (at: number) => Date): Promise<void> =>
    run(() =>
      queue.enqueue(
        partnerId,
        Array.from({ length: count }, (_, at) => ({ enrolmentId: newId<EnrolmentId>(), dueAt: dueAt(at) })),
      ),
    );
  const claim = async (limit = 1000, now = NOW): Promise<readonly Due[]> =>
    (await run(() => queue.claim(now, limit))).due;
  const aPartner = (): PartnerId => newId<PartnerId>();

  it('gives due enrolments only', async () => {
    await put(aPartner(), 10, (at) => before((5 - at) * 1000));
    expect((await claim()).map(({ dueAt }) => dueAt <= NOW)).toEqual([true, true, true, true, true, true]);
    expect(await claim()).toEqual([]);
  });

  it('gives the oldest first, and all of it in the end, also where many are due at one moment', async () => {
    await put(aPartner(), 130, () => before(1000));
    await put(aPartner(), 30, () => before(5000));
    const rounds = [await claim(60), await claim(60), await claim(60), await claim(60)];
    const ids = rounds.flat().map(({ enrolmentId }) => enrolmentId);
    expect(new Set(ids).size).toBe(160);
  });

  it('lets no partner wait behind the backlog of another', async () => {
    const [big, small] = [aPartner(), aPartner()];
    await put(big, 3000, () => before(60_000));
    await put(small, 3, () => before(1000));
    expect((await claim(100)).filter(({ partnerId }) => partnerId === small)).toHaveLength(3);
  });

  it('claims no more than requested, and says which partners have more', async () => {
    const [big, small] = [aPartner(), aPartner()];
    await put(small, 3, () => before(1000));
    await put(big, 3000, () => before(60_000));
    await claim(1);
    const { due, withBacklog: behind, isMore } = await run(() => queue.claim(NOW, 120));
    expect(due.length).toBeLessThanOrEqual(120);
    expect(due.length).toBeGreaterThan(60);
    expect([[...behind], isMore]).toEqual([[big], true]);
  });

  it('serves only partners that are not behind, once that is known', async () => {
    const [big, small] = [aPartner(), aPartner()];
    await put(big, 300, () => before(60_000));
    await claim(100);
    expect(await queue.hasDue(NOW, 'without-backlog')).toBe(false);
    await put(small, 3, () => before(1000));
    expect([await queue.hasDue(NOW, 'without-backlog'), await queue.hasDue(NOW, 'with-backlog')]).toEqual([true, true]);
    const { due, withBacklog: behind } = await run(() => queue.claim(NOW, 1000, 'without-backlog'));
    expect([due.map(({ partnerId }) => partnerId), [...behind]]).toEqual([[small, small, small], []]);
    expect((await run(() => queue.claim(NOW, 100, 'with-backlog'))).due).toHaveLength(100);
  });

  it('marks a backlog that it finds among partners that are not behind, and claims nothing of it', async () => {
    const [big, small] = [aPartner(), aPartner()];
    await put(big, 51, () => before(60_000));
    await put(small, 50, () => before(1000));
    const { due } = await run(() => queue.claim(NOW, 1000, 'without-backlog'));
    expect(new Set(due.map(({ partnerId }) => partnerId))).toEqual(new Set([small]));
    expect([await queue.hasDue(NOW, 'without-backlog'), await queue.hasDue(NOW, 'with-backlog')]).toEqual([
      false,
      true,
    ]);
  });

  it('treats a partner as not behind once its backlog is gone', async () => {
    const big = aPartner();
    await put(big, 80, () => before(60_000));
    await claim(60);
    expect(await queue.hasDue(NOW, 'without-backlog')).toBe(false);
    expect(await claim(60)).toHaveLength(20);
    await put(big, 2, () => before(1000));
    expect((await run(() => queue.claim(NOW, 100, 'without-backlog'))).due).toHaveLength(2);
  });

  it('serves partners first that a full claim left out', async () => {
    const partners = Array.from({ length: 6 }, aPartner);
    for (const partner of partners) await put(partner, 100, () => before(1000));
    const served = [await claim(100), await claim(100), await claim(100)].flat();
    expect(new Set(served.map(({ partnerId }) => partnerId)).size).toBe(6);
  });

  it('knows the next due time', async () => {
    expect(await run(() => queue.nextDueAt())).toBeNull();
    await put(aPartner(), 1, () => before(-60_000));
    await put(aPartner(), 1, () => before(-5000));
    expect(await run(() => queue.nextDueAt())).toEqual(before(-5000));
  });

  it('serves all in turn when more have something due than fit in one claim', async () => {
    const partners = Array.from({ length: 45 }, aPartner);
    for (const partner of partners) await put(partner, 200, () => before(1000));
    const served = [await claim(), await claim(), await claim()].flat();
    expect(new Set(served.map(({ partnerId }) => partnerId)).size).toBe(45);
  });

  it('gives nothing twice to claimers at the same time', async () => {
    for (let at = 0; at < 30; at++) await put(aPartner(), 20, () => before(1000));
    const claims = await Promise.all(Array.from({ length: 4 }, () => claim()));
    const more = [await claim(), await claim()];
    const ids = [...claims, ...more].flat().map(({ enrolmentId }) => enrolmentId);
    expect(ids).toHaveLength(600);
    expect(new Set(ids).size).toBe(600);
  });

  it('finds what is put in before a partner’s next due moment', async () => {
    const partner = aPartner();
    await put(partner, 1, () => before(1000));
    await claim();
    await put(partner, 1, () => before(-60_000));
    await put(partner, 1, () => before(50_000));
    expect(await claim()).toHaveLength(1);
  });

  it('keeps the enrolments of a rolled back claim', async () => {
    await put(aPartner(), 5, () => before(1000));
    const failed = run(async () => {
      await queue.claim(NOW, 1000);
      throw new Error('the process died');
    });
    await expect(failed).rejects.toThrow('died');
    expect(await claim()).toHaveLength(5);
  });

  it('gives those of one moment in the order in which they were enrolled, a claim at a time', async () => {
    const partner = aPartner();
    const enrolled = Array.from({ length: 40 }, () => newId<EnrolmentId>());
    const shuffled = [...enrolled].sort((a, b) => (a.slice(-4) < b.slice(-4) ? -1 : 1));
    await run(() =>
      queue.enqueue(
        partner,
        shuffled.map((enrolmentId) => ({ enrolmentId, dueAt: before(1000) })),
      ),
    );
    const claimed: string[][] = [];
    for (let at = 0; at < 4; at++) claimed.push((await claim(10)).map(({ enrolmentId }) => enrolmentId).sort());
    expect(claimed.flat()).toEqual(enrolled);
  });

  it('finds entries before a watermark by its sweep, whatever inserted them', async () => {
    const partner = aPartner();
    await put(partner, 1, () => before(-60_000));
    await owner.query(`INSERT INTO sequences.due VALUES ($1, $2, $3)`, [newId(), partner, before(1000)]);
    expect(await claim()).toEqual([]);
    await run(() => queue.sweep());
    expect(await claim()).toHaveLength(1);
  });

  it('skips an enrolment that moves at the time of the claim', async () => {
    await put(aPartner(), 2, (at) => before((2 - at) * 1000));
    await owner.query('BEGIN');
    const { rows } = await owner.query<{ id: string }>(
      `UPDATE sequences.due SET due_at = $1 WHERE due_at = (SELECT min(due_at) FROM sequences.due) RETURNING enrolment_id AS id`,
      [new Date(NOW.getTime() + 60_000)],
    );
    const claimed = claim();
    await until(async () => (await owner.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount !== 0);
    await owner.query('COMMIT');
    expect(await claimed).toHaveLength(1);
    expect((await owner.query('SELECT enrolment_id AS id FROM sequences.due')).rows).toEqual(rows);
  });

  it('reads its index in due order, whatever the statistics say', async () => {
    await put(aPartner(), 500, (at) => before(at * 1000));
    await owner.query('ANALYZE sequences.due');
    const plan = await run(async () => {
      await database.query('SET LOCAL enable_seqscan = off');
      return database.query(
        `EXPLAIN SELECT ctid FROM sequences.due WHERE partner_id = $1 AND due_at >= $2 AND due_at <= $3 ORDER BY due_at, enrolment_id LIMIT 50`,
        [aPartner(), before(90_000), NOW],
      );
    });
    expect(JSON.stringify(plan)).toMatch(/Index Scan using due_in_turn/);
    expect(JSON.stringify(plan)).not.toMatch(/Sort/);
  });
});
