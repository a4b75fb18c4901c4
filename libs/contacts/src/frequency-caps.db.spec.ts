import fc from 'fast-check';
import { Database } from '#database';
import { type ContactId, newId, type PartnerActor, systemActor, type VendorActor, type VendorId } from '#kernel';
import type { TestModule } from '../../../test/support/test-module.js';
import { aPartner, createContactsServices } from './contacts.fixture.js';
import { Contacts } from './contacts.service.js';
import { FrequencyCaps } from './frequency-caps.service.js';
import { OrganisationFrequencyCaps } from './organisation-frequency-caps.service.js';
import { frequencyUseAt } from './frequency-window.js';

const PARTNERS = 50;
const WORKERS = 16;
const CAP = 2;
const MOST = { cap: CAP, days: 7 };
const ADDRESS = 'popular@example.com';
const NOW = new Date('2026-11-18T10:00:00Z');

interface Holder {
  readonly partner: PartnerActor;
  readonly contactId: ContactId;
}

describe('one address in the lists of fifty partners, with a cap of two', () => {
  let house: TestModule;
  let caps: FrequencyCaps;
  let holders: Holder[];
  const vendorId = newId<VendorId>();

  beforeAll(async () => {
    // A connection for each worker: they race in PostgreSQL, not in front of a
    // pool.
    house = await createContactsServices({ FREQUENCY_CAP: String(CAP), PARTNER_FREQUENCY_CAP: '100' }, WORKERS);
    caps = house.app.get(FrequencyCaps);
    const contacts = house.app.get(Contacts);
    holders = await Promise.all(
      Array.from({ length: PARTNERS }, async () => {
        const partner = aPartner();
        return { partner, contactId: (await contacts.create(partner, { email: ADDRESS })).id };
      }),
    );
  });
  afterAll(() => house.close());

  /** Each worker takes the next partner that is left, as schedulers do. */
  async function race(at = NOW): Promise<Holder[]> {
    const left = [...holders, ...holders];
    const granted: Holder[] = [];
    const work = async (): Promise<void> => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const actor = systemActor('delivery', { partnerId: next.partner.partnerId });
        if ((await caps.reserve(actor, vendorId, [{ contactId: next.contactId, frequencyUseAt: null }], at)).size > 0)
          granted.push(next);
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, work));
    return granted;
  }

  it('allows exactly two of a hundred messages while sixteen workers race', async () => {
    expect(await race()).toHaveLength(CAP);
    expect(await race()).toHaveLength(0);
    // Neither a new week nor a new month makes room, only seven days.
    expect(await race(new Date('2026-11-23T00:00:00Z'))).toHaveLength(0);
    expect(await race(new Date('2026-11-25T10:00:00Z'))).toHaveLength(CAP);
  });

  /**
   * Moments of thirty days in order, in minutes, each with the clock lag of its
   * worker.
   */
  const days = fc
    .array(
      fc.tuple(
        fc.integer({ min: 0, max: 30 * 24 * 60 }),
        fc.array(fc.integer({ min: 0, max: 12 * 60 }), { minLength: WORKERS, maxLength: WORKERS }),
      ),
      { minLength: 4, maxLength: 12 },
    )
    .map((moments) => moments.sort(([a], [b]) => a - b));

  it('allows at most two in any seven days, while sixteen workers race with different clocks', () =>
    fc.assert(
      fc.asyncProperty(days, async (moments) => {
        const anotherVendor = newId<VendorId>();
        const sent: number[] = [];
        const send = async (minute: number, { partner, contactId }: Holder): Promise<void> => {
          const actor = systemActor('delivery', { partnerId: partner.partnerId });
          const at = new Date(NOW.getTime() + minute * 60_000);
          const granted = await caps.reserve(actor, anotherVendor, [{ contactId, frequencyUseAt: null }], at);
          if (granted.size > 0) sent.push(minute);
        };
        for (const [minute, behind] of moments)
          await Promise.all(behind.map((late, worker) => send(minute - late, holders[worker]!)));
        expect(sent.length).toBeGreaterThanOrEqual(CAP);
        for (const from of sent)
          expect(sent.filter((at) => at >= from && at < from + 7 * 24 * 60).length).toBeLessThanOrEqual(CAP);
      }),
      { numRuns: 15 },
    ));

  it('stores a keyed hash of it and no address', async () => {
    const rows = await house.app
      .get(Database)
      .inTransaction(systemActor('test'), () =>
        house.app
          .get(Database)
          .query<{ row: string; n: number; octets: number }>(
            'SELECT t::text AS row, cardinality(taken) AS n, octet_length(email_key) AS octets FROM contacts.frequency_use t WHERE vendor_id = $1',
            [vendorId],
          ),
      );
    // All that could count in any window that an organisation may choose.
    expect(rows).toMatchObject([{ n: 2 * CAP, octets: 32 }]);
    expect(rows[0]!.row).not.toContain('popular');
    for (const { partner } of holders) expect(rows[0]!.row).not.toContain(partner.partnerId);
  });

  it('refunds one use per message that reached no contact, also several of one contact', async () => {
    const partner = aPartner();
    const { id: contactId } = await house.app.get(Contacts).create(partner, { email: 'twice@example.com' });
    const actor = systemActor('delivery', { partnerId: partner.partnerId });
    const take = async (messages: number): Promise<number> =>
      (
        await caps.reserve(
          actor,
          vendorId,
          Array.from({ length: messages }, () => ({ contactId, frequencyUseAt: null })),
          NOW,
        )
      ).size;
    expect(await take(3)).toBe(2);
    const failed = [NOW, NOW].map((at) => ({ contactId, frequencyUseAt: frequencyUseAt(at) }));
    await house.app.get(Database).inTransaction(actor, () => caps.release(actor, vendorId, failed));
    expect(await take(3)).toBe(2);
  });

  describe('an organisation’s own, stricter cap', () => {
    const vendor: VendorActor = {
      kind: 'vendor',
      vendorId: newId<VendorId>(),
      role: 'owner',
      userId: newId(),
      apiKeyId: null,
      name: 'Nora',
    };
    const grantedOf = async ({ partner, contactId }: Holder, messages = 4): Promise<number> => {
      const actor = systemActor('delivery', { partnerId: partner.partnerId });
      const wanted = Array.from({ length: messages }, () => ({ contactId, frequencyUseAt: null }));
      return (await caps.reserve(actor, vendor.vendorId, wanted, NOW)).size;
    };
    const own = (): OrganisationFrequencyCaps => house.app.get(OrganisationFrequencyCaps);

    it('uses the vendor’s cap across its partners, and the installation’s again after removal', async () => {
      const [first, second, third] = holders as [Holder, Holder, Holder];
      expect(await own().set(vendor, { cap: 1, days: 7 })).toEqual({ own: { cap: 1, days: 7 }, most: MOST });
      expect([await grantedOf(first), await grantedOf(second)]).toEqual([1, 0]);
      expect(await own().set(vendor, null)).toEqual({ own: null, most: MOST });
      expect(await grantedOf(third)).toBe(1);
    });

    it('uses the partner’s cap across its vendors', async () => {
      // A new contact: the others have had mails above.
      const partner = aPartner();
      const { id: contactId } = await house.app.get(Contacts).create(partner, { email: ADDRESS });
      await own().set(partner, { cap: 1, days: 7 });
      const actor = systemActor('delivery', { partnerId: partner.partnerId });
      const taken = async (): Promise<number> =>
        (await caps.reserve(actor, newId<VendorId>(), [{ contactId, frequencyUseAt: null }], NOW)).size;
      expect([await taken(), await taken()]).toEqual([1, 0]);
    });

    it.each([
      ['a month', { cap: 1, days: 30 }, [0, 8, 29.9, 30, 59.9, 60], [0, 30, 60]],
      ['a day', { cap: 1, days: 1 }, [0, 0.5, 1, 2, 7, 7.9, 8], [0, 1, 7, 8]],
    ])('counts within %s, and keeps to the installation’s seven days besides', async (_, rule, moments, granted) => {
      const another: VendorActor = { ...vendor, vendorId: newId<VendorId>() };
      await own().set(another, rule);
      const { partner, contactId } = holders[0]!;
      const actor = systemActor('delivery', { partnerId: partner.partnerId });
      const taken = async (day: number): Promise<boolean> =>
        (
          await caps.reserve(
            actor,
            another.vendorId,
            [{ contactId, frequencyUseAt: null }],
            new Date(NOW.getTime() + day * 86_400_000),
          )
        ).size > 0;
      const went: number[] = [];
      for (const day of moments) if (await taken(day)) went.push(day);
      expect(went).toEqual(granted);
    });

    it('refuses a cap above the installation’s, and changes nothing', async () => {
      for (const [rule, anyway] of [
        [{ cap: CAP + 1, days: 7 }, CAP],
        [{ cap: CAP + 1, days: 1 }, CAP],
        [{ cap: 2 * CAP + 1, days: 8 }, 2 * CAP],
      ] as const)
        await expect(own().set(vendor, rule)).rejects.toMatchObject({
          code: 'frequency-cap.above',
          details: { field: 'cap', most: CAP, anyway },
        });
      expect(await own().get(vendor)).toEqual({ own: null, most: MOST });
    });

    it('is visible only to its owner', async () => {
      await own().set(vendor, { cap: 1, days: 7 });
      const stranger: VendorActor = { ...vendor, vendorId: newId<VendorId>() };
      const database = house.app.get(Database);
      for (const actor of [stranger, holders[7]!.partner])
        expect(
          await database.inTransaction(actor, () => database.query('SELECT 1 FROM contacts.frequency_cap')),
        ).toEqual([]);
    });
  });

  it('does not reveal other partners of the address', async () => {
    for (const { partner } of holders.slice(0, 3))
      await expect(
        house.app
          .get(Database)
          .inTransaction(partner, () => house.app.get(Database).query('SELECT 1 FROM contacts.frequency_use')),
      ).resolves.toEqual([]);
  });
});

