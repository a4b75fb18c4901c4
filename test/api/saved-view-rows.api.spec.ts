import { DEAL_SORTS, DealPage } from '#contracts';
import type { Browser } from '../support/api.js';
import { sendForm } from '../support/leads.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

/** The rows of a saved view, as its file has them, beside those of its screen. */
describe('the rows of a saved view', () => {
  let stage: TestProduct;
  let owner: Browser;
  let editor: Browser;
  let views = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
    stage.toWorkingHours();
    ({ owner } = stage.partner);
    ({ editor } = stage.vendor);
  }, 120_000);
  afterAll(() => stage.close());

  const saved = async (by: Browser, screen: string, query: string): Promise<string> => {
    const name = `View ${views++}`;
    const { body } = await by.post('/api/v1/saved-views', { name, screen, query, isShared: false }).expect(200);
    return body.items.find((one: { name: string }) => one.name === name).id;
  };
  /** Lines of the file, without the heading. */
  const linesOf = async (by: Browser, screen: string, query: string, rest = ''): Promise<string[]> => {
    const id = await saved(by, screen, query);
    const { text } = await by.get(`/api/v1/saved-views/${id}/file?format=csv${rest}`).buffer().expect(200);
    await by.delete(`/api/v1/saved-views/${id}`).expect(204);
    return text.trim().split(/\r?\n/).slice(1);
  };
  const EUR = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });

  it('of costs are filtered and sorted by each column, empty cells last', async () => {
    const { campaignId } = stage.campaign;
    for (const cost of [
      { description: 'Fair 10', amount: EUR(900), from: stage.day(-3), campaignId },
      { description: 'fair 9', amount: EUR(10_000), from: stage.day(-1), tactic: 'email' },
      { description: 'Österreich', amount: EUR(2000), from: stage.day(-2), partnerId: stage.partner.id },
    ])
      await editor.post('/api/v1/costs', cost).expect(201);
    const names = async (query: string) =>
      (await linesOf(editor, '/costs', query)).map((line) => line.slice(0, line.indexOf(',')));
    expect(await names('')).toEqual(['Österreich', 'fair 9', 'Fair 10']);
    expect(await names('sort=description')).toEqual(['fair 9', 'Fair 10', 'Österreich']);
    expect(await names('sort=-amount')).toEqual(['fair 9', 'Österreich', 'Fair 10']);
    expect(await names('sort=from')).toEqual(['Fair 10', 'Österreich', 'fair 9']);
    for (const sort of ['campaign', '-campaign']) expect((await names(`sort=${sort}`))[0]).toBe('Fair 10');
    for (const sort of ['partner', '-partner']) expect((await names(`sort=${sort}`))[0]).toBe('Österreich');
    expect(await names(`campaignId=${campaignId}`)).toEqual(['Fair 10']);
    expect(await names(`partnerId=${stage.partner.id}&sort=-amount`)).toEqual(['Österreich']);
    expect(await names('tactic=email')).toEqual(['fair 9']);
    expect(await names(`from=${stage.day(-2)}&sort=from`)).toEqual(['Österreich', 'fair 9']);
  });

  it('of deals are filtered and sorted as on the screen, also by the contact, whom they do not name', async () => {
    const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
    const deals = [
      ['Carla', { amount: EUR(100_000), stage: 'negotiation', expectedOn: stage.day(30) }],
      ['alma', { amount: EUR(900_000), stage: 'won' }],
      ['Bert', { amount: null, stage: 'qualified' }],
    ] as const;
    for (const [firstName, change] of deals) {
      const { id } = await sendForm(stage, owner, pagePath, { email: `${firstName}@prospect.example`, firstName });
      await owner.patch(`/api/v1/leads/${id}/deal`, change).expect(200);
    }
    const stages = async (query: string) =>
      (await linesOf(owner, '/deals', query)).map((line) => /Negotiation|Won|Qualified/.exec(line)?.[0]);
    expect(await stages('sort=name')).toEqual(['Won', 'Qualified', 'Negotiation']);
    expect(await stages('sort=-name')).toEqual(['Negotiation', 'Qualified', 'Won']);
    expect(await stages('sort=amount')).toEqual(['Negotiation', 'Won', 'Qualified']);
    expect(await stages('sort=-amount')).toEqual(['Won', 'Negotiation', 'Qualified']);
    expect(await stages('sort=stage')).toEqual(['Qualified', 'Negotiation', 'Won']);
    expect((await stages('sort=closedOn'))[0]).toBe('Won');
    expect((await stages('sort=-expectedOn'))[0]).toBe('Negotiation');
    expect(await stages('stage=open&sort=name')).toEqual(['Qualified', 'Negotiation']);
    expect(await stages('q=bert')).toEqual(['Qualified']);
    expect(await stages(`currency=EUR&closedFrom=${stage.day(-1)}&closedTo=${stage.day(1)}`)).toEqual(['Won']);
    expect(await stages(`campaignId=${stage.campaign.campaignId}&sort=amount`)).toHaveLength(3);
    for (const sort of DEAL_SORTS.flatMap((column) => [column, `-${column}`])) {
      const { body } = await owner.get(`/api/v1/deals?sort=${sort}`).expect(200);
      const screen = DealPage.parse(body).items.map(({ stage: of }) => of);
      expect((await stages(`sort=${sort}`)).map((of) => of?.toLowerCase())).toEqual(screen);
    }
    expect((await linesOf(owner, '/deals', 'sort=name')).join('\n')).not.toMatch(/alma|Bert|Carla/);
  });

  it('of a partner’s results are sorted by each amount', async () => {
    const { versionId } = await stage.anotherCampaign();
    const { pagePath } = await stage.running(owner, { versionId, startAt: stage.inDays(1) });
    const { id } = await sendForm(stage, owner, pagePath, { email: 'small@prospect.example' });
    await owner.patch(`/api/v1/leads/${id}/deal`, { stage: 'won', amount: EUR(1_000_000) }).expect(200);
    const amounts = async (sort: string) =>
      (await linesOf(owner, '/results', `period=start&sort=${sort}`)).map(
        (line) => /^(?:Campaign|Total),.*,EUR,([\d.]+),/.exec(line)?.[1],
      );
    const total = '19000.00';
    expect(await amounts('-money-won')).toEqual(['10000.00', '9000.00', total]);
    expect(await amounts('money-won')).toEqual(['9000.00', '10000.00', total]);
    // The other has none open, and comes last.
    for (const sort of ['money-open', '-money-open'])
      expect(await amounts(sort)).toEqual(['9000.00', '10000.00', total]);
  });

  it('of a vendor’s results are those of the campaign that it shows alone, also beside costs', async () => {
    const other = await stage.anotherCampaign();
    const { body } = await editor.get('/api/v1/vendor-insight?period=start').expect(200);
    const all = body.campaigns as { campaignId: string; funnel: { launched: number } }[];
    expect(all.length).toBeGreaterThan(1);
    expect(await linesOf(editor, '/campaign-results', 'period=start')).toHaveLength(all.length);
    const { campaignId } = stage.campaign;
    const [line, ...more] = await linesOf(editor, '/campaign-results', `period=start&campaign=${campaignId}&q=zzz`);
    expect(more).toEqual([]);
    // One partner has launched it.
    expect(line).toMatch(/,1,1,/);
    const [first] = await linesOf(editor, '/campaign-results', 'period=start&sort=-launched');
    expect(first).toBe(line);
    expect(await linesOf(editor, '/campaign-results', `campaign=${other.campaignId}`)).toHaveLength(1);
    const returns = await linesOf(editor, '/campaign-results', `campaign=${campaignId}`, '&table=returns');
    expect(returns).toHaveLength(1);
    expect(returns[0]).toContain(',EUR,9.00,');
    const whole = await linesOf(editor, '/campaign-results', 'sort=-leads', '&table=returns');
    expect(whole.at(-1)).toContain(',EUR,129.00,');
  });

  it('of partners are sorted by the step that they have come to', async () => {
    await stage.aCompletePartner(stage.vendor, { name: 'Amber' });
    const names = async (query: string) =>
      (await linesOf(editor, '/partner-activity', query)).map((line) => line.slice(0, line.indexOf(',')));
    expect(await names('sort=-partnerStep')).toEqual(['Brightwater IT', 'Amber']);
    expect(await names('sort=partnerStep')).toEqual(['Amber', 'Brightwater IT']);
    expect(await names('step=brand&sort=partner')).toEqual(['Amber']);
  });

  it('cannot be asked in an order that the screen does not have: the error names the columns', async () => {
    for (const [by, screen, query, allowed] of [
      [owner, '/results', 'sort=-amountsInMinorUnits', '-money-won'],
      [owner, '/costs', 'sort=partner', 'description'],
      [editor, '/partner-activity', 'sort=step', 'partnerStep'],
      [editor, '/partners', 'sort=company', 'name'],
    ] as const) {
      const view = { name: 'Wrong', screen, query, isShared: false };
      const { body } = await by.post('/api/v1/saved-views', view).expect(422);
      expect(body).toMatchObject({ code: 'saved-view.query-choice', field: 'query' });
      expect(body.detail ?? body.message).toContain(allowed);
    }
  });
});
