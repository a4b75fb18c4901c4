import type { Tier, TierRulesInput } from '#contracts';
import { Database } from '#database';
import { Accounts } from '#identity';
import {
  DAY_MS,
  newId,
  type PartnerActor,
  type PartnerAttributeId,
  type PartnerId,
  type ProgrammeId,
  type VendorActor,
} from '#kernel';
import { AttributeValues, MembershipInvitations, Memberships, Organisations, PartnerAttributes } from '#organisations';
import type { TestModule } from '../../../test/support/test-module.js';
import { aVendor, PERSON, PLACE, SYSTEM } from '../../organisations/src/organisations.fixture.js';
import { ManualTiers, PartnerTierRules, PartnerTiers, TierEvaluations, TierNews } from './index.js';
import { ADD_LAUNCH, ADD_SHARED_LEAD, asOwner, openTiers } from './tiers.fixture.js';

const GRACE_DAYS = 30;

const tier = (name: string, rule: Partial<Tier['rule']> = {}): Tier => ({
  name,
  about: '',
  rule: { period: { unit: 'months', count: 3 }, facts: [], conditions: [], ...rule },
});
const twoCampaigns: Tier['rule']['facts'] = [{ fact: 'campaigns', atLeast: 2 }];
const oneLaunch: Tier['rule']['facts'] = [{ fact: 'launches', atLeast: 1 }];
const rulesOf = (tiers: readonly Tier[], changes: Partial<TierRulesInput> = {}): TierRulesInput => ({
  isOn: true,
  graceDays: GRACE_DAYS,
  tiers: [...tiers],
  ...changes,
});
const LAUNCHING = rulesOf([
  tier('Gold', { facts: twoCampaigns }),
  tier('Silver', { facts: oneLaunch }),
  tier('Bronze'),
]);