describe('one address in the lists of a partner of fifty vendors, with a cap of three', () => {
  const PARTNER_CAP = 3;
  let house: TestModule;
  let caps: FrequencyCaps;

  beforeAll(async () => {
    house = await createContactsServices({ PARTNER_FREQUENCY_CAP: String(PARTNER_CAP) }, WORKERS);
    caps = house.app.get(FrequencyCaps);
  });
  afterAll(() => house.close());

  it('allows exactly three of a hundred messages of fifty vendors while sixteen workers race', async () => {
    const partner = aPartner();
    const { id: contactId } = await house.app.get(Contacts).create(partner, { email: ADDRESS });
    const actor = systemActor('delivery', { partnerId: partner.partnerId });
    const vendors = Array.from({ length: 50 }, () => newId<VendorId>());
    const raceAt = async (at: Date): Promise<number> => {
      const left = [...vendors, ...vendors];
      const granted: VendorId[] = [];
      const work = async (): Promise<void> => {
        for (let next = left.pop(); next !== undefined; next = left.pop())
          if ((await caps.reserve(actor, next, [{ contactId, frequencyUseAt: null }], at)).size > 0) granted.push(next);
      };
      await Promise.all(Array.from({ length: WORKERS }, work));
      return granted.length;
    };
    expect(await raceAt(NOW)).toBe(PARTNER_CAP);
    expect(await raceAt(new Date('2026-11-25T09:59:00Z'))).toBe(0);
    // Contacts that the partner's cap refused cost nothing of the vendor's
    // allowance.
    expect(await raceAt(new Date('2026-11-25T10:00:00Z'))).toBe(PARTNER_CAP);
    const [spent] = await house.app
      .get(Database)
      .inTransaction(systemActor('test'), () =>
        house.app
          .get(Database)
          .query<{ n: number }>(
            `SELECT sum(cardinality(taken))::int AS n FROM contacts.frequency_use WHERE vendor_id = ANY ($1)`,
            [vendors],
          ),
      );
    expect(spent?.n).toBe(2 * PARTNER_CAP);
  });

  it('refunds both for a message that reached no contact', async () => {
    const partner = aPartner();
    const { id: contactId } = await house.app.get(Contacts).create(partner, { email: ADDRESS });
    const actor = systemActor('delivery', { partnerId: partner.partnerId });
    const takeOf = async (vendor: VendorId): Promise<number> =>
      (await caps.reserve(actor, vendor, [{ contactId, frequencyUseAt: null }], NOW)).size;
    const vendors = Array.from({ length: PARTNER_CAP }, () => newId<VendorId>());
    for (const vendor of vendors) expect(await takeOf(vendor)).toBe(1);
    expect(await takeOf(newId<VendorId>())).toBe(0);
    await caps.release(actor, vendors[0]!, [{ contactId, frequencyUseAt: frequencyUseAt(NOW) }]);
    expect(await takeOf(newId<VendorId>())).toBe(1);
  });

  it('reveals nothing to another partner', async () => {
    const rows = (partner: PartnerActor): Promise<unknown[]> =>
      house.app
        .get(Database)
        .inTransaction(systemActor('test', { partnerId: partner.partnerId }), () =>
          house.app.get(Database).query('SELECT 1 FROM contacts.partner_frequency_use'),
        );
    const holder = aPartner();
    const { id: contactId } = await house.app.get(Contacts).create(holder, { email: ADDRESS });
    const actor = systemActor('delivery', { partnerId: holder.partnerId });
    await caps.reserve(actor, newId<VendorId>(), [{ contactId, frequencyUseAt: null }], NOW);
    expect(await rows(holder)).toHaveLength(1);
    expect(await rows(aPartner())).toEqual([]);
  });
});
