import {
  AttributionReport,
  AttributionTable,
  DealAttribution,
  DealHistory,
  DealImportView,
  DealView,
  LeadView,
  PartnerInsight,
} from '#contracts';
import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

describe('a deal', () => {
  let stage: TestProduct;
  let owner: Browser;
  let people = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
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
    expect(text).toMatch(new RegExp(`^${open.id},,.*,Prospects Ltd,.*,won,250000 EUR,`, 'm'));
    const none = await owner.get('/api/v1/deals/list.csv?stage=lost').expect(200);
    expect(none.text).not.toContain(open.id);
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

  it('changes no report that was kept before', async () => {
    const lead = await aLead();
    const { id } = await save(lead, { stage: 'won', amount: EUR(50_000) });
    const { from, to } = await attribution();
    const { body } = await owner.post('/api/v1/insight/attribution-reports', { from, to }).expect(201);
    const kept = AttributionReport.parse(body);
    await owner.post(`/api/v1/deals/${id}/refunds`, { minorUnits: 50_000 }).expect(200);
    const { body: later } = await owner.get(`/api/v1/insight/attribution-reports/${kept.id}`).expect(200);
    expect(later).toEqual(body);
    expect((await attribution()).currencies[0]?.wonMinor).toBe((kept.table.currencies[0]?.wonMinor ?? 0) - 50_000);
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
});
