import { DealAttribution, DealImportView, DealPage, OverdueDeals } from '#contracts';
import { owner, stage } from '../../support/suite-product.js';
import { aLead, attribution, EUR, insight, save, wonOf } from './deals.js';

/** When it closes, and from which day it is overdue. */
export function daysCases(): void {
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

  it('closes and is overdue by the calendar of its partner', async () => {
    const liveIn = (timeZone: string): Promise<unknown> =>
      stage.api.asOwner('UPDATE brand.brand_profile SET time_zone = $1 WHERE partner_id = $2', [
        timeZone,
        stage.partner.id,
      ]);
    const reach = (day: string, time: string): Date => stage.api.clock.reach(new Date(`${day}T${time}:00Z`));
    const today = async (): Promise<string> =>
      OverdueDeals.parse((await owner.get('/api/v1/deals/overdue').expect(200)).body).today;
    const isListed = async (id: string): Promise<boolean> => {
      const { body } = await owner.get('/api/v1/deals?stage=overdue&limit=50').expect(200);
      return DealPage.parse(body).items.some((one) => one.id === id);
    };
    const touchesOf = async (id: string): Promise<DealAttribution['touches']> =>
      DealAttribution.parse((await owner.get(`/api/v1/deals/${id}/attribution`).expect(200)).body).touches;
    const [won, due] = [await aLead(), await aLead()];
    const faultsOf = async (day: string): Promise<string[]> => {
      const csv = `External ID,E-mail,Stage,Closed on\nDAY-${day},${due.email},won,${day}\n`;
      const { body } = await owner
        .post('/api/v1/deals/import/preview')
        .attach('file', Buffer.from(csv), 'deals.csv')
        .expect(200);
      return DealImportView.parse(body).rows.flatMap(({ faults }) => faults.map(({ reason }) => reason));
    };
    const refused = async (id: string, closedOn: string): Promise<void> => {
      const { body } = await owner.patch(`/api/v1/deals/${id}`, { stage: 'won', closedOn }).expect(422);
      expect(body).toMatchObject({ code: 'deal.closed-later', field: 'closedOn' });
    };
    const [before, first, second, third] = [stage.day(-1), stage.day(0), stage.day(1), stage.day(2)];
    const sum = wonOf(await insight());

    // The morning of the second day in Auckland.
    await liveIn('Pacific/Auckland');
    reach(first, '19:00');
    expect(await today()).toBe(second);
    const deal = await save(won, { stage: 'won', amount: EUR(1100) });
    expect(deal.closedOn).toBe(second);
    await refused(deal.id, third);
    expect([await faultsOf(second), await faultsOf(third)]).toEqual([[], ['closed-later']]);
    const open = await save(due, { expectedOn: first });
    expect([open.isOverdue, await isListed(open.id)]).toEqual([true, true]);
    // It counts at once, although the second day has not begun by UTC.
    expect(wonOf(await insight())).toBe(sum + 1100);
    expect((await attribution()).to).toBe(second);

    // The evening of the first day in Los Angeles. By UTC the second one has begun.
    await liveIn('America/Los_Angeles');
    reach(second, '01:00');
    expect(await today()).toBe(first);
    expect(await save(due, { expectedOn: first })).toMatchObject({ isOverdue: false });
    expect(await isListed(open.id)).toBe(false);
    expect(await save(due, { expectedOn: before })).toMatchObject({ isOverdue: true });
    await refused(open.id, second);
    expect([await faultsOf(first), await faultsOf(second)]).toEqual([[], ['closed-later']]);
    // What its contact did this evening was before the deal closed.
    const evening = await save(await aLead(), { stage: 'won', amount: EUR(700) });
    expect(evening.closedOn).toBe(first);
    const [form] = await touchesOf(evening.id);
    expect(form?.credits.map(({ creditMinor }) => creditMinor)).toEqual((await attribution()).models.map(() => 700));
    await liveIn('Europe/London');
  });
}
