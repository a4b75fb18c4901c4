import { ConfigModule, readConfig } from '#config';
import { Database } from '#database';
import { DAY_MS, type PartnerId, systemActor, type VendorActor, type VendorId } from '#kernel';
import { Memberships, Organisations } from '#organisations';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { IdentityModule } from './identity.module.js';
import { MAILS_A_DAY, MailAllowances, type LimitedMail } from './mail-allowances.service.js';
import { PartnerOnboarding } from './partner-onboarding.service.js';
import { PartnerImports } from './partner-imports.service.js';
import { PasswordResets } from './password-resets.service.js';
import { TeamInvitations } from './team-invitations.service.js';
import { WaitingInvitations } from './waiting-invitations.service.js';

const SYSTEM = systemActor('test');
const PLACE = { countryCode: 'GB', timeZone: 'Europe/London' };

describe('e-mails that a stranger can cause', () => {
  let house: TestModule;
  let database: Database;
  let people = 0;

  beforeAll(async () => {
    const config = ConfigModule.forRoot(readConfig({ SECRET_KEY: 'a key for tests, of 32 characters' }));
    house = await createTestModule([config, IdentityModule]);
    database = house.app.get(Database);
  });
  afterAll(() => house.close());

  const aVendor = async (name: string): Promise<VendorActor> => {
    const organisations = house.app.get(Organisations);
    const vendorId = (await organisations.create(SYSTEM, { kind: 'vendor', name, ...PLACE })) as VendorId;
    await organisations.createProgramme(SYSTEM, vendorId, 'Programme');
    return { kind: 'vendor', vendorId, role: 'owner', userId: null, apiKeyId: null, name: 'Nora' };
  };
  const invite = async (vendor: VendorActor, email = `person${people++}@partner.example`): Promise<PartnerId> => {
    const partner = { name: `Partner ${people}`, countryCode: 'GB', tier: 'gold', region: 'emea', email };
    return (await house.app.get(PartnerOnboarding).invite(vendor, partner)).partnerId;
  };
  const inviteColleague = (vendor: VendorActor, email = `person${people++}@vendor.example`): Promise<void> =>
    house.app
      .get(TeamInvitations)
      .send(vendor, { id: vendor.vendorId, name: 'Northwind', countryCode: 'GB' }, { email, role: 'marketer' });
  const mailsTo = async (email: string): Promise<number> => {
    const rows = await database.inTransaction(SYSTEM, () =>
      database.query('SELECT 1 FROM identity.system_mail WHERE recipient = $1', [email]),
    );
    return rows.length;
  };
  const accept = (partnerId: PartnerId): Promise<unknown> =>
    database.inTransaction(SYSTEM, () =>
      database.query('UPDATE identity.invitation SET accepted_at = $2 WHERE organisation_id = $1', [
        partnerId,
        house.clock.now(),
      ]),
    );

  it('are twenty invitations of a vendor in a day, and one more for each that was accepted', async () => {
    const vendor = await aVendor('Northwind');
    const began = house.clock.now().getTime();
    const invited: PartnerId[] = [];
    for (let n = 0; n < 20; n++) invited.push(await invite(vendor));
    const refusal = await invite(vendor).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'invitation.day-full', kind: 'too-many', details: { most: 20 } });
    const { retryAt } = (refusal as { details: { retryAt: string } }).details;
    expect(Math.round((Date.parse(retryAt) - began) / 60_000)).toBe(24 * 60);
    // A corrected address is another e-mail.
    await expect(
      house.app.get(PartnerOnboarding).resend(vendor, invited[0]!, { email: 'another@partner.example' }),
    ).rejects.toMatchObject({ code: 'invitation.day-full' });
    await accept(invited[1]!);
    await invite(vendor);
    await expect(invite(vendor)).rejects.toMatchObject({ code: 'invitation.day-full', details: { most: 21 } });
    await expect(invite(await aVendor('Fabrikam'))).resolves.toBeDefined();
    house.clock.advance(DAY_MS + 60_000);
    await invite(vendor);
    expect(await house.app.get(Memberships).list(vendor, { limit: 100, afterId: null })).toHaveLength(22);
  });

  it('are twenty invitations of an imported list, and the others a day later', async () => {
    const vendor = await aVendor('Importer');
    const rows = Array.from({ length: 25 }, (_, at) => ({
      line: at + 1,
      organisationName: `Listed ${at}`,
      email: `listed${at}@partner.example`,
      countryCode: 'GB',
      tier: 'gold',
      region: 'emea',
      attributes: new Map<never, never>(),
    }));
    await house.app.get(PartnerImports).apply(vendor, rows, null);
    const waiting = house.app.get(WaitingInvitations);
    const sent = async (): Promise<number> => {
      await waiting.sendDue();
      const mails = await Promise.all(rows.map(({ email }) => mailsTo(email)));
      return mails.reduce((sum, count) => sum + count, 0);
    };
    expect(await sent()).toBe(20);
    expect(await sent()).toBe(20);
    house.clock.advance(DAY_MS + 60_000);
    expect(await sent()).toBe(25);
    expect(await sent()).toBe(25);
  });

  it('are ten invitations of a team in a day', async () => {
    const vendor = await aVendor('Contoso');
    for (let n = 0; n < 10; n++) await inviteColleague(vendor);
    await expect(inviteColleague(vendor)).rejects.toMatchObject({ code: 'invitation.day-full', details: { most: 10 } });
    house.clock.advance(DAY_MS + 60_000);
    await inviteColleague(vendor);
  });

  it('are ten invitations to an address in a day, of all organisations, and the refusal names no time', async () => {
    const email = 'popular@partner.example';
    for (let n = 0; n < MAILS_A_DAY.invitation; n++) await invite(await aVendor(`Vendor ${n}`), email);
    const refusal = await invite(await aVendor('One more'), email.toUpperCase()).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'invitation.address-full', kind: 'too-many', details: { field: 'email' } });
    expect(await mailsTo(email)).toBe(MAILS_A_DAY.invitation);
  });

  it('are five password resets to an address in a day, and no error beyond', async () => {
    const email = 'ada@partner.example';
    await database.inTransaction(SYSTEM, () =>
      database.query(
        `INSERT INTO identity.user_account (id, email, name, password_hash, locale, created_at)
         VALUES (gen_random_uuid(), $1, 'Ada', 'x', 'en', $2)`,
        [email, house.clock.now()],
      ),
    );
    const resets = house.app.get(PasswordResets);
    for (let hour = 0; hour < 8; hour++) {
      await resets.request(email);
      const [{ id }] = (await database.inTransaction(SYSTEM, () =>
        database.query<{ id: string }>('SELECT id FROM identity.password_reset_request'),
      )) as [{ id: string }];
      await resets.start(id);
      house.clock.advance(2 * 3_600_000);
    }
    expect(await mailsTo(email)).toBe(MAILS_A_DAY['password-reset']);
  });

  it.each(Object.entries(MAILS_A_DAY) as [LimitedMail, number][])(
    'of the kind %s are counted by address: %i in 24 hours',
    async (kind, most) => {
      const allowances = house.app.get(MailAllowances);
      const reserve = (address: string): Promise<boolean> =>
        database.inTransaction(SYSTEM, () => allowances.reserve(kind, address));
      const address = `${kind}@customer.example`;
      for (let n = 0; n < most; n++) expect(await reserve(n % 2 === 0 ? address : address.toUpperCase())).toBe(true);
      expect(await reserve(address)).toBe(false);
      expect(await reserve(`other-${address}`)).toBe(true);
      house.clock.advance(DAY_MS + 60_000);
      expect(await reserve(address)).toBe(true);
      await allowances.deleteOld();
    },
  );

  it('are counted by keyed hashes, which are deleted after a day', async () => {
    const rows = (): Promise<{ row: string }[]> =>
      database.inTransaction(SYSTEM, () => database.query('SELECT t::text AS row FROM identity.mail_allowance t'));
    expect(JSON.stringify(await rows())).not.toContain('customer');
    house.clock.advance(DAY_MS + 60_000);
    await house.app.get(MailAllowances).deleteOld();
    expect(await rows()).toEqual([]);
  });
});
