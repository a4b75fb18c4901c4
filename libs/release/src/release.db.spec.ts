import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { CONFIG } from '#config';
import { Database } from '#database';
import { DAY_MS, newId, packageRoot, systemActor, type VendorActor, type VendorId } from '#kernel';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { FORECAST_COST, ReleaseModule, Releases, Reservations } from './index.js';
import { ReleaseLog } from './release-log.service.js';

const PROCESS = systemActor('test');
const CELLS = [
  { name: 'total', value: 1_000 },
  { name: 'reached', value: 800 },
];

describe('releases', () => {
  let house: TestModule;
  let [database, releases, reservations] = [null!, null!, null!] as [Database, Releases, Reservations];
  let owner: pg.Client;

  beforeAll(async () => {
    const settings = { provide: CONFIG, useValue: { SECRET_KEY: 'a-secret-of-at-least-32-characters' } };
    house = await createTestModule([
      { module: class Settings {}, global: true, providers: [settings], exports: [CONFIG] },
      ReleaseModule,
    ]);
    database = house.app.get(Database);
    releases = house.app.get(Releases);
    reservations = house.app.get(Reservations);
    owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await house.close();
  });

  async function aVendor(): Promise<VendorActor> {
    const vendorId = newId<VendorId>();
    await owner.query(
      `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
       VALUES ($1, 'vendor', 'Vendor', $2, 'DE', 'UTC', now())`,
      [vendorId, `vendor-${vendorId}`],
    );
    return { kind: 'vendor', vendorId, role: 'owner', userId: null, apiKeyId: null, name: 'Vera' };
  }

  async function reserve({ vendorId, ...actor }: VendorActor, subject = 'version', onceInMs = 0) {
    const request = { vendorId, kind: 'forecast', subject, cost: FORECAST_COST, onceInMs } as const;
    return (await reservations.reserve({ vendorId, ...actor }, request)).reservation;
  }
  const sentOf = ({ vendorId }: VendorActor, asOf: Date, cells = CELLS) =>
    releases.publish(PROCESS, {
      vendorId,
      kind: 'sent',
      subject: 'campaign',
      asOf,
      readyAt: null,
      reservation: null,
      cells,
      denominator: 1,
      sd: 60,
    });

  /** Uses `count` reservations, and waits until they are ready. */
  async function useUp(actor: VendorActor, count: number): Promise<void> {
    for (let done = 0; done < count; done += 5) {
      await Promise.all(Array.from({ length: Math.min(5, count - done) }, () => reserve(actor)));
      house.clock.advance(2 * 3_600_000);
    }
  }

  it('are drawn once: asking again gives the same bytes, with other numbers too', async () => {
    const vendor = await aVendor();
    const asOf = house.clock.now();
    const first = await sentOf(vendor, asOf);
    const [again, racing] = await Promise.all([
      sentOf(vendor, asOf),
      sentOf(vendor, asOf, [{ name: 'total', value: 5_000 }]),
    ]);
    expect(again).toEqual(first);
    expect(racing).toEqual(first);
    expect(await releases.find(vendor, { vendorId: vendor.vendorId, kind: 'sent' })).toEqual([first]);
  });

  it('get other noise if the row is drawn anew, as after a restored backup', async () => {
    const [one, other] = [await aVendor(), await aVendor()];
    const asOf = house.clock.now();
    const { cells, id } = await sentOf(one, asOf);
    const drawn = await sentOf(other, asOf);
    expect(drawn.id).not.toBe(id);
    expect(drawn.cells).not.toEqual(cells);
  });

  it.each(['UPDATE release.release SET sd = 1', 'DELETE FROM release.release', 'DELETE FROM release.reservation'])(
    'refuse to change: %s',
    async (sql) => {
      const vendor = await aVendor();
      await sentOf(vendor, house.clock.now());
      await reserve(vendor);
      await expect(owner.query(sql)).rejects.toThrow('its rows are never changed');
      await expect(database.inTransaction(PROCESS, () => database.query(sql))).rejects.toThrow('permission denied');
    },
  );

  it('belong to one vendor, which cannot add any', async () => {
    const [vendor, stranger] = [await aVendor(), await aVendor()];
    await sentOf(vendor, house.clock.now());
    expect(await releases.find(stranger, { vendorId: vendor.vendorId, kind: 'sent' })).toEqual([]);
    const insert = `INSERT INTO release.release (id, vendor_id, kind, subject, as_of, at, ready_at, cells, sd, cost)
      VALUES (gen_random_uuid(), $1, 'sent', 'x', now(), now(), now(), '[]', 1, 0)`;
    await expect(database.inTransaction(vendor, () => database.query(insert, [vendor.vendorId]))).rejects.toThrow(
      'row-level security',
    );
  });

  it('are shown from their hour on, and not before', async () => {
    const vendor = await aVendor();
    const reservation = await reserve(vendor);
    const { vendorId } = vendor;
    const published = { vendorId, kind: 'forecast', subject: 'version', asOf: reservation.readyAt } as const;
    await releases.publish(PROCESS, {
      ...published,
      readyAt: reservation.readyAt,
      reservation,
      cells: CELLS,
      denominator: 1,
      sd: 30,
    });
    const found = () => releases.find(vendor, { vendorId, kind: 'forecast' });
    expect(await found()).toEqual([]);
    house.clock.advance(reservation.readyAt.getTime() - house.clock.now().getTime());
    expect(await found()).toHaveLength(1);
  });

  it('refuse the 21st forecast of 365 days, with the day of the next', async () => {
    const vendor = await aVendor();
    const begunAt = house.clock.now();
    await useUp(vendor, 20);
    const refusal = await reserve(vendor).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'forecast.spent', kind: 'conflict' });
    const nextAt = (await reservations.usage(vendor, vendor.vendorId, 'forecast', FORECAST_COST)).nextAt;
    expect(nextAt!.getTime() - begunAt.getTime()).toBeGreaterThanOrEqual(365 * DAY_MS);
    house.clock.advance(nextAt!.getTime() - house.clock.now().getTime());
    expect(await reserve(vendor)).toMatchObject({ number: 21 });
  });

  it('give the last forecast to one of two requests at once', async () => {
    const vendor = await aVendor();
    await useUp(vendor, 19);
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => reserve(vendor)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('refuse the seventh forecast that waits', async () => {
    const vendor = await aVendor();
    for (let count = 0; count < 6; count += 1) await reserve(vendor);
    await expect(reserve(vendor)).rejects.toMatchObject({ code: 'forecast.waiting' });
  });

  it('have one reservation for one text, for requests at once too', async () => {
    const vendor = await aVendor();
    const made = await Promise.all(Array.from({ length: 4 }, () => reserve(vendor, 'same', 30 * DAY_MS)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    house.clock.advance(30 * DAY_MS + 1_000);
    expect((await reserve(vendor, 'same', 30 * DAY_MS)).number).toBe(2);
  });

  it('stand in the log with their cost, without numbers', async () => {
    const vendor = await aVendor();
    await reserve(vendor, 'abc');
    await sentOf(vendor, house.clock.now());
    const entries = await house.app.get(ReleaseLog).list(PROCESS, vendor.vendorId, 10);
    expect(entries).toHaveLength(2);
    expect(entries).toContainEqual(
      expect.objectContaining({ kind: 'forecast', subject: 'abc', cost: FORECAST_COST, number: 1, sd: null }),
    );
    expect(entries).toContainEqual(expect.objectContaining({ kind: 'sent', cost: 0, sd: 60, cells: 2 }));
  });

  it('have no floating point between the number and its noise', () => {
    const source = readFileSync(join(packageRoot(), 'libs/release/src/discrete-gaussian.ts'), 'utf8');
    expect(source).not.toMatch(/Math\.|Number\(|parseFloat/);
  });
});
