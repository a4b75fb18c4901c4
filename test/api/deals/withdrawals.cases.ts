import {
  AttributionReport,
  DealHistory,
  DealPage,
  DisclosedDealPage,
  LeadView,
  PartnerInsight,
  PartnerReturns,
} from '#contracts';
import { Rollups } from '#insight';
import { owner, stage } from '../../support/suite-product.js';
import { aLead, attribution, EUR, insight, save, statusOf } from './deals.js';

/** Deals that were entered by mistake. */
export function withdrawalsCases(): void {
  const withdraw = (id: string, reason = 'mistake') => owner.post(`/api/v1/deals/${id}/withdraw`, { reason });
  const listed = async (query = ''): Promise<string[]> =>
    DealPage.parse((await owner.get(`/api/v1/deals?limit=200${query}`).expect(200)).body).items.map(({ id }) => id);

  /** Each number of both sides that deals are in. */
  const numbers = async () => {
    const whole = PartnerInsight.parse((await owner.get('/api/v1/insight?period=start').expect(200)).body);
    const returns = PartnerReturns.parse((await owner.get('/api/v1/insight/returns').expect(200)).body);
    const vendor = stage.vendor.editor;
    const read = async (by: typeof owner, path: string): Promise<unknown> => (await by.get(path).expect(200)).body;
    const { currencies } = await attribution();
    return {
      money: (await insight()).money,
      since: whole.money,
      won: whole.numbers.won,
      amounts: whole.amounts,
      days: whole.days.map(({ on, numbers: { won } }) => [on, won]),
      returns: returns.total,
      credits: currencies,
      overdue: await read(owner, '/api/v1/deals/overdue'),
      firstResults: await read(owner, '/api/v1/insight/first-results'),
      ofVendor: await read(vendor, '/api/v1/vendor-insight/partners'),
      returnsOfVendor: VendorTotals(await read(vendor, '/api/v1/vendor-insight/returns')),
      disclosed: await read(vendor, '/api/v1/disclosed-deals'),
      sums: await read(vendor, '/api/v1/vendor-insight/deal-sums'),
    };
  };
  const VendorTotals = (body: unknown): unknown => (body as { total: unknown }).total;
  const rebuild = async (): Promise<void> => {
    const rollups = stage.api.app.get(Rollups, { strict: false });
    while (await rollups.fold());
    await stage.api.asOwner('TRUNCATE insight.daily, insight.delta');
    await rollups.reconcile(stage.partner.id);
  };

  it('leaves all numbers of both sides as they were before it was entered, and a kept report as it is', async () => {
    await owner.put('/api/v1/shared-totals', { vendorId: stage.vendor.vendorId, isShared: true }).expect(200);
    const [lead, open] = [await aLead(), await aLead()];
    // The lead is worked on before, as it will be after.
    for (const { id } of [lead, open])
      for (const status of ['accepted', 'working']) await owner.patch(`/api/v1/leads/${id}`, { status }).expect(200);
    const before = await numbers();
    const { id } = await save(lead, { stage: 'won', amount: EUR(123_457), closedOn: stage.day(-3) });
    await owner.post(`/api/v1/deals/${id}/refunds`, { minorUnits: 457 }).expect(200);
    const { id: openId } = await save(open, { amount: EUR(99), expectedOn: '2020-01-01' });
    for (const dealId of [id, openId])
      await owner.post(`/api/v1/deals/${dealId}/shares`, { with: 'vendor', name: 'Branch routers' }).expect(201);
    const entered = await numbers();
    expect(entered.money).not.toEqual(before.money);
    expect(entered.ofVendor).not.toEqual(before.ofVendor);
    expect(DisclosedDealPage.parse(entered.disclosed).items).toHaveLength(
      DisclosedDealPage.parse(before.disclosed).items.length + 2,
    );
    const { from, to } = await attribution();
    const { body: made } = await owner.post('/api/v1/insight/attribution-reports', { from, to }).expect(201);
    const kept = `/api/v1/insight/attribution-reports/${AttributionReport.parse(made).id}`;
    const report = (await owner.get(kept).expect(200)).text;

    await withdraw(id).expect(200);
    await withdraw(openId, 'duplicate').expect(200);
    expect(await numbers()).toEqual(before);
    await rebuild();
    expect(await numbers()).toEqual(before);
    expect((await owner.get(kept).expect(200)).text).toBe(report);
    expect(AttributionReport.parse(made).table.currencies).toEqual(entered.credits);
    expect(entered.credits).not.toEqual(before.credits);
  });

  it('is told with person and reason, is in no list but its own, and never changes again', async () => {
    const lead = await aLead();
    const { id } = await save(lead, { stage: 'won', amount: EUR(5000), externalId: 'CRM-W1' });
    const { body } = await withdraw(id).expect(200);
    expect(body).toMatchObject({ withdrawn: { reason: 'mistake', by: expect.any(String), at: body.updatedAt } });
    expect(await listed()).not.toContain(id);
    expect(await listed('&stage=won')).not.toContain(id);
    expect(await listed('&stage=withdrawn')).toContain(id);
    const csv = (await owner.get('/api/v1/deals/list.csv').expect(200)).text;
    expect(csv).not.toContain(id);
    expect(csv.split('\n')[0]).not.toContain('withdrawn');
    const [heading = '', ...rows] = (await owner.get('/api/v1/deals/list.csv?stage=withdrawn').expect(200)).text.split(
      /\r?\n/,
    );
    expect(heading).toMatch(/,withdrawnAt,withdrawnReason$/);
    expect(rows.find((row) => row.includes(id))).toContain(`${body.withdrawn.at},mistake`);
    const { items } = DealHistory.parse((await owner.get(`/api/v1/deals/${id}/history`).expect(200)).body);
    expect(items.map(({ kind }) => kind)).toEqual(['stage', 'withdrawal']);
    await owner.get(`/api/v1/deals/${id}/attribution`).expect(404);
    const audit = await owner.get('/api/v1/audit-entries?action=deal.withdrawn').expect(200);
    expect(audit.body.items[0]).toMatchObject({ details: { reason: 'mistake' } });
    for (const refused of [
      owner.patch(`/api/v1/deals/${id}`, { amount: EUR(1) }),
      owner.post(`/api/v1/deals/${id}/refunds`, { minorUnits: 1 }),
      owner.post(`/api/v1/deals/${id}/shares`, { with: 'vendor', name: 'Routers' }),
      withdraw(id),
    ])
      expect((await refused.expect(409)).body).toMatchObject({ code: 'deal.withdrawn' });
    expect((await withdraw(id, 'price').expect(422)).body.problems).toMatchObject([{ field: 'reason' }]);
    // Its lead and its number are free.
    expect(await statusOf(lead)).toBe('working');
    expect(LeadView.parse((await owner.get(`/api/v1/leads/${lead.id}`).expect(200)).body).deal).toBeNull();
    const again = await save(lead, { stage: 'proposal', amount: EUR(6000), externalId: 'CRM-W1' });
    expect(again.id).not.toBe(id);
    const file = await owner
      .post('/api/v1/deals/upsert', { deals: [{ externalId: 'CRM-W1', stage: 'lost' }] })
      .expect(200);
    expect(file.body.rows[0]).toMatchObject({ outcome: 'changed', dealId: again.id });
  });

  it('is shown to nobody any more, and its invitation is void', async () => {
    const { id } = await save(await aLead(), { amount: EUR(777) });
    const { body: invited } = await owner
      .post(`/api/v1/deals/${id}/shares`, { with: 'partner', name: 'Routers', role: 'influenced' })
      .expect(201);
    await owner.post(`/api/v1/deals/${id}/shares`, { with: 'vendor', name: 'Routers' }).expect(201);
    await withdraw(id, 'test').expect(200);
    const seen = await stage.vendor.editor.get('/api/v1/disclosed-deals').expect(200);
    expect(JSON.stringify(seen.body)).not.toContain('Routers');
    const { body: shares } = await owner.get(`/api/v1/deals/${id}/shares`).expect(200);
    expect(shares.items).toEqual([]);
    await owner.post('/api/v1/deal-invitations/accept', { invitation: invited.invitation }).expect(404);
    const history = DealHistory.parse((await owner.get(`/api/v1/deals/${id}/history`).expect(200)).body);
    expect(history.shares.map(({ kind, role }) => [kind, role])).toEqual([
      ['invited', 'influenced'],
      ['shown', null],
      ['ended', 'influenced'],
      ['ended', null],
    ]);
  });

  it('is none of an undone import while it is shared, or where its earlier values are not allowed any more', async () => {
    const [lead, other] = [await aLead(), await aLead()];
    const known = await save(lead, { stage: 'won', closedOn: stage.day(-3), externalId: 'CRM-S1' });
    const deals = [
      { externalId: 'CRM-S1', closedOn: stage.day(-2) },
      { externalId: 'CRM-S2', email: other.email, amount: EUR(900) },
    ];
    const { body: done } = await owner.post('/api/v1/deals/upsert', { deals }).expect(200);
    const [addedId = ''] = (await listed()).slice(0, 1);
    const { body: share } = await owner
      .post(`/api/v1/deals/${addedId}/shares`, { with: 'vendor', name: 'Routers' })
      .expect(201);
    // As if so many years had passed.
    await stage.api.asOwner(
      `ALTER TABLE leads.deal_event DISABLE TRIGGER USER;
       UPDATE leads.deal_event SET closed_on = '2001-02-03' WHERE deal_id = '${known.id}' AND version = ${known.version};
       ALTER TABLE leads.deal_event ENABLE TRIGGER USER`,
    );
    const undo = (body: object) => owner.post(`/api/v1/deal-imports/${done.importId}/undo`, body).expect(200);
    const { body: preview } = await undo({ dryRun: true });
    expect(preview).toMatchObject({ withdrawn: 0, restored: 0 });
    expect(new Map(preview.left.map((one: { dealId: string; reason: string }) => [one.dealId, one.reason]))).toEqual(
      new Map([
        [addedId, 'shared-since'],
        [known.id, 'values-refused'],
      ]),
    );
    await owner.post(`/api/v1/deal-shares/${share.id}/revoke`).expect(204);
    expect((await undo({})).body).toMatchObject({ withdrawn: 1, restored: 0, left: [{ reason: 'values-refused' }] });
    // The lead was taken up by the import, and stays so.
    expect(await statusOf(other)).toBe('working');
  });

  it('is withdrawn, and its shares end, whatever else ends one of them at the same moment', async () => {
    for (let round = 0; round < 4; round++) {
      const { id } = await save(await aLead(), { amount: EUR(777) });
      const share = { name: 'Routers', with: 'partner', role: 'influenced' };
      await owner.post(`/api/v1/deals/${id}/shares`, share).expect(201);
      const { body: shown } = await owner
        .post(`/api/v1/deals/${id}/shares`, { with: 'vendor', name: 'Routers' })
        .expect(201);
      const [ended, gone] = await Promise.all([owner.post(`/api/v1/deal-shares/${shown.id}/revoke`), withdraw(id)]);
      expect([204, 404]).toContain(ended.status);
      expect([gone.status, gone.body.code]).toEqual([200, undefined]);
    }
  });

  it('is one of an import that is undone, unless it was changed since', async () => {
    const leads = [await aLead(), await aLead(), await aLead()];
    const known = await save(leads[0]!, {
      stage: 'won',
      amount: EUR(5000),
      externalId: 'CRM-U1',
      products: ['Router'],
    });
    const before = await numbers();
    const imported = { stage: 'won', amount: EUR(900) };
    const deals = [
      { externalId: 'CRM-U1', stage: 'lost', lostReason: 'price', products: ['Switch'] },
      { externalId: 'CRM-U2', email: leads[1]!.email, ...imported },
      { externalId: 'CRM-U3', email: leads[2]!.email, ...imported },
    ];
    const { body: done } = await owner.post('/api/v1/deals/upsert', { deals }).expect(200);
    expect(done).toMatchObject({ importId: expect.any(String), counts: { new: 2, changed: 1 } });
    const { body: none } = await owner.post('/api/v1/deals/upsert', { deals }).expect(200);
    expect(none.importId).toBeNull();
    const { body: past } = await owner.get('/api/v1/deal-imports').expect(200);
    expect(past.items[0]).toMatchObject({ id: done.importId, source: 'program', added: 2, changed: 1, undoneAt: null });
    const added = (await listed()).slice(0, 2);
    await owner.patch(`/api/v1/deals/${added[0]}`, { amount: EUR(950) }).expect(200);

    // Nothing can be undone of an import whose deals were all changed since, and it stays as it is.
    const one = [{ externalId: 'CRM-U3', products: ['Hub'] }];
    const { body: later } = await owner.post('/api/v1/deals/upsert', { deals: one }).expect(200);
    const changed = `/api/v1/deals/${later.rows[0].dealId}`;
    await owner.patch(changed, { products: ['Hub', 'Cable'] }).expect(200);
    const { body: nothing } = await owner.post(`/api/v1/deal-imports/${later.importId}/undo`, {}).expect(200);
    expect(nothing).toMatchObject({ withdrawn: 0, restored: 0, left: [{ reason: 'changed-since' }] });
    expect((await owner.get('/api/v1/deal-imports').expect(200)).body.items[0]).toMatchObject({ undoneAt: null });

    const undo = (body: object) => owner.post(`/api/v1/deal-imports/${done.importId}/undo`, body);
    const { body: preview } = await undo({ dryRun: true }).expect(200);
    expect(preview).toMatchObject({ withdrawn: 1, restored: 1, left: [{ dealId: added[0], reason: 'changed-since' }] });
    expect(await listed()).toEqual(expect.arrayContaining(added));
    expect((await undo({}).expect(200)).body).toEqual(preview);
    expect((await undo({}).expect(409)).body).toMatchObject({ code: 'deal-import.undone' });
    const { body: restored } = await owner.get(`/api/v1/deals/${known.id}`).expect(200);
    expect(restored).toMatchObject({ stage: 'won', amount: EUR(5000), products: ['Router'], closedOn: known.closedOn });
    expect(await listed()).not.toContain(added[1]);
    await withdraw(added[0]!).expect(200);
    const after = await numbers();
    expect({ ...after, firstResults: null }).toEqual({ ...before, firstResults: null });
    const again = await owner.get('/api/v1/deal-imports').expect(200);
    expect(again.body.items.find(({ id }: { id: string }) => id === done.importId)).toMatchObject({
      undoneBy: expect.any(String),
      undoneAt: expect.any(String),
    });
  });
}
