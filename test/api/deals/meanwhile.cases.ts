import { DealView, LeadView } from '#contracts';
import { owner } from '../../support/suite-product.js';
import { aLead, EUR, save } from './deals.js';

/** Changes that were begun on an older state of a deal. */
export function meanwhileCases(): void {
  const change = (deal: DealView, version: number | string, body: object) =>
    owner.patch(`/api/v1/deals/${deal.id}`, body).set('If-Match', `"${version}"`);

  it('is not overwritten by a change of the same field that was begun before', async () => {
    const deal = await save(await aLead(), { amount: EUR(100_000) });
    const first = DealView.parse((await change(deal, deal.version, { amount: EUR(90_000) }).expect(200)).body);
    expect(first.version).toBe(deal.version + 1);
    const { body } = await change(deal, deal.version, { amount: EUR(80_000) }).expect(412);
    expect(body).toMatchObject({
      code: 'deal.stale',
      details: { version: first.version, changes: [{ field: 'amount', by: expect.any(String), at: first.updatedAt }] },
    });
    expect(body.detail).toMatch(/ changed this deal after you opened it.*save again\.$/);
    const { body: kept } = await owner.get(`/api/v1/deals/${deal.id}`).expect(200);
    expect(kept).toMatchObject({ amount: EUR(90_000), version: first.version });
    await change(deal, first.version, { amount: EUR(80_000) }).expect(200);
  });

  it('is changed in other fields, or to the same value, whatever others changed', async () => {
    const deal = await save(await aLead(), { amount: EUR(100_000) });
    await change(deal, deal.version, { amount: EUR(90_000), expectedOn: '2027-03-31' }).expect(200);
    const { body } = await change(deal, deal.version, { products: ['Router'], amount: EUR(90_000) }).expect(200);
    expect(body).toMatchObject({ amount: EUR(90_000), expectedOn: '2027-03-31', products: ['Router'] });
    await change(deal, 'no-version', { expectedOn: '2027-04-30' }).expect(412);
    await owner.patch(`/api/v1/deals/${deal.id}`, { expectedOn: '2027-05-31' }).expect(200);
    await owner.patch(`/api/v1/deals/${deal.id}`, { stage: 'lost' }).set('If-Match', '*').expect(200);
    expect((await owner.patch(`/api/v1/deals/${deal.id}`, {}).set('If-Match', 'none').expect(422)).body.code).toBe(
      'edit.version-missing',
    );
  });

  it('of a lead is not overwritten by one that was entered meanwhile', async () => {
    const lead = await aLead();
    const path = `/api/v1/leads/${lead.id}/deal`;
    const both = await Promise.all(
      [EUR(100), EUR(200)].map((amount) => owner.patch(path, { amount }).set('If-Match', '"0"')),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const { deal } = LeadView.parse((await owner.get(`/api/v1/leads/${lead.id}`).expect(200)).body);
    expect(deal?.version).toBe(1);
    await owner.patch(path, { stage: 'won' }).set('If-Match', '"1"').expect(200);
    const { body } = await owner.patch(path, { stage: 'lost', lostReason: 'price' }).set('If-Match', '"1"').expect(412);
    expect(body.details.changes.map(({ field }: { field: string }) => field)).toContain('stage');
  });

  it('of a lead is not added anew by a change of one that was withdrawn meanwhile', async () => {
    const lead = await aLead();
    const deal = await save(lead, { amount: EUR(100) });
    await owner.post(`/api/v1/deals/${deal.id}/withdraw`, { reason: 'mistake' }).expect(200);
    const path = `/api/v1/leads/${lead.id}/deal`;
    for (const refused of [
      owner.patch(path, { amount: EUR(200) }).set('If-Match', `"${deal.version}"`),
      change(deal, deal.version, { amount: EUR(200) }),
    ])
      expect((await refused.expect(409)).body).toMatchObject({ code: 'deal.withdrawn' });
    expect(LeadView.parse((await owner.get(`/api/v1/leads/${lead.id}`).expect(200)).body).deal).toBeNull();
    const other = await aLead();
    const never = owner.patch(`/api/v1/leads/${other.id}/deal`, { amount: EUR(1) }).set('If-Match', '"3"');
    expect((await never.expect(412)).body).toMatchObject({ code: 'deal.stale', details: { version: 0, changes: [] } });
    await owner
      .patch(path, { amount: EUR(300) })
      .set('If-Match', '"0"')
      .expect(200);
  });

  it('is not withdrawn by one who saw an older version', async () => {
    const deal = await save(await aLead(), { amount: EUR(100) });
    const withdraw = (version: number) =>
      owner.post(`/api/v1/deals/${deal.id}/withdraw`, { reason: 'mistake' }).set('If-Match', `"${version}"`);
    const changed = DealView.parse(
      (await change(deal, deal.version, { amount: EUR(200), stage: 'won' }).expect(200)).body,
    );
    const { body } = await withdraw(deal.version).expect(412);
    expect(body).toMatchObject({ code: 'deal.stale', details: { version: changed.version } });
    expect(body.details.changes.map(({ field }: { field: string }) => field)).toEqual(['stage', 'amount', 'closedOn']);
    expect(body.detail).toMatch(/it was not withdrawn/);
    // A refund changes none of the fields.
    await owner.post(`/api/v1/deals/${deal.id}/refunds`, { minorUnits: 50 }).expect(200);
    const { body: refunded } = await withdraw(changed.version).expect(412);
    expect(refunded.details).toMatchObject({ version: changed.version + 1, changes: [] });
    await withdraw(changed.version + 1).expect(200);
  });

  it('keeps what a colleague changed while a list was imported, when the import is undone', async () => {
    for (let round = 0; round < 4; round++) {
      const externalId = `CRM-M${round}`;
      const deal = await save(await aLead(), { amount: EUR(100), externalId });
      const [list] = await Promise.all([
        owner.post('/api/v1/deals/upsert', { deals: [{ externalId, amount: EUR(900) }] }).expect(200),
        owner.patch(`/api/v1/deals/${deal.id}`, { products: ['Router'] }).expect(200),
      ]);
      await owner.post(`/api/v1/deal-imports/${list.body.importId}/undo`, {}).expect(200);
      const { body: now } = await owner.get(`/api/v1/deals/${deal.id}`).expect(200);
      expect(now).toMatchObject({ products: ['Router'] });
    }
  });

  it('changes a field of the second of two at the same moment only once', async () => {
    const deal = await save(await aLead(), { amount: EUR(100_000) });
    for (let round = 1; round <= 5; round++) {
      const { body: now } = await owner.get(`/api/v1/deals/${deal.id}`).expect(200);
      const both = await Promise.all(
        [1, 2].map((one) => change(deal, now.version, { amount: EUR(round * 100 + one) })),
      );
      expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    }
  });
}
