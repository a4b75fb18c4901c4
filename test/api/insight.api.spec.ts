import { InsightNumbers, PartnerCampaignInsight, PartnerInsight, VendorInsight, VendorUse } from '#contracts';
import { Clicks } from '#engagement';
import { Rollups } from '#insight';
import type { PartnerId } from '#kernel';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import type { Browser } from '../support/api.js';
import { aBounce, aComplaint, anAnswer, PostOffice } from '../support/post-office.js';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/until.js';

const DAY_MS = 86_400_000;
const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';

/** How many of the partners take the brochure away. */
const TAKERS = 2;
const OWN_WORDS = { intro: { kind: 'paragraphs', blocks: [[{ text: 'Ours since 1987' }]] } };

interface House {
  readonly id: PartnerId;
  readonly owner: Browser;
}

describe('numbers', () => {
  let stage: Stage;
  let office: PostOffice;
  const houses: House[] = [];
  let monday: string;
  let sunday: string;

  beforeAll(async () => {
    const port = await freePort();
    stage = await openStage({ INBOUND_SMTP_PORT: String(port) });
    office = new PostOffice(port);
    houses.push(stage.partner);
    for (let n = 0; n < 5; n++) houses.push(await stage.aCompletePartner(undefined, { name: `House ${n}` }));
    monday = stage.day(-1);
    sunday = stage.day(5);
    for (const house of houses) await live(house);
  }, 120_000);
  afterAll(async () => {
    await office.close();
    await stage.close();
  });

  /** One of everything that can come back, for each partner. */
  const live = async (house: House): Promise<void> => {
    const { owner } = house;
    const list = await stage.aList(owner, [{}, {}, {}, {}, {}]);
    const { body } = await stage
      .launch(owner, { versionId: stage.campaign.versionId, listId: list.id, slots: OWN_WORDS })
      .expect(201);
    for (const email of list.emails) await stage.mailTo(email);
    const path = `/api/v1/activations/${body.id}`;
    await until(async () => (await owner.get(path)).body.steps[0]?.sent === 5, 10_000, 'the records');
    const mails = list.emails.map((email) => stage.mails.to(email)[0]!);
    const idOf = (at: number): string => mails[at]!.messageId!.slice(1, -1);
    const pathOf = (at: number, door: string): string =>
      new RegExp(`/${door}/[\\w-]+`).exec(mails[at]!.html as string)![0];
    const back = (at: number): string => stage.mails.returnPathTo(list.emails[at]!);
    await office.deliver(back(0), aBounce({ to: list.emails[0]!, status: '5.1.1', said: 'user unknown' }));
    await office.deliver(back(1), aBounce({ to: list.emails[1]!, status: '5.2.2', said: 'full' }));
    await office.deliver('fbl@mail.throughline.example', aComplaint(idOf(2)));
    await office.deliver(back(3), anAnswer(list.emails[3]!, idOf(3)), list.emails[3]);
    stage.api.clock.advance(60_000);
    await stage.api.http.get(pathOf(4, 'l')).set('User-Agent', PERSON).expect(302);
    await stage.api.http.get(pathOf(3, 'l')).set('User-Agent', 'Proofpoint scan').expect(302);
    await stage.api.app.get(Clicks).settled();
    const form = { email: list.emails[4], firstName: 'V', lastName: 'V', company: 'C', consent: 'yes' };
    await stage.api.http
      .post(`${new URL(body.pageUrl).pathname}/form`)
      .type('form')
      .send(form)
      .expect(200);
    const lead = (await owner.get('/api/v1/leads?limit=1').expect(200)).body.items[0];
    await owner.patch(`/api/v1/leads/${lead.id}`, { status: 'accepted' }).expect(200);
    await owner.patch(`/api/v1/leads/${lead.id}`, { status: 'won' }).expect(200);
    for (let n = 0; n < 2; n++) await stage.api.http.post(pathOf(4, 'u')).expect(200);
    if (houses.indexOf(house) < TAKERS) await takeTheBrochure(owner, path);
    // Nothing more of it in the weeks to come, which tests count.
    await owner.post(`${path}/stop`).expect(200);
  };
  const takeTheBrochure = async (owner: Browser, path: string): Promise<void> => {
    const brochure = async (): Promise<{ id: string } | undefined> =>
      (await owner.get(`${path}/assets`)).body.items.find(({ kind }: { kind: string }) => kind === 'document');
    await until(async () => (await brochure()) !== undefined, 30_000, 'the brochure');
    for (let again = 0; again < 2; again++) await owner.get(`${path}/assets/${(await brochure())!.id}`).expect(200);
  };
  const ONE_HOUSE: InsightNumbers = {
    sent: 5,
    delivered: 3,
    bounced: { hard: 1, soft: 1, block: 0, unknown: 0 },
    failed: 0,
    complained: 1,
    unsubscribed: 1,
    clicks: 1,
    machineClicks: 1,
    replies: 1,
    leads: 1,
    won: 1,
  };
  const partnerSees = async ({ owner }: House, query = `?from=${monday}&to=${sunday}`): Promise<PartnerInsight> =>
    PartnerInsight.parse((await owner.get(`/api/v1/insight${query}`).expect(200)).body);
  const campaignOf = async ({ owner }: House): Promise<PartnerCampaignInsight> => {
    const path = `/api/v1/insight/campaigns/${stage.campaign.campaignId}?from=${monday}&to=${sunday}`;
    return PartnerCampaignInsight.parse((await owner.get(path).expect(200)).body);
  };
  const vendorSees = async (query = `?from=${monday}&to=${sunday}`): Promise<VendorInsight> =>
    VendorInsight.parse((await stage.vendor.editor.get(`/api/v1/vendor-insight${query}`).expect(200)).body);

  it('show a partner what came of its campaigns: by campaign, by day, by step', async () => {
    const insight = await partnerSees(houses[1]!);
    expect(insight.numbers).toEqual(ONE_HOUSE);
    expect(insight.campaigns).toMatchObject([{ campaignId: stage.campaign.campaignId, numbers: ONE_HOUSE }]);
    expect(insight.campaigns[0]!.title).not.toBe('');
    expect(insight.days).toHaveLength(7);
    expect(insight.days.filter(({ numbers }) => numbers.sent > 0)).toHaveLength(1);
    expect(insight.rates).toMatchObject({ bounced: 0.4, clicks: 0.333, leads: 0.333 });
    const { steps, median } = await campaignOf(houses[1]!);
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ numbers: ONE_HOUSE });
    expect(median).toBeNull();
  });

  it('show it nothing of others, and no campaign that it never launched', async () => {
    const neighbour = await stage.aCompletePartner();
    expect((await partnerSees(neighbour)).numbers.sent).toBe(0);
    const { body } = await neighbour.owner.get(`/api/v1/insight/campaigns/${stage.campaign.campaignId}`).expect(404);
    expect(body.code).toBe('campaign.not-found');
  });

  it('are withheld from the vendor until the week is over', async () => {
    const { campaigns, numbers, to } = await vendorSees();
    expect(numbers.sent).toBe(0);
    expect(campaigns[0]!.weeks).toEqual([]);
    expect(to < monday).toBe(true);
  });

  it('reconcile to the unit between both sides over the same window, and with the ledgers', async () => {
    stage.api.clock.advance(7 * DAY_MS);
    const own = await Promise.all(houses.map((house) => partnerSees(house)));
    const vendor = await vendorSees();
    expect(vendor).toMatchObject({ from: monday, to: sunday, withheldWeeks: 0 });
    const [first] = vendor.campaigns;
    expect(first!.weeks).toMatchObject([{ startsOn: monday, partners: houses.length }]);
    const total = (of: (numbers: InsightNumbers) => number): number =>
      own.reduce((all, one) => all + of(one.numbers), 0);
    for (const numbers of [vendor.numbers, first!.numbers, first!.weeks[0]!.numbers!])
      expect(numbers).toEqual({
        ...Object.fromEntries(
          Object.keys(ONE_HOUSE).map((key) => [key, key === 'bounced' ? 0 : total((one) => one[key as 'sent'])]),
        ),
        bounced: {
          hard: total((one) => one.bounced.hard),
          soft: total((one) => one.bounced.soft),
          block: total((one) => one.bounced.block),
          unknown: total((one) => one.bounced.unknown),
        },
      });
    const [ledger] = await stage.api.asOwner<{ sent: string }>(
      `SELECT count(*) AS sent FROM delivery.message WHERE state IN ('accepted', 'delivered', 'bounced', 'complained') AND settled_at::date BETWEEN $1 AND $2`,
      [monday, sunday],
    );
    expect(vendor.numbers.sent).toBe(Number(ledger!.sent));
    const [mail] = await stage.api.asOwner<{ n: string }>(
      `SELECT count(*) AS n FROM engagement.touch WHERE kind = 'lead'`,
    );
    expect(vendor.numbers.leads).toBe(Number(mail!.n));
  });

  it('show the vendor how far its partners have come', async () => {
    const { campaigns } = await vendorSees();
    expect(campaigns[0]!.funnel).toMatchObject({ launched: 6, firstLead: 6, won: 6 });
    expect(campaigns[0]!.funnel.brandComplete).toBe(7);
    expect(campaigns[0]!.funnel.invited).toBe(7);
  });

  it('show the vendor what of a campaign its partners use, and none of their words', async () => {
    const { body, text } = await stage.vendor.editor.get('/api/v1/vendor-insight/use').expect(200);
    const { asOf, campaigns } = VendorUse.parse(body);
    expect(asOf).toBe(sunday);
    const [used] = campaigns.filter(({ campaignId }) => campaignId === stage.campaign.campaignId);
    expect(used).toMatchObject({ launched: houses.length });
    const partners = new Map([...used!.slots, ...used!.assets].map((one) => ['key' in one ? one.key : one.name, one]));
    expect(partners.get('intro')).toMatchObject({ partners: houses.length });
    expect(partners.get('offer')).toMatchObject({ partners: 0 });
    expect(partners.get('brochure')).toMatchObject({ kind: 'document', partners: TAKERS });
    expect(used!.assets.filter(({ kind }) => kind === 'social')).toEqual([expect.objectContaining({ partners: 0 })]);
    expect(text).not.toContain(OWN_WORDS.intro.blocks[0]![0]!.text);
    const csv = await stage.vendor.editor.get('/api/v1/vendor-insight/use.csv').expect(200);
    expect(csv.text).toContain(`document,brochure,${TAKERS}`);
  });

  it('are the same after a fold, and after they were built anew from the ledgers', async () => {
    const rollups = stage.api.app.get(Rollups, { strict: false });
    const seen = async (): Promise<unknown> => [
      await Promise.all(houses.map((house) => partnerSees(house))),
      await vendorSees(),
    ];
    const before = await seen();
    while (await rollups.fold());
    expect(await stage.api.asOwner('SELECT 1 FROM insight.delta')).toEqual([]);
    expect(await seen()).toEqual(before);
    for (const { id } of houses) expect(await rollups.reconcile(id)).toBe(0);
    await stage.api.asOwner('TRUNCATE insight.daily, insight.delta');
    expect((await partnerSees(houses[0]!)).numbers.sent).toBe(0);
    for (const { id } of houses) expect(await rollups.reconcile(id)).toBeGreaterThan(0);
    expect(await seen()).toEqual(before);
    await rollups.fold();
    expect(await seen()).toEqual(before);
  });

  it('hide a week of fewer than five partners from the vendor, also from its sums', async () => {
    const week = stage.day(0);
    for (const { owner } of houses.slice(0, 4)) {
      stage.toWorkingHours();
      const { email } = await stage.running(owner);
      await stage.mailTo(email);
    }
    stage.api.clock.advance(8 * DAY_MS);
    const [narrow, wide] = [
      await vendorSees(`?from=${monday}&to=${sunday}`),
      await vendorSees(`?from=${monday}&to=${stage.day(0)}`),
    ];
    expect(wide.withheldWeeks).toBeGreaterThan(0);
    expect(wide.campaigns[0]!.weeks.find(({ startsOn }) => startsOn <= week && startsOn > monday)).toMatchObject({
      partners: null,
      numbers: null,
    });
    const hidden = wide.campaigns[0]!.weeks.filter(({ numbers }) => numbers === null);
    expect(hidden.length).toBe(wide.withheldWeeks);
    const shown = wide.campaigns[0]!.weeks.reduce((sent, { numbers }) => sent + (numbers?.sent ?? 0), 0);
    expect(wide.numbers.sent).toBe(shown);
    expect(narrow.numbers.sent).toBe(30);
  });

  it('compare a partner with the median of ten, and not of nine', async () => {
    for (let n = 6; n < 10; n++) houses.push(await stage.aCompletePartner(undefined, { name: `House ${n}` }));
    const day = stage.day(0);
    for (const { owner } of houses.slice(0, 9)) {
      stage.toWorkingHours();
      await stage.mailTo((await stage.running(owner)).email);
    }
    const medianSince = async (): Promise<unknown> =>
      (
        await houses[0]!.owner.get(
          `/api/v1/insight/campaigns/${stage.campaign.campaignId}?from=${day}&to=${stage.day(9)}`,
        )
      ).body.median;
    expect(await medianSince()).toBeNull();
    stage.toWorkingHours();
    await stage.mailTo((await stage.running(houses[9]!.owner)).email);
    await until(async () => (await medianSince()) !== null, 10_000, 'the median');
    expect(await medianSince()).toEqual({ bounced: 0, complained: 0, unsubscribed: 0, clicks: 0, leads: 0 });
  }, 90_000);

  it('can be taken away as tables', async () => {
    const own = await houses[1]!.owner.get(`/api/v1/insight/numbers.csv?from=${monday}&to=${sunday}`).expect(200);
    expect(own.headers['content-type']).toContain('text/csv');
    const lines = own.text.replace('\ufeff', '').trim().split('\r\n');
    expect(lines[0]).toBe(
      'day,campaignId,campaign,step,sent,bounced-hard,bounced-soft,bounced-block,bounced-unknown,failed,complained,unsubscribed,clicks,machine-clicks,replies,leads,won',
    );
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(',5,1,1,0,0,0,1,1,1,1,1,1,1');
    const vendor = await stage.vendor.editor
      .get(`/api/v1/vendor-insight/numbers.csv?from=${monday}&to=${sunday}`)
      .expect(200);
    expect(vendor.text).toContain(`${monday},${stage.campaign.campaignId}`);
    expect(vendor.text).toContain(',6,30,18,6,6,0,0,0,6,6,6,6,6,6,6');
  });

  it('tell nothing of the use of a campaign that only a few have launched', async () => {
    const few = await stage.anotherCampaign();
    stage.toWorkingHours();
    await stage.running(houses[0]!.owner, { versionId: few.versionId, slots: OWN_WORDS });
    stage.api.clock.advance(7 * DAY_MS);
    const later = (await stage.vendor.editor.get('/api/v1/vendor-insight/use').expect(200)).body.campaigns;
    const hidden = (later as VendorUse['campaigns']).find(({ campaignId }) => campaignId === few.campaignId)!;
    expect([hidden.launched, ...hidden.slots.map((slot) => slot.partners)].filter((one) => one !== null)).toEqual([]);
  });

  it('name nobody: no address, no contact, no partner in what a vendor sees', async () => {
    const text = JSON.stringify(await vendorSees(''));
    expect(text).not.toMatch(/@|customer\.example|House|Brightwater/);
    for (const { id } of houses) expect(text).not.toContain(id);
  });

  it.each([
    ['?from=2026-02-31', 'from'],
    ['?from=yesterday', 'from'],
    ['?from=2030-01-02&to=2030-01-01', 'from'],
    ['?from=2020-01-01&to=2030-01-01', 'from'],
  ])('refuse the window %s, naming the field', async (query, field) => {
    for (const by of [
      houses[0]!.owner.get(`/api/v1/insight${query}`),
      stage.vendor.editor.get(`/api/v1/vendor-insight${query}`),
    ])
      expect((await by.expect(422)).body).toMatchObject({ status: 422, ...(query.includes('&') ? { field } : {}) });
  });
});
