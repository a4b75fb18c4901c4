import { Database } from '#database';
import {
  DAY_MS,
  newId,
  type PartnerActor,
  type PartnerId,
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import {
  MembershipEnds,
  MembershipInvitations,
  MembershipHistory,
  Memberships,
  Organisations,
  OrganisationsModule,
  PartnerGroups,
  RelayConsents,
  SharedTotals,
} from '#organisations';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';

describe('organisations', () => {
  let house: TestModule;
  let organisations: Organisations;
  let memberships: Memberships;
  let invitations: MembershipInvitations;
  let groups: PartnerGroups;
  const system = systemActor('test');
  const vendor = (vendorId: VendorId): VendorActor => ({
    kind: 'vendor',
    vendorId,
    role: 'owner',
    userId: null,
    apiKeyId: null,
    name: 'V',
  });
  const partner = (partnerId: PartnerId): PartnerActor => ({
    kind: 'partner',
    partnerId,
    role: 'owner',
    userId: null,
    apiKeyId: null,
    name: 'P',
  });

  beforeAll(async () => {
    house = await createTestModule([OrganisationsModule]);
    organisations = house.app.get(Organisations);
    memberships = house.app.get(Memberships);
    invitations = house.app.get(MembershipInvitations);
    groups = house.app.get(PartnerGroups);
  });
  afterAll(() => house.close());

  const aVendorWithPartner = async () => {
    const vendorId = (await organisations.create(system, {
      kind: 'vendor',
      name: 'Northwind',
      countryCode: 'GB',
      timeZone: 'Europe/London',
    })) as VendorId;
    const programmeId = await organisations.createProgramme(system, vendorId, 'Programme');
    const partnerId = (await organisations.create(vendor(vendorId), {
      kind: 'partner',
      name: 'Brightwater',
      countryCode: 'GB',
      timeZone: 'Europe/London',
    })) as PartnerId;
    await invitations.invite(vendor(vendorId), { programmeId, partnerId, tier: 'gold', region: 'emea' });
    return { vendorId, programmeId, partnerId };
  };

  it('gives no partner a mailbox of the operator', async () => {
    const place = { countryCode: 'GB', timeZone: 'Europe/London' };
    for (const name of ['Admin', 'Security', '株式会社']) {
      const id = await organisations.create(system, { kind: 'partner', name, ...place });
      const { slug } = (await organisations.byIds(system, [id])).get(id)!;
      expect(slug).toMatch(/^(admin|security|organisation)-[0-9a-f]{8}$/);
    }
  });

  it('gives two organisations of one name different slugs', async () => {
    const [one, two] = [await aVendorWithPartner(), await aVendorWithPartner()];
    const slugs = await organisations.byIds(system, [one.partnerId, two.partnerId]);
    expect(new Set([...slugs.values()].map(({ slug }) => slug)).size).toBe(2);
  });

  it('lets a partner alone decide what its vendor sees: the database refuses the vendor', async () => {
    const { vendorId, partnerId } = await aVendorWithPartner();
    const server = { purpose: 'relay', host: 'mail.northwind.example' } as const;
    const database = house.app.get(Database);
    const [consents, totals] = [house.app.get(RelayConsents), house.app.get(SharedTotals)];
    const owner = partner(partnerId);
    const seenBy = async (actor: VendorActor | PartnerActor): Promise<number> =>
      (await consents.list(actor, null)).length + (await totals.list(actor)).length;
    await database.inTransaction(owner, () => consents.give(owner, vendorId, [{ ...server, networks: [] }]));
    await totals.set(owner, vendorId, false, 2);
    expect(await seenBy(owner)).toBe(2);
    expect(await seenBy(vendor(vendorId))).toBe(2);
    expect(await seenBy(vendor((await aVendorWithPartner()).vendorId))).toBe(0);
    expect(await seenBy(partner((await aVendorWithPartner()).partnerId))).toBe(0);
    const asVendor = <Row>(sql: string): Promise<Row[]> =>
      database.inTransaction(vendor(vendorId), () => database.query<Row>(sql, [partnerId]));
    for (const sql of [
      'UPDATE organisations.shared_totals SET is_shared = true WHERE partner_id = $1 RETURNING 1',
      'UPDATE organisations.relay_consent SET revoked_at = NULL WHERE partner_id = $1 RETURNING 1',
    ])
      expect(await asVendor(sql)).toEqual([]);
    await expect(
      database.inTransaction(vendor(vendorId), () =>
        database.query(
          `INSERT INTO organisations.relay_consent (partner_id, vendor_id, purpose, host, given_by, given_at)
           VALUES ($1, $2, 'relay', 'other.northwind.example', 'V', now())`,
          [partnerId, vendorId],
        ),
      ),
    ).rejects.toThrow(/row-level security/);
  });

  const endNow = (vendorId: VendorId, partnerId: PartnerId) =>
    house.app.get(Database).inTransaction(vendor(vendorId), () => {
      const at = house.clock.now();
      const end = { reason: 'Over.', endsAt: at, campaignsEndAt: at };
      return house.app.get(MembershipEnds).announce(vendor(vendorId), { vendorId, partnerId }, end);
    });

  it('counts partners by the moments at which they were in the programme', async () => {
    const { vendorId, partnerId } = await aVendorWithPartner();
    const history = house.app.get(MembershipHistory);
    const invitedAt = house.clock.now();
    const names = async (found: Promise<readonly { readonly partnerId: PartnerId }[]>): Promise<PartnerId[]> =>
      (await found).map((one) => one.partnerId);
    const after = new Date(invitedAt.getTime() + 1);
    expect(await names(history.invitedBefore(vendor(vendorId), after))).toEqual([partnerId]);
    house.clock.advance(DAY_MS);
    await invitations.join(system, partnerId);
    const joinedAt = house.clock.now();
    house.clock.advance(DAY_MS);
    expect(await names(history.invitedBefore(vendor(vendorId), house.clock.now()))).toEqual([]);
    expect(await names(history.joinedBefore(vendor(vendorId), house.clock.now(), []))).toEqual([partnerId]);
    expect(await names(history.joinedBefore(vendor(vendorId), house.clock.now(), [partnerId]))).toEqual([]);
    await endNow(vendorId, partnerId);
    await house.app.get(Database).inTransaction(system, () => house.app.get(MembershipEnds).claimDue(10));
    const now = new Date(house.clock.now().getTime() + 1);
    expect(await history.activeAt(vendor(vendorId), [invitedAt, joinedAt, now])).toEqual([0, 1, 0]);
    const other = (await aVendorWithPartner()).vendorId;
    expect(await history.activeAt(vendor(other), [joinedAt])).toEqual([0]);
  });

  it('ends no membership while a transaction stores what the end must find', async () => {
    const { vendorId, partnerId } = await aVendorWithPartner();
    await invitations.join(system, partnerId);
    const order: string[] = [];
    let store: () => void = () => undefined;
    const stored = new Promise<void>((resolve) => (store = resolve));
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const launch = house.app.get(Database).inTransaction(partner(partnerId), async () => {
      await memberships.postponeEnd(partnerId, vendorId);
      begin();
      await stored;
      order.push('stored');
    });
    await begun;
    const end = endNow(vendorId, partnerId).then(() => order.push('ended'));
    await Promise.race([end, new Promise((resolve) => setTimeout(resolve, 200))]);
    store();
    await Promise.all([launch, end]);
    expect(order).toEqual(['stored', 'ended']);
  });

  it('tells that an end was taken back only to a side that knows of one', async () => {
    const { vendorId, partnerId } = await aVendorWithPartner();
    await invitations.join(system, partnerId);
    const { id } = await memberships.ofPartner(system, partnerId);
    const ends = house.app.get(MembershipEnds);
    const within = <Result>(work: () => Promise<Result>): Promise<Result> =>
      house.app.get(Database).inTransaction(vendor(vendorId), work);
    const announce = () => endNow(vendorId, partnerId);
    const takeBack = () => within(() => ends.takeBack(vendor(vendorId), { vendorId, partnerId }));
    const told = async () => (await within(() => ends.claimNews(id)))?.kind ?? null;
    await announce();
    await takeBack();
    expect(await told()).toBeNull();
    await announce();
    expect(await told()).toBe('end');
    await takeBack();
    // Announced and taken back again before it is told: it still knows of the first.
    await announce();
    await takeBack();
    expect([await told(), await told()]).toEqual(['withdrawal', null]);
  });

  it('tells a vendor what to do with an invitation, and with a partner whose membership has ended', async () => {
    const { vendorId, partnerId } = await aVendorWithPartner();
    const by = vendor(vendorId);
    const invited = () => house.app.get(Database).inTransaction(by, () => invitations.lockInvited(by, partnerId));
    await expect(endNow(vendorId, partnerId)).rejects.toThrow('withdraw its invitation instead');
    await invitations.join(system, partnerId);
    await endNow(vendorId, partnerId);
    await expect(invited()).rejects.toThrow('Reinstate the partner');
  });

  it('shows a vendor its own partners only', async () => {
    const [mine, theirs] = [await aVendorWithPartner(), await aVendorWithPartner()];
    const list = await memberships.list(vendor(mine.vendorId), { limit: 50, afterId: null });
    expect(list.map(({ partnerId }) => partnerId)).toEqual([mine.partnerId]);
    await expect(organisations.get(vendor(mine.vendorId), theirs.partnerId)).rejects.toMatchObject({
      code: 'organisation.not-found',
    });
    await expect(memberships.ofPartner(vendor(mine.vendorId), theirs.partnerId)).rejects.toMatchObject({
      code: 'partner.not-found',
    });
  });

  it('shows a partner its vendors and no other partner', async () => {
    const one = await aVendorWithPartner();
    await expect(organisations.get(partner(one.partnerId), one.vendorId)).resolves.toMatchObject({ name: 'Northwind' });
    await expect(organisations.get(partner(newId<PartnerId>()), one.partnerId)).rejects.toMatchObject({
      code: 'organisation.not-found',
    });
  });

  it.each(['XX', 'UK', 'gb'])('refuses the country %s', async (countryCode) => {
    const { vendorId } = await aVendorWithPartner();
    await expect(
      organisations.create(vendor(vendorId), { kind: 'partner', name: 'X', countryCode, timeZone: 'UTC' }),
    ).rejects.toMatchObject({ code: 'organisation.country-unknown', details: { field: 'countryCode' } });
  });

  it('does not let a vendor create a vendor, in the database either', async () => {
    const { vendorId } = await aVendorWithPartner();
    await expect(
      organisations.create(vendor(vendorId), { kind: 'vendor', name: 'X', countryCode: 'GB', timeZone: 'UTC' }),
    ).rejects.toMatchObject({ code: 'organisation.forbidden' });
    const database = house.app.get(Database);
    const insert = database.inTransaction(vendor(vendorId), () =>
      database.query(
        `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at) VALUES ($1, 'vendor', 'X', 'x', 'GB', 'UTC', now())`,
        [newId()],
      ),
    );
    await expect(insert).rejects.toThrow('row-level security');
  });

  it('counts a group by its rule once members have joined', async () => {
    const { vendorId, programmeId, partnerId } = await aVendorWithPartner();
    const groupId = await groups.create(vendor(vendorId), {
      programmeId,
      name: 'Gold',
      rule: { tiers: ['gold'] },
    });
    const group = await groups.get(vendor(vendorId), groupId);
    expect(await groups.members(vendor(vendorId), group)).toEqual([]);
    await invitations.join(system, partnerId);
    expect(await groups.members(vendor(vendorId), group)).toMatchObject([{ partnerId }]);
  });
});
