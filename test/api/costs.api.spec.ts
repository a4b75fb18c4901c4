import { CostImportView, CostView, PartnerReturns } from '#contracts';
import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

const EUR = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });

describe('a cost', () => {
  let stage: TestProduct;
  let owner: Browser;

  beforeAll(async () => {
    stage = await openTestProduct();
    ({ owner } = stage.partner);
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

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

  it('is seen by the organisation that bears it, and by no other', async () => {
    const own = await add(owner, { reference: 'R-1' });
    const ofVendor = await add(stage.vendor.editor, { partnerId: stage.partner.id, reference: 'R-1' });
    expect([own.bearer, ofVendor.bearer]).toEqual(['partner', 'vendor']);
    expect(await idsOf(owner)).toContain(own.id);
    expect(await idsOf(owner)).not.toContain(ofVendor.id);
    expect(await idsOf(stage.vendor.editor)).toEqual([ofVendor.id]);
    await owner.patch(`/api/v1/costs/${ofVendor.id}`, { description: 'Mine' }).expect(404);
    await stage.vendor.editor.delete(`/api/v1/costs/${own.id}`).expect(404);
  });

  it('is changed and removed with an entry in the audit log', async () => {
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

  it('is refused for a campaign or partner of others, a taken reference, and days that end too early', async () => {
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

  it('stands beside the leads and deals that came of it, to the cent', async () => {
    const before = await returns();
    const { campaignId } = stage.campaign;
    const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
    const email = 'roi@prospect.example';
    const form = { email, firstName: 'Vera', lastName: 'Buyer', company: 'Prospects Ltd', consent: 'yes' };
    await stage.api.http.post(`${pagePath}/form`).type('form').send(form).expect(200);
    const leads = (await owner.get('/api/v1/leads?limit=50').expect(200)).body.items as { id: string; email: string }[];
    const lead = leads.find((one) => one.email === email);
    await owner.patch(`/api/v1/leads/${lead?.id}/deal`, { stage: 'won', amount: EUR(70_001) }).expect(200);
    await add(owner, { campaignId, tactic: 'email' });
    const after = await returns();
    const campaign = after.campaigns.find((one) => one.campaignId === campaignId);
    expect(campaign).toMatchObject({ costs: [EUR(20_000)], leads: 1, costPerLead: [EUR(20_000)], withoutRoi: null });
    expect(campaign?.roi).toBe(2.5001);
    const costs = (of: PartnerReturns): number => of.total.costs[0]?.minorUnits ?? 0;
    expect(costs(after) - costs(before)).toBe(20_000);
    expect(after.tactics).toContainEqual({ tactic: 'email', costs: [EUR(20_000)] });
    const { text } = await owner.get('/api/v1/insight/returns.csv').expect(200);
    expect(text).toContain('20000 EUR');
    // Half of it is of days that have not come yet.
    await add(owner, { to: stage.inDays(1).slice(0, 10), amount: EUR(1_001) });
    expect(costs(await returns()) - costs(after)).toBe(500);
  });

  it('is imported by its reference, once, also from the table of a download', async () => {
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
});
