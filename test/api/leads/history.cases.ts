import { LeadHistory } from '#contracts';
import { Clicks } from '#engagement';
import { owner, stage } from '../../support/suite-product.js';
import { until } from '../../support/until.js';
import { aLead, change, historyOf, send } from './leads.js';

const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';

/** What is told of it, and its amount. */
export function historyCases(): void {
  it('tells what the person did and what was done, in order', async () => {
    const { email, path, pagePath } = await stage.running(owner);
    const [mail] = await stage.mailTo(email);
    await until(async () => (await owner.get(path)).body.steps[0]?.sent === 1, 'the record of the mail');
    stage.api.clock.advance(60_000);
    const link = /\/l\/[\w-]+/.exec(mail!.html as string)![0];
    await stage.api.http.get(link).set('User-Agent', PERSON).redirects(0).expect(302);
    await stage.api.http.get(link).set('User-Agent', 'curl/8').redirects(0).expect(302);
    await stage.api.app.get(Clicks).flushed();
    const { id } = await send(pagePath, email);
    await change(id, { status: 'accepted' });
    await change(id, { status: 'won', amount: { minorUnits: 129_900, currency: 'EUR' } });
    const history = await historyOf(id);
    expect(history.filter(({ kind }) => kind !== 'click').map(({ kind, what }) => [kind, what])).toEqual([
      ['sent', expect.any(String)],
      ['form', 'Call me.'],
      ['status', 'new'],
      ['status', 'accepted'],
      ['status', 'won'],
    ]);
    expect(history.filter(({ kind }) => kind === 'click').length).toBeGreaterThanOrEqual(1);
    expect(history.find(({ kind }) => kind === 'click')).toMatchObject({
      link: { kind: expect.not.stringMatching('other') },
    });
    expect(history.at(-1)).toMatchObject({ by: 'owner person', amount: { minorUnits: 129_900, currency: 'EUR' } });
  });

  it('that was won or lost can be worked on again, with its history', async () => {
    const { id } = await aLead();
    await change(id, { status: 'accepted' });
    for (const status of ['won', 'working', 'lost', 'working'])
      expect(await change(id, { status })).toMatchObject({ status });
    expect((await historyOf(id)).filter(({ kind }) => kind === 'status').map(({ what }) => what)).toEqual([
      'new',
      'accepted',
      'won',
      'working',
      'lost',
      'working',
    ]);
  });

  it('shows each amount of a won deal, and counts the last one', async () => {
    const { id } = await aLead();
    const setAmount = (amount: object | null) => owner.put(`/api/v1/leads/${id}/amount`, { amount });
    const { body: refused } = await setAmount({ minorUnits: 1, currency: 'EUR' }).expect(409);
    expect(refused).toMatchObject({ code: 'lead.not-won' });
    await change(id, { status: 'accepted' });
    await change(id, { status: 'won', amount: { minorUnits: 40_000, currency: 'EUR' } });
    const corrected = { minorUnits: 1_240_050, currency: 'EUR' };
    const { body } = await setAmount(corrected).expect(200);
    expect(body).toMatchObject({ status: 'won', amount: corrected });
    await setAmount(corrected).expect(200);
    const moments = (await historyOf(id)).map(({ kind, what, amount }) => [kind, what, amount?.minorUnits ?? null]);
    expect(moments.slice(-2)).toEqual([
      ['status', 'won', 40_000],
      ['amount', '', 1_240_050],
    ]);
    const { body: log } = await owner.get('/api/v1/audit-entries?limit=20').expect(200);
    expect(log.items.filter(({ action }: { action: string }) => action === 'lead.amount-changed')).toMatchObject([
      { details: { from: { minorUnits: 40_000 }, to: { minorUnits: 1_240_050 } } },
    ]);
    await setAmount(null).expect(200);
    expect((await historyOf(id)).at(-1)).toMatchObject({ kind: 'amount', amount: null });
  });

  it('is told page by page, each moment once, however many came in the same one', async () => {
    const { email, path, pagePath } = await stage.running(owner);
    await stage.mailTo(email);
    await until(async () => (await owner.get(path)).body.steps[0]?.sent === 1, 'the record of the mail');
    const { id } = await send(pagePath, email);
    await change(id, { status: 'accepted' });
    for (const note of ['one', 'two', 'three', 'four'])
      await owner.post(`/api/v1/leads/${id}/follow-ups`, { note }).expect(200);
    const whole = await historyOf(id);
    const pages: LeadHistory['items'] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `/api/v1/leads/${id}/history?limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const page = LeadHistory.parse((await owner.get(path).expect(200)).body);
      expect(page.items.length).toBeLessThanOrEqual(2);
      pages.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(pages).toEqual(whole);
    expect(
      whole
        .filter(({ kind }) => kind === 'follow-up')
        .map(({ what }) => what)
        .toSorted(),
    ).toEqual(['one', 'two', 'three', 'four'].toSorted());
    expect(whole[0]).toMatchObject({ kind: 'sent', name: { kind: 'email', number: 1 } });
    for (const cursor of ['nonsense', '1 sent', '99999999999999999999 sent x'])
      await owner.get(`/api/v1/leads/${id}/history?cursor=${encodeURIComponent(cursor)}`).expect(422);
  });

  it('keeps what the deal is worth, and takes no half of an amount', async () => {
    const { id } = await aLead();
    await change(id, { status: 'accepted', amount: { minorUnits: 500, currency: 'GBP' } });
    expect(await change(id, { status: 'working' })).toMatchObject({ amount: { minorUnits: 500, currency: 'GBP' } });
    for (const amount of [
      { minorUnits: 1.5, currency: 'EUR' },
      { minorUnits: -1, currency: 'EUR' },
      { minorUnits: 1, currency: 'euro' },
      { minorUnits: 1 },
    ])
      await change(id, { status: 'won', amount }, 422);
  });
}
