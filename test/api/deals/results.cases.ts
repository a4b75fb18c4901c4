import {
  AttributionReport,
  AttributionTable,
  DealAttribution,
  DealListSums,
  PartnerInsight,
  PartnerReturns,
} from '#contracts';
import { Rollups } from '#insight';
import { newId } from '#kernel';
import { owner, stage } from '../../support/suite-product.js';
import { aLead, attribution, EUR, insight, save, wonOf } from './deals.js';

/** What it adds to the numbers of both sides. */
export function resultsCases(): void {
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

  it('is behind each figure of results: the list of the same period, stage and campaign adds up to it', async () => {
    const lead = await aLead();
    const { id } = await save(lead, { stage: 'won', amount: EUR(77_777), closedOn: stage.day(-5) });
    await owner.post(`/api/v1/deals/${id}/refunds`, { minorUnits: 777 }).expect(200);
    await save(await aLead(), { amount: { minorUnits: 5000, currency: 'JPY' } });
    await save(await aLead(), { stage: 'lost', amount: EUR(321), closedOn: stage.day(-6) });
    await save(await aLead(), { stage: 'won', closedOn: stage.day(-6) });
    // Of a contact without a lead: of no campaign.
    const { email } = lead;
    const deals = [{ externalId: 'CRM-none', email, stage: 'won', amount: EUR(111), closedOn: stage.day(-5) }];
    await owner.post('/api/v1/deals/upsert', { deals }).expect(200);
    const listed = async (query: string) =>
      DealListSums.parse((await owner.get(`/api/v1/deals/sums?${query}`).expect(200)).body);
    const window = { from: stage.day(-6), to: stage.day(-4) };
    const days = new URLSearchParams(window).toString();
    const closed = new URLSearchParams({ closedFrom: window.from, closedTo: window.to }).toString();
    const own = PartnerInsight.parse((await owner.get(`/api/v1/insight?${days}`).expect(200)).body);
    const { money, campaigns } = own;
    const sorted = (amounts: DealListSums['amounts']) =>
      amounts
        .filter(({ minorUnits }) => minorUnits !== 0)
        .toSorted((one, other) => (one.currency < other.currency ? -1 : 1));
    const agrees = async (figure: typeof money, query = ''): Promise<void> => {
      for (const [state, count, filter] of [
        ['won', figure.wonDeals, `stage=won&${closed}`],
        ['open', figure.openDeals, 'stage=open'],
        ['lost', figure.lostDeals, `stage=lost&${closed}`],
      ] as const) {
        const { deals: number, amounts } = await listed(`${filter}${query}`);
        expect([state, number, sorted(amounts)]).toEqual([state, count, sorted(figure[state])]);
      }
    };
    expect(wonOf(own)).toBeGreaterThanOrEqual(77_111);
    await agrees(money);
    for (const { campaignId, money: part } of campaigns) await agrees(part, `&campaignId=${campaignId}`);
    const { body } = await owner.get(`/api/v1/insight/returns?${days}`).expect(200);
    const returned = PartnerReturns.parse(body);
    expect(returned.campaigns.map(({ campaignId }) => campaignId)).toContain(null);
    for (const { campaignId, won, open } of [...returned.campaigns, { campaignId: undefined, ...returned.total }]) {
      const of = campaignId === undefined ? '' : `&campaignId=${campaignId ?? 'none'}`;
      expect(sorted((await listed(`stage=won&${closed}${of}`)).amounts)).toEqual(sorted(won));
      expect(sorted((await listed(`stage=open${of}`)).amounts)).toEqual(sorted(open));
    }
    expect((await listed('q=no-such-deal')).deals).toBe(0);
    await owner.get('/api/v1/deals/sums?sort=amount').expect(422);
  });

  it('changes no report that was kept before: a refund, a late touch and a changed verdict are rows of their own', async () => {
    const lead = await aLead();
    const { id } = await save(lead, { stage: 'won', amount: EUR(50_000) });
    const { from, to } = await attribution();
    const { body } = await owner.post('/api/v1/insight/attribution-reports', { from, to }).expect(201);
    const kept = AttributionReport.parse(body);
    // It names what it stands on, on each row of its file, too.
    const { dealEventAt, dealEventId, interactionAt, interactionId } = kept.table.position;
    for (const at of [dealEventAt, interactionAt]) expect(Date.parse(at ?? '')).not.toBeNaN();
    const { text } = await owner.get(`/api/v1/insight/attribution-reports/${kept.id}/table.csv`).expect(200);
    const rows = text.trim().split('\r\n').slice(1);
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows)
      expect(row.split(',')).toEqual(
        expect.arrayContaining([
          kept.at,
          String(kept.table.modelsVersion),
          dealEventAt,
          dealEventId,
          interactionAt,
          interactionId,
        ]),
      );
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
}
