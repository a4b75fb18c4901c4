import type { CampaignTotals, OwnSharedTotals, PartnerTotalsPage } from '#contracts';
import fc from 'fast-check';
import { Clicks } from '#engagement';
import { Rollups } from '#insight';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import { type Browser, PASSWORD } from '../support/api.js';
import { aBounce, InboundMail } from '../support/inbound-mail.js';
import { sendForm } from '../support/leads.js';
import { openTestProduct, type TestPartner, type TestProduct } from '../support/test-product.js';

const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';
const INVITED = { countryCode: 'GB', tier: 'gold', region: 'emea' };

describe('totals that a partner shows to its vendor', () => {
  let stage: TestProduct;
  let office: InboundMail;
  let analyst: Browser;
  let other: TestPartner;

  beforeAll(async () => {
    const port = await freePort();
    stage = await openTestProduct({ INBOUND_SMTP_PORT: String(port) });
    office = new InboundMail(port);
    analyst = await stage.api.signIn(stage.vendor.vendorId, 'analyst');
    other = await stage.aCompletePartner(undefined, { name: 'Kessler Systeme' });
  });
  beforeEach(() => stage.toWorkingHours());
  afterEach(() => share(false));
  afterAll(async () => {
    await office.close();
    await stage.close();
  });

  const share = async (isShared: boolean, wording = 2): Promise<void> => {
    const choice = { vendorId: stage.vendor.vendorId, isShared, wording };
    await stage.partner.owner.put('/api/v1/shared-totals', choice).expect(200);
  };
  const seen = async (partnerId: string, days = ''): Promise<CampaignTotals[] | null> => {
    const { body } = await analyst.get(`/api/v1/vendor-insight/partners?limit=50&${days}`).expect(200);
    return (body as PartnerTotalsPage).items.find((one) => one.partnerId === partnerId)!.campaigns;
  };
  const own = async (): Promise<OwnSharedTotals['items'][number]> =>
    ((await stage.partner.owner.get('/api/v1/shared-totals').expect(200)).body as OwnSharedTotals).items[0]!;
  const csvOf = async (): Promise<string[][]> =>
    (await analyst.get('/api/v1/vendor-insight/partners.csv').expect(200)).text
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','))
      .filter(([id]) => id === stage.partner.id);
  /** Equal for the partner, the vendor's API, and its CSV. */
  const agreed = async (): Promise<CampaignTotals> => {
    const { campaigns } = await own();
    expect(await seen(stage.partner.id)).toEqual(campaigns);
    const [row] = await csvOf();
    const { sent, clicked, leads, won, amounts } = campaigns[0]!;
    expect(row!.slice(5)).toEqual([
      ...[sent, clicked, leads, won].map(String),
      ...(amounts[0] === undefined ? ['', ''] : [(amounts[0].minorUnits / 100).toFixed(2), amounts[0].currency]),
    ]);
    return campaigns[0]!;
  };
  const auditOf = async (by: Browser): Promise<string[]> =>
    (await by.get('/api/v1/audit-entries?limit=100&action=shared-totals').expect(200)).body.items.map(
      ({ action }: { action: string }) => action,
    );

  it('are equal to the unit on both sides, after clicks, leads and late bounces', async () => {
    await share(true);
    const { owner } = stage.partner;
    const list = await stage.aList(owner, [{}, {}, {}, {}]);
    const { body } = await stage.launch(owner, { versionId: stage.campaign.versionId, listId: list.id }).expect(201);
    for (const email of list.emails) await stage.mailTo(email);
    await stage.booked();
    expect(await agreed()).toMatchObject({ sent: 4, clicked: 0, leads: 0, won: 0, amounts: [] });

    stage.api.clock.advance(60_000);
    const linksOf = (at: number): string[] =>
      (stage.mails.to(list.emails[at]!)[0]!.html as string).match(/\/l\/[\w-]+/g)!;
    const click = async (path: string, agent = PERSON): Promise<void> => {
      const { headers } = await stage.api.http.get(path).set('User-Agent', agent).expect(302);
      const behind = new URL(headers['location'] as string);
      if (agent === PERSON && behind.href.startsWith(stage.api.config.PUBLIC_URL))
        await stage.api.http.get(behind.pathname + behind.search).expect(200);
    };
    for (let again = 0; again < 2; again++) await click(linksOf(0)[0]!);
    await click(linksOf(1)[0]!);
    await click(linksOf(2)[0]!, 'Proofpoint scan');
    await stage.api.app.get(Clicks).flushed();
    expect(await agreed()).toMatchObject({ sent: 4, clicked: 2 });

    const lead = await sendForm(stage, owner, new URL(body.pageUrl).pathname, { email: list.emails[1]! });
    await owner.patch(`/api/v1/leads/${lead.id}`, { status: 'accepted' }).expect(200);
    const amount = { minorUnits: 129_900, currency: 'EUR' };
    const wonOn = stage.day(0);
    await owner.patch(`/api/v1/leads/${lead.id}`, { status: 'won', amount }).expect(200);
    expect(await agreed()).toMatchObject({ sent: 4, clicked: 2, leads: 1, won: 1, amounts: [amount] });

    // Later e-mails would be counted between two of the readings.
    await owner.post(`/api/v1/activations/${body.id}/stop`).expect(200);
    stage.api.clock.advance(20 * 86_400_000);
    const back = stage.mails.returnPathTo(list.emails[3]!);
    await office.deliver(back, aBounce({ to: list.emails[3]!, status: '5.1.1', said: 'user unknown' }));
    await stage.api.app.get(Rollups).fold();
    const after = await agreed();
    // The partner's own results, which count in another way.
    const from = stage.day(-100);
    const { numbers, clicked } = (await owner.get(`/api/v1/insight?from=${from}`).expect(200)).body;
    expect([numbers.clicks, clicked]).toEqual([3, after.clicked]);
    expect({ sent: after.sent, leads: after.leads, won: after.won }).toEqual({
      sent: numbers.sent,
      leads: numbers.leads,
      won: numbers.won,
    });

    // A deal that falls through counts on neither side, until it is won again.
    const change = (body: object) => owner.patch(`/api/v1/leads/${lead.id}`, body).expect(200);
    const resultsOf = async (day: string): Promise<unknown[]> => {
      const { body: on } = await owner.get(`/api/v1/insight?from=${day}&to=${day}`).expect(200);
      return [on.numbers.won, on.amounts];
    };
    await change({ status: 'working' });
    expect(await agreed()).toMatchObject({ leads: 1, won: 0, amounts: [] });
    expect(await resultsOf(wonOn)).toEqual([0, []]);
    for (let again = 0; again < 2; again++) {
      await change({ status: 'won', amount });
      expect(await agreed()).toMatchObject({ leads: 1, won: 1, amounts: [amount] });
      expect(await resultsOf(stage.day(0))).toEqual([1, [amount]]);
      if (again === 0) await change({ status: 'working' });
    }
    expect(await stage.api.app.get(Rollups).reconcile(stage.partner.id)).toBe(0);
  });

  it('are equal to the unit and cent in any days, before and after all counts are rebuilt', async () => {
    await share(true);
    const { owner } = stage.partner;
    const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
    for (const ago of [0, 1, 4, 9, 30, 31, 200]) {
      const { id } = await sendForm(stage, owner, pagePath, { email: `days-${ago}@prospect.example` });
      const amount = { minorUnits: 10_000 + ago, currency: ago === 4 ? 'USD' : 'EUR' };
      await owner.patch(`/api/v1/leads/${id}/deal`, { stage: 'won', amount, closedOn: stage.day(-ago) }).expect(200);
    }
    const rollups = stage.api.app.get(Rollups);
    await rollups.fold();

    type Own = { campaignId: string; numbers: { sent: number; leads: number; won: number }; clicked: number };
    const windows = fc.sample(fc.tuple(fc.integer({ min: -220, max: 0 }), fc.nat(220)), { numRuns: 25, seed: 7 });
    const compare = async (): Promise<CampaignTotals[][]> => {
      const all: CampaignTotals[][] = [];
      for (const [start, days] of [[-300, 300] as const, ...windows]) {
        const query = `from=${stage.day(start)}&to=${stage.day(Math.min(start + days, 0))}`;
        const { body } = await owner.get(`/api/v1/insight?${query}`).expect(200);
        const own = new Map(
          (body.campaigns as (Own & Pick<CampaignTotals, 'amounts'>)[]).map((one) => [one.campaignId, one]),
        );
        const told = (await seen(stage.partner.id, query))!;
        for (const { campaignId, sent, clicked, leads, won, amounts } of told) {
          const { numbers, clicked: people = 0, amounts: sums = [] } = own.get(campaignId) ?? {};
          const expected = {
            sent: numbers?.sent ?? 0,
            clicked: people,
            leads: numbers?.leads ?? 0,
            won: numbers?.won ?? 0,
          };
          expect([query, { sent, clicked, leads, won }, amounts]).toEqual([query, expected, sums]);
        }
        expect([...own.keys()].every((id) => told.some(({ campaignId }) => campaignId === id))).toBe(true);
        all.push(told);
      }
      return all;
    };
    const before = await compare();
    expect(new Set(before.map((told) => JSON.stringify(told))).size).toBeGreaterThan(5);
    expect(before[0]?.reduce((sum, { won }) => sum + won, 0)).toBeGreaterThanOrEqual(7);
    await stage.api.asOwner('TRUNCATE insight.daily, insight.delta');
    await rollups.reconcile(stage.partner.id);
    expect(await compare()).toEqual(before);

    const query = `from=${stage.day(-9)}&to=${stage.day(-4)}`;
    const { text } = await analyst.get(`/api/v1/vendor-insight/partners.csv?${query}`).expect(200);
    expect(text).toMatch(new RegExp(`^\ufefffrom,to,partnerId,.*\r\n${stage.day(-9)},${stage.day(-4)},`));
    expect(text).toMatch(/,100\.09,EUR\r\n.*,,,,,100\.04,USD\r\n/);
    const { body } = await analyst.get('/api/v1/vendor-insight/partners?from=2026-02-01&to=2026-01-01').expect(422);
    expect(body).toMatchObject({ code: 'insight.window' });
  });

  it('of chosen days need a choice that named them; one from before is shown since the start only', async () => {
    const days = `from=${stage.day(-30)}`;
    await share(true, 1);
    expect(await seen(stage.partner.id)).not.toBeNull();
    expect(await seen(stage.partner.id, days)).toBeNull();
    const { body } = await analyst.get(`/api/v1/vendor-insight/partners?limit=50&${days}`).expect(200);
    expect((body as PartnerTotalsPage).items.map(({ partnerId, shown }) => [partnerId, shown])).toEqual(
      expect.arrayContaining([
        [stage.partner.id, 'since-start'],
        [other.id, 'nothing'],
      ]),
    );
    const choice = async () => (await stage.partner.owner.get('/api/v1/vendors').expect(200)).body.items[0].totals;
    const first = await choice();
    expect(first).toMatchObject({ isShared: true, wording: 1 });
    stage.api.clock.advance(60_000);
    await share(true);
    expect(await choice()).toEqual({ ...first, wording: 2 });
    expect(await seen(stage.partner.id, days)).not.toBeNull();
    expect(
      (await auditOf(stage.partner.owner)).filter((action) => action === 'shared-totals.shown').length,
    ).toBeGreaterThan(1);
    const vendorId = stage.vendor.vendorId;
    await stage.partner.owner.put('/api/v1/shared-totals', { vendorId, isShared: true, wording: 3 }).expect(422);
    // A program that knows nothing of days agrees to none.
    await stage.partner.owner.put('/api/v1/shared-totals', { vendorId, isShared: true }).expect(200);
    expect(await seen(stage.partner.id, days)).toBeNull();
  });

  it('are not shown by a partner that did not agree, and no more after it has switched them off', async () => {
    expect(await seen(other.id)).toBeNull();
    await share(true);
    expect(await seen(stage.partner.id)).not.toBeNull();
    await share(false);
    expect(await seen(stage.partner.id)).toBeNull();
    const hidden = Array.from({ length: 5 }, () => 'not-shown');
    expect(await csvOf()).toEqual([[stage.partner.id, expect.any(String), 'no', '', '', ...hidden, '']]);
  });

  it('tell the partner who looked, once a day and person', async () => {
    await share(true);
    const before = (await own()).readings.length;
    stage.api.clock.advance(86_400_000);
    await seen(stage.partner.id);
    await seen(stage.partner.id);
    const { readings } = await own();
    expect(readings).toHaveLength(before + 1);
    expect(readings[0]!.name).not.toBe('');
    const reads = (await auditOf(stage.partner.owner)).filter((action) => action === 'shared-totals.read');
    expect(reads).toHaveLength(readings.length);
    expect(await auditOf(await stage.api.signIn(stage.vendor.vendorId, 'owner'))).not.toContain('shared-totals.read');
  });

  it('are never by step or variant, and hold no field of a contact', async () => {
    await share(true);
    for (const campaign of (await seen(stage.partner.id))!)
      expect(Object.keys(campaign).sort()).toEqual(
        ['amounts', 'campaignId', 'clicked', 'leads', 'sent', 'sources', 'title', 'titles', 'won'].sort(),
      );
  });

  it('are switched by owners and marketers, for their own vendors', async () => {
    const viewer = await stage.api.signIn(stage.partner.id, 'viewer');
    const body = { vendorId: stage.vendor.vendorId, isShared: true };
    await viewer.put('/api/v1/shared-totals', body).expect(403);
    const stranger = await stage.api.aVendor();
    await stage.partner.owner.put('/api/v1/shared-totals', { ...body, vendorId: stranger.vendorId }).expect(404);
    await analyst.put('/api/v1/partner-terms', { requiresTotals: true }).expect(403);
  });

  describe('at an invitation', () => {
    const nameOf = (email: string): string => `Partner ${email.split('@')[0]}`;
    const invite = async (email: string): Promise<string> => {
      await stage.vendor.editor
        .post('/api/v1/partners/invitations', { organisationName: nameOf(email), email, ...INVITED })
        .expect(201);
      const [letter] = await stage.api.asOwner<{ text: string }>(
        'SELECT body_text AS text FROM identity.system_mail WHERE recipient = $1',
        [email],
      );
      return /\/invitation\/([\w-]+)/.exec(letter!.text)![1]!;
    };
    const accept = (token: string, answer: object) =>
      stage.api.http.post(`/api/v1/invitations/${token}/accept`).send({ name: 'Olga', password: PASSWORD, ...answer });
    const shared = async (email: string): Promise<boolean | undefined> => {
      const { body } = await analyst.get('/api/v1/vendor-insight/partners?limit=50').expect(200);
      const found = (body as PartnerTotalsPage).items.find(({ name }) => name === nameOf(email));
      return found === undefined ? undefined : found.campaigns !== null;
    };

    it('need an answer, and nothing is answered beforehand', async () => {
      const [yes, no] = ['yes@first.example', 'no@second.example'];
      const token = await invite(yes);
      const { body } = await stage.api.http.get(`/api/v1/invitations/${token}`).expect(200);
      expect(body.totals).toMatchObject({ isRequired: false });
      await accept(token, {}).expect(422, /sharesTotals/);
      expect(await shared(yes)).toBeUndefined();
      await accept(token, { sharesTotals: true }).expect(200);
      expect(await shared(yes)).toBe(true);
      await accept(await invite(no), { sharesTotals: false }).expect(200);
      expect(await shared(no)).toBe(false);
    });

    it('refuse a “no” where the vendor takes only partners that share; nothing is stored', async () => {
      await stage.vendor.editor.put('/api/v1/partner-terms', { requiresTotals: true }).expect(200);
      const email = 'condition@third.example';
      const token = await invite(email);
      const { body } = await stage.api.http.get(`/api/v1/invitations/${token}`).expect(200);
      expect(body.totals).toMatchObject({ isRequired: true });
      await accept(token, { sharesTotals: false }).expect(409, /shared-totals\.required/);
      expect(await stage.api.asOwner('SELECT 1 FROM identity.user_account WHERE email = $1', [email])).toEqual([]);
      await accept(token, { sharesTotals: true }).expect(200);
      expect(await shared(email)).toBe(true);
      await stage.vendor.editor.put('/api/v1/partner-terms', { requiresTotals: false }).expect(200);
    });
  });
});
