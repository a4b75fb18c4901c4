import { setTimeout } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { CostChoices, DealImportView, DealView, DisclosedDealPage, LeadView } from '#contracts';
import { DealShareEvents } from '../../libs/leads/src/deals/deal-share-events.service.js';
import type { Browser } from '../support/api.js';
import { sendForm } from '../support/leads.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

describe('deals that several requests change at the same moment', () => {
  let stage: TestProduct;
  let owner: Browser;
  let people = 0;

  beforeAll(async () => {
    stage = await openTestProduct();
    ({ owner } = stage.partner);
  });
  beforeEach(() => stage.toWorkingHours());
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => stage.close());

  const aLead = async (): Promise<LeadView> => {
    const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
    return sendForm(stage, owner, pagePath, { email: `racer${people++}@prospect.example` });
  };

  it('shows the vendor a partner that accepts while the deal is being shown to it', async () => {
    const other = await stage.aCompletePartner(undefined, { name: 'Kessler Systeme' });
    const lead = await aLead();
    const amount = { minorUnits: 60_000, currency: 'EUR' };
    const { id } = DealView.parse((await owner.patch(`/api/v1/leads/${lead.id}/deal`, { amount }).expect(200)).body);
    const { body: made } = await owner
      .post(`/api/v1/deals/${id}/shares`, { with: 'partner', role: 'influenced', name: 'Branch routers' })
      .expect(201);
    const events = stage.api.app.get(DealShareEvents, { strict: false });
    const joined = events.joined.bind(events);
    let [isAccepted, isCommitted, isShown] = [false, false, false];
    jest.spyOn(events, 'joined').mockImplementation(async (...known) => {
      isAccepted = true;
      await until(async () => isCommitted, 'the end of the invitation');
      await joined(...known);
    });
    const { invitation } = made as { invitation: string };
    const accepting = Promise.resolve(other.owner.post('/api/v1/deal-invitations/accept', { invitation }).expect(200));
    await until(async () => isAccepted, 'the invitation');
    const showing = Promise.resolve(
      owner.post(`/api/v1/deals/${id}/shares`, { with: 'vendor', name: 'Branch routers' }).expect(201),
    );
    const waiting = (): Promise<unknown[]> =>
      stage.api.asOwner(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%leads.deal_share%'`,
      );
    void showing.then(() => (isShown = true));
    await until(async () => isShown || (await waiting()).length > 0, 'the vendor’s share');
    isCommitted = true;
    await Promise.all([accepting, showing]);
    const { body } = await stage.vendor.editor.get('/api/v1/disclosed-deals').expect(200);
    expect(DisclosedDealPage.parse(body).items).toMatchObject([
      { name: 'Branch routers', participants: [{ name: 'Kessler Systeme', role: 'influenced' }] },
    ]);
  });

  it('imports deals of leads whose clicks are evaluated, in whatever order the file has them', async () => {
    const leads = [await aLead(), await aLead()].sort((a, b) => (a.contactId < b.contactId ? -1 : 1));
    const [first, second] = leads.map(({ id }) => id);
    // As the evaluation of clicks locks leads: in the order of their contacts.
    const evaluation = stage.api.asOwner(
      `DO $$ BEGIN
         PERFORM FROM leads.lead WHERE id = '${first}' FOR UPDATE;
         PERFORM pg_sleep(1.5);
         PERFORM FROM leads.lead WHERE id = '${second}' FOR UPDATE;
       END $$`,
    );
    await setTimeout(300);
    const deals = leads.toReversed().map(({ email }, at) => ({
      externalId: `RACE-${at}`,
      email,
      stage: 'won',
      amount: { minorUnits: 7000, currency: 'SEK' },
    }));
    const { body } = await owner.post('/api/v1/deals/upsert', { deals }).expect(200);
    expect(DealImportView.parse(body).counts).toMatchObject({ new: 2, refused: 0 });
    await evaluation;
    // Two deals are in Swedish crowns, and one is in euros.
    const choices = CostChoices.parse((await owner.get('/api/v1/costs/choices').expect(200)).body);
    expect(choices.currencies).toEqual(['SEK', 'EUR']);
  });
});