describe('tiers by rule', () => {
  let house: TestModule;
  let organisations: Organisations;
  let memberships: Memberships;
  let invitations: MembershipInvitations;
  let rules: PartnerTierRules;
  let tiers: PartnerTiers;
  let manual: ManualTiers;
  let evaluations: TierEvaluations;
  let vendor: VendorActor;
  let programmeId: ProgrammeId;

  beforeAll(async () => {
    house = await openTiers();
    organisations = house.app.get(Organisations);
    memberships = house.app.get(Memberships);
    invitations = house.app.get(MembershipInvitations);
    rules = house.app.get(PartnerTierRules);
    tiers = house.app.get(PartnerTiers);
    manual = house.app.get(ManualTiers);
    evaluations = house.app.get(TierEvaluations);
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    ({ vendor, programmeId } = await aVendor(organisations));
  });

  const aPartner = async (has: string, name = 'Brightwater'): Promise<PartnerId> => {
    const partnerId = (await organisations.create(vendor, { kind: 'partner', name, ...PLACE })) as PartnerId;
    await invitations.invite(vendor, { programmeId, partnerId, tier: has, region: 'emea' });
    await invitations.join(SYSTEM, partnerId);
    return partnerId;
  };
  const launch = (partnerId: PartnerId, daysAgo = 1, campaignId: string = newId()): Promise<void> =>
    asOwner(house, ADD_LAUNCH, [
      partnerId,
      vendor.vendorId,
      new Date(house.clock.now().getTime() - daysAgo * DAY_MS),
      campaignId,
    ]);
  const save = (input: TierRulesInput) => rules.save(vendor, programmeId, input, null);
  const tierOf = async (partnerId: PartnerId): Promise<string> => (await memberships.ofPartner(vendor, partnerId)).tier;
  const dropOf = async (partnerId: PartnerId) => (await tiers.ofPartner(vendor, partnerId)).comingDrop;
  const days = async (count: number): Promise<void> => {
    house.clock.advance(count * DAY_MS);
    await evaluations.evaluateDue();
  };
  const tell = (): Promise<boolean> => house.app.get(TierNews).tellDue();
  const asPartner = (partnerId: PartnerId): PartnerActor => ({ kind: 'partner', partnerId, name: 'Olivia', ...PERSON });

  it('give each partner the highest tier whose rule holds', async () => {
    const [two, one, none] = [await aPartner('Bronze'), await aPartner('bronze'), await aPartner('Bronze')];
    for (const daysAgo of [1, 80]) await launch(two, daysAgo);
    await launch(one);
    await launch(none, 100);
    await save(LAUNCHING);
    expect([await tierOf(two), await tierOf(one), await tierOf(none)]).toEqual(['Gold', 'Silver', 'Bronze']);
    const [change] = await tiers.historyOf(vendor, vendor.vendorId, two);
    expect(change).toMatchObject({ from: 'Bronze', to: 'Gold', rulesVersion: 1, byName: null });
    expect(change?.requirements).toMatchObject([{ fact: 'campaigns', atLeast: 2, measured: 2, isMet: true }]);
  });

  it('count a campaign once, and leads only while they are shared', async () => {
    const partnerId = await aPartner('Bronze');
    const campaignId = newId();
    for (let n = 0; n < 2; n += 1) await launch(partnerId, 1, campaignId);
    for (const answer of ['accepted', 'declined', null])
      await asOwner(house, ADD_SHARED_LEAD, [partnerId, vendor.vendorId, house.clock.now(), answer]);
    const facts: Tier['rule']['facts'] = (['launches', 'campaigns', 'shared-leads', 'accepted-leads'] as const).map(
      (fact) => ({ fact, atLeast: 9 }),
    );
    await save(rulesOf([tier('Gold', { facts }), tier('Bronze')]));
    const measured = async () =>
      (await tiers.ofPartner(vendor, partnerId)).next?.requirements.map((requirement) => requirement.measured);
    expect(await measured()).toEqual([2, 1, 3, 1]);
    await asOwner(
      house,
      `UPDATE leads.disclosure SET revoked_at = now(), revoked_by = 'Olivia', person = NULL WHERE partner_id = $1`,
      [partnerId],
    );
    expect(await measured()).toEqual([2, 1, 0, 0]);
  });

  it('keep the tier of a partner that falls for the grace period, and tell it before it drops', async () => {
    const partnerId = await aPartner('Silver');
    const accounts = house.app.get(Accounts);
    const userId = await accounts.ensureUser(SYSTEM, {
      email: `olivia-${newId()}@brightwater.example`,
      name: 'Olivia',
      passwordHash: '',
      locale: 'en',
    });
    await accounts.assign(SYSTEM, userId, partnerId, 'owner');
    await save(LAUNCHING);
    const drop = await dropOf(partnerId);
    expect(drop).toMatchObject({ from: 'Silver', to: 'Bronze', requirements: [{ fact: 'launches', measured: 0 }] });
    await days(GRACE_DAYS + 5);
    // Nobody was told yet.
    expect(await tierOf(partnerId)).toBe('Silver');
    await tell();
    const database = house.app.get(Database);
    const subjects = await database.inTransaction(SYSTEM, () =>
      database.query<{ event: string }>('SELECT event FROM notifications.notification WHERE user_id = $1', [userId]),
    );
    expect(subjects).toEqual([{ event: 'tier-drop-announced' }]);
    await days(GRACE_DAYS - 1);
    expect(await tierOf(partnerId)).toBe('Silver');
    await days(1);
    expect(await tierOf(partnerId)).toBe('Bronze');
    expect(await dropOf(partnerId)).toBeNull();
  });

  it('keep the tier of a partner that earns it again in time', async () => {
    const partnerId = await aPartner('Silver');
    await save(LAUNCHING);
    await tell();
    await launch(partnerId, 0);
    await days(1);
    expect(await dropOf(partnerId)).toBeNull();
    expect(await tiers.historyOf(vendor, vendor.vendorId, partnerId)).toEqual([]);
  });

  it('keep the day of a drop that leads to another tier meanwhile', async () => {
    const partnerId = await aPartner('Gold');
    await launch(partnerId, 1);
    await save(LAUNCHING);
    const before = await dropOf(partnerId);
    expect(before).toMatchObject({ to: 'Silver' });
    await save(
      rulesOf([tier('Gold', { facts: twoCampaigns }), tier('Silver', { facts: twoCampaigns }), tier('Bronze')]),
    );
    expect(await dropOf(partnerId)).toMatchObject({ to: 'Bronze', dropsOn: before?.dropsOn });
  });

  it('give way to a tier that a person sets, until its last day', async () => {
    const partnerId = await aPartner('Bronze');
    await save(LAUNCHING);
    const untilOn = new Date(house.clock.now().getTime() + 2 * DAY_MS).toISOString().slice(0, 10);
    await manual.set(vendor, partnerId, { tier: 'gold', reason: 'Strategic', untilOn });
    expect(await tierOf(partnerId)).toBe('Gold');
    await days(2);
    expect(await dropOf(partnerId)).toBeNull();
    await days(1);
    expect(await dropOf(partnerId)).toMatchObject({ from: 'Gold', to: 'Bronze' });
    const [set] = await tiers.historyOf(vendor, vendor.vendorId, partnerId);
    expect(set).toMatchObject({ from: 'Bronze', to: 'Gold', byName: 'Maya', reason: 'Strategic', rulesVersion: null });
  });

  it('decide again when a tier of a person is removed', async () => {
    const partnerId = await aPartner('Bronze');
    await save(rulesOf(LAUNCHING.tiers, { graceDays: 0 }));
    await manual.set(vendor, partnerId, { tier: 'Gold', reason: 'Strategic', untilOn: null });
    await manual.remove(vendor, partnerId);
    expect(await tierOf(partnerId)).toBe('Bronze');
  });

  it('refuse tiers of persons that no rule has, or whose last day is over', async () => {
    const partnerId = await aPartner('Bronze');
    const refused = (set: object) =>
      manual.set(vendor, partnerId, { tier: 'Gold', reason: 'r', untilOn: null, ...set });
    await expect(refused({})).rejects.toMatchObject({ code: 'tier.no-rules' });
    await save(LAUNCHING);
    await expect(refused({ tier: 'Platinum' })).rejects.toMatchObject({ code: 'tier.unknown' });
    await expect(refused({ untilOn: '2020-01-01' })).rejects.toMatchObject({ code: 'tier.until-past' });
  });

  it('are the only way to change the tier of an active partner while they are on', async () => {
    const partnerId = await aPartner('Bronze');
    await save(LAUNCHING);
    const byHand = () => memberships.change(vendor, partnerId, { tier: 'Gold', region: 'apac' });
    await expect(byHand()).rejects.toMatchObject({ code: 'membership.tier-by-rule' });
    await memberships.change(vendor, partnerId, { tier: 'Bronze', region: 'apac' });
    await save({ ...LAUNCHING, isOn: false });
    expect((await byHand()).tier).toBe('Gold');
  });

  it('end coming drops when they are switched off', async () => {
    const partnerId = await aPartner('Gold');
    await save(LAUNCHING);
    expect(await tiers.comingDrops(vendor)).toMatchObject([{ partnerId }]);
    await save({ ...LAUNCHING, isOn: false });
    expect(await tiers.comingDrops(vendor)).toEqual([]);
    await days(GRACE_DAYS + 1);
    expect(await tierOf(partnerId)).toBe('Gold');
  });

  it('show before they are saved who would move and why, and store nothing', async () => {
    const rising = await aPartner('Bronze', 'Rising');
    const falling = await aPartner('Gold', 'Falling');
    await aPartner('Bronze', 'Staying');
    await launch(rising);
    const preview = await rules.preview(vendor, programmeId, LAUNCHING);
    expect(preview.counts).toEqual({ up: 1, down: 1, unlisted: 0, stay: 1, manual: 0 });
    expect(preview.moves).toMatchObject([
      {
        partnerId: rising,
        direction: 'up',
        from: 'Bronze',
        to: 'Silver',
        dropsOn: null,
        requirements: [{ measured: 1 }],
      },
      {
        partnerId: falling,
        direction: 'down',
        from: 'Gold',
        to: 'Bronze',
        requirements: [{ measured: 0, atLeast: 2 }],
      },
    ]);
    expect((await rules.current(vendor, programmeId)).version).toBe(0);
    expect(await tierOf(rising)).toBe('Bronze');
  });

  it('show apart who has a tier that they do not name, as after a new name', async () => {
    const partnerId = await aPartner('Gold');
    await save(LAUNCHING);
    const [, ...others] = LAUNCHING.tiers;
    const renamed = rulesOf([tier('Gold Plus', { facts: twoCampaigns }), ...others]);
    const preview = await rules.preview(vendor, programmeId, renamed);
    expect(preview.counts).toEqual({ up: 0, down: 0, unlisted: 1, stay: 0, manual: 0 });
    expect(preview.moves).toMatchObject([
      { partnerId, direction: 'unlisted', from: 'Gold', to: 'Bronze', dropsOn: null },
    ]);
    await save(renamed);
    const [entry] = await house.app
      .get(Database)
      .inTransaction(SYSTEM, () =>
        house.app
          .get(Database)
          .query<{ details: object }>(
            `SELECT details FROM audit.entry WHERE action = 'tiers.evaluated' AND subject_id = $1 ORDER BY id DESC LIMIT 1`,
            [programmeId],
          ),
      );
    expect(entry?.details).toMatchObject({ up: 0, down: 0, unlisted: 1 });
  });

  it('drop a partner no lower than it was told, and announce the rest', async () => {
    const partnerId = await aPartner('Gold');
    await launch(partnerId, 60);
    await save(LAUNCHING);
    expect(await dropOf(partnerId)).toMatchObject({ to: 'Silver' });
    await tell();
    // The launch of Silver leaves the period of three months before the drop comes.
    await days(GRACE_DAYS + 5);
    expect(await tierOf(partnerId)).toBe('Silver');
    expect(await dropOf(partnerId)).toBeNull();
    await days(1);
    expect(await tierOf(partnerId)).toBe('Silver');
    expect(await dropOf(partnerId)).toMatchObject({ from: 'Silver', to: 'Bronze' });
  });

  it('ask about attributes that the vendor keeps, and tell the partner whether they hold', async () => {
    const attributes = house.app.get(PartnerAttributes);
    const attributeId: PartnerAttributeId = await attributes.create(vendor, {
      name: 'Specialist',
      help: '',
      kind: 'certification',
      owner: 'vendor',
      options: [],
    });
    const certified = { on: 'certified', attributeId, forDays: 0, not: false } as const;
    const partnerId = await aPartner('Bronze');
    const expiresOn = new Date(house.clock.now().getTime() + 5 * DAY_MS).toISOString().slice(0, 10);
    await house.app.get(AttributeValues).change(vendor, partnerId, { [attributeId]: { number: null, expiresOn } });
    await save(rulesOf([tier('Gold', { conditions: [certified] }), tier('Bronze')]));
    const [own] = await tiers.ofOwn(asPartner(partnerId));
    expect(own).toMatchObject({ tier: 'Gold', present: { requirements: [{ attribute: 'Specialist', isMet: true }] } });
    await days(6);
    const [later] = await tiers.ofOwn(asPartner(partnerId));
    expect(later).toMatchObject({ comingDrop: { to: 'Bronze' }, present: { requirements: [{ isMet: false }] } });
    await expect(attributes.delete(vendor, attributeId)).rejects.toMatchObject({ code: 'partner-attribute.in-tier' });
  });

  it('are evaluated once a day, by one process at a time', async () => {
    const partnerId = await aPartner('Bronze');
    await save(LAUNCHING);
    await launch(partnerId);
    await evaluations.evaluateDue();
    expect(await tierOf(partnerId)).toBe('Bronze');
    house.clock.advance(DAY_MS);
    await Promise.all([evaluations.evaluateDue(), evaluations.evaluateDue()]);
    expect(await tiers.historyOf(vendor, vendor.vendorId, partnerId)).toHaveLength(1);
  });

  it('refuse a version that is not based on the newest', async () => {
    await rules.save(vendor, programmeId, LAUNCHING, '0');
    await expect(rules.save(vendor, programmeId, LAUNCHING, '0')).rejects.toMatchObject({ code: 'edit.stale' });
  });
});
