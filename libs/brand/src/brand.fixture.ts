import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigModule, readConfig } from '#config';
import { type PartnerActor, type PartnerId, systemActor, type VendorId, newId } from '#kernel';
import { MembershipInvitations, Organisations } from '#organisations';
import { StorageModule } from '#storage';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { BrandModule } from './brand.module.js';
import type { BrandProfileInput } from './brand-profile-input.js';

/** The brand lib on a database and a folder of its own. */
export async function createBrandServices(): Promise<TestModule> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-brand-'));
  const config = ConfigModule.forRoot(readConfig({ SECRET_KEY: 'a key for tests, of 32 characters' }));
  const house = await createTestModule([config, StorageModule.forRoot({ folder }), BrandModule]);
  const close = async (): Promise<void> => {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...house, close };
}

/** A complete brand profile as a user would type it. */
export const aProfile = (overrides: Partial<BrandProfileInput> = {}): BrandProfileInput => ({
  name: 'Alpenblick IT',
  legalName: 'Alpenblick IT GmbH',
  legalLine: 'HRB 12345, Amtsgericht München',
  postalAddress: 'Hauptstraße 1\n80331 München',
  countryCode: 'DE',
  timeZone: 'Europe/Berlin',
  website: 'https://www.alpenblick.example/',
  privacyUrl: 'https://www.alpenblick.example/datenschutz',
  imprintUrl: 'https://www.alpenblick.example/impressum',
  contact: { name: 'Mia Huber', title: 'Sales', phone: '+49 89 1234', email: 'mia@alpenblick.example' },
  colours: { primary: '#0b5cad', onPrimary: '#ffffff', secondary: '#e8eef6', onSecondary: '#14213d', link: '#0b5cad' },
  locales: {},
  ...overrides,
});

/** A user of a partner in a vendor's programme. */
export async function aMember(house: TestModule): Promise<{ actor: PartnerActor; vendorId: VendorId }> {
  const [organisations, invitations] = [house.app.get(Organisations), house.app.get(MembershipInvitations)];
  const system = systemActor('test');
  const about = { countryCode: 'DE', timeZone: 'Europe/Berlin' };
  const vendorId = (await organisations.create(system, { kind: 'vendor', name: 'Northwind', ...about })) as VendorId;
  const programmeId = await organisations.createProgramme(system, vendorId, 'Programme');
  const partnerId = (await organisations.create(system, {
    kind: 'partner',
    name: 'Alpenblick',
    ...about,
  })) as PartnerId;
  await invitations.invite(system, { programmeId, partnerId, tier: 'gold', region: 'emea' });
  await invitations.join(system, partnerId);
  return {
    vendorId,
    actor: { kind: 'partner', partnerId, role: 'owner', userId: newId(), apiKeyId: null, name: 'Olivia' },
  };
}
