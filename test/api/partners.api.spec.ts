import { VendorHome } from '#contracts';
import { DAY_MS, type OrganisationId } from '#kernel';
import { type ApplicationId, Applications } from '#joining';
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

  it('get tiers by rule, which a person can override, and see what the next tier needs', async () => {
    const ruled = await api.aVendor('Ruled');
    const [maya, analyst] = [await api.signIn(ruled.vendorId, 'marketer'), await api.signIn(ruled.vendorId, 'analyst')];
    const partnerId = await api.aPartner(ruled, { name: 'Falling Ltd', tier: 'Gold' });
    const owner = await api.signIn(partnerId, 'owner');
    const period = { unit: 'quarters', count: 2 };
    const rules = {
      isOn: true,
      graceDays: 30,
      tiers: [
        { name: 'Gold', about: 'A discount.', rule: { period, facts: [{ fact: 'campaigns', atLeast: 2 }] } },
        { name: 'Silver', rule: { period } },
      ],
    };
    const { body: preview } = await analyst.post('/api/v1/tier-rules/preview', rules).expect(200);
    expect(preview).toMatchObject({
      counts: { up: 0, down: 1, stay: 0, manual: 0 },
      moves: [{ from: 'Gold', to: 'Silver' }],
    });
    await analyst.put('/api/v1/tier-rules', rules).expect(403);
    await maya.put('/api/v1/tier-rules', { ...rules, tiers: rules.tiers.slice(0, 1) }).expect(422);
    await maya.put('/api/v1/tier-rules', rules).expect(200);
    const { body: refused } = await maya.patch(`/api/v1/partners/${partnerId}`, { tier: 'Silver' }).expect(409);
    expect(refused).toMatchObject({ code: 'membership.tier-by-rule', field: 'tier' });

    const { body: own } = await owner.get('/api/v1/vendor-tiers').expect(200);
    expect(own.items).toMatchObject([
      {
        vendorName: 'Ruled',
        tier: 'Gold',
        comingDrop: { to: 'Silver', dropsOn: preview.moves[0].dropsOn },
        present: { requirements: [{ fact: 'campaigns', atLeast: 2, measured: 0, isMet: false }] },
        next: null,
      },
    ]);
    const tier = `/api/v1/partners/${partnerId}/tier`;
    const { body: set } = await maya.post(tier, { tier: 'silver', reason: 'They asked for it.' }).expect(200);
    expect(set).toMatchObject({ tier: 'Silver', comingDrop: null, manual: { reason: 'They asked for it.' } });
    // The reason is the vendor's.
    expect((await owner.get('/api/v1/vendor-tiers').expect(200)).text).not.toContain('They asked');
    const { body: freed } = await maya.delete(tier).expect(200);
    expect(freed).toMatchObject({ manual: null, history: [{ from: 'Gold', to: 'Silver', rulesVersion: null }] });
    const { body: changes } = await analyst.get('/api/v1/tier-changes').expect(200);
    expect(changes.items).toMatchObject([{ partnerName: 'Falling Ltd', reason: 'They asked for it.' }]);
  });
});

