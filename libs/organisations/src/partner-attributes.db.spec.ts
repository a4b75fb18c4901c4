import type { GroupCondition } from '#contracts';
import { Database } from '#database';
import {
  DAY_MS,
  newId,
  type PartnerActor,
  type PartnerAttributeId,
  type PartnerId,
  type ProgrammeId,
  type VendorActor,
} from '#kernel';
import {
  AttributeValues,
  type GroupRule,
  MembershipInvitations,
  Memberships,
  Organisations,
  OrganisationsModule,
  PartnerAttributes,
  PartnerGroups,
} from '#organisations';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { aVendor, PERSON, PLACE, SYSTEM } from './organisations.fixture.js';

describe('attributes of partners', () => {
  let house: TestModule;
  let organisations: Organisations;
  let memberships: Memberships;
  let invitations: MembershipInvitations;
  let attributes: PartnerAttributes;
  let values: AttributeValues;
  let groups: PartnerGroups;
  let vendor: VendorActor;
  let programmeId: ProgrammeId;

  beforeAll(async () => {
    house = await createTestModule([OrganisationsModule]);
    organisations = house.app.get(Organisations);
    memberships = house.app.get(Memberships);
    invitations = house.app.get(MembershipInvitations);
    attributes = house.app.get(PartnerAttributes);
    values = house.app.get(AttributeValues);
    groups = house.app.get(PartnerGroups);
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    ({ vendor, programmeId } = await aVendor(organisations));
  });

  const aCompany = async (): Promise<PartnerId> =>
    (await organisations.create(vendor, { kind: 'partner', name: 'Brightwater', ...PLACE })) as PartnerId;
  const aPartner = async ({
    isInvited = false,
    ...traits
  }: { tier?: string; region?: string; isInvited?: boolean } = {}): Promise<PartnerId> => {
    const id = await aCompany();
    await invitations.invite(vendor, { programmeId, partnerId: id, tier: 'gold', region: 'emea', ...traits });
    if (!isInvited) await invitations.join(SYSTEM, id);
    return id;
  };
  const partner = (partnerId: PartnerId): PartnerActor => ({ kind: 'partner', partnerId, name: 'Olivia', ...PERSON });
  const define = (
    kind: Parameters<PartnerAttributes['create']>[1]['kind'],
    more: { owner?: 'vendor' | 'partner'; options?: string[]; name?: string } = {},
  ): Promise<PartnerAttributeId> =>
    attributes.create(vendor, {
      name: more.name ?? `A ${kind} ${newId()}`,
      help: '',
      kind,
      owner: more.owner ?? 'vendor',
      options: (more.options ?? []).map((label) => ({ label })),
    });
  const membersOf = async (rule: GroupRule): Promise<string[]> =>
    (await groups.preview(vendor, programmeId, rule)).members.map(({ id }) => id).sort();
  const set = (partnerId: PartnerId, id: PartnerAttributeId, value: string | string[] | number | boolean | object) =>
    values.change(vendor, partnerId, { [id]: value as string });
  const on = (condition: object): GroupRule => ({ conditions: [{ not: false, ...condition } as GroupCondition] });

  describe('as conditions of a group', () => {
    it('ignore upper and lower case of tiers, regions and texts', async () => {
      const one = await aPartner({ tier: 'Gold', region: 'emea' });
      const size = async (rule: GroupRule): Promise<number> => (await membersOf(rule)).length;
      expect(await size({})).toBe(1);
      expect(await size({ tiers: ['GOLD'], regions: ['Emea', 'apac'] })).toBe(1);
      expect(await size({ tiers: ['gold '] })).toBe(1);
      expect(await size({ tiers: ['golden'] })).toBe(0);
      expect(await size({ tiers: ['gold'], regions: ['apac'] })).toBe(0);
      expect(await size({ countries: ['FR'] })).toBe(0);
      expect(await size({ countries: ['GB'] })).toBe(1);
      const text = await define('text');
      await set(one, text, 'Österreich Ost');
      expect(await size(on({ on: 'attribute', attributeId: text, is: ['österreich OST'] }))).toBe(1);
    });

    it('take in chosen partners only, and never an excepted one', async () => {
      const [one, other] = [await aPartner(), await aPartner()];
      expect(await membersOf({ partnerIds: [one] })).toEqual([one]);
      expect(await membersOf({ tiers: ['gold'], exceptPartnerIds: [one] })).toEqual([other]);
      expect(await membersOf({ partnerIds: [one], exceptPartnerIds: [one] })).toEqual([]);
    });

    it('are about choices, numbers, days and yes or no, and about their opposite', async () => {
      const [one, other] = [await aPartner(), await aPartner()];
      const focus = await define('choices', { options: ['Healthcare', 'Public sector'] });
      const people = await define('number');
      const founded = await define('date');
      const reseller = await define('yes-no');
      await set(one, focus, ['healthcare', 'public-sector']);
      await set(one, people, 120);
      await set(one, founded, '2012-05-01');
      await set(one, reseller, true);
      await set(other, reseller, false);
      const rules: object[] = [
        { on: 'attribute', attributeId: focus, is: ['public-sector'] },
        { on: 'attribute-known', attributeId: focus },
        { on: 'attribute-number', attributeId: people, from: 100, to: null },
        { on: 'attribute-number', attributeId: people, from: 120, to: 120 },
        { on: 'attribute-date', attributeId: founded, from: null, to: '2012-05-01' },
        { on: 'attribute-yes', attributeId: reseller },
      ];
      for (const rule of rules) {
        expect(await membersOf(on(rule))).toEqual([one]);
        expect(await membersOf(on({ ...rule, not: true }))).toEqual([other]);
      }
      expect(await membersOf(on({ on: 'attribute-number', attributeId: people, from: 121, to: null }))).toEqual([]);
    });

    it('hold all together, or any of them', async () => {
      const [one, other] = [await aPartner(), await aPartner()];
      const [first, second] = [await define('yes-no'), await define('yes-no')];
      await set(one, first, true);
      await set(one, second, true);
      await set(other, second, true);
      const conditions: GroupCondition[] = [
        { on: 'attribute-yes', attributeId: first, not: false },
        { on: 'attribute-yes', attributeId: second, not: false },
      ];
      expect(await membersOf({ conditions })).toEqual([one]);
      expect(await membersOf({ match: 'any', conditions })).toEqual([one, other].sort());
    });

    it('lose a partner on the day after its certification ends, without any change', async () => {
      const one = await aPartner();
      const certified = await define('certification');
      const today = house.clock.now();
      const day = (days: number): string => new Date(today.getTime() + days * DAY_MS).toISOString().slice(0, 10);
      await set(one, certified, { number: 'N-1', expiresOn: day(30) });
      const rule = on({ on: 'certified', attributeId: certified, forDays: 0 });
      const id = await groups.create(vendor, { programmeId, name: 'Certified', rule });
      const ofPartner = async (): Promise<string[]> => [...(await groups.groupsOf(partner(one), one))];
      expect(await ofPartner()).toEqual([id]);
      expect(await membersOf(on({ on: 'certified', attributeId: certified, forDays: 30 }))).toEqual([one]);
      expect(await membersOf(on({ on: 'certified', attributeId: certified, forDays: 31 }))).toEqual([]);
      house.clock.advance(31 * DAY_MS);
      expect(await ofPartner()).toEqual([]);
      expect(await membersOf(rule)).toEqual([]);
    });

    it('are refused for an attribute of another vendor, another kind and an unknown option', async () => {
      const focus = await define('choice', { options: ['Healthcare'] });
      const refused = (condition: object) =>
        expect(membersOf(on(condition))).rejects.toMatchObject({ code: 'partner-group.condition-invalid' });
      await refused({ on: 'attribute', attributeId: focus, is: ['banking'] });
      await refused({ on: 'certified', attributeId: focus, forDays: 0 });
      const people = await define('number');
      await refused({ on: 'attribute-number', attributeId: people, from: 2, to: 1 });
      ({ vendor, programmeId } = await aVendor(organisations));
      await refused({ on: 'attribute-known', attributeId: focus });
    });
  });

  it('are written by their owner alone, and the database refuses the other', async () => {
    const one = await aPartner();
    const own = await define('yes-no', { owner: 'partner' });
    const kept = await define('yes-no');
    await expect(set(one, own, true)).rejects.toMatchObject({ code: 'partner-attribute.kept-by-partner' });
    await expect(values.changeOwn(partner(one), vendor.vendorId, { [kept]: true })).rejects.toMatchObject({
      code: 'partner-attribute.kept-by-vendor',
    });
    await values.changeOwn(partner(one), vendor.vendorId, { [own]: true });
    expect(await values.ofPartners(vendor, vendor.vendorId, [one])).toMatchObject([
      { value: true, changedBy: 'Olivia' },
    ]);
    const database = house.app.get(Database);
    const change = 'UPDATE organisations.attribute_value SET is_so = false WHERE attribute_id = $1 RETURNING 1';
    expect(await database.inTransaction(vendor, () => database.query(change, [own]))).toEqual([]);
    const stranger = partner(await aPartner());
    expect(await values.ofPartners(stranger, vendor.vendorId, [one])).toEqual([]);
    const insert = database.inTransaction(stranger, () =>
      database.query(
        `INSERT INTO organisations.attribute_value (attribute_id, vendor_id, partner_id, is_so, changed_by, changed_at) VALUES ($1, $2, $3, true, 'x', now())`,
        [kept, vendor.vendorId, stranger.partnerId],
      ),
    );
    await expect(insert).rejects.toThrow('row-level security');
  });

  it('that the vendor keeps are unseen by the partner, whose groups ask about them, and stay with the vendor', async () => {
    const one = await aPartner();
    const id = await define('yes-no', { name: 'Strategic' });
    const definition = { name: 'Strategic', help: '', kind: 'yes-no', owner: 'partner', options: [] } as const;
    await attributes.change(vendor, id, definition, null);
    await attributes.change(vendor, id, { ...definition, owner: 'vendor' }, null);
    await set(one, id, true);
    const rule = on({ on: 'attribute-yes', attributeId: id });
    const group = await groups.create(vendor, { programmeId, name: 'Strategic', rule });
    expect(await values.ofPartners(partner(one), vendor.vendorId, [one])).toEqual([]);
    expect([...(await groups.groupsOf(partner(one), one))]).toEqual([group]);
    const moved = attributes.change(vendor, id, definition, null);
    await expect(moved).rejects.toMatchObject({ code: 'partner-attribute.owner-fixed' });
    await values.change(vendor, one, { [id]: null });
    await attributes.change(vendor, id, definition, null);
  });

  it('have the values of an invited partner when a company joins in its place', async () => {
    const invited = await aPartner({ isInvited: true });
    const reseller = await define('yes-no');
    await set(invited, reseller, true);
    const company = await aCompany();
    await house.app
      .get(Database)
      .inTransaction(SYSTEM, () => invitations.joinAs(SYSTEM, vendor.vendorId, invited, partner(company)));
    expect(await membersOf(on({ on: 'attribute-yes', attributeId: reseller }))).toEqual([company]);
    expect(await values.ofPartners(vendor, vendor.vendorId, [invited, company])).toMatchObject([
      { partnerId: company, value: true },
    ]);
  });

  it('refuse a value of another kind, and keep the others', async () => {
    const one = await aPartner();
    const focus = await define('choice', { options: ['Healthcare'] });
    const since = await define('date');
    for (const [id, value] of [
      [focus, 'banking'],
      [focus, ['healthcare']],
      [since, '2027-02-30'],
    ] as const)
      await expect(set(one, id, value as string)).rejects.toMatchObject({
        code: 'partner-attribute.value-invalid',
        details: { field: `values.${id}` },
      });
    await set(one, focus, 'healthcare');
    await values.change(vendor, one, { [since]: '2027-02-28' });
    await values.change(vendor, one, { [since]: null });
    expect(await values.ofPartners(vendor, vendor.vendorId, [one])).toMatchObject([{ value: 'healthcare' }]);
  });

  it('keep the options that a partner or a group has, and the attributes that a group asks about', async () => {
    const one = await aPartner();
    const id = await define('choices', { options: ['Healthcare', 'Banking', 'Retail'], name: 'Focus' });
    await set(one, id, ['healthcare']);
    const left = await aPartner({ isInvited: true });
    await set(left, id, ['retail']);
    await house.app.get(Database).inTransaction(vendor, () => invitations.withdraw(vendor, left));
    const rule = on({ on: 'attribute', attributeId: id, is: ['Banking'] });
    const groupId = await groups.create(vendor, { programmeId, name: 'Bankers', rule });
    const to = (labels: { key?: string; label: string }[]) =>
      attributes.change(
        vendor,
        id,
        { name: 'Focus', help: '', kind: 'choices', owner: 'vendor', options: labels },
        null,
      );
    const inUse = { code: 'partner-attribute.option-in-use' };
    await expect(to([{ key: 'banking', label: 'Banking' }])).rejects.toMatchObject(inUse);
    await expect(to([{ key: 'healthcare', label: 'Healthcare' }])).rejects.toMatchObject(inUse);
    const renamed = await to([
      { key: 'healthcare', label: 'Health' },
      { key: 'banking', label: 'Banks' },
      { label: 'Health care' },
    ]);
    expect(renamed.options.map(({ key }) => key)).toEqual(['healthcare', 'banking', 'health-care']);
    await expect(attributes.delete(vendor, id)).rejects.toMatchObject({ code: 'partner-attribute.in-use' });
    await groups.delete(vendor, groupId);
    await attributes.delete(vendor, id);
    expect(await values.ofPartners(vendor, vendor.vendorId, [one])).toEqual([]);
  });

  it('have names with a letter or a digit, by which a file names them', async () => {
    await expect(define('text', { name: '***' })).rejects.toMatchObject({ code: 'partner-attribute.name-invalid' });
  });

  it('keep their kind, and have names and options that are told apart', async () => {
    const id = await define('choice', { name: 'Focus', options: ['Healthcare'] });
    const definition = {
      name: 'Focus',
      help: '',
      kind: 'choice',
      owner: 'vendor',
      options: [{ label: 'Retail' }],
    } as const;
    const change = (more: object) => attributes.change(vendor, id, { ...definition, ...more }, null);
    await define('text', { name: 'Other' });
    for (const [refused, code] of [
      [() => change({ kind: 'text', options: [] }), 'kind-fixed'],
      [() => change({ name: 'other' }), 'name-taken'],
      [() => define('text', { name: 'FOCUS' }), 'name-taken'],
      [() => change({ options: [] }), 'options-missing'],
      [() => define('number', { options: ['One'] }), 'options-missing'],
      [() => change({ options: [{ label: 'Retail' }, { label: 'RETAIL' }] }), 'option-repeated'],
    ] as const)
      await expect(refused()).rejects.toMatchObject({ code: `partner-attribute.${code}` });
    expect(await attributes.list(vendor)).toMatchObject([{ options: [{ label: 'Healthcare' }] }, { name: 'Other' }]);
  });

  it('are at most fifty', async () => {
    const all = async (): Promise<never> => {
      for (;;) await define('text');
    };
    await expect(all()).rejects.toMatchObject({ code: 'partner-attribute.too-many' });
    expect((await attributes.list(vendor)).length).toBe(50);
  });

  it('and external ids belong to one partner of a vendor each', async () => {
    const [one, other] = [await aPartner(), await aPartner()];
    expect(await memberships.change(vendor, one, { externalId: 'A-1' })).toMatchObject({
      externalId: 'A-1',
      tier: 'gold',
    });
    await expect(memberships.change(vendor, other, { externalId: 'A-1' })).rejects.toMatchObject({
      code: 'membership.external-id-taken',
    });
    const newcomer = { programmeId, partnerId: await aCompany(), tier: 'gold', region: 'emea', externalId: 'A-1' };
    await expect(invitations.invite(vendor, newcomer)).rejects.toMatchObject({ code: 'membership.external-id-taken' });
    await memberships.change(vendor, one, { externalId: null });
    expect(await memberships.change(vendor, other, { externalId: 'A-1' })).toMatchObject({ externalId: 'A-1' });
  });
});
