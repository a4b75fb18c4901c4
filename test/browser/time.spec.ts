import { until } from '../support/until.js';
import { Portal, type Visitor } from './portal.js';

describe('whoever tries the product', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  const shownTime = async ({ page }: Visitor): Promise<number> =>
    Date.parse((await page.locator('time').getAttribute('datetime')) ?? '');
  const mails = async (): Promise<number> => (await portal.standalone.mailbox.overview()).length;

  it('moves time by a button of its page, and sees the next e-mail of a campaign go out', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.press(olivia.link('Review Zero trust at the edge'));
    await olivia.page.getByText('50 of 60 contacts will get it').waitFor();
    await olivia.press(olivia.button('Launch'));
    await olivia.page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    await olivia.leave();

    const anybody = await portal.visit('/time');
    const before = await shownTime(anybody);
    await anybody.press(anybody.button('+ 1 hour'));
    await until(async () => (await shownTime(anybody)) >= before + 3_600_000);
    const later = await shownTime(anybody);
    // Whatever the hour is: some recipients' next e-mail is always ahead.
    const sent = await mails();
    await anybody.press(anybody.button('To the next e-mail'));
    await until(async () => (await shownTime(anybody)) > later);
    await until(async () => (await mails()) > sent);
    await anybody.page.getByText(/E-mails are sent in the campaign’s working hours/).waitFor();
    await anybody.leave();
  });

  it('moves time to a moment by the API, and never back', async () => {
    const move = async (body: object): Promise<{ status: number; now?: string }> => {
      const answer = await fetch(`${portal.standalone.url}/api/v1/clock/advance`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: answer.status, ...((await answer.json()) as object) };
    };
    const goal = (await portal.standalone.now()).getTime() + 5 * 60_000;
    const reached = await move({ to: new Date(goal).toISOString() });
    expect([reached.status, Date.parse(reached.now ?? '') >= goal]).toEqual([200, true]);
    const again = await move({ to: '2020-01-01T00:00:00Z' });
    expect([again.status, Date.parse(again.now ?? '') >= goal]).toEqual([200, true]);
    for (const wrong of [{}, { to: 'tomorrow' }, { to: new Date(goal).toISOString(), days: 1 }, { days: -1 }])
      expect({ wrong, status: (await move(wrong)).status }).toEqual({ wrong, status: 422 });
  });

  it('is told by a page of another site that nothing was moved', async () => {
    const { url } = portal.standalone;
    const answer = await fetch(`${url}/time`, {
      method: 'POST',
      headers: { origin: 'null', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'days=1',
    });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('The clock was not changed')]);
  });
});