describe('channel managers', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let owner: Browser;
  let manager: Browser;
  let managerId: string;
  let own: OrganisationId;
  let other: OrganisationId;

  const idOf = async (browser: Browser): Promise<string> =>
    (await browser.get('/api/v1/session').expect(200)).body.user.id;
  const assign = (body: object) => owner.post('/api/v1/channel-managers/assignments', body);
  const seen = async (by: Browser, query = ''): Promise<string[]> =>
    (await by.get(`/api/v1/partners?limit=50${query}`).expect(200)).body.items.map(({ id }: { id: string }) => id);

  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor();
    owner = await api.signIn(vendor.vendorId, 'owner');
    manager = await api.signIn(vendor.vendorId, 'channel-manager');
    managerId = await idOf(manager);
    own = await api.aPartner(vendor, { name: 'Own company', tier: 'gold' });
    other = await api.aPartner(vendor, { name: 'Other company', tier: 'silver' });
    await assign({ managerId, partnerIds: [own] }).expect(200);
  });
  afterAll(() => api.close());

  it('see and count their own partners only, in lists, files, progress and by their API keys', async () => {
    expect(await seen(manager)).toEqual([own]);
    expect((await seen(owner)).sort()).toEqual([own, other].sort());
    expect(await seen(owner, `&manager=${managerId}`)).toEqual([own]);
    expect(await seen(owner, '&manager=none')).toEqual([other]);
    const { body: progress } = await manager.get('/api/v1/partners/progress').expect(200);
    expect(progress).toEqual({ invited: 0, accepted: 1, launched: 0, ended: 0 });
    const csv = (await manager.get('/api/v1/partners/list.csv?language=en').expect(200)).text;
    expect([csv.includes('Own company'), csv.includes('Other company')]).toEqual([true, false]);
    expect((await manager.get('/api/v1/partner-sending').expect(200)).text).not.toContain(other);
  });

  it('see at home figures and partners to care for of their own partners only, and no results', async () => {
    await api.asOwner(`UPDATE organisations.membership SET joined_at = joined_at - interval '15 days'`);
    const home = async (by: Browser): Promise<VendorHome> =>
      VendorHome.parse((await by.get('/api/v1/vendor-home').expect(200)).body);
    const partnersOf = ({ care }: VendorHome): string[] =>
      care.filter(({ kind }) => kind === 'never-launched').flatMap(({ partners }) => partners.map(({ name }) => name));
    const [ofManager, ofOwner] = [await home(manager), await home(owner)];
    expect([ofManager, ofOwner].map(({ figures }) => figures.map(({ value }) => value))).toEqual([
      [1, 0, 0],
      [2, 0],
    ]);
    expect(ofManager.won).toBeNull();
    expect(ofOwner.won).toEqual({ amounts: [], showing: 0, until: null, before: null, points: [] });
    expect(partnersOf(ofManager)).toEqual(['Own company']);
    expect(partnersOf(ofOwner).toSorted()).toEqual(['Other company', 'Own company']);
    expect([ofManager.released, ofManager.nextReleaseOn]).toEqual([[], null]);
    expect(ofOwner.released.map(({ name }) => name)).toEqual(['sent', 'clicked', 'leads']);
    const { body: work } = await manager.get('/api/v1/waiting-work').expect(200);
    expect(work).toMatchObject({ applications: null, oldContents: null, updates: [], recalls: [], tierDrops: null });
  });

  it('act on their own partners only', async () => {
    await manager.patch(`/api/v1/partners/${own}`, { region: 'apac' }).expect(200);
    await manager.patch(`/api/v1/partners/${other}`, { region: 'apac' }).expect(404);
    const { body } = await manager.post('/api/v1/partners/reminders', { partnerIds: [own, other] }).expect(404);
    expect(body.code).toBe('partner.not-found');
    await manager.post('/api/v1/channel-managers/assignments', { managerId, partnerIds: [other] }).expect(403);
  });

  it('are named to their partners with an address', async () => {
    const partner = await api.signIn(own, 'owner');
    const { body } = await partner.get('/api/v1/vendors').expect(200);
    expect(body.items).toMatchObject([{ manager: { name: expect.any(String), email: manager.email } }]);
    const stranger = await api.signIn(other, 'owner');
    expect((await stranger.get('/api/v1/vendors').expect(200)).body.items).toMatchObject([{ manager: null }]);
  });

  it('get the partners of a group and of each other, and only people of that role do', async () => {
    const group = { name: 'Silver ones', rule: { tiers: ['silver'] } };
    const { body } = await owner.post('/api/v1/partner-groups', group).expect(201);
    expect((await assign({ managerId, groupId: body.id }).expect(200)).body).toEqual({ changed: 1 });
    expect((await seen(manager)).sort()).toEqual([own, other].sort());
    expect((await assign({ managerId: null, partnerIds: [other] }).expect(200)).body).toEqual({ changed: 1 });
    expect((await assign({ managerId: await idOf(owner), partnerIds: [own] }).expect(404)).body.code).toBe(
      'channel-manager.not-found',
    );
    await assign({ managerId, partnerIds: [own], groupId: body.id }).expect(422);
    const { body: log } = await owner.get('/api/v1/audit-entries?limit=50').expect(200);
    expect(log.items[0]).toMatchObject({ action: 'membership.manager-taken-away', details: { count: 1 } });
  });

  it('leave their partners to whom the owner says', async () => {
    const next = await api.signIn(vendor.vendorId, 'channel-manager');
    const nextId = await idOf(next);
    const refused = await owner.delete(`/api/v1/team/${managerId}`).expect(409);
    expect(refused.body).toMatchObject({ code: 'team.has-partners', details: { count: 1 } });
    await owner.patch(`/api/v1/team/${managerId}`, { role: 'analyst' }).expect(409);
    await owner.delete(`/api/v1/team/${managerId}?partnersTo=${nextId}`).expect(204);
    expect(await seen(next)).toEqual([own]);
    await owner.patch(`/api/v1/team/${nextId}`, { role: 'analyst', partnersTo: null }).expect(204);
    expect(await seen(owner, '&manager=none')).toContain(own);
  });

  it('leave their partners without one when they leave by themselves', async () => {
    const leaving = await api.signIn(vendor.vendorId, 'channel-manager');
    await assign({ managerId: await idOf(leaving), partnerIds: [own] }).expect(200);
    await leaving.delete(`/api/v1/account/organisations/${vendor.vendorId}`).expect(204);
    expect(await seen(owner, '&manager=none')).toContain(own);
    const { body: log } = await owner.get('/api/v1/audit-entries?limit=50').expect(200);
    expect(log.items.map(({ action }: { action: string }) => action)).toContain('membership.manager-taken-away');
  });

  it('see tiers, terms, reminders and activity of their own partners, and set tiers of theirs alone', async () => {
    const present = await api.signIn(vendor.vendorId, 'channel-manager');
    await assign({ managerId: await idOf(present), partnerIds: [own] }).expect(200);
    const period = { unit: 'months', count: 3 };
    const launches = [{ fact: 'launches', atLeast: 1 }];
    const tiers = [
      { name: 'Gold', rule: { period, facts: launches } },
      { name: 'Silver', rule: { period, facts: launches } },
      { name: 'Bronze', rule: { period } },
    ];
    await owner.put('/api/v1/tier-rules', { isOn: true, graceDays: 30, tiers }).expect(200);
    const day = '2999-01-01';
    const terms = { number: 1, texts: { en: 'Sell fairly.' }, effectiveOn: day, acceptBy: day, isRequired: false };
    await owner.post('/api/v1/programme-terms', terms).expect(201);
    await api.asOwner(
      `INSERT INTO activations.onboarding_reminder (vendor_id, partner_id, due_at, is_held_out, open_steps, observed_at, next_at)
       SELECT $1, unnest($2::uuid[]), now(), false, '{launch}', now(), now()`,
      [vendor.vendorId, [own, other]],
    );
    const manual = { tier: 'Gold', reason: 'A strategic account.' };
    await present.post(`/api/v1/partners/${own}/tier`, { ...manual, tier: 'Silver' }).expect(200);
    await present.post(`/api/v1/partners/${other}/tier`, manual).expect(404);
    await owner.post(`/api/v1/partners/${other}/tier`, manual).expect(200);
    await owner.delete(`/api/v1/partners/${other}/tier`).expect(200);

    const partnersOf = async (by: Browser, path: string): Promise<string[]> => {
      const { items } = (await by.get(`/api/v1/${path}`).expect(200)).body;
      return [...new Set(items.map(({ partnerId }: { partnerId: string }) => partnerId))] as string[];
    };
    for (const path of ['tier-changes', 'programme-terms/partners', 'onboarding-reminders/partners']) {
      expect([path, await partnersOf(owner, path)]).toEqual([path, expect.arrayContaining([other])]);
      expect([path, await partnersOf(present, path)]).toEqual([path, [own]]);
    }
    expect(await partnersOf(owner, 'tier-drops')).toEqual([other]);
    expect(await partnersOf(present, 'tier-drops')).toEqual([]);
    expect((await present.get('/api/v1/programme-terms').expect(200)).body.partnerCount).toBe(1);
    await present.get('/api/v1/onboarding-reminders').expect(403);
    // Entries that are not of its activity do not displace those that are.
    await api.asOwner(
      `INSERT INTO audit.entry (id, at, actor_kind, actor_name, vendor_id, action, subject_kind, subject_id, details)
       SELECT ('ffffffff' || substr(uuidv7()::text, 9))::uuid, now(), 'vendor', 'A person', $1, 'report.read', 'partner', $2, '{}' FROM generate_series(1, 101)`,
      [vendor.vendorId, own],
    );
    const { items } = (await present.get(`/api/v1/partners/${own}/activity`).expect(200)).body;
    expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(['manager-assigned', 'tier-set', 'joined']),
    );
    expect(items).toContainEqual(
      expect.objectContaining({ kind: 'tier-set', facts: { tier: 'Silver', reason: manual.reason } }),
    );
    await present.get(`/api/v1/partners/${other}/activity`).expect(404);
  });
});

