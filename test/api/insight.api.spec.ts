import {
  InsightNumbers,
  PartnerCampaignInsight,
  PartnerInsight,
  VendorHome,
  VendorInsight,
  VendorUse,
} from '#contracts';
import { Clicks } from '#engagement';
import { ResultReleases, Rollups } from '#insight';
import { type PartnerId, DAY_MS } from '#kernel';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import type { Browser } from '../support/api.js';
import { publish, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { aBounce, aComplaint, anAnswer, InboundMail } from '../support/inbound-mail.js';
import { sendForm } from '../support/leads.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';

/**
 * Conditions of the welcome mail; of `pilot` there is one reader, at the first
 * partner.
 */
const FINANCE = 'industry=finance|insurance';
const WHEN = ['industry="insurance|Finance"', 'industry="healthcare"', 'segment="pilot"'];
const withConditions = (welcome: string): string =>
  welcome.replace(
    '<tc-lock name="legal">',
    (lock) =>
      WHEN.map(
        (condition) =>
          `<tc-when ${condition}><mj-section><mj-column><mj-text>For you.</mj-text></mj-column></mj-section></tc-when>`,
      ).join('') + lock,
  );
const READERS = [{ industry: 'Finance' }, {}, { industry: 'healthcare' }, {}, { industry: 'insurance' }];

const SUMMED = [
  ...(['sent', 'delivered', 'failed', 'complained', 'unsubscribed', 'clicks'] as const),
  ...(['machineClicks', 'replies', 'leads', 'won'] as const),
];

/** How many of the partners take the brochure away. */
const TAKERS = 2;
const OWN_WORDS = { intro: { kind: 'paragraphs', blocks: [[{ text: 'Ours since 1987' }]] } };

interface House {
  readonly id: PartnerId;
  readonly owner: Browser;
}

describe('numbers', () => {
  let stage: TestProduct;
  let office: InboundMail;
  let campaign: UploadedVersion;
  const houses: House[] = [];
  let monday: string;
  let sunday: string;

  beforeAll(async () => {
    const port = await freePort();
    stage = await openTestProduct({ INBOUND_SMTP_PORT: String(port) });
    office = new InboundMail(port);
    campaign = await publish(
      stage.vendor,
      await wholeCampaign('variants', 'For each reader.', { posts: true }, withConditions),
      {
        partnerGroupIds: [stage.vendor.groupId],
        opensOn: stage.day(0),
        closesOn: stage.day(300),
      },
    );
    houses.push(stage.partner);
    for (let n = 0; n < 5; n++) houses.push(await stage.aCompletePartner(undefined, { name: `House ${n}` }));
    monday = stage.day(-1);
    sunday = stage.day(5);
    // As if all had joined long ago.
    await stage.api.asOwner(`UPDATE organisations.membership SET joined_at = joined_at - interval '60 days'`);
    for (const house of houses) await live(house);
  }, 300_000);
  afterAll(async () => {
    await office.close();
    await stage.close();
  });

  /** One of everything that can come back, for each partner. */
  const live = async (house: House): Promise<void> => {
    const { owner } = house;
    const list = await stage.aList(
      owner,
      READERS.map((reader, at) => (house === houses[0] && at === 1 ? { segment: 'pilot' } : reader)),
    );
    const { body } = await stage
      .launch(owner, { versionId: campaign.versionId, listId: list.id, slots: OWN_WORDS })
      .expect(201);
    for (const email of list.emails) await stage.mailTo(email);
    const path = `/api/v1/activations/${body.id}`;
    await until(async () => (await owner.get(path)).body.steps[0]?.sent === 5, 'the records');
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
    const { headers } = await stage.api.http.get(pathOf(4, 'l')).set('User-Agent', PERSON).expect(302);
    // A page of ours that is not opened within five minutes of the product's
    // time would make the click a machine's.
    const behind = new URL(headers['location'] as string);
    if (behind.href.startsWith(stage.api.config.PUBLIC_URL))
      await stage.api.http.get(behind.pathname + behind.search).expect(200);
    await stage.api.http.get(pathOf(3, 'l')).set('User-Agent', 'Proofpoint scan').expect(302);
    await stage.api.app.get(Clicks).flushed();
    const lead = await sendForm(stage, owner, new URL(body.pageUrl).pathname, { email: list.emails[4]! });
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
    await until(async () => (await brochure()) !== undefined, 'the brochure');
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
  const totalOf = (all: readonly InsightNumbers[]): InsightNumbers => {
    const add = (one: InsightNumbers, other: InsightNumbers): InsightNumbers => ({
      ...one,
      ...Object.fromEntries(SUMMED.map((name) => [name, one[name] + other[name]])),
      bounced: {
        hard: one.bounced.hard + other.bounced.hard,
        soft: one.bounced.soft + other.bounced.soft,
        block: one.bounced.block + other.bounced.block,
        unknown: one.bounced.unknown + other.bounced.unknown,
      },
    });
    return all.reduce(add);
  };
  const partnerSees = async ({ owner }: House, query = `?from=${monday}&to=${sunday}`): Promise<PartnerInsight> =>
    PartnerInsight.parse((await owner.get(`/api/v1/insight${query}`).expect(200)).body);
  const campaignOf = async ({ owner }: House): Promise<PartnerCampaignInsight> => {
    const path = `/api/v1/insight/campaigns/${campaign.campaignId}?from=${monday}&to=${sunday}`;
    return PartnerCampaignInsight.parse((await owner.get(path).expect(200)).body);
  };
  const releaseDue = async (): Promise<void> => {
    const results = stage.api.app.get(ResultReleases, { strict: false });
    while (await results.releaseDue());
  };
  const vendorHome = async (): Promise<VendorHome> =>
    VendorHome.parse((await stage.vendor.editor.get('/api/v1/vendor-home').expect(200)).body);
  const vendorSees = async (query = `?from=${monday}&to=${sunday}`): Promise<VendorInsight> =>
    VendorInsight.parse((await stage.vendor.editor.get(`/api/v1/vendor-insight${query}`).expect(200)).body);

  it('show a partner what came of its campaigns: by campaign, by day, by step', async () => {
    const insight = await partnerSees(houses[1]!);
    expect(insight).toMatchObject({ numbers: ONE_HOUSE, clicked: 1 });
    expect(insight.campaigns).toMatchObject([{ campaignId: campaign.campaignId, numbers: ONE_HOUSE, clicked: 1 }]);
    expect(insight.campaigns[0]!.title).not.toBe('');
    expect(insight.days).toHaveLength(7);
    expect(insight.days.filter(({ numbers }) => numbers.sent > 0)).toHaveLength(1);
    expect(insight.rates).toMatchObject({ bounced: 0.4, clicks: 0.333, leads: 0.333 });
    const { names, steps, comparison } = await campaignOf(houses[1]!);
    expect(steps).toHaveLength(1);
    expect(names.find(({ stepKey }) => stepKey === steps[0]!.stepKey)).toMatchObject({ kind: 'email', number: 1 });
    expect(steps[0]).toMatchObject({ numbers: ONE_HOUSE, clicked: 1 });
    expect(comparison).toMatchObject({ own: null, median: null });
  });

  it('show it which recipient variant of a step they are of, over time', async () => {
    const { steps, days } = await campaignOf(houses[1]!);
    const { variants } = steps[0]!;
    expect(variants.map(({ variant, numbers }) => [variant, numbers.sent]).sort()).toEqual([
      ['en', 2],
      [`en; ${FINANCE}`, 2],
      ['en; industry=healthcare', 1],
    ]);
    const finance = variants.find(({ conditions }) => conditions.includes(FINANCE))!;
    expect(finance).toMatchObject({ locale: 'en', conditions: [FINANCE] });
    expect(finance.numbers).toMatchObject({
      sent: 2,
      delivered: 1,
      bounced: { hard: 1 },
      clicks: 1,
      unsubscribed: 1,
      leads: 1,
      won: 1,
      machineClicks: 0,
      replies: 0,
    });
    const [sentOn] = days.filter(({ numbers }) => numbers.sent > 0);
    expect(finance.days).toEqual([{ on: sentOn!.on, numbers: finance.numbers }]);
    expect(totalOf(variants.map(({ numbers }) => numbers))).toEqual(ONE_HOUSE);
    expect(variants.map(({ variant, clicked }) => [variant, clicked])).toContainEqual([`en; ${FINANCE}`, 1]);
  });

  it('show it nothing of others, and no campaign that it never launched', async () => {
    const neighbour = await stage.aCompletePartner();
    expect((await partnerSees(neighbour)).numbers.sent).toBe(0);
    const { body } = await neighbour.owner.get(`/api/v1/insight/campaigns/${campaign.campaignId}`).expect(404);
    expect(body.code).toBe('campaign.not-found');
  });

  it('are not shown to the vendor before they are released', async () => {
    const { campaigns, numbers, nextWeekOn } = await vendorSees();
    expect(Object.values(numbers)).toEqual(Object.values(numbers).map(() => null));
    expect(campaigns[0]).toMatchObject({ weeks: [], fourWeeks: [], parts: [] });
    expect(nextWeekOn > sunday).toBe(true);
  });

  it('agree with the ledgers', async () => {
    stage.api.clock.advance(7 * DAY_MS);
    const own = await Promise.all(houses.map((house) => partnerSees(house)));
    const total = totalOf(own.map(({ numbers }) => numbers));
    const [ledger] = await stage.api.asOwner<{ sent: string }>(
      `SELECT count(*) AS sent FROM delivery.message WHERE state IN ('accepted', 'delivered', 'bounced', 'complained') AND settled_at::date BETWEEN $1 AND $2`,
      [monday, sunday],
    );
    expect(total.sent).toBe(Number(ledger!.sent));
    const [mail] = await stage.api.asOwner<{ n: string }>(
      `SELECT count(*) AS n FROM engagement.interaction WHERE kind = 'lead'`,
    );
    expect(total.leads).toBe(Number(mail!.n));
  });

  it('show the vendor how far its partners have come', async () => {
    const { campaigns } = await vendorSees();
    expect(campaigns[0]!.funnel).toEqual({ offered: 7, brandComplete: 7, launched: 6 });
    const { text } = await stage.vendor.editor.get('/api/v1/vendor-insight/funnel.csv').expect(200);
    expect(text).toContain(',7,7,6');
  });

  it('are at the vendor’s home: partners as its lists show them, and no number about people before a release', async () => {
    const home = await vendorHome();
    const figure = (name: string) => home.figures.find((one) => one.name === name)!;
    const { body: partners } = await stage.vendor.editor.get('/api/v1/partners?status=active&limit=100').expect(200);
    expect(figure('partners')).toMatchObject({ value: partners.items.length });
    // Each has stopped its campaign.
    expect(figure('partnersRunning')).toMatchObject({ value: 0, before: 0 });
    expect(figure('partnersRunning').points.map(({ value }) => value)).toContain(0);
    expect(home.released.map(({ name, value, asOf }) => [name, value, asOf])).toEqual([
      ['sent', null, null],
      ['clicked', null, null],
      ['leads', null, null],
    ]);
    expect(home.campaigns.items.find(({ campaignId }) => campaignId === campaign.campaignId)).toMatchObject({
      partnersRunning: 0,
      areLaunchesStopped: false,
    });
    const cared = new Map(home.care.map(({ kind, count }) => [kind, count]));
    expect(cared.get('ended-launches')).toBe(houses.length);
    expect(JSON.stringify(home)).not.toContain('@');
  });

  it('are explained by marks: publications and first launches for the vendor, own launches for a partner', async () => {
    const window = `?from=${monday}&to=${sunday}`;
    const { body } = await stage.vendor.editor.get(`/api/v1/vendor-insight/marks${window}`).expect(200);
    const kindsOf = (items: { kind: string; partners: number | null }[]) =>
      items.map(({ kind, partners }) => [kind, partners]);
    const ofIt = body.items.filter(({ campaignId }: { campaignId: string }) => campaignId === campaign.campaignId);
    expect(kindsOf(ofIt).toSorted()).toEqual([
      ['launched', houses.length],
      ['published', null],
    ]);
    const { body: own } = await houses[0]!.owner.get(`/api/v1/insight/marks${window}`).expect(200);
    expect(kindsOf(own.items)).toEqual([['launched', null]]);
    expect([body.leftOut, own.leftOut]).toEqual([0, 0]);
    const { body: before } = await houses[0]!.owner
      .get('/api/v1/insight/marks?from=2020-01-01&to=2020-12-31')
      .expect(200);
    expect(before.items).toEqual([]);
    const { text } = await stage.vendor.editor.get(`/api/v1/vendor-insight/campaigns.csv${window}`).expect(200);
    expect(text).toMatch(/^\ufeffcampaignId,campaign,offered,launched,sent,sent-margin,/);
    expect(text.trim().split('\r\n')).toHaveLength(3);
    const none = await stage.vendor.editor.get(`/api/v1/vendor-insight/campaigns.csv${window}&q=nothing%20like%20it`);
    expect(none.text.trim().split('\r\n')).toHaveLength(1);
  });

  it('show the vendor what of a campaign its partners use, and none of their words', async () => {
    const { body, text } = await stage.vendor.editor.get('/api/v1/vendor-insight/use').expect(200);
    const { asOf, campaigns } = VendorUse.parse(body);
    expect(asOf).toBe(sunday);
    const [used] = campaigns.filter(({ campaignId }) => campaignId === campaign.campaignId);
    expect(used).toMatchObject({ launched: houses.length });
    const partners = new Map([...used!.slots, ...used!.assets].map((one) => ['key' in one ? one.key : one.name, one]));
    expect(partners.get('intro')).toMatchObject({ partners: houses.length });
    expect(partners.get('offer')).toMatchObject({ partners: 0 });
    expect(partners.get('brochure')).toMatchObject({ kind: 'document', partners: null });
    expect(used!.assets.filter(({ kind }) => kind === 'social')).toEqual([expect.objectContaining({ partners: 0 })]);
    expect(text).not.toContain(OWN_WORDS.intro.blocks[0]![0]!.text);
    const csv = await stage.vendor.editor.get('/api/v1/vendor-insight/use.csv').expect(200);
    expect(csv.text).toMatch(/document,brochure,withheld\r?$/m);
  });

  it('let the use of an asset be seen once five partners use it, a week later', async () => {
    const use = async (): Promise<unknown> =>
      (await stage.vendor.editor.get('/api/v1/vendor-insight/use').expect(200)).body.campaigns
        .find(({ campaignId }: { campaignId: string }) => campaignId === campaign.campaignId)
        .assets.find(({ key }: { key: string }) => key === 'brochure').partners;
    for (const house of houses.slice(TAKERS)) {
      const [{ id }] = (await house.owner.get('/api/v1/activations').expect(200)).body.items;
      await takeTheBrochure(house.owner, `/api/v1/activations/${id}`);
    }
    expect(await use()).toBeNull();
    stage.api.clock.advance(7 * DAY_MS);
    expect(await use()).toBe(houses.length);
  });

  it('are the same after a fold, and after they were built anew from the ledgers', async () => {
    const rollups = stage.api.app.get(Rollups, { strict: false });
    // What is due by now is not released between two looks.
    await releaseDue();
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

  it('reach the vendor eight days after the week and twelve after the four weeks, each with its margin', async () => {
    await releaseDue();
    const afterWeek = await vendorSees();
    const [first] = afterWeek.campaigns;
    expect(first!.weeks).toMatchObject([{ startsOn: monday, sent: { margin: 118, smallest: 240 } }]);
    expect(first!.weeks[0]!.bounced).toMatchObject({ margin: 49, smallest: 100 });
    expect(afterWeek.numbers).toMatchObject({ sent: first!.weeks[0]!.sent, clicked: null });
    stage.api.clock.advance(33 * DAY_MS);
    await releaseDue();
    const released = await vendorSees();
    expect(released.campaigns[0]!.weeks).toEqual(first!.weeks);
    const [span] = released.campaigns[0]!.fourWeeks;
    expect(span).toMatchObject({ clicked: { margin: 25, smallest: 50 }, won: { margin: 25 } });
    const [sent, clicked] = (await vendorHome()).released;
    // Four weeks, each with the noise of one.
    expect(sent).toMatchObject({ margin: 2 * 118, before: null });
    expect(sent!.points[0]).toEqual({ on: monday, value: first!.weeks[0]!.sent.value });
    expect(clicked).toMatchObject({ value: span!.clicked.value, margin: 25, points: [{ on: span!.startsOn }] });
    expect(released.campaigns[0]!.parts.map(({ stepKey, variant }) => `${stepKey} ${variant}`)).toEqual(
      expect.arrayContaining(['welcome en', `welcome en; ${FINANCE}`, 'welcome en; segment=pilot']),
    );
    const { text } = await stage.vendor.editor
      .get(`/api/v1/vendor-insight/variants.csv?from=${monday}&to=${sunday}`)
      .expect(200);
    expect(text).toMatch(/welcome,"en; industry=finance\|insurance",sent,(?:\d+|withheld),98,200\r/);
  });

  it('compare a partner with its group over released four weeks', async () => {
    const { comparison } = await campaignOf(houses[0]!);
    expect(comparison).toMatchObject({ own: { clicks: 0.333 }, median: null });
    const { text } = await houses[0]!.owner
      .get(`/api/v1/insight/comparison.csv?from=${monday}&to=${sunday}`)
      .expect(200);
    expect(text).toContain('from,to,campaignId,campaign,group,share,own,median-from,median-to');
    expect(text).toContain('all partners,clicks,0.333,withheld,withheld');
  });

  it('can be taken away as tables', async () => {
    const own = await houses[1]!.owner.get(`/api/v1/insight/numbers.csv?from=${monday}&to=${sunday}`).expect(200);
    expect(own.headers['content-type']).toContain('text/csv');
    const lines = own.text.replace('\ufeff', '').trim().split('\r\n');
    expect(lines[0]).toBe(
      'day,campaignId,campaign,step,variant,sent,delivered,bounced-hard,bounced-soft,bounced-block,bounced-unknown,failed,complained,unsubscribed,clicks,machine-clicks,replies,leads,won',
    );
    expect(lines).toHaveLength(4);
    expect(lines.find((line) => line.includes(FINANCE))).toContain(
      `,welcome,"en; ${FINANCE}",2,1,1,0,0,0,0,0,1,1,0,0,1,1`,
    );
    const vendor = await stage.vendor.editor
      .get(`/api/v1/vendor-insight/numbers.csv?from=${monday}&to=${sunday}`)
      .expect(200);
    expect(vendor.text).toContain('from,days,campaignId,campaign,number,value,margin,smallest');
    expect(vendor.text).toContain(`${monday},7,${campaign.campaignId}`);
    expect(vendor.text).toMatch(/,bounced,(?:\d+|withheld),49,100\r/);
  });

  it('can be taken away of one campaign alone', async () => {
    const rowsOf = async (person: (typeof houses)[number]['owner'], path: string, campaignId: string) =>
      (await person.get(`/api/v1/${path}campaign=${campaignId}`).expect(200)).text.trim().split('\r\n').slice(1);
    const window = `from=${monday}&to=${sunday}&`;
    for (const [person, paths] of [
      [houses[1]!.owner, [`insight/numbers.csv?${window}`, `insight/comparison.csv?${window}`]],
      [
        stage.vendor.editor,
        [
          `vendor-insight/numbers.csv?${window}`,
          `vendor-insight/variants.csv?${window}`,
          'vendor-insight/use.csv?',
          'vendor-insight/funnel.csv?',
        ],
      ],
    ] as const)
      for (const path of paths) {
        const rows = await rowsOf(person, path, campaign.campaignId);
        expect(rows).not.toEqual([]);
        expect(rows.filter((row) => !row.includes(campaign.campaignId))).toEqual([]);
        expect(await rowsOf(person, path, '0198c0de-0000-7000-8000-000000000000')).toEqual([]);
      }
    const unknown = await houses[1]!.owner.get('/api/v1/insight/goals.csv?campaign=all').expect(422);
    expect(unknown.text).toContain('campaign');
  });

  it('name slots and assets for readers, and have their keys for programs', async () => {
    const { text } = await stage.vendor.editor.get('/api/v1/vendor-insight/use.csv?language=en').expect(200);
    expect(text).not.toMatch(/,(?:intro|brochure),/);
    expect(text.split('\r\n').length).toBeGreaterThan(2);
  });

  it('have names of columns and values in the reader’s language, with the separator of its spreadsheets', async () => {
    const window = `from=${monday}&to=${sunday}`;
    const own = await houses[1]!.owner.get(`/api/v1/insight/numbers.csv?${window}&language=de`).expect(200);
    const [heading = '', ...rows] = own.text.replace('\ufeff', '').trim().split('\r\n');
    expect(heading).toMatch(/^Tag;Kampagne;Schritt;Variante;Gesendet;Zugestellt;Adresse existiert nicht;/);
    expect(rows).toContainEqual(expect.stringMatching(/;E-Mail 1;Englisch · Branche: finance oder insurance;2;1;1;0;/));
    expect(own.text).not.toContain(campaign.campaignId);
    const vendor = await stage.vendor.editor
      .get(`/api/v1/vendor-insight/numbers.csv?${window}&language=en`)
      .expect(200);
    expect(vendor.text).toContain('From,Days,Campaign,Metric,Value,Margin ±,Shown from');
    expect(vendor.text).toMatch(/,Sent,(?:\d+|not told),118,240\r/);
    expect(vendor.text).toMatch(/,Replies,(?:\d+|not told),25,50\r/);
    const shares = await houses[0]!.owner.get(`/api/v1/insight/comparison.csv?${window}&language=de`).expect(200);
    expect(shares.text).toContain(';alle Partner;Klicks;0,333;keine Angabe;keine Angabe');
    await houses[0]!.owner.get(`/api/v1/insight/comparison.csv?${window}&language=xx`).expect(422);
  });

  it.each(['4-weeks', 'quarter', 'year'])(
    'are of the same days on both sides, asked for the period %s',
    async (name) => {
      const { from, to } = await partnerSees(houses[0]!, `?period=${name}`);
      const ofVendor = await vendorSees(`?period=${name}`);
      // Released numbers are of the whole weeks around them.
      expect(ofVendor.asked).toEqual({ from, to });
      expect([ofVendor.from <= from, ofVendor.to >= to]).toEqual([true, true]);
    },
  );

  it('say of what was sent before variants were recorded that they were not', async () => {
    const house = houses[1]!;
    const before = await campaignOf(house);
    await stage.api.asOwner('UPDATE delivery.message SET variant = NULL WHERE partner_id = $1', [house.id]);
    expect(await stage.api.app.get(Rollups, { strict: false }).reconcile(house.id)).toBeGreaterThan(0);
    const { steps, numbers } = await campaignOf(house);
    expect(numbers).toEqual(before.numbers);
    expect(steps[0]!.variants).toMatchObject([{ variant: '', locale: null, conditions: [], numbers: ONE_HOUSE }]);
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

  it('can be taken away as a table of the goals that people reached, each in the days in which they did', async () => {
    stage.toWorkingHours();
    const sequence = {
      window: { from: '08:00', to: '18:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
      goals: [
        { key: 'meeting', form: 'any' },
        { key: 'trial', event: 'trial-started' },
      ],
      steps: [
        { key: 'welcome', email: 'welcome' },
        { key: 'pause', wait: { days: 9 } },
        { key: 'proof', email: 'proof' },
      ],
    };
    const { campaignId, versionId } = await publish(
      stage.vendor,
      await wholeCampaign('goals', undefined, { title: { en: '=SUM(A1)' }, sequence }),
      { partnerGroupIds: [stage.vendor.groupId], opensOn: stage.day(0), closesOn: stage.day(300) },
    );
    const [house, other] = [houses[1]!, houses[2]!];
    const { email, path, pagePath } = await stage.running(house.owner, { versionId });
    await stage.mailTo(email);
    const form = { email, firstName: 'V', lastName: 'V', company: 'C', consent: 'yes' };
    for (let again = 0; again < 2; again++)
      await stage.api.http.post(`${pagePath}/form`).type('form').send(form).expect(200);
    await until(async () => (await house.owner.get(path)).body.status === 'completed', 'the end');
    const day = stage.day(0);
    const goalsIn = async ({ owner }: House, from: string, to: string): Promise<string[]> => {
      const { text, headers } = await owner.get(`/api/v1/insight/goals.csv?from=${from}&to=${to}`).expect(200);
      expect(headers['content-disposition']).toBe('attachment; filename="goals.csv"');
      return text.replace('\ufeff', '').trim().split('\r\n');
    };
    const heading = 'from,to,campaignId,campaign,goal,reached';
    const rows = (from: string, to: string, reached: number): string[] => [
      heading,
      `${from},${to},${campaignId},'=SUM(A1),meeting,${reached}`,
      `${from},${to},${campaignId},'=SUM(A1),trial,0`,
    ];
    expect(await goalsIn(house, day, day)).toEqual(rows(day, day, 1));
    expect(await goalsIn(house, stage.day(-9), stage.day(-1))).toEqual(rows(stage.day(-9), stage.day(-1), 0));
    expect(await goalsIn(other, day, day)).toEqual([heading]);
    const shown = await house.owner.get(`/api/v1/insight/campaigns/${campaignId}?from=${day}&to=${day}`).expect(200);
    expect((shown.body as PartnerCampaignInsight).goals.map(({ key, reached }) => [key, reached])).toEqual([
      ['meeting', 1],
      ['trial', 0],
    ]);
    await house.owner.get('/api/v1/insight/goals.csv?from=2030-01-02&to=2030-01-01').expect(422);
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
