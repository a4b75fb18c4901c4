import { DealHistory, DealImportView, MAX_DEAL } from '#contracts';
import { owner } from '../../support/suite-product.js';
import { aLead, attribution, EUR, insight, save, statusOf, wonOf } from './deals.js';

/** Its stage and that of its lead, and what its amount and days may be. */
export function stagesCases(): void {
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
    expect(text).toMatch(new RegExp(`^${open.id},,.*,Prospects Ltd,.*,won,2500\\.00,EUR,`, 'm'));
    const none = await owner.get('/api/v1/deals/list.csv?stage=lost').expect(200);
    expect(none.text).not.toContain(open.id);
  });

  it('begins without a value, too', async () => {
    expect(await save(await aLead(), { amount: null })).toMatchObject({ stage: 'qualified', amount: null });
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
}