describe('distributors', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let owner: Browser;
  let distributor: Browser;
  let distributorId: OrganisationId;

  const TERMS = { approval: 'approved', tier: 'bronze', region: 'emea' };
  const set = (id: string, body: object) => owner.put(`/api/v1/partners/${id}/distribution`, body);
  const own = async (): Promise<{
    partners: { name: string; status: string; tier: string }[];
    proposals: { company: string; decision: string | null; reason: string | null }[];
    totals: { sums: object | null };
  }> => (await distributor.get('/api/v1/distribution').expect(200)).body.items[0];
  const propose = (company: string, email: string) =>
    distributor.post('/api/v1/distribution/proposals', {
      vendorId: vendor.vendorId,
      company,
      person: 'Ada Byron',
      email,
      countryCode: 'GB',
      language: 'en',
    });
  const receive = async (): Promise<void> => {
    const waiting = await api.asOwner<{ id: ApplicationId }>(
      'SELECT id FROM joining.application WHERE decision IS NULL',
    );
    for (const { id } of waiting) await api.app.get(Applications).receive(vendor.vendorId, id);
  };

  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor();
    owner = await api.signIn(vendor.vendorId, 'owner');
    distributorId = await api.aPartner(vendor, { name: 'Wide Distribution', tier: 'gold' });
    distributor = await api.signIn(distributorId, 'owner');
    await set(distributorId, { terms: TERMS, distributorId: null }).expect(200);
  });
  afterAll(() => api.close());

  it('see name, state, tier and since when of their partners, and nothing of others', async () => {
    const partnerId = await api.aPartner(vendor, { name: 'Small Reseller', tier: 'silver' });
    await api.aPartner(vendor, { name: 'Direct Reseller' });
    await set(partnerId, { terms: null, distributorId }).expect(200);
    const { partners, totals } = await own();
    expect(partners).toEqual([
      { id: expect.any(String), name: 'Small Reseller', status: 'active', tier: 'silver', since: expect.any(String) },
    ]);
    // One partner alone has no sum.
    expect(totals).toMatchObject({ sums: null, partnersNeeded: 5 });
    const partner = await api.signIn(partnerId, 'owner');
    const { body } = await partner.get('/api/v1/vendors').expect(200);
    expect(body.items).toMatchObject([{ distributor: 'Wide Distribution' }]);
    expect((await partner.get('/api/v1/distribution').expect(200)).body).toEqual({ items: [] });
    // The partner's own screens show one membership: its own.
    expect(JSON.stringify((await distributor.get('/api/v1/vendors').expect(200)).body)).not.toContain('Small Reseller');
  });

  it('are one level above their partners, never two', async () => {
    const [middle, low] = [await api.aPartner(vendor), await api.aPartner(vendor)];
    await set(middle, { terms: null, distributorId }).expect(200);
    expect((await set(low, { terms: null, distributorId: middle }).expect(409)).body.code).toBe(
      'distribution.no-distributor',
    );
    expect((await set(middle, { terms: TERMS, distributorId }).expect(409)).body.code).toBe('distribution.two-levels');
    expect((await set(distributorId, { terms: null, distributorId }).expect(409)).body.code).toBe(
      'distribution.two-levels',
    );
    // The database refuses it, too: a second level, a cycle, and another vendor's distributor.
    const parent = (id: string, above: string) =>
      api.asOwner(
        `UPDATE organisations.membership SET parent_id = (SELECT id FROM organisations.membership WHERE partner_id = $2)
         WHERE partner_id = $1`,
        [id, above],
      );
    await expect(parent(low, middle)).rejects.toThrow('membership_parent');
    await expect(parent(distributorId, distributorId)).rejects.toThrow('membership_two_levels');
    const stranger = await api.aPartner(await api.aVendor('Elsewhere'));
    await expect(parent(stranger, distributorId)).rejects.toThrow('membership_parent');
    // A distributor that is deleted leaves its partners.
    const deleted = await api.aPartner(vendor, { name: 'Deleted' });
    await set(deleted, { terms: TERMS, distributorId: null }).expect(200);
    await set(low, { terms: null, distributorId: deleted }).expect(200);
    await api.asOwner('DELETE FROM organisations.membership WHERE partner_id = $1', [deleted]);
    expect((await owner.get(`/api/v1/partners/${low}`).expect(200)).body).toMatchObject({ distributorId: null });
  });

  it('propose companies, which the vendor accepts or refuses', async () => {
    await propose('New Ltd', 'ada@new.example').expect(200);
    await propose('Odd Ltd', 'ada@odd.example').expect(200);
    await receive();
    const { body: waiting } = await owner.get('/api/v1/applications').expect(200);
    expect(waiting.items).toMatchObject([
      { company: 'Odd Ltd', distributorName: 'Wide Distribution', proposedBy: expect.any(String) },
      { company: 'New Ltd' },
    ]);
    const [odd, fresh] = waiting.items as { id: string }[];
    await owner.post(`/api/v1/applications/${fresh!.id}/accept`, { tier: 'silver', region: 'emea' }).expect(200);
    await owner.post(`/api/v1/applications/${odd!.id}/refuse`, { reason: 'A competitor.' }).expect(200);
    const { partners, proposals } = await own();
    expect(partners).toContainEqual(expect.objectContaining({ name: 'New Ltd', status: 'invited', tier: 'silver' }));
    expect(proposals).toMatchObject([
      { company: 'Odd Ltd', decision: 'refused', reason: 'A competitor.' },
      { company: 'New Ltd', decision: 'accepted' },
    ]);
    // Who has not applied gets no refusal.
    const mails = await api.asOwner('SELECT 1 FROM identity.system_mail WHERE recipient = $1', ['ada@odd.example']);
    expect(mails).toEqual([]);
    await propose('X', 'not an address').expect(422);
  });

  it('bring partners without a decision where the vendor has set so', async () => {
    await set(distributorId, { terms: { ...TERMS, approval: 'automatic' }, distributorId: null }).expect(200);
    await propose('Fast Ltd', 'ada@fast.example').expect(200);
    await receive();
    const { partners } = await own();
    expect(partners).toContainEqual(expect.objectContaining({ name: 'Fast Ltd', status: 'invited', tier: 'bronze' }));
  });

  it('leave their partners to the vendor when their partnership ends, which is recorded', async () => {
    const before = (await own()).partners.length;
    expect(before).toBeGreaterThan(0);
    await owner.post(`/api/v1/partners/${distributorId}/end`, { reason: 'The contract is over.' }).expect(200);
    const left = await api.asOwner('SELECT 1 FROM organisations.membership WHERE parent_id IS NOT NULL');
    expect(left).toEqual([]);
    const { body: log } = await owner.get('/api/v1/audit-entries?limit=20').expect(200);
    expect(log.items).toContainEqual(
      expect.objectContaining({
        action: 'membership.distributor-ended',
        details: expect.objectContaining({ count: before, name: 'Wide Distribution' }),
      }),
    );
    expect((await distributor.get('/api/v1/distribution').expect(200)).body).toEqual({ items: [] });
    expect((await propose('Late Ltd', 'ada@late.example').expect(404)).body.code).toBe('vendor.not-found');
  });
});
