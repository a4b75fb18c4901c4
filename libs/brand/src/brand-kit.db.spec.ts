import { Database } from '#database';
import { type Actor, type LogoId, newId, systemActor, type VendorActor, type VendorId } from '#kernel';
import { MailBrands } from '#rendering';
import type { TestModule } from '../../../test/support/test-module.js';
import { aMember, createBrandServices } from './brand.fixture.js';
import { BrandKits } from './brand-kits.service.js';
import { NO_DESIGN } from './kit-design.js';
import { KitLogoSchema } from './kit-logo.schema.js';
import { LogoReader } from './logo-reader.service.js';

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80"><rect width="300" height="80" fill="#0b5cad"/></svg>';

describe('a brand kit', () => {
  let house: TestModule;
  let database: Database;
  let kits: BrandKits;
  beforeAll(async () => {
    house = await createBrandServices();
    database = house.app.get(Database);
    kits = house.app.get(BrandKits);
  });
  afterAll(() => house.close());

  const owner = (vendorId: VendorId): VendorActor => ({
    kind: 'vendor',
    vendorId,
    role: 'owner',
    userId: newId(),
    apiKeyId: null,
    name: 'Nora',
  });
  const lookFor = (actor: Actor, vendorId: VendorId) =>
    database.inTransaction(actor, () => house.app.get(MailBrands, { strict: false }).find(vendorId));

  it('begins empty, is changed by version, and goes back to the product’s look', async () => {
    const { vendorId } = await aMember(house);
    const actor = owner(vendorId);
    expect(await kits.get(actor)).toEqual({ vendorId, version: 0, colours: null, logo: null, design: NO_DESIGN });
    expect(await kits.edit(actor, 0, '#FD0')).toMatchObject({ version: 1, colours: { primary: '#ffdd00' } });
    await expect(kits.edit(actor, 0, '#0b5cad')).rejects.toMatchObject({ code: 'brand-kit.stale', kind: 'stale' });
    expect(await kits.edit(actor, 1, null)).toMatchObject({ version: 2, colours: null });
    expect(await lookFor(systemActor('news'), vendorId)).toBeNull();
  });

  it('keeps fonts, button style and legal texts while colours change', async () => {
    const { vendorId } = await aMember(house);
    const actor = owner(vendorId);
    const design = {
      ...NO_DESIGN,
      fonts: { heading: { family: 'Inter', fallback: 'sans' as const }, text: null },
      legalTexts: [{ country: 'DE', language: 'de', text: 'Northwind GmbH, HRB 1' }],
    };
    expect(await kits.edit(actor, 0, null, design)).toMatchObject({ version: 1, design });
    expect(await kits.edit(actor, 1, '#0b5cad')).toMatchObject({ version: 2, design });
  });

  it.each(['banana', '#12345', '#0b5cad;background:url(https://x.example)', ''])(
    'has no colour that is none: %s',
    async (colour) => {
      const { vendorId } = await aMember(house);
      await expect(kits.edit(owner(vendorId), null, colour)).rejects.toMatchObject({
        code: 'brand-kit.colour-invalid',
        details: { field: 'colours.primary' },
      });
    },
  );

  it('is read by its vendor, its partners and processes, and written by its vendor alone', async () => {
    const { actor: partner, vendorId } = await aMember(house);
    const vendor = owner(vendorId);
    const reading = await house.app.get(LogoReader).read(Buffer.from(SVG));
    const mailImage = { hash: reading.variants.light, width: 256, height: 76 };
    const logo = { ...reading, id: newId<LogoId>(), vendorId, mailImage, createdAt: new Date() };
    await kits.edit(vendor, 0, '#0b5cad');
    await database.inTransaction(vendor, async () => {
      await database.manager.getRepository(KitLogoSchema).insert(logo);
      await database.query('UPDATE brand.brand_kit SET logo_id = $1', [logo.id]);
    });
    const process = systemActor('campaign-news', { partnerId: partner.partnerId });
    for (const reader of [vendor, partner, process, systemActor('invitations')])
      expect(await lookFor(reader, vendorId)).toMatchObject({ logo: { ...mailImage, border: 8 } });
    const stranger = await aMember(house);
    for (const other of [stranger.actor, owner(stranger.vendorId)]) expect(await lookFor(other, vendorId)).toBeNull();
    for (const other of [partner, stranger.actor, owner(stranger.vendorId), process]) {
      const changed = await database.inTransaction(other, () =>
        database.query(`UPDATE brand.brand_kit SET primary_colour = '#000000' RETURNING 1`),
      );
      expect(changed).toEqual([]);
      const copy = { ...logo, id: newId<LogoId>() };
      await expect(
        database.inTransaction(other, () => database.manager.getRepository(KitLogoSchema).insert(copy)),
      ).rejects.toThrow(/row-level security/);
    }
    await kits.removeLogo(vendor);
    expect(await kits.get(vendor)).toMatchObject({ logo: null, colours: { primary: '#0b5cad' } });
  });
});
