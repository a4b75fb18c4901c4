import { setTimeout } from 'node:timers/promises';
import {
  AttributionReport,
  AttributionTable,
  DealAttribution,
  DealHistory,
  DealImportView,
  DealPage,
  DealShareList,
  DealView,
  DisclosedDealPage,
  type DisclosedDealView,
  LeadView,
  MAX_DEAL,
  NotificationPage,
  PartnerInsight,
  SharedDealPage,
} from '#contracts';
import { Database } from '#database';
import { Rollups } from '#insight';
import { newId, type PartnerActor, type VendorActor } from '#kernel';
import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PERSON = { userId: null, apiKeyId: null, name: 'Test user', role: 'owner' } as const;

describe('a deal', () => {
  let stage: TestProduct;
  let owner: Browser;
  let people = 0;

  beforeAll(async () => {
    stage = await openTestProduct({}, { notifications: 2 });
    ({ owner } = stage.partner);
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const EUR = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });
  const aLead = async (): Promise<LeadView> => {
    const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
    const email = `buyer${people++}@prospect.example`;
    const form = { email, firstName: 'Vera', lastName: 'Buyer', company: 'Prospects Ltd', consent: 'yes' };
    await stage.api.http.post(`${pagePath}/form`).type('form').send(form).expect(200);
    const { body } = await owner.get('/api/v1/leads?limit=50').expect(200);
    return LeadView.parse((body.items as { email: string }[]).find((lead) => lead.email === email));
  };
  const save = async (lead: LeadView, change: object): Promise<DealView> =>
    DealView.parse((await owner.patch(`/api/v1/leads/${lead.id}/deal`, change).expect(200)).body);
  const statusOf = async ({ id }: LeadView): Promise<string> =>
    LeadView.parse((await owner.get(`/api/v1/leads/${id}`).expect(200)).body).status;
  const insight = async (): Promise<PartnerInsight> =>
    PartnerInsight.parse((await owner.get('/api/v1/insight').expect(200)).body);
  const wonOf = ({ money }: PartnerInsight): number =>
    money.won.find(({ currency }) => currency === 'EUR')?.minorUnits ?? 0;
  const attribution = async (): Promise<AttributionTable> =>
    AttributionTable.parse((await owner.get('/api/v1/insight/attribution').expect(200)).body);

  it('takes its lead along, and a lead takes its deal along', async () => {
    const lead = await aLead();
    const open = await save(lead, { amount: EUR(250_000), expectedOn: '2027-03-31' });
    expect(open).toMatchObject({ stage: 'qualified', leadId: lead.id, company: 'Prospects Ltd' });
    expect(await statusOf(lead)).toBe('working');
    await owner.patch(`/api/v1/leads/${lead.id}`, { status: 'lost' }).expect(200);
    const { body: lost } = await owner.get(`/api/v1/deals/${open.id}`).expect(200);
    expect(lost).toMatchObject({ stage: 'lost', amount: EUR(250_000) });
    expect(await save(lead, { stage: 'won' })).toMatchObject({ stage: 'won', lostReason: null });
    expect(await statusOf(lead)).toBe('won');
    const { body } = await owner.get(`/api/v1/deals/${open.id}/history`).expect(200);
    expect(DealHistory.parse(body).items.map((event) => event.stage)).toEqual([
      'qualified',
      'lost',
      'qualified',
      'won',
    ]);
    const { text } = await owner.get('/api/v1/deals/list.csv?stage=won').expect(200);
    expect(text).toMatch(new RegExp(`^${open.id},,.*,Prospects Ltd,.*,won,2500,EUR,`, 'm'));
    const none = await owner.get('/api/v1/deals/list.csv?stage=lost').expect(200);
    expect(none.text).not.toContain(open.id);
  });

  it('is overdue from the day after the expected one until it is decided', async () => {
    const count = async (): Promise<number> => (await owner.get('/api/v1/deals/overdue').expect(200)).body.count;
    const listed = async (): Promise<string[]> => {
      const { body } = await owner.get('/api/v1/deals?stage=overdue&limit=50').expect(200);
      return DealPage.parse(body).items.map(({ id }) => id);
    };
    const before = await count();
    const [late, due] = [await aLead(), await aLead()];
    const { id, isOverdue } = await save(late, { amount: EUR(900), expectedOn: stage.day(-1) });
    expect(isOverdue).toBe(true);
    expect(await save(due, { amount: EUR(900), expectedOn: stage.day(0) })).toMatchObject({ isOverdue: false });
    expect([await count(), await listed()]).toEqual([before + 1, [id]]);
    const { text } = await owner.get('/api/v1/deals/list.csv?stage=overdue').expect(200);
    expect(text.trim().split('\n')).toHaveLength(2);
    expect(await save(late, { stage: 'won' })).toMatchObject({ isOverdue: false });
    expect(await count()).toBe(before);
  });

  it('begins without a value, too', async () => {
    expect(await save(await aLead(), { amount: null })).toMatchObject({ stage: 'qualified', amount: null });
  });

  it('counts for both sides to the cent, less refunds, in credits of every model', async () => {
    const { vendorId } = stage.vendor;
    await owner.put('/api/v1/shared-totals', { vendorId, isShared: true }).expect(200);
    const lead = await aLead();
    const before = wonOf(await insight());
    const { id } = await save(lead, { stage: 'won', amount: EUR(100_001) });
    await owner.post(`/api/v1/deals/${id}/refunds`, { minorUnits: 334 }).expect(200);
    const own = await insight();
    expect(wonOf(own) - before).toBe(99_667);
    const ofVendor = (await stage.vendor.editor.get('/api/v1/vendor-insight/partners').expect(200)).body.items as {
      campaigns: { amounts: { minorUnits: number }[] }[] | null;
    }[];
    const shown = ofVendor.flatMap(({ campaigns }) => campaigns ?? []).flatMap(({ amounts }) => amounts);
    expect(shown.reduce((sum, { minorUnits }) => sum + minorUnits, 0)).toBe(wonOf(own));
    const { currencies, models } = await attribution();
    const [sums] = currencies;
    expect(sums?.wonMinor).toBe(wonOf(own));
    for (const model of models)
      expect(sums?.rows.reduce((sum, { creditsMinor }) => sum + creditsMinor[model], sums.uncreditedMinor)).toBe(
        sums?.wonMinor,
      );
    const { body } = await owner.get(`/api/v1/deals/${id}/attribution`).expect(200);
    const [form] = DealAttribution.parse(body).touches;
    expect(form).toMatchObject({ kind: 'form', channel: { source: expect.any(String) } });
    expect(form?.credits.map(({ creditMinor }) => creditMinor)).toEqual(models.map(() => 99_667));
  });

  it('adds up to the same in every window on both screens, before and after all counts are rebuilt', async () => {
    const lead = await aLead();
    await save(lead, { stage: 'won', amount: EUR(33_333), closedOn: stage.day(-9) });
    await save(await aLead(), { stage: 'won', amount: EUR(1), closedOn: stage.day(-2) });
    const inWindow = async (from: number, to: number): Promise<number> => {
      const days = `from=${stage.day(from)}&to=${stage.day(to)}`;
      const { money } = PartnerInsight.parse((await owner.get(`/api/v1/insight?${days}`).expect(200)).body);
      const { body } = await owner.get(`/api/v1/insight/attribution?${days}`).expect(200);
      const won = money.won.reduce((sum, { minorUnits }) => sum + minorUnits, 0);
      expect(AttributionTable.parse(body).currencies.reduce((sum, { wonMinor }) => sum + wonMinor, 0)).toBe(won);
      return won;
    };
    const parts = async (): Promise<number[]> => [
      await inWindow(-20, 0),
      await inWindow(-20, -9),
      await inWindow(-8, -2),
      await inWindow(-1, 0),
    ];
    const before = await parts();
    const [whole = 0, ...windows] = before;
    expect(windows.reduce((sum, won) => sum + won, 0)).toBe(whole);
    expect(whole).toBeGreaterThanOrEqual(33_334);
    await stage.api.app.get(Rollups, { strict: false }).fold();
    await stage.api.asOwner('TRUNCATE insight.daily, insight.delta');
    await stage.api.app.get(Rollups, { strict: false }).reconcile(stage.partner.id);
    expect(await parts()).toEqual(before);
  });

  it('changes no report that was kept before: a refund, a late touch and a changed verdict are rows of their own', async () => {
    const lead = await aLead();
    const { id } = await save(lead, { stage: 'won', amount: EUR(50_000) });
    const { from, to } = await attribution();
    const { body } = await owner.post('/api/v1/insight/attribution-reports', { from, to }).expect(201);
    const kept = AttributionReport.parse(body);
    const channelsOf = async (): Promise<string[]> =>
      DealAttribution.parse((await owner.get(`/api/v1/deals/${id}/attribution`).expect(200)).body).touches.map(
        ({ channel }) => channel.source ?? channel.stepKey ?? '',
      );
    const stays = async (): Promise<void> => {
      const later = await owner.get(`/api/v1/insight/attribution-reports/${kept.id}`).expect(200);
      expect(later.body).toEqual(body);
    };
    await owner.post(`/api/v1/deals/${id}/refunds`, { minorUnits: 50_000 }).expect(200);
    await stays();
    expect((await attribution()).currencies[0]?.wonMinor).toBe((kept.table.currencies[0]?.wonMinor ?? 0) - 50_000);

    // A click that became known late, and then that it was a program's.
    const before = await channelsOf();
    const clickId = newId();
    await stage.api.asOwner(
      `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, contact_id, kind, verdict, why, at, source)
       SELECT $1, t.partner_id, t.vendor_id, t.activation_id, t.contact_id, 'click', 'human', 'test', t.at - interval '1 minute', 'qr'
       FROM engagement.interaction t WHERE t.contact_id = $2 AND t.kind = 'form'`,
      [clickId, lead.contactId],
    );
    expect(await channelsOf()).toEqual(['qr', ...before]);
    await stays();
    await stage.api.asOwner(
      `INSERT INTO engagement.interaction_verdict (id, interaction_id, partner_id, verdict, why, at)
       SELECT $2, id, partner_id, 'machine', 'test', now() FROM engagement.interaction WHERE id = $1`,
      [clickId, newId()],
    );
    expect(await channelsOf()).toEqual(before);
    await stays();
    // What was known stays: the ledgers refuse changes.
    for (const change of [
      ['UPDATE engagement.interaction SET at = now() WHERE id = $1', clickId],
      ['DELETE FROM engagement.interaction_verdict WHERE interaction_id = $1', clickId],
      ['DELETE FROM leads.deal_event WHERE deal_id = $1', id],
      ['UPDATE insight.attribution_report SET by_name = $1', 'Another'],
    ] as const)
      await expect(stage.api.asOwner(change[0], [change[1]])).rejects.toThrow();
  });

  it('is one of two at most that take a number at the same moment', async () => {
    for (let round = 0; round < 4; round += 1) {
      const leads = [await aLead(), await aLead()];
      const answers = await Promise.all(
        leads.map(({ id }) => owner.patch(`/api/v1/leads/${id}/deal`, { externalId: `CRM-2${round}` })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'deal.external-id' });
    }
  });

  it('is refused or added, and never an error, while a list and single changes take the same numbers', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [one, other] = [await aLead(), await aLead()];
      const deals = [
        { externalId: `CRM-4${round}`, email: other.email },
        { externalId: `CRM-5${round}`, email: one.email },
      ];
      const [list, ...changes] = await Promise.all([
        owner.post('/api/v1/deals/upsert', { deals }),
        owner.patch(`/api/v1/leads/${one.id}/deal`, { externalId: `CRM-4${round}` }),
        owner.patch(`/api/v1/leads/${other.id}/deal`, { externalId: `CRM-5${round}` }),
      ]);
      expect(list.status).toBe(200);
      for (const { status, body } of changes)
        if (status !== 200) expect([status, body.code]).toEqual([409, 'deal.external-id']);
    }
  });

  it('refuses currencies that do not exist and days of other ages, and changes nothing', async () => {
    const lead = await aLead();
    for (const [field, change] of [
      ['amount', { amount: { minorUnits: 100, currency: 'ZZZ' } }],
      ['closedOn', { stage: 'won', closedOn: '0001-01-01' }],
      ['expectedOn', { expectedOn: '9999-12-31' }],
    ] as const) {
      const { body } = await owner.patch(`/api/v1/leads/${lead.id}/deal`, change).expect(422);
      expect(JSON.stringify(body.problems)).toContain(field);
    }
  });

  it('has an amount of which hundreds add up to the cent, and no greater one', async () => {
    const lead = await aLead();
    const tooLarge = EUR(MAX_DEAL + 1);
    const { body } = await owner.patch(`/api/v1/leads/${lead.id}/deal`, { amount: tooLarge }).expect(422);
    expect(JSON.stringify(body)).toMatch(/amount.*at most €100,000,000,000\.00.*Check the number of zeros/);
    expect(body.problems).toMatchObject([
      { code: 'field.amount-too-high', named: { minorUnits: MAX_DEAL, currency: 'EUR' } },
    ]);
    const beyond = { minorUnits: 2 ** 60, currency: 'JPY' };
    const yen = await owner.patch(`/api/v1/leads/${lead.id}/deal`, { amount: beyond }).expect(422);
    expect(yen.body.detail).toContain('at most ¥10,000,000,000,000.');
    const unknown = { minorUnits: 1, currency: 'XQX' };
    const { body: currency } = await owner.patch(`/api/v1/leads/${lead.id}/deal`, { amount: unknown }).expect(422);
    expect(currency).toMatchObject({ field: 'amount.currency', detail: expect.stringContaining('no such currency') });
    await owner.patch(`/api/v1/leads/${lead.id}`, { status: 'won', amount: tooLarge }).expect(422);
    await owner
      .post('/api/v1/deals/upsert', { deals: [{ externalId: 'L-1', email: lead.email, amount: tooLarge }] })
      .expect(422);
    const csv = `External ID,E-mail,Amount,Currency\nL-1,${lead.email},100000000000.01,EUR\nL-2,${lead.email},99999999999999999999,EUR\n`;
    const preview = await owner
      .post('/api/v1/deals/import/preview')
      .attach('file', Buffer.from(csv), 'deals.csv')
      .expect(200);
    const fault = { reason: 'amount-too-large', field: 'amount', most: EUR(MAX_DEAL) };
    expect(DealImportView.parse(preview.body).rows.map(({ faults }) => faults)).toMatchObject([[fault], [fault]]);

    const before = wonOf(await insight());
    const ids = [];
    for (let count = 0; count < 3; count += 1)
      ids.push((await save(await aLead(), { stage: 'won', amount: EUR(MAX_DEAL - count) })).id);
    expect(wonOf(await insight()) - before).toBe(3 * MAX_DEAL - 3);
    expect((await attribution()).currencies[0]?.wonMinor).toBe(before + 3 * MAX_DEAL - 3);
    for (const [count, id] of ids.entries())
      await owner.post(`/api/v1/deals/${id}/refunds`, { minorUnits: MAX_DEAL - count }).expect(200);
  });

  it('is added once by two equal lists that come at the same moment', async () => {
    const { email } = await aLead();
    const deals = [{ externalId: 'CRM-30', email, stage: 'won', amount: EUR(7000) }];
    const answers = await Promise.all([0, 1].map(() => owner.post('/api/v1/deals/upsert', { deals }).expect(200)));
    const outcomes = answers.map(({ body }) => DealImportView.parse(body).rows[0]?.outcome).sort();
    expect(outcomes).toEqual(['new', 'unchanged']);
  });

  it('is imported by its number, once, and follows the file afterwards', async () => {
    const lead = await aLead();
    const csv = (stageOf: string) =>
      Buffer.from(
        `External ID,E-mail,Stage,Amount,Currency\nCRM-7,${lead.email},${stageOf},"1,500.50",EUR\nCRM-8,no@one.example,won,1,EUR\n`,
      );
    const send = async (path: string, file: Buffer, basedOn = ''): Promise<DealImportView> => {
      const upload = owner.post(`/api/v1/deals/import${path}`).attach('file', file, 'deals.csv');
      const { body } = await (basedOn === '' ? upload : upload.field('basedOn', basedOn)).expect(200);
      return DealImportView.parse(body);
    };
    const preview = await send('/preview', csv('proposal'));
    expect(preview).toMatchObject({ counts: { new: 1, refused: 1 }, rows: [{ ofLead: true }, {}] });
    expect(preview.rows[1]?.faults).toMatchObject([{ reason: 'contact-unknown' }]);
    await send('', csv('proposal'), preview.version);
    expect(await statusOf(lead)).toBe('working');
    expect((await send('', csv('proposal'))).counts).toMatchObject({ new: 0, changed: 0, unchanged: 1 });
    expect((await send('', csv('won'))).rows[0]).toMatchObject({ outcome: 'changed', changes: ['stage', 'closedOn'] });
    expect(await statusOf(lead)).toBe('won');
    const other = await aLead();
    const { body } = await owner.patch(`/api/v1/leads/${other.id}/deal`, { externalId: 'CRM-7' }).expect(409);
    expect(body).toMatchObject({ code: 'deal.external-id' });
  });

  it('is seen by its vendor once its partner shows it, as it is now, without the contact, until that is taken back', async () => {
    const lead = await aLead();
    const { id } = await save(lead, { amount: EUR(90_000) });
    const seen = async (): Promise<DisclosedDealView[]> =>
      DisclosedDealPage.parse((await stage.vendor.editor.get('/api/v1/disclosed-deals').expect(200)).body).items;
    expect(await seen()).toEqual([]);
    const show = () => owner.post(`/api/v1/deals/${id}/shares`, { with: 'vendor', name: 'Branch routers' });
    const { body: share } = await show().expect(201);
    expect((await show().expect(409)).body).toMatchObject({ code: 'deal-share.exists' });
    await save(lead, { stage: 'won', amount: EUR(95_000) });
    const [shown] = await seen();
    expect(shown).toMatchObject({ name: 'Branch routers', stage: 'won', amount: EUR(95_000), role: 'sourced' });
    expect(JSON.stringify(shown)).not.toMatch(/Vera|Buyer|Prospects|@/);
    await owner.post(`/api/v1/deal-shares/${share.id}/revoke`).expect(204);
    expect(await seen()).toEqual([]);
    const copies = await stage.api.asOwner('SELECT name, stage, amount_minor FROM leads.deal_share WHERE id = $1', [
      share.id,
    ]);
    expect(copies).toEqual([{ name: '', stage: null, amount_minor: null }]);
  });

  it('is shown as a change at the same moment leaves it', async () => {
    const { id } = await save(await aLead(), { amount: EUR(90_000) });
    const change = stage.api.asOwner(
      `WITH changed AS MATERIALIZED (UPDATE leads.deal SET amount_minor = 70000 WHERE id = $1 RETURNING 1)
       SELECT pg_sleep(0.6) FROM changed`,
      [id],
    );
    await setTimeout(200);
    const { body: share } = await owner
      .post(`/api/v1/deals/${id}/shares`, { with: 'vendor', name: 'Branch routers' })
      .expect(201);
    await change;
    expect(
      await stage.api.asOwner('SELECT amount_minor::int AS amount FROM leads.deal_share WHERE id = $1', [share.id]),
    ).toEqual([{ amount: 70_000 }]);
    await owner.post(`/api/v1/deal-shares/${share.id}/revoke`).expect(204);
  });

  it('has partners that took part by role, each of which sees it, and counts once for the vendor', async () => {
    const other = await stage.aCompletePartner(undefined, { name: 'Kessler Systeme' });
    const lead = await aLead();
    const { id } = await save(lead, { stage: 'won', amount: EUR(60_000) });
    const { body: made } = await owner
      .post(`/api/v1/deals/${id}/shares`, { with: 'partner', role: 'sourced', name: 'Branch routers' })
      .expect(201);
    const accept = (by: Browser) => by.post('/api/v1/deal-invitations/accept', { invitation: made.invitation });
    expect((await accept(owner).expect(409)).body).toMatchObject({ code: 'deal-invitation.own' });
    await accept(other.owner).expect(200);
    await accept(other.owner).expect(404);
    await owner.post(`/api/v1/deals/${id}/shares`, { with: 'vendor', name: 'Branch routers' }).expect(201);

    const { body: theirs } = await other.owner.get('/api/v1/shared-deals').expect(200);
    expect(SharedDealPage.parse(theirs).items).toMatchObject([
      { role: 'sourced', partnerName: 'Brightwater IT', name: 'Branch routers', stage: 'won', amount: EUR(60_000) },
    ]);
    expect(JSON.stringify(theirs)).not.toMatch(/Vera|Buyer|Prospects|@/);
    await other.owner.get(`/api/v1/deals/${id}`).expect(404);
    expect((await owner.get(`/api/v1/deals/${id}`).expect(200)).body).toMatchObject({ role: 'fulfilled' });
    const { body: seen } = await stage.vendor.editor.get('/api/v1/disclosed-deals').expect(200);
    expect(DisclosedDealPage.parse(seen).items).toMatchObject([
      { role: 'fulfilled', participants: [{ name: 'Kessler Systeme', role: 'sourced' }] },
    ]);
    const { text: forVendor } = await stage.vendor.editor.get('/api/v1/disclosed-deals/list.csv').expect(200);
    expect(forVendor).toMatch(/,Branch routers,.*,Brightwater IT,fulfilled,Kessler Systeme \(sourced\),won,600,EUR,/m);
    const { text: forOther } = await other.owner.get('/api/v1/shared-deals/list.csv?language=de').expect(200);
    expect(forOther).toMatch(/;Branch routers;Brightwater IT;.*;Gewonnen;600;EUR;/m);
    for (const file of [forVendor, forOther]) expect(file).not.toMatch(/Vera|Buyer|Prospects|@/);

    // It is in the totals of its own partner alone.
    const { body: results } = await other.owner.get('/api/v1/insight').expect(200);
    expect(PartnerInsight.parse(results).money.won).toEqual([]);
    const { items } = DealShareList.parse((await owner.get(`/api/v1/deals/${id}/shares`).expect(200)).body);
    await other.owner.post(`/api/v1/deal-shares/${items[0]?.id}/revoke`).expect(204);
    expect((await other.owner.get('/api/v1/shared-deals').expect(200)).body.items).toEqual([]);
    expect((await owner.get(`/api/v1/deals/${id}`).expect(200)).body).toMatchObject({ role: 'sourced' });
  });

  it('tells the vendor and each partner when it is shared and when that ends, in the portal, by e-mail and webhook', async () => {
    const other = await stage.aCompletePartner(undefined, { name: 'Aurora Netze' });
    // Owners are mailed while the vendor has chosen nobody.
    await stage.api.signIn(stage.vendor.vendorId, 'owner');
    const { id } = await save(await aLead(), { amount: EUR(30_000) });
    const share = async (wish: object) => (await owner.post(`/api/v1/deals/${id}/shares`, wish).expect(201)).body;
    const shown = await share({ with: 'vendor', name: 'Branch routers' });
    const invited = await share({ with: 'partner', role: 'influenced', name: 'Branch routers' });
    expect(Object.keys(shown).sort()).toEqual(Object.keys(invited).sort());
    expect(shown).not.toHaveProperty('vendorId');
    await other.owner.post('/api/v1/deal-invitations/accept', { invitation: invited.invitation }).expect(200);
    await owner.post(`/api/v1/deal-shares/${shown.id}/revoke`).expect(204);
    await other.owner.post(`/api/v1/deal-shares/${invited.id}/revoke`).expect(204);

    const events = await stage.api.asOwner<{ audience: string; organisation_id: string; type: string; data: unknown }>(
      `SELECT audience, organisation_id, type, data FROM webhooks.event WHERE type LIKE 'deal.share%' AND data ->> 'shareId' = ANY ($1) ORDER BY position`,
      [[shown.id, invited.id]],
    );
    const toldOf = (organisationId: string) =>
      events.filter((event) => event.organisation_id === organisationId).map(({ type, data }) => [type, data]);
    const partnerId = stage.partner.id;
    const asVendor = { shareId: shown.id, partnerId, role: null };
    const asPartner = { shareId: invited.id, partnerId, role: 'influenced' };
    // The vendor saw who took part while it saw the deal.
    expect(toldOf(stage.vendor.vendorId)).toEqual([
      ['deal.shared', asVendor],
      ['deal.shared', asPartner],
      ['deal.share-revoked', asVendor],
    ]);
    expect(toldOf(other.id)).toEqual([
      ['deal.shared', asPartner],
      ['deal.share-revoked', asPartner],
    ]);
    expect(toldOf(partnerId)).toHaveLength(4);

    // Told again while both shares hold, so that there is somebody to tell.
    await share({ with: 'vendor', name: 'Branch routers' });
    const again = await share({ with: 'partner', role: 'influenced', name: 'Branch routers' });
    await other.owner.post('/api/v1/deal-invitations/accept', { invitation: again.invitation }).expect(200);
    const bell = async (by: Browser, event: string): Promise<number> => {
      const { body } = await by.get('/api/v1/notifications').expect(200);
      return NotificationPage.parse(body).items.filter((item) => item.event === event).length;
    };
    await until(async () => (await bell(other.owner, 'deal-joined')) > 0, 'the participant');
    await until(async () => (await bell(owner, 'deal-accepted')) > 0, 'the partner of the deal');
    await until(async () => (await bell(stage.vendor.editor, 'deal-shared')) > 0, 'the vendor');
    const letters = () =>
      stage.mails.mails.filter(({ subject }) => /shows you a deal|shared a deal|part in your deal/.test(subject ?? ''));
    const expected = [
      'Aurora Netze takes part in your deal',
      'Brightwater IT has shared a deal with you',
      'Brightwater IT shows you a deal',
    ];
    // Other tests of this product share deals, too.
    const subjects = () => new Set(letters().map(({ subject }) => subject));
    await until(() => expected.every((one) => subjects().has(one)), 'the e-mails');
    for (const { text } of letters()) expect(text).not.toMatch(/Branch routers|30,000|300\.00/);
  });

  it('is seen by a partner that took part while that one is in the programme, in the database, too', async () => {
    const other = await stage.aCompletePartner(undefined, { name: 'Harbour Systems' });
    const { id } = await save(await aLead(), { amount: EUR(40_000) });
    const { body: made } = await owner
      .post(`/api/v1/deals/${id}/shares`, { with: 'partner', role: 'influenced', name: 'Branch routers' })
      .expect(201);
    await other.owner.post('/api/v1/deal-invitations/accept', { invitation: made.invitation }).expect(200);
    const database = stage.api.app.get(Database, { strict: false });
    const actor: PartnerActor = { kind: 'partner', partnerId: other.id, ...PERSON };
    const seen = async (): Promise<readonly [number, number]> => [
      (await other.owner.get('/api/v1/shared-deals').expect(200)).body.items.length as number,
      (await database.inTransaction(actor, () => database.query('SELECT id FROM leads.deal_share'))).length,
    ];
    expect(await seen()).toEqual([1, 1]);
    await stage.vendor.editor.post(`/api/v1/partners/${other.id}/end`, { reason: 'The contract is over.' }).expect(200);
    expect(await seen()).toEqual([0, 0]);
    await other.owner.post(`/api/v1/deal-shares/${made.id}/revoke`).expect(404);
    // Its partner still sees who took part, and the copy follows the deal.
    expect((await owner.get(`/api/v1/deals/${id}/shares`).expect(200)).body.items).toHaveLength(1);
    await stage.vendor.editor.post(`/api/v1/partners/${other.id}/reinstate`).expect(200);
    expect(await seen()).toEqual([1, 1]);
    await other.owner.post(`/api/v1/deal-shares/${made.id}/revoke`).expect(204);
    const [copy] = await stage.api.asOwner('SELECT name, stage, amount_minor FROM leads.deal_share WHERE id = $1', [
      made.id,
    ]);
    expect(copy).toEqual({ name: '', stage: null, amount_minor: null });
  });

  it('is seen by its vendor while its partner is in the programme, and who took part while that one is', async () => {
    const seller = await stage.aCompletePartner(undefined, { name: 'Lakeside Networks' });
    const helper = await stage.aCompletePartner(undefined, { name: 'Summit Cabling' });
    const { pagePath } = await stage.running(seller.owner, { startAt: stage.inDays(1) });
    const form = { email: 'lake@prospect.example', firstName: 'L', lastName: 'B', company: 'Lake Ltd', consent: 'yes' };
    await stage.api.http.post(`${pagePath}/form`).type('form').send(form).expect(200);
    const [lead] = (await seller.owner.get('/api/v1/leads?limit=1').expect(200)).body.items as { id: string }[];
    const { body: deal } = await seller.owner
      .patch(`/api/v1/leads/${lead?.id}/deal`, { amount: EUR(40_000) })
      .expect(200);
    const shares = `/api/v1/deals/${deal.id}/shares`;
    const { body: made } = await seller.owner
      .post(shares, { with: 'partner', role: 'influenced', name: 'Lake' })
      .expect(201);
    await helper.owner.post('/api/v1/deal-invitations/accept', { invitation: made.invitation }).expect(200);
    const { body: open } = await seller.owner
      .post(shares, { with: 'partner', role: 'fulfilled', name: 'Lake' })
      .expect(201);
    await seller.owner.post(shares, { with: 'vendor', name: 'Lake' }).expect(201);

    const { vendorId, editor } = stage.vendor;
    const database = stage.api.app.get(Database, { strict: false });
    const actor = { kind: 'vendor', vendorId, ...PERSON } as VendorActor;
    /** The partners that took part, of the deal on the screen; null: there is no deal. Rows of it in the database. */
    const seen = async (): Promise<readonly [readonly string[] | null, number]> => {
      const { items } = DisclosedDealPage.parse(
        (await editor.get('/api/v1/disclosed-deals?limit=200').expect(200)).body,
      );
      const shown = items.find(({ name }) => name === 'Lake');
      const rows = await database.inTransaction(actor, () =>
        database.query('SELECT id FROM leads.deal_share WHERE deal_id = $1', [deal.id]),
      );
      return [shown?.participants.map(({ name }) => name) ?? null, rows.length];
    };
    const end = (id: string) =>
      editor.post(`/api/v1/partners/${id}/end`, { reason: 'The contract is over.' }).expect(200);
    const reinstate = (id: string) => editor.post(`/api/v1/partners/${id}/reinstate`).expect(200);
    expect(await seen()).toEqual([['Summit Cabling'], 2]);
    // The participant has no channel manager: the manager of the deal's partner still sees its part.
    const vendorOwner = await stage.api.signIn(vendorId, 'owner');
    const manager = await stage.api.signIn(vendorId, 'channel-manager');
    const managerId = (await manager.get('/api/v1/session').expect(200)).body.user.id as string;
    await vendorOwner.post('/api/v1/channel-managers/assignments', { managerId, partnerIds: [seller.id] }).expect(200);
    const shownTo = async (by: Browser) =>
      DisclosedDealPage.parse((await by.get('/api/v1/disclosed-deals?limit=200').expect(200)).body).items;
    expect((await shownTo(manager)).map(({ name, participants }) => [name, participants.length])).toEqual([
      ['Lake', 1],
    ]);
    await end(helper.id);
    expect(await seen()).toEqual([[], 1]);
    expect((await shownTo(manager))[0]?.participants).toEqual([]);
    await reinstate(helper.id);
    expect(await seen()).toEqual([['Summit Cabling'], 2]);
    await end(seller.id);
    expect(await seen()).toEqual([null, 0]);
    // It still sees what it has shared, and shares nothing new.
    expect((await seller.owner.get(shares).expect(200)).body.items).toHaveLength(3);
    const { body: refused } = await seller.owner
      .post(shares, { with: 'partner', role: 'fulfilled', name: 'Lake' })
      .expect(409);
    expect(refused).toMatchObject({ code: 'deal-share.programme' });
    const accept = () => helper.owner.post('/api/v1/deal-invitations/accept', { invitation: open.invitation });
    expect((await accept().expect(409)).body).toMatchObject({ code: 'deal-invitation.owner-left' });
    await reinstate(seller.id);
    expect(await seen()).toEqual([['Summit Cabling'], 2]);

    const isInProgramme = async (): Promise<boolean> =>
      DealShareList.parse((await seller.owner.get(shares).expect(200)).body).isInProgramme;
    expect(await isInProgramme()).toBe(true);
    await end(seller.id);
    expect(await isInProgramme()).toBe(false);
  });
});
