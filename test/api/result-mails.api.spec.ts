import { TABLES_OF } from '#contracts';
import { ResultMails, WeeklySummaries } from '#insight';
import { OptOutLinks } from '#notifications';
import { ViewMails } from '#saved-views';
import type { Browser } from '../support/api.js';
import { sendForm } from '../support/leads.js';
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
    const { id } = await sendForm(stage, owner, new URL(body.pageUrl).pathname, { email: list.emails[0]! });
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

  describe('in a saved view', () => {
    interface File {
      readonly recipient: string;
      readonly subject: string;
      readonly unsubscribe_url: string;
      readonly attachment_name: string;
      readonly attachment_type: string;
      readonly attachment: Buffer;
    }
    const VIEW = { name: 'Our “year”', screen: '/results', query: 'period=year&sort=-sent', isShared: true };
    const MONDAY = { rhythm: 'weekly', day: 1, hour: 8, format: 'csv' } as const;
    const sendDue = () => stage.api.app.get(ViewMails, { strict: false }).sendDue();
    const files = async (): Promise<File[]> => {
      const posted = await stage.api.asOwner<Omit<File, 'attachment'> & { readonly attachment: Buffer | null }>(
        `DELETE FROM identity.system_mail
         RETURNING recipient, subject, unsubscribe_url, attachment_name, attachment_type, attachment`,
      );
      return posted.flatMap(({ attachment, ...mail }) => (attachment === null ? [] : [{ ...mail, attachment }]));
    };
    const oneClick = async ({ unsubscribe_url: address }: File) => {
      const { pathname, search } = new URL(address);
      await stage.api.http
        .post(pathname + search)
        .send('List-Unsubscribe=One-Click')
        .expect(200);
    };
    const saved = async (by: Browser, view: object): Promise<string> => {
      const { body } = await by.post('/api/v1/saved-views', view).expect(200);
      const { name } = view as { name: string };
      return body.items.find((one: { name: string }) => one.name === name).id;
    };
    let id: string;

    it('are the table of the screen: as CSV, and as PDF', async () => {
      id = await saved(owner, VIEW);
      const csv = await owner.get(`/api/v1/saved-views/${id}/file?format=csv`).buffer().expect(200);
      const { text } = csv;
      const { body } = await owner.get('/api/v1/insight?period=year').expect(200);
      const { title, clicked, numbers } = body.campaigns[0];
      const { leads, won, sent, delivered, clicks } = numbers;
      expect(text).toContain(
        `Campaign,${title},EUR,12400.50,,,${[leads, won, clicked, sent, delivered, clicks].join(',')}`,
      );
      const pdf = await owner.get(`/api/v1/saved-views/${id}/file?format=pdf`).buffer().expect(200);
      expect(pdf.headers['content-type']).toBe('application/pdf');
    });

    it('come at the hour of the person’s time zone, once, with a link that stops them', async () => {
      await files();
      await owner.put(`/api/v1/saved-views/${id}/mail`, MONDAY).expect(200);
      const { body } = await owner.get(`/api/v1/saved-views/${id}`).expect(200);
      const nextAt = new Date(body.mail.nextAt);
      stage.api.clock.advance(nextAt.getTime() - stage.api.clock.now().getTime() - 60_000);
      await sendDue();
      expect(await files()).toEqual([]);
      stage.api.clock.advance(61_000);
      await sendDue();
      await sendDue();
      const [file, ...more] = await files();
      expect(more).toEqual([]);
      expect(file).toMatchObject({ recipient: owner.email, attachment_name: 'Our year.csv' });
      expect(file!.subject).toContain('Our “year”');
      expect(file!.attachment.toString()).toContain('12400.50');
      const { body: log } = await owner.get('/api/v1/audit-entries?limit=20').expect(200);
      expect(log.items.map(({ action }: { action: string }) => action)).toEqual(
        expect.arrayContaining(['saved-view.created', 'saved-view.mail-set', 'saved-view.mailed']),
      );
      await oneClick(file!);
      await oneClick(file!);
      stage.api.clock.advance(7 * DAY_MS);
      await sendDue();
      expect(await files()).toEqual([]);
      expect((await owner.get(`/api/v1/saved-views/${id}`).expect(200)).body.mail).toBeNull();
    });

    it('stop alone by the link of their e-mail; its page has a link that stops all', async () => {
      const other = await saved(owner, { ...VIEW, name: 'Other' });
      for (const one of [id, other]) await owner.put(`/api/v1/saved-views/${one}/mail`, MONDAY).expect(200);
      stage.api.clock.advance(7 * DAY_MS);
      await sendDue();
      const both = await files();
      expect(both.map(({ attachment_name }) => attachment_name).sort()).toEqual(['Other.csv', 'Our year.csv']);
      const first = both.find(({ attachment_name }) => attachment_name === 'Our year.csv')!;
      const { pathname, search } = new URL(first.unsubscribe_url);
      const page = await stage.api.http.get(pathname + search).expect(200);
      expect(page.text).toContain('Our “year”');
      expect(page.text).toContain(`href="${pathname}"`);
      await oneClick(first);
      stage.api.clock.advance(7 * DAY_MS);
      await sendDue();
      expect((await files()).map(({ attachment_name }) => attachment_name)).toEqual(['Other.csv']);
      const { body: log } = await owner.get('/api/v1/audit-entries?limit=20').expect(200);
      expect(log.items.map(({ action }: { action: string }) => action)).toContain('saved-view.mail-ended');
      await stage.api.http.post(pathname).send('List-Unsubscribe=One-Click').expect(200);
      stage.api.clock.advance(7 * DAY_MS);
      await sendDue();
      expect(await files()).toEqual([]);
      // A new schedule begins with that view alone.
      await owner.put(`/api/v1/saved-views/${id}/mail`, MONDAY).expect(200);
      expect((await owner.get(`/api/v1/saved-views/${other}`).expect(200)).body.mail).toBeNull();
      await owner.delete(`/api/v1/saved-views/${id}/mail`).expect(204);
    });

    it('are not stopped by a link with the token of another kind of e-mail', async () => {
      const links = stage.api.app.get(OptOutLinks, { strict: false });
      const { body } = await owner.get('/api/v1/session').expect(200);
      const about = { organisationId: body.organisation.id, organisation: '', kind: 'leads' } as const;
      const { url } = links.settings({ id: body.user.id, locale: 'en' }, about, 'owner');
      await stage.api.http.post(`${new URL(url).pathname}?v=${id}`).expect(404);
    });

    it('come to a colleague as the colleague, until that person leaves', async () => {
      const viewer = await stage.api.signIn(stage.partner.id, 'viewer');
      await viewer.put(`/api/v1/saved-views/${id}/mail`, MONDAY).expect(200);
      await viewer.delete(`/api/v1/saved-views/${id}`).expect(403);
      const own = await saved(viewer, { ...VIEW, name: 'My own', isShared: false });
      await owner.get(`/api/v1/saved-views/${own}`).expect(404);
      stage.api.clock.advance(7 * DAY_MS);
      await sendDue();
      expect((await files()).map(({ recipient }) => recipient)).toEqual([viewer.email]);
      await stage.api.asOwner(
        `DELETE FROM identity.assignment WHERE user_id = (SELECT id FROM identity.user_account WHERE email = '${viewer.email}')`,
      );
      expect(await stage.api.asOwner(`SELECT 1 FROM saved_views.mail WHERE view_id = '${id}'`)).toEqual([]);
      expect(await stage.api.asOwner(`SELECT 1 FROM saved_views.view WHERE id = '${own}'`)).toEqual([]);
      stage.api.clock.advance(7 * DAY_MS);
      await sendDue();
      expect(await files()).toEqual([]);
    });

    it('of deals have amounts and stages, and no contacts', async () => {
      const deals = await saved(owner, { ...VIEW, name: 'Deals', screen: '/deals', query: 'stage=won' });
      await owner.put(`/api/v1/saved-views/${deals}/mail`, MONDAY).expect(200);
      const { text } = await owner.get(`/api/v1/saved-views/${deals}/file?format=csv`).buffer().expect(200);
      const { body } = await owner.get('/api/v1/deals').expect(200);
      // The cells of the table of deals, which an import reads.
      expect(text).toContain(`${body.items[0].campaignTitle},Won,12400.50,EUR,`);
      expect(text).not.toContain(body.items[0].name);
      expect(text).not.toContain('Company');
      await owner.get(`/api/v1/saved-views/${deals}/file?format=pdf`).buffer().expect(200);
      await owner.delete(`/api/v1/saved-views/${deals}`).expect(204);
    });

    it('of costs and returns are the tables of their screens, and no screen has another’s table', async () => {
      const today = stage.day(0);
      const cost = { description: 'Trade fair', amount: { minorUnits: 250_000, currency: 'EUR' }, from: today };
      await owner.post('/api/v1/costs', cost).expect(201);
      const costs = await saved(owner, { ...VIEW, name: 'Costs', screen: '/costs', query: '' });
      const listed = await owner.get(`/api/v1/saved-views/${costs}/file?format=csv`).buffer().expect(200);
      expect(listed.text).toContain(`Trade fair,,Without campaign,,${today},${today},2500.00,EUR`);
      const returns = `/api/v1/saved-views/${id}/file?format=csv&table=returns`;
      const { body } = await owner.get('/api/v1/insight/returns?period=year').expect(200);
      const { text } = await owner.get(returns).buffer().expect(200);
      expect(text.trim().split('\n')).toHaveLength((body.campaigns as unknown[]).length + 2);
      expect(text).toContain(',EUR,2500.00,');
      const monthly = { ...MONDAY, rhythm: 'monthly', table: 'returns' };
      await owner.put(`/api/v1/saved-views/${id}/mail`, monthly).expect(200);
      expect((await owner.get(`/api/v1/saved-views/${id}`).expect(200)).body).toMatchObject({
        tables: TABLES_OF['/results'],
        mail: { rhythm: 'monthly', table: 'returns' },
      });
      const wrong = await owner.put(`/api/v1/saved-views/${id}/mail`, { ...MONDAY, table: 'deals' }).expect(422);
      expect(wrong.body).toMatchObject({ code: 'saved-view.not-mailed' });
    });

    it('of a vendor have its results since the start, costs and the activity of partners', async () => {
      const vendor = stage.vendor.editor;
      const file = async (screen: string, query: string, rest = '') => {
        const one = await saved(vendor, { name: screen, screen, query, isShared: false });
        return (await vendor.get(`/api/v1/saved-views/${one}/file?format=csv${rest}`).buffer().expect(200)).text;
      };
      const { body } = await vendor.get('/api/v1/vendor-insight?period=start').expect(200);
      expect(new Date(body.from).getUTCDay()).toBe(1);
      expect(await file('/campaign-results', 'period=start')).toContain(body.campaigns[0].title);
      expect(await file('/campaign-results', '', '&table=returns')).toContain('Return on investment');
      expect(await file('/costs', '')).toContain('Description');
      const activity = await file('/partner-activity', 'step=invited&sort=-score');
      expect(activity).toContain('Engagement score');
      expect(activity.trim().split('\n')).toHaveLength(1);
      await vendor.get('/api/v1/vendor-insight?period=year&from=2026-01-01').expect(422);
    });

    it('are not saved with an address that the screen does not know', async () => {
      for (const [query, code] of [
        ['period=forever', 'saved-view.query-choice'],
        ['from=2026-11-02&to=2026-11-01', 'saved-view.query-days'],
        ['prd=year', 'saved-view.query-parameter'],
        ['from=soon', 'saved-view.query-form'],
        ['sort=-amountsInMinorUnits', 'saved-view.query-choice'],
      ]) {
        const { body } = await owner.post('/api/v1/saved-views', { ...VIEW, name: 'Nonsense', query }).expect(422);
        expect(body).toMatchObject({ code, field: 'query' });
      }
      const { body } = await owner.get('/api/v1/saved-views').expect(200);
      expect(body.items.map(({ name }: { name: string }) => name)).not.toContain('Nonsense');
    });

    it('that hold nonsense from before end with an e-mail that says why', async () => {
      const old = await saved(owner, { ...VIEW, name: 'Old' });
      await owner.put(`/api/v1/saved-views/${old}/mail`, MONDAY).expect(200);
      await stage.api.asOwner(
        `UPDATE saved_views.view SET query = 'from=2026-11-02&to=2026-11-01' WHERE id = '${old}'`,
      );
      await stage.api.asOwner('DELETE FROM identity.system_mail');
      stage.api.clock.advance(7 * DAY_MS);
      await sendDue();
      await sendDue();
      const letters = await stage.api.asOwner<{ recipient: string; subject: string; text: string }>(
        `SELECT recipient, subject, body_text AS text FROM identity.system_mail WHERE subject LIKE '%Old%'`,
      );
      expect(letters).toEqual([
        {
          recipient: owner.email,
          subject: '“Old” is not sent any more',
          text: expect.stringContaining('before it begins'),
        },
      ]);
      expect((await owner.get(`/api/v1/saved-views/${old}`).expect(200)).body.mail).toBeNull();
      const { body: log } = await owner.get('/api/v1/audit-entries?limit=20').expect(200);
      const ended = log.items.find(({ action }: { action: string }) => action === 'saved-view.mail-ended');
      expect(ended.details).toMatchObject({ name: 'Old', queryFault: 'days' });
      expect(ended.details).not.toHaveProperty('reason');
      const again = await owner.put(`/api/v1/saved-views/${old}/mail`, MONDAY).expect(422);
      expect(again.body).toMatchObject({ code: 'saved-view.query-days', field: 'query' });
      await owner.get(`/api/v1/saved-views/${old}/file?format=csv`).expect(422);
      await owner.delete(`/api/v1/saved-views/${old}`).expect(204);
    });

    it('are not saved of a screen of the other side', async () => {
      const other = await owner.post('/api/v1/saved-views', { ...VIEW, screen: '/campaign-results' }).expect(422);
      expect(other.body.code).toBe('saved-view.screen');
    });
  });
});
