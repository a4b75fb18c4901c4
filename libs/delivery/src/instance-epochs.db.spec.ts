import { jest } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog } from '#audit';
import { ConfigModule, readConfig } from '#config';
import { Database } from '#database';
import {
  type ActivationId,
  type ContactId,
  type EnrolmentId,
  newId,
  type PartnerId,
  systemActor,
  type VendorId,
} from '#kernel';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { DeliveryModule, Halts, InstanceEpochs, type LeasedMessage, Ledger } from './index.js';
import type { DatabaseLineage } from './instance-epochs.service.js';

const SYSTEM = systemActor('test');

describe('the epoch of an installation', () => {
  let house: TestModule;
  let database: Database;
  let halts: Halts;
  let ledger: Ledger;
  let folder: string;
  const [partnerId, vendorId] = [newId<PartnerId>(), newId<VendorId>()];

  beforeAll(async () => {
    const config = ConfigModule.forRoot(readConfig({ SECRET_KEY: 'a key for tests, of 32 characters' }));
    house = await createTestModule([config, DeliveryModule]);
    [database, halts, ledger] = [house.app.get(Database), house.app.get(Halts), house.app.get(Ledger)];
    await run(() =>
      database.query(
        `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
         VALUES ($1, 'partner', 'Partner', 'partner', 'DE', 'Europe/Berlin', now()), ($2, 'vendor', 'Vendor', 'vendor', 'DE', 'Europe/Berlin', now())`,
        [partnerId, vendorId],
      ),
    );
  });
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'throughline-epochs-'))));
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await halts.lift(SYSTEM, 'everything', null, ['restore']);
    await run(() => database.query(`DELETE FROM delivery.claim_counter`));
  });
  afterAll(() => house.close());

  const run = <T>(work: () => Promise<T>): Promise<T> => database.inTransaction(SYSTEM, work);
  /** As a scheduler that starts on this disk. */
  const aScheduler = (): InstanceEpochs =>
    new InstanceEpochs(database, house.clock, halts, house.app.get(AuditLog), { JOURNAL_FOLDER: folder });
  /** @returns what it finds before it claims. */
  const claim = (scheduler: InstanceEpochs): Promise<DatabaseLineage> =>
    run(async () => {
      const life = await scheduler.verify(SYSTEM);
      if (life.kind === 'same') await scheduler.countClaim();
      return life;
    });
  const isHalted = async (): Promise<boolean> => (await halts.inForce()).everything;
  /** The database as it was before its last claims. */
  const restore = (): Promise<unknown> =>
    run(() => database.query('UPDATE delivery.claim_counter SET claims = claims - 1'));
  const aMessage = async (dueAt: Date): Promise<LeasedMessage> => {
    const plan = {
      enrolmentId: newId<EnrolmentId>(),
      stepKey: 'welcome',
      occurrence: 1,
      emailKey: 'welcome',
      partnerId,
      vendorId,
      activationId: newId<ActivationId>(),
      contactId: newId<ContactId>(),
      dueAt,
    };
    return (await run(() => ledger.planLeased([plan])))[0]!;
  };
  const stateOf = async ({ id }: LeasedMessage): Promise<string> =>
    (await run(() => database.query<{ state: string }>('SELECT state FROM delivery.message WHERE id = $1', [id])))[0]!
      .state;

  it('goes on while the database knows every claim, also in the next process', async () => {
    const first = aScheduler();
    for (let n = 0; n < 3; n++) expect(await claim(first)).toEqual({ kind: 'same', uncertainUntil: null });
    expect(await claim(aScheduler())).toEqual({ kind: 'same', uncertainUntil: null });
    expect(await isHalted()).toBe(false);
  });

  it('halts everything when a process that runs finds an older database', async () => {
    const scheduler = aScheduler();
    await claim(scheduler);
    await claim(scheduler);
    await restore();
    expect(await claim(scheduler)).toEqual({ kind: 'restored' });
    expect(await isHalted()).toBe(true);
    const [entry] = await database.inTransaction(SYSTEM, () =>
      house.app.get(AuditLog).read(SYSTEM, { limit: 1, beforeId: null }),
    );
    expect(entry).toMatchObject({ action: 'sending.halted', actorName: 'test' });
  });

  it('halts everything when a process that runs finds a database of before a confirmed restore', async () => {
    const scheduler = aScheduler();
    await claim(scheduler);
    await scheduler.confirm(SYSTEM, house.clock.now());
    await claim(scheduler);
    // It has counted more by then than this process since.
    await run(() => database.query('UPDATE delivery.claim_counter SET claims = claims + 5'));
    await run(() => database.query('UPDATE delivery.instance SET epoch = epoch - 1'));
    expect(await claim(scheduler)).toEqual({ kind: 'restored' });
    await run(() => database.query('UPDATE delivery.instance SET epoch = epoch + 1'));
  });

  it('halts everything when a process starts on a disk that knows more', async () => {
    await claim(aScheduler());
    await run(() => database.query('DELETE FROM delivery.claim_counter'));
    expect(await claim(aScheduler())).toEqual({ kind: 'restored' });
    expect(await isHalted()).toBe(true);
  });

  it('halts everything on another server', async () => {
    await claim(aScheduler());
    await run(() => database.query(`UPDATE delivery.instance SET server = 'another one'`));
    expect(await claim(aScheduler())).toEqual({ kind: 'restored' });
    await aScheduler().confirm(SYSTEM, house.clock.now());
    expect((await claim(aScheduler())).kind).toBe('same');
  });

  it('does not count a claim that was rolled back', async () => {
    const scheduler = aScheduler();
    await claim(scheduler);
    const failed = run(async () => {
      await scheduler.countClaim();
      throw new Error('PostgreSQL is gone');
    });
    await expect(failed).rejects.toThrow('gone');
    expect((await claim(scheduler)).kind).toBe('same');
  });

  it('is not lifted by an operator’s lift, only by confirming', async () => {
    const scheduler = aScheduler();
    await claim(scheduler);
    await run(() => database.query('DELETE FROM delivery.claim_counter'));
    await claim(scheduler);
    expect(await halts.lift(SYSTEM, 'everything', null, ['operator'])).toBe(false);
    await scheduler.confirm(SYSTEM, house.clock.now());
    expect(await isHalted()).toBe(false);
    expect((await claim(scheduler)).kind).toBe('same');
  });

  it('makes unknown what may have been sent, and nothing that was due later', async () => {
    const until = house.clock.now();
    const [before, after] = [
      await aMessage(new Date(until.getTime() - 60_000)),
      await aMessage(new Date(until.getTime() + 1)),
    ];
    house.clock.advance(1000);
    expect(await aScheduler().confirm(SYSTEM, until)).toEqual({ uncertainUntil: until, unknown: 1 });
    expect([await stateOf(before), await stateOf(after)]).toEqual(['unknown', 'leased']);
    expect(await claim(aScheduler())).toEqual({ kind: 'same', uncertainUntil: until });
  });

  it('goes on after a process that died between its first commit and the disk', async () => {
    const first = aScheduler();
    await claim(first);
    await claim(first);
    // What is to happen after the commit does not.
    const died = jest.spyOn(database, 'afterCommit').mockImplementation(() => undefined);
    await claim(aScheduler());
    died.mockRestore();
    expect((await claim(aScheduler())).kind).toBe('same');
    expect(await isHalted()).toBe(false);
  });

  it('keeps the witness of a process that is gone until another has borne its own, on the disk first', async () => {
    const counterFiles = () => readdirSync(folder).filter((name) => name.endsWith('.claims')).length;
    const rows = async () => (await run(() => database.query('SELECT 1 FROM delivery.claim_counter'))).length;
    await claim(aScheduler());
    const next = aScheduler();
    expect([counterFiles(), await rows()]).toEqual([1, 1]);
    await claim(next);
    expect([counterFiles(), await rows()]).toEqual([1, 2]);
    await claim(next);
    expect([counterFiles(), await rows()]).toEqual([1, 1]);
    await claim(next);
    expect((await claim(aScheduler())).kind).toBe('same');
  });
});
