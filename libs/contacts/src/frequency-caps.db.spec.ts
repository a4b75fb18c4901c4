import { Database } from '#database';
import { type ContactId, newId, type PartnerActor, systemActor, type VendorId } from '#kernel';
import type { TestHouse } from '../../../test/support/module.js';
import { aPartner, createContactsHouse } from './contacts.fixture.js';
import { Contacts } from './contacts.service.js';
import { FrequencyCaps } from './frequency-caps.service.js';

const PARTNERS = 50;
const WORKERS = 16;
const CAP = 2;
const ADDRESS = 'popular@example.com';
const NOW = new Date('2026-11-18T10:00:00Z');

interface Holder {
  readonly partner: PartnerActor;
  readonly contactId: ContactId;
}

describe('one address in the lists of fifty partners, with a cap of two', () => {
  let house: TestHouse;
  let caps: FrequencyCaps;
  let holders: Holder[];
  const vendorId = newId<VendorId>();

  beforeAll(async () => {
    // A connection for each worker: they race in PostgreSQL, not in front of a pool.
    house = await createContactsHouse({ FREQUENCY_CAP: String(CAP) }, WORKERS);
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
  async function race(): Promise<Holder[]> {
    const left = [...holders, ...holders];
    const granted: Holder[] = [];
    const work = async (): Promise<void> => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const actor = systemActor('delivery', { partnerId: next.partner.partnerId });
        if ((await caps.reserve(actor, vendorId, [next.contactId], NOW)).size > 0) granted.push(next);
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, work));
    return granted;
  }

  it('lets exactly two of a hundred messages go while sixteen workers race', async () => {
    expect(await race()).toHaveLength(CAP);
    expect(await race()).toHaveLength(0);
  });

  it('keeps a keyed hash of it and nothing that names it', async () => {
    const rows = await house.app
      .get(Database)
      .inTransaction(systemActor('test'), () =>
        house.app
          .get(Database)
          .query<{ row: string; n: number; octets: number }>(
            'SELECT t::text AS row, n, octet_length(email_key) AS octets FROM contacts.touch t WHERE vendor_id = $1',
            [vendorId],
          ),
      );
    expect(rows).toMatchObject([{ n: CAP, octets: 32 }]);
    expect(rows[0]!.row).not.toContain('popular');
    for (const { partner } of holders) expect(rows[0]!.row).not.toContain(partner.partnerId);
  });

  it('tells no partner who else holds it', async () => {
    for (const { partner } of holders.slice(0, 3))
      await expect(
        house.app
          .get(Database)
          .inTransaction(partner, () => house.app.get(Database).query('SELECT 1 FROM contacts.touch')),
      ).resolves.toEqual([]);
  });
});
