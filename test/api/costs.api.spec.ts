import {
  AttributionReport,
  CostImportView,
  CostView,
  type OwnSharedTotals,
  PartnerInsight,
  PartnerReturns,
  type PartnerStanding,
  PartnerStandings,
  ProgrammeActivity,
  VendorReturns,
} from '#contracts';
import { Rollups } from '#insight';
import type { Browser } from '../support/api.js';
import { sendForm } from '../support/leads.js';
import { openForSuite, owner, stage } from '../support/suite-product.js';

const EUR = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });
/** As tables have it: `200.00`. */
const inUnits = (minorUnits: number): string => (minorUnits / 100).toFixed(2);

describe('costs and what partners do', () => {
  openForSuite();

  const today = (): string => stage.inDays(0).slice(0, 10);
  const add = async (by: Browser, change: object = {}): Promise<CostView> => {
    const cost = { description: 'Fair', amount: EUR(20_000), from: today(), ...change };
    return CostView.parse((await by.post('/api/v1/costs', cost).expect(201)).body);
  };
  const idsOf = async (by: Browser): Promise<string[]> =>
    ((await by.get('/api/v1/costs').expect(200)).body.items as { id: string }[]).map(({ id }) => id);
  const returns = async (): Promise<PartnerReturns> =>
    PartnerReturns.parse((await owner.get('/api/v1/insight/returns').expect(200)).body);
  const send = async (by: Browser, path: string, csv: string, basedOn = ''): Promise<CostImportView> => {
    const upload = by.post(`/api/v1/costs/import${path}`).attach('file', Buffer.from(csv), 'costs.csv');
    return CostImportView.parse((await (basedOn === '' ? upload : upload.field('basedOn', basedOn)).expect(200)).body);
  };

  it('a cost is seen by the organisation that bears it, and by no other', async () => {
    const own = await add(owner, { reference: 'R-1' });
    const ofVendor = await add(stage.vendor.editor, { partnerId: stage.partner.id, reference: 'R-1' });
    expect([own.bearer, ofVendor.bearer]).toEqual(['partner', 'vendor']);
    expect(await idsOf(owner)).toContain(own.id);
    expect(await idsOf(owner)).not.toContain(ofVendor.id);
    expect(await idsOf(stage.vendor.editor)).toEqual([ofVendor.id]);
    await owner.patch(`/api/v1/costs/${ofVendor.id}`, { description: 'Mine' }).expect(404);
    await stage.vendor.editor.delete(`/api/v1/costs/${own.id}`).expect(404);
  });

  it('costs are listed and downloaded by campaign, partner and tactic', async () => {
    const page = await add(owner, { tactic: 'page', reference: 'R-page' });
    await add(owner, { tactic: 'social', reference: 'R-social' });
    const { body } = await owner.get('/api/v1/costs?tactic=page').expect(200);
    expect((body.items as { id: string }[]).map(({ id }) => id)).toEqual([page.id]);
    const { text } = await owner.get('/api/v1/costs/costs.csv?tactic=page').buffer().expect(200);
    expect(text).toContain('R-page');
    expect(text).not.toContain('R-social');
    const { campaignId } = stage.campaign;
    expect((await owner.get(`/api/v1/costs?campaignId=${campaignId}`).expect(200)).body.items).toEqual([]);
    const { editor } = stage.vendor;
    const ofPartner = await editor.get(`/api/v1/costs?partnerId=${stage.partner.id}`).expect(200);
    expect(ofPartner.body.items).toHaveLength(1);
    await owner.get('/api/v1/costs?tactic=fax').expect(422);
  });

  it('a cost is changed and removed with an entry in the audit log', async () => {
    const { id } = await add(owner);
    const { body } = await owner.patch(`/api/v1/costs/${id}`, { amount: EUR(5), tactic: 'page' }).expect(200);
    expect(body).toMatchObject({ amount: EUR(5), tactic: 'page', description: 'Fair' });
    await owner.delete(`/api/v1/costs/${id}`).expect(204);
    expect(await idsOf(owner)).not.toContain(id);
    const entries = (await owner.get('/api/v1/audit-entries?limit=20').expect(200)).body.items as {
      action: string;
      subjectId: string;
    }[];
    const actions = entries.filter(({ subjectId }) => subjectId === id).map(({ action }) => action);
    expect(actions).toEqual(['cost.removed', 'cost.changed', 'cost.added']);
  });

  it('a cost is refused for a campaign or partner of others, a taken reference, and days that end too early', async () => {
    await add(owner, { reference: 'taken' });
    const campaignId = '0190a0a0-0000-7000-8000-000000000000';
    for (const [change, code, status] of [
      [{ campaignId }, 'cost.campaign-unknown', 422],
      [{ partnerId: stage.partner.id }, 'cost.partner-unknown', 422],
      [{ reference: 'taken' }, 'cost.reference', 409],
      [{ to: '2020-01-01' }, 'cost.period', 422],
    ] as const) {
      const cost = { description: 'Fair', amount: EUR(1), from: today(), ...change };
      const { body } = await owner.post('/api/v1/costs', cost).expect(status);
      expect(body).toMatchObject({ code });
    }
  });

  it('a cost stands beside the leads and deals that came of it, to the cent', async () => {
    const before = await returns();
    const { campaignId } = stage.campaign;
    const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
    const lead = await sendForm(stage, owner, pagePath, { email: 'roi@prospect.example' });
    await owner.patch(`/api/v1/leads/${lead.id}/deal`, { stage: 'won', amount: EUR(70_001) }).expect(200);
    await add(owner, { campaignId, tactic: 'email' });
    const after = await returns();
    const campaign = after.campaigns.find((one) => one.campaignId === campaignId);
    expect(campaign).toMatchObject({ costs: [EUR(20_000)], leads: 1, costPerLead: [EUR(20_000)], withoutRoi: null });
    expect(campaign?.roi).toBe(2.5001);
    const costs = (of: PartnerReturns): number => of.total.costs[0]?.minorUnits ?? 0;
    expect(costs(after) - costs(before)).toBe(20_000);
    // The person sent the form of the page: no e-mail is credited.
    expect(after.tactics).toContainEqual({
      tactic: 'email',
      costs: [EUR(20_000)],
      won: [],
      roi: -1,
      withoutRoi: null,
    });
    const credited = after.tactics.flatMap(({ won }) => won).reduce((sum, { minorUnits }) => sum + minorUnits, 0);
    expect(EUR(credited)).toEqual(after.total.won[0]);
    const { text: tactics } = await owner.get('/api/v1/insight/tactic-returns.csv?model=first').expect(200);
    expect(tactics).toMatch(/first,tactic,page,EUR,[^,]*,700\.01,/);
    await owner.get('/api/v1/insight/returns?model=guess').expect(422);
    const { text } = await owner.get('/api/v1/insight/returns.csv').expect(200);
    expect(text).toContain(',EUR,200.00,');
    const rowsOf = (csv: string) =>
      csv
        .trim()
        .split('\r\n')
        .map((line) => line.split(','));
    const [heading = [], ...rows] = rowsOf(text);
    const total = rows.at(-1) ?? [];
    expect([total[heading.indexOf('row-kind')], total[heading.indexOf('costs')]]).toEqual([
      'total',
      inUnits(costs(after)),
    ]);
    expect(rowsOf(tactics).at(-1)?.slice(2, 5)).toEqual(['first', 'total', '']);
    const { text: german } = await owner.get('/api/v1/insight/returns.csv?language=de').expect(200);
    expect(rowsOf(german.replaceAll(';', ',')).at(-1)?.slice(2, 4)).toEqual(['Summe', '']);
    // Half of it is of days that have not come yet.
    await add(owner, { to: stage.inDays(1).slice(0, 10), amount: EUR(1_001) });
    expect(costs(await returns()) - costs(after)).toBe(500);
  });

  it('a cost is imported by its reference, once, also from the table of a download', async () => {
    const by = stage.vendor.editor;
    const csv = (amount: string) =>
      `Reference,Description,Amount,Currency,First day,Partner\nINV-1,Print,"${amount}",EUR,2026-03-31,${stage.partner.id}\nINV-2,Ads,12,EUR,2026-03-31,Nobody Ltd\n`;
    const preview = await send(by, '/preview', csv('1,500.50'));
    expect(preview).toMatchObject({ counts: { new: 1, refused: 1 }, rows: [{ amount: EUR(150_050) }, {}] });
    expect(preview.rows[1]?.faults).toEqual([{ reason: 'partner-unknown', field: 'partner', value: 'Nobody Ltd' }]);
    await send(by, '', csv('1,500.50'), preview.version);
    const { body } = await by
      .post('/api/v1/costs/import')
      .attach('file', Buffer.from(csv('9.00')), 'costs.csv')
      .field('basedOn', preview.version)
      .expect(412);
    expect(body).toMatchObject({ code: 'cost-import.stale' });
    expect((await send(by, '', csv('1,600.00'))).rows[0]).toMatchObject({ outcome: 'changed', changes: ['amount'] });
    const { text } = await by.get('/api/v1/costs/costs.csv').expect(200);
    expect((await send(by, '/preview', text)).counts).toMatchObject({ new: 0, changed: 0 });
  });

  it('since the start is since the first cost or closed deal, also before a launch, and without one', async () => {
    const partner = await stage.aCompletePartner(undefined, { name: 'Early Ltd' });
    const since = async (query = '') => {
      const { body } = await partner.owner.get(`/api/v1/insight/returns?period=start${query}`).expect(200);
      return PartnerReturns.parse(body);
    };
    expect((await since()).from).toBe(today());
    await add(partner.owner, { amount: EUR(10), from: stage.day(7) });
    expect((await since()).from).toBe(today());
    await add(partner.owner, { amount: EUR(200_000), from: stage.day(-450) });
    // As it could be entered by a slip of the pen.
    await add(partner.owner, { amount: EUR(1), from: '1970-01-02' });
    expect(await since()).toMatchObject({ from: stage.day(-450), total: { costs: [EUR(200_000)] } });
    const { emails } = await stage.aList(partner.owner, [{}]);
    const deal = { externalId: 'D-1', email: emails[0], stage: 'won', amount: EUR(300_000), closedOn: stage.day(-500) };
    await partner.owner.post('/api/v1/deals/upsert', { deals: [deal] }).expect(200);
    expect(await since()).toMatchObject({
      from: stage.day(-500),
      total: { wonDeals: 1, won: [EUR(300_000)], roi: 0.5 },
    });
    const { body: results } = await partner.owner.get('/api/v1/insight?period=start').expect(200);
    expect(PartnerInsight.parse(results)).toMatchObject({ from: stage.day(-500), money: { wonDeals: 1 } });
    // What the screen shows of more days than can be asked for one by one is kept as a report, too.
    const { body: report } = await partner.owner
      .post('/api/v1/insight/attribution-reports', { period: 'start' })
      .expect(201);
    expect(AttributionReport.parse(report).table).toMatchObject({
      from: stage.day(-500),
      to: today(),
      currencies: [{ wonMinor: 300_000 }],
    });
    const days = { from: stage.day(-500), to: today() };
    const { body: refused } = await partner.owner.post('/api/v1/insight/attribution-reports', days).expect(422);
    expect(refused).toMatchObject({ code: 'insight.window' });

    const { campaignId } = stage.campaign;
    await stage.running(partner.owner, { startAt: stage.inDays(1) });
    expect((await since()).from).toBe(stage.day(-500));
    await add(partner.owner, { campaignId, amount: EUR(5), from: stage.day(-30) });
    const ofCampaign = await partner.owner.get(`/api/v1/insight/campaigns/${campaignId}?period=start`).expect(200);
    expect(ofCampaign.body.from).toBe(stage.day(-30));
  });

  const activity = async (by: Browser = stage.vendor.editor): Promise<ProgrammeActivity> =>
    ProgrammeActivity.parse((await by.get('/api/v1/programme-activity').expect(200)).body);
  const standingOf = async (partnerId: string): Promise<PartnerStanding | undefined> => {
    const { body } = await stage.vendor.editor.get('/api/v1/programme-activity/partners?limit=200').expect(200);
    return PartnerStandings.parse(body).items.find((one) => one.partnerId === partnerId);
  };
  const at = ({ funnel }: ProgrammeActivity, step: string) => funnel.find((line) => line.step === step);

  it('a launch counts for participation, funnel and score from its day on', async () => {
    const newcomer = await stage.aCompletePartner(undefined, { name: 'Newcomer Ltd' });
    const before = await activity();
    expect(await standingOf(newcomer.id)).toMatchObject({ step: 'brand', score: 20 });
    await stage.running(newcomer.owner, { startAt: stage.inDays(1) });
    const after = await activity();
    expect(after.weeks.at(-1)?.tookPart).toBe((before.weeks.at(-1)?.tookPart ?? 0) + 1);
    expect(after.quarters.at(-1)?.partners).toBe(before.quarters.at(-1)?.partners);
    expect(after.weeks.slice(0, -1)).toEqual(before.weeks.slice(0, -1));
    expect(at(after, 'launched')?.reached).toBe((at(before, 'launched')?.reached ?? 0) + 1);
    const standing = await standingOf(newcomer.id);
    const { body } = await stage.vendor.editor.get(`/api/v1/programme-activity/partners/${newcomer.id}`).expect(200);
    expect(body).toEqual(standing);
    expect(standing).toMatchObject({ step: 'launched', since: today(), score: 20 + 10 + 2 });
    expect(standing?.parts.map(({ part, measured }) => [part, measured])).toEqual([
      ['launches', 1],
      ['running', 1],
      ['shared-leads', 0],
      ['brand', 1],
    ]);
  });

  it('leads and wins of a partner are known only while it shows its totals, and it sees who looked', async () => {
    const { vendorId } = stage.vendor;
    const kept = await standingOf(stage.partner.id);
    expect(kept?.step).toBe('launched');
    await owner.put('/api/v1/shared-totals', { vendorId, isShared: true }).expect(200);
    expect((await standingOf(stage.partner.id))?.step).toBe('won');
    const { body } = await owner.get('/api/v1/shared-totals').expect(200);
    expect(body.items[0].readings).toHaveLength(1);
    await owner.put('/api/v1/shared-totals', { vendorId, isShared: false }).expect(200);
    expect(await standingOf(stage.partner.id)).toEqual(kept);
  });

  it('standings are read page by page, and an unknown cursor is refused', async () => {
    const { editor } = stage.vendor;
    const page = async (query: string) =>
      PartnerStandings.parse((await editor.get(`/api/v1/programme-activity/partners?${query}`).expect(200)).body);
    const { items: all } = await page('limit=200');
    const first = await page('limit=1');
    const rest = await page(`limit=200&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items]).toEqual(all);
    for (const cursor of [stage.vendor.vendorId, 'nonsense']) {
      const { body } = await editor.get(`/api/v1/programme-activity/partners?cursor=${cursor}`).expect(422);
      expect(body).toMatchObject({ code: 'list.cursor', field: 'cursor' });
    }
  });

  it('a channel manager gets their own partners only', async () => {
    const manager = await stage.api.signIn(stage.vendor.vendorId, 'channel-manager');
    expect(at(await activity(manager), 'invited')?.reached).toBe(0);
    const { body } = await manager.get('/api/v1/programme-activity/partners').expect(200);
    expect(body.items).toEqual([]);
    await manager.get('/api/v1/costs').expect(403);
  });

  it('a win that a partner keeps changes no byte of what its vendor gets', async () => {
    const { editor } = stage.vendor;
    const seen = async (): Promise<string> => {
      const paths = ['vendor-insight/returns', 'vendor-insight/first-results', 'programme-activity', 'costs'];
      const answers = [];
      for (const path of [...paths, 'programme-activity/partners?limit=200'])
        answers.push((await editor.get(`/api/v1/${path}`).expect(200)).text);
      return answers.join();
    };
    const { campaignId } = stage.campaign;
    await add(editor, { campaignId, amount: EUR(1) });
    const before = await seen();
    const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
    const launched = await seen();
    const lead = await sendForm(stage, owner, pagePath, { email: 'kept@prospect.example' });
    await owner.patch(`/api/v1/leads/${lead.id}/deal`, { stage: 'won', amount: EUR(123_456_789) }).expect(200);
    await add(owner, { campaignId, amount: EUR(99) });
    expect(await seen()).toBe(launched);
    // The launch is no secret.
    expect(launched).not.toBe(before);
  });

  it('a return of a vendor is of what partners show, exactly', async () => {
    const { vendorId, editor } = stage.vendor;
    const read = async (): Promise<VendorReturns> =>
      VendorReturns.parse((await editor.get('/api/v1/vendor-insight/returns').expect(200)).body);
    expect((await read()).total).toMatchObject({ won: [], roi: null, withoutRoi: 'not-shown' });
    const partnerId = stage.partner.id;
    const ofPartner = async () => (await read()).partners.find((one) => one.partnerId === partnerId);
    const unknown = await ofPartner();
    expect(unknown?.won).toBeNull();
    const spent = inUnits(unknown?.costs[0]?.minorUnits ?? 0);
    const { text: kept } = await editor.get('/api/v1/vendor-insight/returns.csv').expect(200);
    expect(kept).toMatch(new RegExp(`\r\npartner,,,${partnerId},[^,]*,no,,EUR,${spent},,not-shown,not-shown,,`));
    await owner.put('/api/v1/shared-totals', { vendorId, isShared: true }).expect(200);
    const own = (await owner.get('/api/v1/shared-totals').expect(200)).body
      .items[0] as OwnSharedTotals['items'][number];
    const { showing, total, campaigns } = await read();
    expect(showing).toBe(1);
    expect(campaigns.find(({ campaignId }) => campaignId === stage.campaign.campaignId)?.won).toEqual(
      own.campaigns[0]?.amounts,
    );
    const shown = await ofPartner();
    expect(shown?.won).toEqual(own.campaigns[0]?.amounts);
    expect(total.leads).toBe(own.campaigns.reduce((sum, { leads }) => sum + leads, 0));
    const { text } = await editor.get('/api/v1/vendor-insight/returns.csv').expect(200);
    expect(text).toMatch(/^\ufeffrow-kind,.*,money-won,wonByName,wonTogether,/);
    const inTable = ([sum]: typeof total.won): string => (sum === undefined ? '' : inUnits(sum.minorUnits));
    expect(text.trim().split('\r\n').at(-1)).toMatch(
      new RegExp(`^total,,,,,,,EUR,.*,${total.leads},${inTable(total.won)},${inTable(total.wonByName)},`),
    );
    const won = inTable(shown?.won ?? []);
    expect(text).toContain(`\r\npartner,,,${partnerId},`);
    expect(text).toContain(`,yes,,EUR,${spent},,${won},${won},,,,,\r\n`);
    expect(text).toMatch(/\r\ntactic,,,,,,,EUR,[\d.]+,/);
    await owner.put('/api/v1/shared-totals', { vendorId, isShared: false }).expect(200);
    expect((await ofPartner())?.won).toBeNull();
  });

  it('open amounts of a vendor are of deals that partners share, for roles that read those, beside its costs', async () => {
    const { editor, vendorId } = stage.vendor;
    const { campaignId } = stage.campaign;
    const read = async (by: Browser) => {
      const { total, campaigns } = VendorReturns.parse(
        (await by.get('/api/v1/vendor-insight/returns').expect(200)).body,
      );
      return { total, own: campaigns.find((one) => one.campaignId === campaignId) };
    };
    const before = await read(editor);
    expect(before.total).toMatchObject({ open: [], pipelinePerCost: null });
    const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
    const lead = await sendForm(stage, owner, pagePath, { email: 'open@prospect.example' });
    const change = { stage: 'proposal', amount: EUR(60_000) };
    const { body: deal } = await owner.patch(`/api/v1/leads/${lead.id}/deal`, change).expect(200);
    const ofOwner = await returns();
    expect(ofOwner.total.open).toContainEqual(EUR(60_000));
    const spent = ofOwner.total.costs[0]?.minorUnits ?? 0;
    expect(ofOwner.total.pipelinePerCost).toBeCloseTo(60_000 / spent, 4);
    expect((await owner.get('/api/v1/insight/returns.csv').expect(200)).text).toContain(
      `,${ofOwner.total.pipelinePerCost},`,
    );
    expect(await read(editor)).toEqual(before);

    const shares = `/api/v1/deals/${deal.id}/shares`;
    const { body: share } = await owner.post(shares, { with: 'vendor', name: 'Branch routers' }).expect(201);
    const after = await read(editor);
    expect(after.total.open).toEqual([EUR(60_000)]);
    expect(after.total.pipelinePerCost).toBeCloseTo(60_000 / (after.total.costs[0]?.minorUnits ?? 0), 4);
    expect(after.own).toMatchObject({ open: [EUR(60_000)] });
    const analyst = await stage.api.signIn(vendorId, 'analyst');
    await analyst.get('/api/v1/disclosed-deals').expect(403);
    expect((await read(analyst)).total).toMatchObject({ open: null, pipelinePerCost: null });
    await owner.post(`/api/v1/deal-shares/${share.id}/revoke`).expect(204);
    expect((await read(editor)).total).toMatchObject({ open: [], pipelinePerCost: null });
  });

  it('both sides have the same sums of deals and costs in every window, before and after all counts are rebuilt', async () => {
    const { vendorId, editor } = stage.vendor;
    const { campaignId } = stage.campaign;
    await owner.put('/api/v1/shared-totals', { vendorId, isShared: true }).expect(200);
    await add(owner, { campaignId, amount: EUR(1_001), from: stage.day(-10), to: stage.day(-2) });
    await add(editor, { campaignId, amount: EUR(7_777), from: stage.day(-13), to: stage.day(0) });
    const sumOf = (amounts: readonly { readonly minorUnits: number }[]): number =>
      amounts.reduce((sum, { minorUnits }) => sum + minorUnits, 0);
    const ofPartner = async (from: number, to: number) => {
      const days = `from=${stage.day(from)}&to=${stage.day(to)}`;
      const { total, campaigns, tactics } = PartnerReturns.parse(
        (await owner.get(`/api/v1/insight/returns?${days}`).expect(200)).body,
      );
      const { body } = await owner.get(`/api/v1/insight?${days}`).expect(200);
      expect(total.won).toEqual(PartnerInsight.parse(body).money.won);
      for (const parts of [campaigns, tactics]) {
        expect(sumOf(parts.flatMap(({ costs }) => costs))).toBe(sumOf(total.costs));
        expect(sumOf(parts.flatMap(({ won }) => won))).toBe(sumOf(total.won));
      }
      const { won, leads } = campaigns.find((one) => one.campaignId === campaignId) ?? { won: [], leads: 0 };
      return { costs: sumOf(total.costs), won: sumOf(won), leads };
    };
    const all = async () => {
      const whole = await ofPartner(-200, 0);
      for (const cut of [-60, -10, -5, -2, -1]) {
        const [early, late] = [await ofPartner(-200, cut), await ofPartner(cut + 1, 0)];
        expect({
          costs: early.costs + late.costs,
          won: early.won + late.won,
          leads: early.leads + late.leads,
        }).toEqual(whole);
      }
      const { body } = await editor.get('/api/v1/vendor-insight/returns').expect(200);
      const { total, campaigns } = VendorReturns.parse(body);
      const seen = campaigns.find((one) => one.campaignId === campaignId);
      expect({ won: sumOf(seen?.won ?? []), leads: seen?.leads }).toEqual({ won: whole.won, leads: whole.leads });
      expect(sumOf(campaigns.flatMap(({ costs }) => costs))).toBe(sumOf(total.costs));
      expect(sumOf(campaigns.flatMap(({ won }) => won))).toBe(sumOf(total.wonByName));
      return { whole, total, campaigns };
    };
    const before = await all();
    expect(before.whole.won).toBeGreaterThan(0);
    await stage.api.app.get(Rollups, { strict: false }).fold();
    await stage.api.asOwner('TRUNCATE insight.daily, insight.delta');
    await stage.api.app.get(Rollups, { strict: false }).reconcile(stage.partner.id);
    expect(await all()).toEqual(before);
    await owner.put('/api/v1/shared-totals', { vendorId, isShared: false }).expect(200);
  });
});
