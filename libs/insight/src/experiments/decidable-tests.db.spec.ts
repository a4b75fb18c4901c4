import { TestWinners } from '#campaigns';
import { type CampaignId, DAY_MS, newId, type VendorActor, type VendorId } from '#kernel';
import { DecidableTests } from '../index.js';
import { aCampaign, aVendor, openInsight, storeCompiled, type TestInsight } from '../insight.fixture.js';
import { dayOf } from '../window.js';

describe('tests that can be decided', () => {
  let product: TestInsight;
  let compiledHash: string;
  let vendor: VendorActor;
  let campaignId: CampaignId;

  beforeAll(async () => {
    product = await openInsight();
    compiledHash = await storeCompiled(product, ['proof']);
  });
  afterAll(() => product.close());
  beforeEach(async () => {
    vendor = await aVendor(product);
    campaignId = await published();
  });

  const published = (): Promise<CampaignId> =>
    aCampaign(product, vendor, { compiledHash, publishedOn: dayOf(product.clock.now()) });
  /** Numbers of four weeks that were released. */
  const released = async (table: string, sd: number, byArm: Readonly<Record<string, number>>): Promise<void> => {
    const cells = Object.entries(byArm).map(([arm, value]) => ({
      name: JSON.stringify(['welcome', `en; email=${arm}; test=1`]),
      value,
    }));
    const at = new Date(product.clock.now().getTime() - 30 * DAY_MS);
    await product.owner.query(
      `INSERT INTO release.release (id, vendor_id, kind, subject, as_of, at, ready_at, cells, sd, cost)
       VALUES (gen_random_uuid(), $1, 'steps', $2, $3, $3, $3, $4, $5, 0)`,
      [vendor.vendorId, `${campaignId} ${table}`, at, JSON.stringify(cells), sd],
    );
  };
  const sentAndClicked = async (clicked: number): Promise<void> => {
    await released('partsSent', 50, { welcome: 4000, proof: 4000 });
    await released('partsClicked', 20, { welcome: 200, proof: clicked });
  };
  const listed = () => product.app.get(DecidableTests).list(vendor);

  it('are those with one arm that is reliably the best, until a person applies one', async () => {
    await published();
    await sentAndClicked(600);
    expect(await listed()).toEqual([
      {
        campaignId,
        number: 1,
        of: 'email',
        place: 1,
        winner: { arm: 'proof', time: null, subject: 'Subject of proof' },
      },
    ]);
    const winners = product.app.get(TestWinners, { strict: false });
    await winners.apply(vendor, { campaignId, number: 1 }, 'welcome');
    expect(await listed()).toEqual([]);
    await winners.apply(vendor, { campaignId, number: 1 }, null);
    expect(await listed()).toHaveLength(1);
  });

  it('are none while the difference may be chance', async () => {
    await sentAndClicked(230);
    expect(await listed()).toEqual([]);
  });

  it('are none of another vendor', async () => {
    await sentAndClicked(600);
    const other: VendorActor = { ...vendor, vendorId: newId<VendorId>() };
    expect(await product.app.get(DecidableTests).list(other)).toEqual([]);
  });
});
