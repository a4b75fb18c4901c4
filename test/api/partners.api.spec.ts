import { DAY_MS } from '#kernel';
import { type Browser, createTestApi, type TestApi, type TestVendor } from '../support/api.js';

describe('partner groups', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let marketer: Browser;

  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor();
    marketer = await api.signIn(vendor.vendorId, 'marketer');
  });
  afterAll(() => api.close());

  const aGroup = async (name: string, rule: object): Promise<string> =>
    (await marketer.post('/api/v1/partner-groups', { name, rule }).expect(201)).body.id;

  it('take in whom their rule names, as soon as it is so', async () => {
    const partnerId = await api.aPartner(vendor, { tier: 'silver', region: 'apac' });
    const id = await aGroup('Silver in APAC', { tiers: ['silver'], regions: ['apac'] });
    const members = async (): Promise<string[]> =>
      (await marketer.get(`/api/v1/partner-groups/${id}/members`).expect(200)).body.items.map(
        (member: { id: string }) => member.id,
      );
    expect(await members()).toEqual([partnerId]);
    await marketer.patch(`/api/v1/partners/${partnerId}`, { tier: 'gold' }).expect(200);
    expect(await members()).toEqual([]);
  });

  it('is refused a change of a field that a membership does not have, by its name', async () => {
    const partnerId = await api.aPartner(vendor);
    const { body } = await marketer.patch(`/api/v1/partners/${partnerId}`, { status: 'ended' }).expect(422);
    expect(JSON.stringify(body)).toContain('status');
  });

  it('tell of a rule, before anything is kept, whom it would take in', async () => {
    const sizeOf = async (rule: object): Promise<number> =>
      (await marketer.post('/api/v1/partner-groups/size', { rule }).expect(200)).body.memberCount;
    const names = async (): Promise<string[]> =>
      (await marketer.get('/api/v1/partner-groups').expect(200)).body.items.map(({ name }: { name: string }) => name);
    const before = await names();
    expect(await sizeOf({ tiers: ['platinum'] })).toBe(0);
    const partnerId = await api.aPartner(vendor, { tier: 'platinum', region: 'apac' });
    await api.aPartner(await api.aVendor('Fabrikam'), { tier: 'platinum', region: 'apac' });
    expect(await sizeOf({ tiers: ['platinum'] })).toBe(1);
    expect(await sizeOf({ tiers: ['platinum'], regions: ['emea'] })).toBe(0);
    expect(await sizeOf({ partnerIds: [partnerId] })).toBe(1);
    expect(await names()).toEqual(before);
    const { body } = await marketer
      .post('/api/v1/partner-groups/size', { rule: { countries: ['Britain'] } })
      .expect(422);
    expect(body.problems[0].field).toBe('rule.countries[0]');
  });

  it('have names of their own, however they are written', async () => {
    await aGroup('Twins', {});
    const { body } = await marketer.post('/api/v1/partner-groups', { name: 'TWINS', rule: {} }).expect(409);
    expect(body).toMatchObject({ code: 'partner-group.name-taken', field: 'name' });
    const other = await aGroup('Other', {});
    await marketer.put(`/api/v1/partner-groups/${other}`, { name: 'twins', rule: {} }).expect(409);
    const { body: groups } = await marketer.get('/api/v1/partner-groups').expect(200);
    expect(groups.items).toContainEqual(expect.objectContaining({ id: other, name: 'Other' }));
  });

  it('ignore upper and lower case of tiers and regions, and offer those that partners have', async () => {
    await api.aPartner(vendor, { tier: 'Platinum Plus', region: 'LATAM' });
    await api.aPartner(vendor, { tier: 'platinum plus', region: 'LATAM' });
    const rule = { tiers: ['PLATINUM PLUS'], regions: ['latam'] };
    const { body } = await marketer.post('/api/v1/partner-groups/size', { rule }).expect(200);
    expect(body.memberCount).toBe(2);
    const { body: traits } = await marketer.get('/api/v1/partners/traits').expect(200);
    expect(traits.regions.filter((region: string) => region.toLowerCase() === 'latam')).toEqual(['LATAM']);
    expect(traits.tiers.filter((tier: string) => tier.toLowerCase() === 'platinum plus')).toHaveLength(1);
  });

  it('are archived and restored, and deleted if no campaign was published to them', async () => {
    const id = await aGroup('For a while', {});
    const { body: archived } = await marketer.post(`/api/v1/partner-groups/${id}/archive`).expect(200);
    expect(archived.archivedAt).not.toBeNull();
    const { body: restored } = await marketer.post(`/api/v1/partner-groups/${id}/restore`).expect(200);
    expect(restored.archivedAt).toBeNull();
    await marketer.delete(`/api/v1/partner-groups/${id}`).expect(204);
    await marketer.get(`/api/v1/partner-groups/${id}/members`).expect(404);
  });

  it('ask about attributes that the vendor defines, and show whom they would take in', async () => {
    const partnerId = await api.aPartner(vendor, { name: 'Certified Ltd' });
    const options = [{ label: 'Healthcare' }, { label: 'Public sector' }];
    const define = async (definition: object): Promise<string> =>
      (await marketer.post('/api/v1/partner-attributes', definition).expect(201)).body.id;
    const focus = await define({ name: 'Industries', kind: 'choices', owner: 'partner', options });
    const skill = await define({ name: 'Edge specialist', kind: 'certification', owner: 'vendor' });
    const [today] = api.clock.now().toISOString().split('T');
    const certified = { values: { [skill]: { expiresOn: today } } };
    await marketer.patch(`/api/v1/partners/${partnerId}/attributes`, certified).expect(200);
    const partner = await api.signIn(partnerId, 'owner');
    const told = { vendorId: vendor.vendorId, values: { [focus]: ['healthcare'] } };
    const { body: facts } = await partner.patch('/api/v1/vendor-attributes', told).expect(200);
    // What the vendor notes is not the partner's to see.
    expect(facts.items).toMatchObject([{ items: [{ name: 'Industries', value: ['healthcare'] }] }]);
    await partner.patch('/api/v1/vendor-attributes', { ...told, values: { [skill]: null } }).expect(403);
    const rule = {
      conditions: [
        { on: 'attribute', attributeId: focus, is: ['healthcare'] },
        { on: 'certified', attributeId: skill },
      ],
    };
    const { body: size } = await marketer.post('/api/v1/partner-groups/size', { rule }).expect(200);
    expect(size).toEqual({ memberCount: 1, members: [{ id: partnerId, name: 'Certified Ltd' }] });
    const group = await aGroup('Certified in healthcare', rule);
    await marketer.delete(`/api/v1/partner-attributes/${skill}`).expect(409);
    api.clock.advance(DAY_MS);
    const { body: later } = await marketer.get(`/api/v1/partner-groups/${group}/members`).expect(200);
    expect(later.items).toEqual([]);
    const { body: values } = await marketer.get(`/api/v1/partners/${partnerId}/attributes`).expect(200);
    expect(values.items).toMatchObject([
      { name: 'Industries', value: ['healthcare'] },
      { name: 'Edge specialist', value: { number: null, expiresOn: today } },
    ]);
  });

  it('have a page for their vendor with people, without addresses, and sending state', async () => {
    const partnerId = await api.aPartner(vendor, { name: 'Page Ltd' });
    await api.signIn(partnerId, 'owner');
    const { body } = await marketer.get(`/api/v1/partners/${partnerId}/overview`).expect(200);
    expect(body).toEqual({
      people: [{ name: expect.any(String), role: 'owner', lastSignInOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) }],
      launches: [],
      sending: { domainState: 'none', stops: [], missingConsents: [] },
    });
    expect(JSON.stringify(body)).not.toContain('@');
    const invited = await api.aPartner(vendor, { name: 'Not yet', joined: false });
    const { body: none } = await marketer.get(`/api/v1/partners/${invited}/overview`).expect(200);
    expect(none).toEqual({ people: [], launches: [], sending: null });
  });

  it('have an activity for their vendor: changes, people by day and ends, without addresses', async () => {
    const partnerId = await api.aPartner(vendor, { name: 'Busy Ltd' });
    await api.signIn(partnerId, 'owner');
    await marketer.patch(`/api/v1/partners/${partnerId}`, { tier: 'silver' }).expect(200);
    const end = { reason: 'The contract is over.', lastDay: '2999-12-31' };
    await marketer.post(`/api/v1/partners/${partnerId}/end`, end).expect(200);
    const { body } = await marketer.get(`/api/v1/partners/${partnerId}/activity`).expect(200);
    expect(body.items.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(['end-announced', 'changed', 'signed-in', 'joined', 'invited']),
    );
    expect(body.items[0]).toMatchObject({ kind: 'end-announced', by: 'marketer person', facts: end });
    expect(body.items).toContainEqual(expect.objectContaining({ kind: 'changed', facts: { tier: 'silver' } }));
    expect(body.items).toContainEqual(expect.objectContaining({ kind: 'signed-in', by: 'owner person', at: null }));
    expect(JSON.stringify(body)).not.toContain('@');
    const stranger = await api.signIn((await api.aVendor('Contoso')).vendorId, 'owner');
    await stranger.get(`/api/v1/partners/${partnerId}/activity`).expect(404);
  });

  it('name no partner of another vendor', async () => {
    const stranger = await api.aPartner(await api.aVendor('Contoso'));
    const group = { name: 'Strangers', rule: { partnerIds: [stranger] } };
    const { body } = await marketer.post('/api/v1/partner-groups', group).expect(404);
    expect(body.code).toBe('partner.not-found');
  });

  it('are refused for what is no rule', async () => {
    const { body } = await marketer
      .post('/api/v1/partner-groups', { name: '', rule: { countries: ['Britain'], everyone: true } })
      .expect(422);
    expect(body.problems.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['name', 'rule.countries[0]']),
    );
  });

  it.each([
    ['a zero byte', 'a\u0000b'],
    ['half a character', 'a\ud800b'],
  ])('of which a text has %s are refused, and not by an accident', async (_, text) => {
    await marketer.post('/api/v1/partner-groups', { name: text, rule: {} }).expect(422);
    await marketer.post('/api/v1/partner-groups', { name: 'Fine', rule: { tiers: [text] } }).expect(422);
  });
});
