import { setTimeout } from 'node:timers/promises';
import {
  DealHistory,
  DealShareList,
  DisclosedDealPage,
  type DisclosedDealView,
  NotificationPage,
  PartnerInsight,
  SharedDealPage,
} from '#contracts';
import { Database } from '#database';
import type { PartnerActor, VendorActor } from '#kernel';
import type { Browser } from '../../support/api.js';
import { owner, stage } from '../../support/suite-product.js';
import { until } from '../../support/until.js';
import { aLead, EUR, save } from './deals.js';

const PERSON = { userId: null, apiKeyId: null, name: 'Test user', role: 'owner' } as const;

/** Whom it is shown to. */
export function sharingCases(): void {
  it('is seen by its vendor once its partner shows it, as it is now, without the contact, until that is taken back', async () => {
    const lead = await aLead();
    const { id } = await save(lead, { amount: EUR(90_000) });
    const seen = async (): Promise<DisclosedDealView[]> =>
      DisclosedDealPage.parse((await stage.vendor.editor.get('/api/v1/disclosed-deals').expect(200)).body).items;
    expect(await seen()).toEqual([]);
    const show = () => owner.post(`/api/v1/deals/${id}/shares`, { with: 'vendor', name: 'Branch routers' });
    const { body: share } = await show().expect(201);
    expect((await show().expect(409)).body).toMatchObject({ code: 'deal-share.exists' });
    await save(lead, { stage: 'won', amount: EUR(95_000) });
    const [shown] = await seen();
    expect(shown).toMatchObject({ name: 'Branch routers', stage: 'won', amount: EUR(95_000), role: 'sourced' });
    expect(JSON.stringify(shown)).not.toMatch(/Vera|Buyer|Prospects|@/);
    await owner.post(`/api/v1/deal-shares/${share.id}/revoke`).expect(204);
    expect(await seen()).toEqual([]);
    const copies = await stage.api.asOwner('SELECT name, stage, amount_minor FROM leads.deal_share WHERE id = $1', [
      share.id,
    ]);
    expect(copies).toEqual([{ name: '', stage: null, amount_minor: null }]);
  });

  it('is shown as a change at the same moment leaves it', async () => {
    const { id } = await save(await aLead(), { amount: EUR(90_000) });
    const change = stage.api.asOwner(
      `WITH changed AS MATERIALIZED (UPDATE leads.deal SET amount_minor = 70000 WHERE id = $1 RETURNING 1)
       SELECT pg_sleep(0.6) FROM changed`,
      [id],
    );
    await setTimeout(200);
    const { body: share } = await owner
      .post(`/api/v1/deals/${id}/shares`, { with: 'vendor', name: 'Branch routers' })
      .expect(201);
    await change;
    expect(
      await stage.api.asOwner('SELECT amount_minor::int AS amount FROM leads.deal_share WHERE id = $1', [share.id]),
    ).toEqual([{ amount: 70_000 }]);
    await owner.post(`/api/v1/deal-shares/${share.id}/revoke`).expect(204);
  });

  it('has partners that took part by role, each of which sees it, and counts once for the vendor', async () => {
    const other = await stage.aCompletePartner(undefined, { name: 'Kessler Systeme' });
    const lead = await aLead();
    const { id } = await save(lead, { stage: 'won', amount: EUR(60_000) });
    const { body: made } = await owner
      .post(`/api/v1/deals/${id}/shares`, { with: 'partner', role: 'sourced', name: 'Branch routers' })
      .expect(201);
    const accept = (by: Browser) => by.post('/api/v1/deal-invitations/accept', { invitation: made.invitation });
    expect((await accept(owner).expect(409)).body).toMatchObject({ code: 'deal-invitation.own' });
    await accept(other.owner).expect(200);
    await accept(other.owner).expect(404);
    await owner.post(`/api/v1/deals/${id}/shares`, { with: 'vendor', name: 'Branch routers' }).expect(201);

    const { body: theirs } = await other.owner.get('/api/v1/shared-deals').expect(200);
    expect(SharedDealPage.parse(theirs).items).toMatchObject([
      { role: 'sourced', partnerName: 'Brightwater IT', name: 'Branch routers', stage: 'won', amount: EUR(60_000) },
    ]);
    expect(JSON.stringify(theirs)).not.toMatch(/Vera|Buyer|Prospects|@/);
    await other.owner.get(`/api/v1/deals/${id}`).expect(404);
    expect((await owner.get(`/api/v1/deals/${id}`).expect(200)).body).toMatchObject({ role: 'fulfilled' });
    const { body: seen } = await stage.vendor.editor.get('/api/v1/disclosed-deals').expect(200);
    expect(DisclosedDealPage.parse(seen).items).toMatchObject([
      { role: 'fulfilled', participants: [{ name: 'Kessler Systeme', role: 'sourced' }] },
    ]);
    const { text: forVendor } = await stage.vendor.editor.get('/api/v1/disclosed-deals/list.csv').expect(200);
    expect(forVendor).toMatch(
      /,Branch routers,.*,Brightwater IT,fulfilled,Kessler Systeme \(sourced\),won,600\.00,EUR,/m,
    );
    const { text: forOther } = await other.owner.get('/api/v1/shared-deals/list.csv?language=de').expect(200);
    expect(forOther).toMatch(/;Branch routers;Brightwater IT;.*;Gewonnen;600,00;EUR;/m);
    for (const file of [forVendor, forOther]) expect(file).not.toMatch(/Vera|Buyer|Prospects|@/);

    // It is in the totals of its own partner alone.
    const { body: results } = await other.owner.get('/api/v1/insight').expect(200);
    expect(PartnerInsight.parse(results).money.won).toEqual([]);
    const { items } = DealShareList.parse((await owner.get(`/api/v1/deals/${id}/shares`).expect(200)).body);
    await other.owner.post(`/api/v1/deal-shares/${items[0]?.id}/revoke`).expect(204);
    expect((await other.owner.get('/api/v1/shared-deals').expect(200)).body.items).toEqual([]);
    expect((await owner.get(`/api/v1/deals/${id}`).expect(200)).body).toMatchObject({ role: 'sourced' });
    // People of the other partner are not named.
    const { shares } = DealHistory.parse((await owner.get(`/api/v1/deals/${id}/history`).expect(200)).body);
    expect(shares.map(({ kind, role, by }) => [kind, role, by])).toEqual([
      ['invited', 'sourced', 'owner person'],
      ['joined', 'sourced', 'Kessler Systeme'],
      ['shown', null, 'owner person'],
      ['ended', 'sourced', 'Kessler Systeme'],
    ]);
  });

  it('tells the vendor and each partner when it is shared and when that ends, in the portal, by e-mail and webhook', async () => {
    const other = await stage.aCompletePartner(undefined, { name: 'Aurora Netze' });
    // Owners are mailed while the vendor has chosen nobody.
    await stage.api.signIn(stage.vendor.vendorId, 'owner');
    const { id } = await save(await aLead(), { amount: EUR(30_000) });
    const share = async (wish: object) => (await owner.post(`/api/v1/deals/${id}/shares`, wish).expect(201)).body;
    const shown = await share({ with: 'vendor', name: 'Branch routers' });
    const invited = await share({ with: 'partner', role: 'influenced', name: 'Branch routers' });
    expect(Object.keys(shown).sort()).toEqual(Object.keys(invited).sort());
    expect(shown).not.toHaveProperty('vendorId');
    await other.owner.post('/api/v1/deal-invitations/accept', { invitation: invited.invitation }).expect(200);
    await owner.post(`/api/v1/deal-shares/${shown.id}/revoke`).expect(204);
    await other.owner.post(`/api/v1/deal-shares/${invited.id}/revoke`).expect(204);

    const events = await stage.api.asOwner<{ audience: string; organisation_id: string; type: string; data: unknown }>(
      `SELECT audience, organisation_id, type, data FROM webhooks.event WHERE type LIKE 'deal.share%' AND data ->> 'shareId' = ANY ($1) ORDER BY position`,
      [[shown.id, invited.id]],
    );
    const toldOf = (organisationId: string) =>
      events.filter((event) => event.organisation_id === organisationId).map(({ type, data }) => [type, data]);
    const partnerId = stage.partner.id;
    const asVendor = { shareId: shown.id, partnerId, role: null };
    const asPartner = { shareId: invited.id, partnerId, role: 'influenced' };
    // The vendor saw who took part while it saw the deal.
    expect(toldOf(stage.vendor.vendorId)).toEqual([
      ['deal.shared', asVendor],
      ['deal.shared', asPartner],
      ['deal.share-revoked', asVendor],
    ]);
    expect(toldOf(other.id)).toEqual([
      ['deal.shared', asPartner],
      ['deal.share-revoked', asPartner],
    ]);
    expect(toldOf(partnerId)).toHaveLength(4);

    // Told again while both shares hold, so that there is somebody to tell.
    await share({ with: 'vendor', name: 'Branch routers' });
    const again = await share({ with: 'partner', role: 'influenced', name: 'Branch routers' });
    await other.owner.post('/api/v1/deal-invitations/accept', { invitation: again.invitation }).expect(200);
    const bell = async (by: Browser, event: string): Promise<number> => {
      const { body } = await by.get('/api/v1/notifications').expect(200);
      return NotificationPage.parse(body).items.filter((item) => item.event === event).length;
    };
    await until(async () => (await bell(other.owner, 'deal-joined')) > 0, 'the participant');
    await until(async () => (await bell(owner, 'deal-accepted')) > 0, 'the partner of the deal');
    await until(async () => (await bell(stage.vendor.editor, 'deal-shared')) > 0, 'the vendor');
    const letters = () =>
      stage.mails.mails.filter(({ subject }) => /shows you a deal|shared a deal|part in your deal/.test(subject ?? ''));
    const expected = [
      'Aurora Netze takes part in your deal',
      'Brightwater IT has shared a deal with you',
      'Brightwater IT shows you a deal',
    ];
    // Other tests of this product share deals, too.
    const subjects = () => new Set(letters().map(({ subject }) => subject));
    await until(() => expected.every((one) => subjects().has(one)), 'the e-mails');
    for (const { text } of letters()) expect(text).not.toMatch(/Branch routers|30,000|300\.00/);
  });

  it('is seen by a partner that took part while that one is in the programme, in the database, too', async () => {
    const other = await stage.aCompletePartner(undefined, { name: 'Harbour Systems' });
    const { id } = await save(await aLead(), { amount: EUR(40_000) });
    const { body: made } = await owner
      .post(`/api/v1/deals/${id}/shares`, { with: 'partner', role: 'influenced', name: 'Branch routers' })
      .expect(201);
    await other.owner.post('/api/v1/deal-invitations/accept', { invitation: made.invitation }).expect(200);
    const database = stage.api.app.get(Database, { strict: false });
    const actor: PartnerActor = { kind: 'partner', partnerId: other.id, ...PERSON };
    const seen = async (): Promise<readonly [number, number]> => [
      (await other.owner.get('/api/v1/shared-deals').expect(200)).body.items.length as number,
      (await database.inTransaction(actor, () => database.query('SELECT id FROM leads.deal_share'))).length,
    ];
    expect(await seen()).toEqual([1, 1]);
    await stage.vendor.editor.post(`/api/v1/partners/${other.id}/end`, { reason: 'The contract is over.' }).expect(200);
    expect(await seen()).toEqual([0, 0]);
    await other.owner.post(`/api/v1/deal-shares/${made.id}/revoke`).expect(404);
    // Its partner still sees who took part, and the copy follows the deal.
    expect((await owner.get(`/api/v1/deals/${id}/shares`).expect(200)).body.items).toHaveLength(1);
    await stage.vendor.editor.post(`/api/v1/partners/${other.id}/reinstate`).expect(200);
    expect(await seen()).toEqual([1, 1]);
    await other.owner.post(`/api/v1/deal-shares/${made.id}/revoke`).expect(204);
    const [copy] = await stage.api.asOwner('SELECT name, stage, amount_minor FROM leads.deal_share WHERE id = $1', [
      made.id,
    ]);
    expect(copy).toEqual({ name: '', stage: null, amount_minor: null });
  });

  it('is seen by its vendor while its partner is in the programme, and who took part while that one is', async () => {
    const seller = await stage.aCompletePartner(undefined, { name: 'Lakeside Networks' });
    const helper = await stage.aCompletePartner(undefined, { name: 'Summit Cabling' });
    const { pagePath } = await stage.running(seller.owner, { startAt: stage.inDays(1) });
    const form = { email: 'lake@prospect.example', firstName: 'L', lastName: 'B', company: 'Lake Ltd', consent: 'yes' };
    await stage.api.http.post(`${pagePath}/form`).type('form').send(form).expect(200);
    const [lead] = (await seller.owner.get('/api/v1/leads?limit=1').expect(200)).body.items as { id: string }[];
    const { body: deal } = await seller.owner
      .patch(`/api/v1/leads/${lead?.id}/deal`, { amount: EUR(40_000) })
      .expect(200);
    const shares = `/api/v1/deals/${deal.id}/shares`;
    const { body: made } = await seller.owner
      .post(shares, { with: 'partner', role: 'influenced', name: 'Lake' })
      .expect(201);
    await helper.owner.post('/api/v1/deal-invitations/accept', { invitation: made.invitation }).expect(200);
    const { body: open } = await seller.owner
      .post(shares, { with: 'partner', role: 'fulfilled', name: 'Lake' })
      .expect(201);
    await seller.owner.post(shares, { with: 'vendor', name: 'Lake' }).expect(201);

    const { vendorId, editor } = stage.vendor;
    const database = stage.api.app.get(Database, { strict: false });
    const actor = { kind: 'vendor', vendorId, ...PERSON } as VendorActor;
    /** The partners that took part, of the deal on the screen; null: there is no deal. Rows of it in the database. */
    const seen = async (): Promise<readonly [readonly string[] | null, number]> => {
      const { items } = DisclosedDealPage.parse(
        (await editor.get('/api/v1/disclosed-deals?limit=200').expect(200)).body,
      );
      const shown = items.find(({ name }) => name === 'Lake');
      const rows = await database.inTransaction(actor, () =>
        database.query('SELECT id FROM leads.deal_share WHERE deal_id = $1', [deal.id]),
      );
      return [shown?.participants.map(({ name }) => name) ?? null, rows.length];
    };
    const end = (id: string) =>
      editor.post(`/api/v1/partners/${id}/end`, { reason: 'The contract is over.' }).expect(200);
    const reinstate = (id: string) => editor.post(`/api/v1/partners/${id}/reinstate`).expect(200);
    expect(await seen()).toEqual([['Summit Cabling'], 2]);
    // The participant has no channel manager: the manager of the deal's partner still sees its part.
    const vendorOwner = await stage.api.signIn(vendorId, 'owner');
    const manager = await stage.api.signIn(vendorId, 'channel-manager');
    const managerId = (await manager.get('/api/v1/session').expect(200)).body.user.id as string;
    await vendorOwner.post('/api/v1/channel-managers/assignments', { managerId, partnerIds: [seller.id] }).expect(200);
    const shownTo = async (by: Browser) =>
      DisclosedDealPage.parse((await by.get('/api/v1/disclosed-deals?limit=200').expect(200)).body).items;
    expect((await shownTo(manager)).map(({ name, participants }) => [name, participants.length])).toEqual([
      ['Lake', 1],
    ]);
    await end(helper.id);
    expect(await seen()).toEqual([[], 1]);
    expect((await shownTo(manager))[0]?.participants).toEqual([]);
    await reinstate(helper.id);
    expect(await seen()).toEqual([['Summit Cabling'], 2]);
    await end(seller.id);
    expect(await seen()).toEqual([null, 0]);
    // It still sees what it has shared, and shares nothing new.
    expect((await seller.owner.get(shares).expect(200)).body.items).toHaveLength(3);
    const { body: refused } = await seller.owner
      .post(shares, { with: 'partner', role: 'fulfilled', name: 'Lake' })
      .expect(409);
    expect(refused).toMatchObject({ code: 'deal-share.programme' });
    const accept = () => helper.owner.post('/api/v1/deal-invitations/accept', { invitation: open.invitation });
    expect((await accept().expect(409)).body).toMatchObject({ code: 'deal-invitation.owner-left' });
    await reinstate(seller.id);
    expect(await seen()).toEqual([['Summit Cabling'], 2]);

    const isInProgramme = async (): Promise<boolean> =>
      DealShareList.parse((await seller.owner.get(shares).expect(200)).body).isInProgramme;
    expect(await isInProgramme()).toBe(true);
    await end(seller.id);
    expect(await isInProgramme()).toBe(false);
  });
}
