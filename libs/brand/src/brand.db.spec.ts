import { Database } from '#database';
import { type Actor, type LogoId, newId, systemActor, type VendorId } from '#kernel';
import { BlobStore } from '#storage';
import type { TestModule } from '../../../test/support/test-module.js';
import { aMember, aProfile, createBrandServices } from './brand.fixture.js';
import { BrandProfiles } from './brand-profiles.service.js';
import { LogoQuota } from './logo-quota.service.js';
import { LogoReader } from './logo-reader.service.js';
import { LogoSchema } from './logo.schema.js';
import { SendingPreferences } from './sending-preferences.service.js';
import { SendingIdentities } from './sending-identities.service.js';

describe('brand', () => {
  let house: TestModule;
  let database: Database;
  let profiles: BrandProfiles;
  let identities: SendingIdentities;

  beforeAll(async () => {
    house = await createBrandServices();
    database = house.app.get(Database);
    profiles = house.app.get(BrandProfiles);
    identities = house.app.get(SendingIdentities);
  });
  afterAll(() => house.close());

  const aVendor = (vendorId: VendorId): Actor => ({
    kind: 'vendor',
    vendorId,
    role: 'owner',
    userId: newId(),
    apiKeyId: null,
    name: 'Vera',
  });

  it('makes a logo once for each size and alignment', async () => {
    const { actor } = await aMember(house);
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="400"><rect width="40" height="400" fill="#a11"/></svg>';
    const reading = await house.app.get(LogoReader).read(Buffer.from(svg));
    const logo = { id: newId<LogoId>(), partnerId: actor.partnerId, ...reading, createdAt: new Date() };
    await database.inTransaction(actor, () => database.manager.getRepository(LogoSchema).insert(logo));
    await profiles.useLogo(actor, logo.id, logo.palette);
    const box = { width: 180, height: 60 };
    const made = [
      box,
      { ...box, align: 'left' },
      { ...box, align: 'center' },
      { ...box, align: 'right' },
      box,
    ] as const;
    const hashes: string[] = [];
    for (const one of made) hashes.push(await profiles.logoImage(actor, await profiles.current(actor), 'light', one));
    expect(hashes.map((hash) => hashes.indexOf(hash))).toEqual([0, 0, 2, 3, 0]);
    const quota = (LOGO_QUOTA_MB: number): LogoQuota =>
      new LogoQuota(database, house.app.get(BlobStore), { LOGO_QUOTA_MB });
    await quota(1).requireRoom(actor, actor.partnerId, 500_000);
    await expect(quota(1).requireRoom(actor, actor.partnerId, 1_000_000)).rejects.toMatchObject({
      code: 'logo.quota-reached',
      details: { field: 'file', most: 1 },
    });
  });

  describe('a brand profile', () => {
    it('begins as version 0 with what is known of the organisation', async () => {
      const { actor } = await aMember(house);
      await expect(profiles.current(actor)).resolves.toMatchObject({
        version: 0,
        name: 'Alpenblick',
        countryCode: 'DE',
        timeZone: 'Europe/Berlin',
      });
      await expect(profiles.country(actor)).resolves.toBe('DE');
      const { countryCode } = await profiles.edit(actor, 0, aProfile({ countryCode: 'AT' }));
      await expect(profiles.country(actor)).resolves.toBe(countryCode);
    });

    it('gets a new version with each edit, and keeps the old ones', async () => {
      const { actor } = await aMember(house);
      await profiles.edit(actor, 0, aProfile());
      const edited = await profiles.edit(actor, 1, aProfile({ name: 'Alpenblick Cloud' }));
      expect(edited).toMatchObject({ version: 2, name: 'Alpenblick Cloud' });
      await expect(profiles.current(actor)).resolves.toEqual(edited);
      const kept = await database.inTransaction(actor, () =>
        database.query(`SELECT version, profile->>'name' AS name FROM brand.brand_profile_version ORDER BY version`),
      );
      expect(kept).toEqual([
        { version: 1, name: 'Alpenblick IT' },
        { version: 2, name: 'Alpenblick Cloud' },
      ]);
    });

    it('refuses an edit of an old version', async () => {
      const { actor } = await aMember(house);
      await profiles.edit(actor, 0, aProfile());
      await expect(profiles.edit(actor, 0, aProfile())).rejects.toMatchObject({
        code: 'brand-profile.stale',
        kind: 'stale',
      });
    });

    it('lets one of two editors at once through', async () => {
      const { actor } = await aMember(house);
      const both = await Promise.allSettled([profiles.edit(actor, 0, aProfile()), profiles.edit(actor, 0, aProfile())]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('is changed by no viewer', async () => {
      const { actor } = await aMember(house);
      await expect(profiles.edit({ ...actor, role: 'viewer' }, 0, aProfile())).rejects.toMatchObject({
        code: 'brand.forbidden',
      });
    });

    it('is read by no vendor and no other partner; of its tables, a process for many partners reads the profile', async () => {
      const { actor, vendorId } = await aMember(house);
      await profiles.edit(actor, 0, aProfile());
      await identities.forMembership(actor, vendorId);
      await house.app.get(SendingPreferences).change(actor, { emailsPerDay: 2 });
      const other = await aMember(house);
      const strangers = [aVendor(vendorId), other.actor, systemActor('scheduler')];
      for (const stranger of strangers)
        for (const table of [
          ...(stranger.kind === 'system' ? [] : ['brand_profile']),
          'brand_profile_version',
          'sending_identity',
          'sending_preference',
          'logo',
          'logo_image',
          'dkim_key',
        ])
          await expect(
            database.inTransaction(stranger, () => database.query(`SELECT 1 FROM brand.${table}`)),
          ).resolves.toEqual([]);
      await expect(profiles.current(aVendor(vendorId))).rejects.toMatchObject({ code: 'brand.forbidden' });
    });
  });

  describe('a sending identity', () => {
    it('is the partner, from an address of its own, and answers go to the partner', async () => {
      const { actor, vendorId } = await aMember(house);
      await profiles.edit(actor, 0, aProfile());
      const identity = await identities.forMembership(actor, vendorId);
      expect(identity).toMatchObject({
        fromName: 'Alpenblick IT',
        replyTo: 'mia@alpenblick.example',
        status: 'ready',
        reason: null,
      });
      expect(identity.fromAddress).toMatch(/^alpenblick[a-z0-9-]*@mail\.throughline\.example$/);
    });

    it('is the same each time, also for a process in the partner’s name', async () => {
      const { actor, vendorId } = await aMember(house);
      const [first, again] = [
        await identities.forMembership(actor, vendorId),
        await identities.forMembership(systemActor('delivery', { partnerId: actor.partnerId }), vendorId),
      ];
      expect(again.id).toBe(first.id);
    });

    it('is made once when several ask for it first', async () => {
      const { actor, vendorId } = await aMember(house);
      const asked = await Promise.all([1, 2, 3, 4, 5].map(() => identities.forMembership(actor, vendorId)));
      expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    });

    it('sends answers to the partner where the installation receives no mail, and says so', async () => {
      const { actor, vendorId } = await aMember(house);
      await profiles.edit(actor, 0, aProfile());
      const preferences = house.app.get(SendingPreferences);
      expect(await preferences.get(actor)).toEqual({ repliesTo: 'mailbox', emailsPerDay: 1, canReceive: false });
      expect(await identities.forMembership(actor, vendorId)).toMatchObject({ repliesComeHere: false });
      await expect(preferences.change(actor, { repliesTo: 'here' })).rejects.toMatchObject({
        code: 'sending.replies-not-received',
        details: { field: 'repliesTo' },
      });
      const viewer = { ...actor, role: 'viewer' } as const;
      await expect(preferences.change(viewer, { emailsPerDay: 2 })).rejects.toMatchObject({
        code: 'brand.forbidden',
      });
      await preferences.change(actor, { emailsPerDay: null });
      expect(await preferences.get(actor)).toMatchObject({ emailsPerDay: null });
    });

    it('may not send while answers have nowhere to go', async () => {
      const { actor, vendorId } = await aMember(house);
      await expect(identities.forMembership(actor, vendorId)).resolves.toMatchObject({
        status: 'held',
        reason: expect.stringContaining('brand profile'),
      });
    });

    it.each([
      ['postal address', { postalAddress: null }],
      ['legal name', { legalName: ' ' }],
    ])('waits while no %s stands for it', async (what, lacking) => {
      const { actor, vendorId } = await aMember(house);
      await profiles.edit(actor, 0, aProfile(lacking));
      await expect(identities.forMembership(actor, vendorId)).resolves.toMatchObject({
        status: 'held',
        reason: expect.stringContaining(what),
      });
    });

    it('may not send for a vendor whose programme the partner is not in', async () => {
      const [{ actor }, { vendorId }] = [await aMember(house), await aMember(house)];
      await profiles.edit(actor, 0, aProfile());
      await expect(identities.forMembership(actor, vendorId)).resolves.toMatchObject({
        status: 'blocked',
        reason: expect.stringContaining('programme'),
      });
    });
  });
});
