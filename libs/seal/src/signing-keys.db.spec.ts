import { CONFIG } from '#config';
import { SignedReceipt } from '#contracts';
import { Database } from '#database';
import { newId, type VendorActor, type VendorId } from '#kernel';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { openSigned, SealModule, signingActor, SigningKeys } from './index.js';
import { aReceipt } from './seal.fixture.js';

const SECRET = { SECRET_KEY: 'a-secret-of-at-least-32-characters' };

const aVendor = (): VendorActor => ({
  kind: 'vendor',
  vendorId: newId<VendorId>(),
  role: 'owner',
  name: 'Maya',
  userId: newId(),
  apiKeyId: null,
});

describe('a vendor’s signing keys', () => {
  let house: TestModule;
  let keys: SigningKeys;
  const open = async (vendor: VendorActor, signed: unknown) =>
    openSigned(SignedReceipt, 'receipt', signed, await keys.publicKeys(vendor));

  beforeAll(async () => {
    house = await createTestModule([
      {
        module: class Settings {},
        global: true,
        providers: [{ provide: CONFIG, useValue: SECRET }],
        exports: [CONFIG],
      },
      SealModule,
    ]);
    keys = house.app.get(SigningKeys);
  });
  afterAll(() => house.close());

  it('are one pair, also when many ask at once for the first time', async () => {
    const vendor = aVendor();
    const signed = await Promise.all([1, 2, 3, 4].map(() => keys.sign(vendor, aReceipt())));
    expect(new Set(signed.map(({ signature }) => signature.keyId)).size).toBe(1);
    expect(await keys.publicKeys(vendor)).toMatchObject([{ kid: signed[0]!.signature.keyId, retiredAt: null }]);
  });

  it('sign what their public half verifies, and nothing that was changed', async () => {
    const vendor = aVendor();
    const signed = await keys.sign(vendor, aReceipt());
    expect(await open(vendor, signed)).toEqual(signed.payload);
    const forged = { ...signed, payload: { ...signed.payload, key: 'other' } };
    await expect(open(vendor, forged)).rejects.toMatchObject({ code: 'seal.signature-wrong' });
  });

  it('belong to one vendor: another vendor’s keys do not verify, and its scope sees none', async () => {
    const [vendor, other] = [aVendor(), aVendor()];
    const signed = await keys.sign(vendor, aReceipt());
    await keys.sign(other, aReceipt());
    await expect(open(other, signed)).rejects.toMatchObject({ code: 'seal.key-unknown' });
    const database = house.app.get(Database);
    const seen = await database.inTransaction(other, () =>
      database.query('SELECT 1 FROM seal.signing_key WHERE vendor_id = $1', [vendor.vendorId]),
    );
    expect(seen).toEqual([]);
  });

  it('rotate: the new key signs, what the old one signed stays verifiable, and its private half is gone', async () => {
    const vendor = aVendor();
    const before = await keys.sign(vendor, aReceipt());
    const keyId = await keys.rotate(vendor);
    const after = await keys.sign(vendor, aReceipt());
    expect(after.signature.keyId).toBe(keyId);
    expect(before.signature.keyId).not.toBe(keyId);
    expect(await open(vendor, before)).toEqual(before.payload);
    expect(await open(vendor, after)).toEqual(after.payload);
    const database = house.app.get(Database);
    const rows = await database.inTransaction(vendor, () =>
      database.query<{ gone: boolean }>(
        'SELECT encrypted_private_key IS NULL AS gone FROM seal.signing_key WHERE vendor_id = $1 AND retired_at IS NOT NULL',
        [vendor.vendorId],
      ),
    );
    expect(rows).toEqual([{ gone: true }]);
  });

  it('go on under the process’s own actor, which names the vendor', async () => {
    const vendor = aVendor();
    const signed = await keys.sign(signingActor(vendor.vendorId), aReceipt());
    expect(await open(vendor, signed)).toEqual(signed.payload);
  });

  it('do not open under another secret', async () => {
    const vendor = aVendor();
    await keys.sign(vendor, aReceipt());
    const stranger = new SigningKeys(house.app.get(Database), house.clock, {
      SECRET_KEY: 'another-secret-of-32-characters!',
    });
    await expect(stranger.sign(vendor, aReceipt())).rejects.toThrow('SECRET_KEY is not the one');
  });

  it('do not open in another vendor’s row', async () => {
    const [vendor, thief] = [aVendor(), aVendor()];
    await keys.sign(vendor, aReceipt());
    const database = house.app.get(Database);
    const [stolen] = await database.inTransaction(vendor, () =>
      database.query<{ x: string; encryptedPrivateKey: Buffer }>('SELECT * FROM seal.signing_key'),
    );
    await database.inTransaction(thief, () =>
      database.query(
        `INSERT INTO seal.signing_key (vendor_id, key_id, x, encrypted_private_key, created_at) VALUES ($1, 'stolen', $2, $3, now())`,
        [thief.vendorId, stolen?.x, stolen?.encryptedPrivateKey],
      ),
    );
    await expect(keys.sign(thief, aReceipt())).rejects.toThrow('cannot be decrypted');
  });
});
