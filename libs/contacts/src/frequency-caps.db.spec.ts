import fc from 'fast-check';
import { AuditLog } from '#audit';
import { Database } from '#database';
import {
  type ContactId,
  newId,
  type PartnerActor,
  type PartnerId,
  systemActor,
  type UserId,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { MembershipInvitations, Organisations } from '#organisations';
import type { TestModule } from '../../../test/support/test-module.js';
import { aPartner, createContactsServices } from './contacts.fixture.js';
import { Contacts } from './contacts.service.js';
import { FrequencyCaps } from './frequency-caps.service.js';
import { PolicyRefusals } from './policy-refusals.service.js';
import { OrganisationFrequencyCaps } from './organisation-frequency-caps.service.js';
import { type FrequencyRule, frequencyUseAt, VENDOR_CAP_NOTICE_MS } from './frequency-window.js';

const PARTNERS = 50;
const WORKERS = 16;
const CAP = 3;
/** What one partner may use of it. */
const SHARE = 2;
const MOST = { cap: CAP, days: 7 };
const ADDRESS = 'popular@example.com';
const NOW = new Date('2026-11-18T10:00:00Z');

const VENDOR = { kind: 'vendor', role: 'owner', userId: newId<UserId>(), apiKeyId: null, name: 'Nora' } as const;

interface Holder {
  readonly partner: PartnerActor;
  readonly contactId: ContactId;
}

/** A vendor in whose programme a partner takes part. */
async function aVendor(house: TestModule, partnerId: PartnerId): Promise<VendorId> {
  const system = systemActor('test');
  const organisations = house.app.get(Organisations);
  const invitations = house.app.get(MembershipInvitations);
  const place = { countryCode: 'GB', timeZone: 'Europe/London' };
  const vendorId = (await organisations.create(system, { kind: 'vendor', name: 'Northwind', ...place })) as VendorId;
  const programmeId = await organisations.createProgramme(system, vendorId, 'Programme');
  await invitations.invite({ ...VENDOR, vendorId }, { programmeId, partnerId, tier: 'gold', region: 'emea' });
  await invitations.join(system, partnerId);
  return vendorId;
}

describe('one address in the lists of fifty partners, with a cap of three', () => {
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

  it('allows exactly three of a hundred messages while sixteen workers race', async () => {
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

  it('allows at most three in any seven days, while sixteen workers race with different clocks', () =>
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
      { numRuns: 5 },
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
    expect(await take(3)).toBe(SHARE);
    const failed = [NOW, NOW].map((at) => ({ contactId, frequencyUseAt: frequencyUseAt(at) }));
    await house.app.get(Database).inTransaction(actor, () => caps.release(actor, vendorId, failed));
    expect(await take(3)).toBe(SHARE);
  });

  describe('an organisation’s own, stricter cap', () => {
    const vendor: VendorActor = { ...VENDOR, vendorId: newId<VendorId>() };
    const grantedOf = async ({ partner, contactId }: Holder, messages = 4): Promise<number> => {
      const actor = systemActor('delivery', { partnerId: partner.partnerId });
      const wanted = Array.from({ length: messages }, () => ({ contactId, frequencyUseAt: null }));
      return (await caps.reserve(actor, vendor.vendorId, wanted, house.clock.now())).size;
    };
    const own = (): OrganisationFrequencyCaps => house.app.get(OrganisationFrequencyCaps);

    /** Changes a vendor's cap, and waits until it holds. */
    const set = async (of: VendorActor, rule: FrequencyRule | null): Promise<void> => {
      await own().set(of, rule);
      house.clock.advance(VENDOR_CAP_NOTICE_MS);
    };

    it('counts each partner of the vendor separately, and as the installation does after removal', async () => {
      const [first, second, third] = holders as [Holder, Holder, Holder];
      await set(vendor, { cap: 1, days: 7 });
      expect([await grantedOf(first), await grantedOf(second)]).toEqual([1, 1]);
      await set(vendor, null);
      expect([await grantedOf(third), await grantedOf(first)]).toEqual([SHARE, CAP - SHARE]);
    });

    it('of a vendor holds from eight days after the change on', async () => {
      const late: VendorActor = { ...vendor, vendorId: newId<VendorId>() };
      const [{ partner, contactId }] = holders as [Holder];
      const actor = systemActor('delivery', { partnerId: partner.partnerId });
      const began = house.clock.now();
      const grantedAt = async (days: number): Promise<number> => {
        const now = new Date(began.getTime() + days * 86_400_000 + 1_000);
        const wanted = Array.from({ length: 3 }, () => ({ contactId, frequencyUseAt: null }));
        return (await caps.reserve(actor, late.vendorId, wanted, now)).size;
      };
      const { next, ...changed } = await own().set(late, { cap: 1, days: 7 });
      expect([changed, next?.rule]).toEqual([
        { own: null, most: MOST },
        { cap: 1, days: 7 },
      ]);
      expect(Math.round((next!.from.getTime() - began.getTime()) / 86_400_000)).toBe(8);
      expect([await grantedAt(0), await grantedAt(7.9), await grantedAt(15)]).toEqual([SHARE, SHARE, 1]);
      house.clock.advance(VENDOR_CAP_NOTICE_MS);
      expect(await own().get(late)).toEqual({ own: { cap: 1, days: 7 }, next: null, most: MOST });
      // Another change replaces the one to come, and not the one in force.
      await own().set(late, { cap: 2, days: 7 });
      await own().set(late, null);
      expect(await own().get(late)).toMatchObject({ own: { cap: 1, days: 7 }, next: { rule: null } });
    });

    it('is told to the partners of the vendor, by their audit logs', async () => {
      const maker: VendorActor = { ...vendor, vendorId: await aVendor(house, holders[0]!.partner.partnerId) };
      await own().set(maker, { cap: 1, days: 30 });
      for (const reader of [maker, holders[0]!.partner])
        expect(
          await house.app.get(AuditLog).read(reader, { limit: 5, beforeId: null }, { action: 'frequency-cap.set' }),
        ).toMatchObject([
          {
            action: 'frequency-cap.set',
            actorKind: 'vendor',
            actorName: maker.name,
            subjectId: maker.vendorId,
            details: { cap: 1, days: 30, from: expect.any(String) as string },
          },
        ]);
    });

    it('uses the partner’s cap across its vendors', async () => {
      // A new contact: the others have had mails above.
      const partner = aPartner();
      const { id: contactId } = await house.app.get(Contacts).create(partner, { email: ADDRESS });
      await own().set(partner, { cap: 1, days: 7 });
      const actor = systemActor('delivery', { partnerId: partner.partnerId });
      const taken = async (): Promise<number> =>
        (await caps.reserve(actor, newId<VendorId>(), [{ contactId, frequencyUseAt: null }], house.clock.now())).size;
      expect([await taken(), await taken()]).toEqual([1, 0]);
    });

    it.each([
      ['a month', { cap: 1, days: 30 }, [0, 8, 29.9, 30, 59.9, 60], [0, 30, 60]],
      ['a day', { cap: 1, days: 1 }, [0, 0.5, 1, 2, 7, 7.9, 8], [0, 1, 7, 8]],
    ])('counts within %s, and keeps to the installation’s seven days besides', async (_, rule, moments, granted) => {
      const another: VendorActor = { ...vendor, vendorId: newId<VendorId>() };
      await set(another, rule);
      const began = house.clock.now();
      const { partner, contactId } = holders[0]!;
      const actor = systemActor('delivery', { partnerId: partner.partnerId });
      const taken = async (day: number): Promise<boolean> =>
        (
          await caps.reserve(
            actor,
            another.vendorId,
            [{ contactId, frequencyUseAt: null }],
            new Date(began.getTime() + day * 86_400_000),
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
      expect(await own().get(vendor)).toEqual({ own: null, next: null, most: MOST });
    });

    it('is visible only to its owner', async () => {
      await set(vendor, { cap: 1, days: 7 });
      const stranger: VendorActor = { ...vendor, vendorId: newId<VendorId>() };
      const database = house.app.get(Database);
      for (const actor of [stranger, holders[7]!.partner])
        expect(
          await database.inTransaction(actor, () => database.query('SELECT 1 FROM contacts.frequency_cap')),
        ).toEqual([]);
    });
  });

  it('counts against a partner only what other partners’ messages prevented', async () => {
    const [first, second] = holders as [Holder, Holder];
    const refusals = house.app.get(PolicyRefusals);
    const anotherVendor = newId<VendorId>();
    const asks = async ({ partner, contactId }: Holder, messages: number): Promise<number[]> => {
      const actor = systemActor('delivery', { partnerId: partner.partnerId });
      const before = await refusals.countSince(actor, partner.partnerId, new Date(0));
      const wanted = Array.from({ length: messages }, () => ({ contactId, frequencyUseAt: null }));
      const { size } = await caps.reserve(actor, anotherVendor, wanted, NOW);
      return [size, (await refusals.countSince(actor, partner.partnerId, new Date(0))) - before];
    };
    // Its own share refuses two, which tells nothing of others.
    expect(await asks(first, SHARE + 2)).toEqual([SHARE, 0]);
    expect(await asks(second, SHARE)).toEqual([CAP - SHARE, 2 * SHARE - CAP]);
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
    // One for all vendors, and one for this vendor, by keys of their own.
    expect(await rows(holder)).toHaveLength(2);
    expect(await rows(aPartner())).toEqual([]);
  });
});
