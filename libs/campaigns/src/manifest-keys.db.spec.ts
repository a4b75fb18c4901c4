import { sign, verify } from 'node:crypto';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG } from '#config';
import { Database } from '#database';
import { OrganisationsModule } from '#organisations';
import { createTestHouse, type TestHouse } from '../../../test/support/module.js';
import { SigningKeySchema } from './campaign.schema.js';
import { aNeighbourhood, type Neighbourhood } from './campaigns.fixture.js';
import { ManifestKeys } from './manifest-keys.service.js';

const SECRET = { SECRET_KEY: 'a-secret-of-at-least-32-characters' };

describe('the keys of manifests', () => {
  let house: TestHouse;
  let keys: ManifestKeys;
  let place: Neighbourhood;

  beforeAll(async () => {
    house = await createTestHouse(
      [TypeOrmModule.forFeature([SigningKeySchema]), OrganisationsModule],
      [ManifestKeys, { provide: CONFIG, useValue: SECRET }],
    );
    keys = house.app.get(ManifestKeys);
    place = await aNeighbourhood(house);
  });
  afterAll(() => house.close());

  it('are one pair per vendor, also when many ask at once for the first time', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => keys.ofVendor(place.vendor)));
    expect(new Set(all.map(({ publicKey }) => publicKey)).size).toBe(1);
    const other = await keys.ofVendor((await aNeighbourhood(house)).vendor);
    expect(other.publicKey).not.toBe(all[0]?.publicKey);
  });

  it('sign what their public half verifies', async () => {
    const { publicKey, privateKey } = await keys.ofVendor(place.vendor);
    const signature = sign(null, Buffer.from('manifest'), privateKey);
    expect(verify(null, Buffer.from('manifest'), publicKey, signature)).toBe(true);
    expect(verify(null, Buffer.from('Manifest'), publicKey, signature)).toBe(false);
  });

  it('do not open under another secret', async () => {
    await keys.ofVendor(place.vendor);
    const stranger = new ManifestKeys(house.app.get(Database), house.clock, {
      SECRET_KEY: 'another-secret-of-32-characters!',
    });
    await expect(stranger.ofVendor(place.vendor)).rejects.toThrow('SECRET_KEY is not the one');
  });

  it('do not open in another vendor’s row', async () => {
    await keys.ofVendor(place.vendor);
    const thief = await aNeighbourhood(house);
    const database = house.app.get(Database);
    const [stolen] = await database.inTransaction(place.vendor, () =>
      database.query<{ public_key: string; encrypted_private_key: Buffer }>('SELECT * FROM campaigns.signing_key'),
    );
    await database.inTransaction(thief.vendor, () =>
      database.query('INSERT INTO campaigns.signing_key VALUES ($1, $2, $3, now())', [
        thief.vendor.vendorId,
        stolen?.public_key,
        stolen?.encrypted_private_key,
      ]),
    );
    await expect(keys.ofVendor(thief.vendor)).rejects.toThrow('does not open');
  });
});
