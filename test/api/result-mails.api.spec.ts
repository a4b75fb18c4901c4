import { ResultMails, WeeklySummaries } from '#insight';
import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

interface Letter {
  readonly recipient: string;
  readonly subject: string;
  readonly body_text: string;
}

const DAY_MS = 86_400_000;

describe('results of a partner', () => {
  let stage: TestProduct;
  let owner: Browser;
  let path: string;
  let activationId: string;
  let start: string;

  /** Two contacts, one e-mail each; one is a lead that is won. */
  beforeAll(async () => {
    stage = await openTestProduct();
    stage.toWorkingHours();
    owner = stage.partner.owner;
    start = stage.day(0);
    const list = await stage.aList(owner, [{}, {}]);
    const { body } = await stage.launch(owner, { versionId: stage.campaign.versionId, listId: list.id }).expect(201);
    activationId = body.id;
    path = `/api/v1/activations/${activationId}`;
    for (const email of list.emails) await stage.mailTo(email);
    await until(async () => (await owner.get(path)).body.steps[0]?.sent === 2, 'the records');
    const form = { email: list.emails[0], firstName: 'V', lastName: 'V', company: 'C', consent: 'yes' };
    await stage.api.http
      .post(`${new URL(body.pageUrl).pathname}/form`)
      .type('form')
      .send(form)
      .expect(200);
    const { id } = (await owner.get('/api/v1/leads?limit=1').expect(200)).body.items[0];
    await owner.patch(`/api/v1/leads/${id}`, { status: 'accepted' }).expect(200);
    const amount = { minorUnits: 1_240_050, currency: 'EUR' };
    await owner.patch(`/api/v1/leads/${id}`, { status: 'won', amount }).expect(200);
  }, 120_000);
  afterAll(() => stage.close());

  const AMOUNTS = [{ minorUnits: 1_240_050, currency: 'EUR' }];
  const summaries = () => stage.api.app.get(WeeklySummaries, { strict: false });
  const mails = () => stage.api.app.get(ResultMails, { strict: false });
  const letters = async (): Promise<Letter[]> =>
    (
      await stage.api.asOwner<Letter>('DELETE FROM identity.system_mail RETURNING recipient, subject, body_text')
    ).filter(({ subject }) => /^(Finished|Your week)/.test(subject));
  const toMonday = (): void => {
    stage.api.clock.advance(DAY_MS);
    while (stage.api.clock.now().getUTCDay() !== 1) stage.api.clock.advance(DAY_MS);
  };
  const numberIn = (text: string, label: string): number =>
    Number(new RegExp(`^${label}: (\\d+)$`, 'm').exec(text)?.[1]);

  it('have won amounts by currency, in the total and per campaign, on the day of the win', async () => {
    const { body } = await owner.get('/api/v1/insight').expect(200);
    expect(body).toMatchObject({ interval: 'day', amounts: AMOUNTS, campaigns: [{ amounts: AMOUNTS }] });
    const { campaignId } = body.campaigns[0];
    const ofCampaign = await owner.get(`/api/v1/insight/campaigns/${campaignId}`).expect(200);
    expect(ofCampaign.body.amounts).toEqual(AMOUNTS);
    const before = await owner.get('/api/v1/insight?from=2020-01-01&to=2020-01-31').expect(200);
    expect(before.body.amounts).toEqual([]);
    const ofActivation = await owner.get(`/api/v1/insight/activations/${activationId}`).expect(200);
    expect(ofActivation.body).toMatchObject({ campaignId, numbers: ofCampaign.body.numbers, amounts: AMOUNTS });
  });

  it('of a period by its name end today, “since the start” begins on the day of the first launch', async () => {
    const from = async (period: string): Promise<string> =>
      (await owner.get(`/api/v1/insight?period=${period}`).expect(200)).body.from;
    const today = stage.api.clock.now().getTime();
    expect(await from('start')).toBe(start);
    expect(await from('12-weeks')).toBe(new Date(today - 83 * DAY_MS).toISOString().slice(0, 10));
    expect(await from('year')).toBe(`${new Date(today).getUTCFullYear()}-01-01`);
    const { body } = await owner.get('/api/v1/insight?period=year&from=2026-01-01').expect(422);
    expect(body.problems?.[0]?.field ?? body.field).toBe('period');
  });

  it('of a week come on its Monday with the numbers of the screen, once, and not if nothing happened', async () => {
    await letters();
    toMonday();
    await summaries().sendDue();
    const [letter, ...more] = await letters();
    expect(more).toEqual([]);
    const query = /\/results\?(\S+)/.exec(letter!.body_text)![1]!;
    const { body } = await owner.get(`/api/v1/insight?${query}`).expect(200);
    expect(body.from <= start && start <= body.to).toBe(true);
    expect(numberIn(letter!.body_text, 'E-mails sent')).toBe(body.numbers.sent);
    expect(numberIn(letter!.body_text, 'Leads')).toBe(body.numbers.leads);
    expect(letter!.body_text).toContain('12,400.50');
    await summaries().sendDue();
    expect(await letters()).toEqual([]);
  });

  it('of a finished campaign come a day later, with the numbers of its page', async () => {
    await owner.post(`${path}/stop`).expect(200);
    // As if all contacts had come to the end.
    await stage.api.asOwner(`UPDATE activations.activation SET status = 'completed' WHERE id = '${activationId}'`);
    await mails().tellOfFinished();
    expect(await letters()).toEqual([]);
    stage.api.clock.advance(DAY_MS + 60_000);
    await mails().tellOfFinished();
    const [letter, ...more] = await letters();
    expect(more).toEqual([]);
    const { body } = await owner.get(`/api/v1/insight/activations/${activationId}`).expect(200);
    expect(numberIn(letter!.body_text, 'E-mails sent')).toBe(body.numbers.sent);
    expect(letter!.body_text).toContain(`/activations/${activationId}`);
    await mails().tellOfFinished();
    expect(await letters()).toEqual([]);
  });

  it('do not come to a person who turned them off', async () => {
    await owner.patch('/api/v1/account/notifications', { items: [{ kind: 'weekly', delivery: 'none' }] }).expect(200);
    await stage.api.asOwner('DELETE FROM notifications.digest');
    toMonday();
    await summaries().sendDue();
    expect((await letters()).map(({ recipient }) => recipient)).not.toContain(owner.email);
  });
});
