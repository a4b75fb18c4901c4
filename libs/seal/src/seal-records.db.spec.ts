import { CONFIG } from '#config';
import { newId, type PartnerId, systemActor } from '#kernel';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { SealModule, SealRecords } from './index.js';
import { aSigned } from './seal.fixture.js';

describe('receipts', () => {
  let house: TestModule;
  let records: SealRecords;
  const partnerId = newId<PartnerId>();
  const scheduler = systemActor('scheduler', { partnerId });

  beforeAll(async () => {
    const settings = { provide: CONFIG, useValue: { SECRET_KEY: 'a-secret-of-at-least-32-characters' } };
    house = await createTestModule([
      { module: class Settings {}, global: true, providers: [settings], exports: [CONFIG] },
      SealModule,
    ]);
    records = house.app.get(SealRecords);
  });
  afterAll(() => house.close());

  it('belong to the newest claim; an older claim does not overwrite them', async () => {
    const subject = { kind: 'message', id: newId() } as const;
    const kept = () => records.receipt(scheduler, 'message', subject.id);
    const [first, second, third] = ['1', '2', '3'].map((digit) =>
      aSigned({ subject, hashes: { bytes: digit.repeat(64) } }),
    );

    await records.storeReceipts(scheduler, partnerId, [first!], [1]);
    await records.storeReceipts(scheduler, partnerId, [second!], [3]);
    expect(await kept()).toEqual(second);

    const other = aSigned({});
    await records.storeReceipts(scheduler, partnerId, [first!, other], [2, 1]);
    expect(await kept()).toEqual(second);
    expect(await records.receipt(scheduler, 'message', other.payload.subject.id)).toEqual(other);

    await records.storeReceipts(scheduler, partnerId, [third!], [3]);
    expect(await kept()).toEqual(third);
  });
});
