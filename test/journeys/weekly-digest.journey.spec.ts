import { rmSync } from 'node:fs';
import { NotificationPage, NotificationSettings } from '#contracts';
import { DAY_MS } from '#kernel';
import { newDataFolder } from '../support/data-folder.mjs';
import { until } from '../support/until.js';
import { mondayMorning } from './calendar.js';
import { Person } from './person.js';
import { freePorts, Standalone } from './standalone.js';

const OLIVIA = 'olivia@brightwater.example';
const PASSWORD = 'northwind demo';

describe('a weekly summary, over the shipped process and its mailbox', () => {
  const data = newDataFolder('digest');
  let standalone: Standalone;

  beforeAll(async () => {
    standalone = await Standalone.start(data, await freePorts());
  }, 180_000);
  afterAll(async () => {
    await standalone.server.end('SIGINT');
    rmSync(data, { recursive: true, force: true });
  });

  const weekly = async (): Promise<number> =>
    (await standalone.mailbox.overview()).filter(
      ({ to, subject }) => to === OLIVIA && subject.startsWith('Your week at'),
    ).length;

  it('brings new campaigns on Monday instead of at once, and ends by one click without a sign-in', async () => {
    const olivia = await Person.signIn(standalone.url, OLIVIA, PASSWORD);
    const items = [
      { kind: 'campaigns', delivery: 'weekly' },
      { kind: 'weekly', delivery: 'weekly' },
    ];
    await olivia.call('account/notifications', NotificationSettings, { method: 'PATCH', json: { items } });
    const isListed = async (): Promise<boolean> => {
      const { items: found } = await olivia.call('notifications', NotificationPage);
      return found.some(({ event }) => event === 'campaign-published');
    };
    await until(isListed, 'the new campaigns in the portal', 120_000);
    expect(await weekly()).toBe(0);
    const monday = mondayMorning(await standalone.now());
    await standalone.reach(monday);
    await until(async () => (await weekly()) === 1, 'the weekly summary', 120_000);
    const mail = (await standalone.mailbox.mailsTo(OLIVIA)).find(({ subject }) => subject.startsWith('Your week at'));
    expect(mail?.text).toContain('News: New campaign from ');
    expect(
      (await standalone.mailbox.overview()).filter(
        ({ to, subject }) => to === OLIVIA && subject.startsWith('New campaign'),
      ),
    ).toEqual([]);
    expect(mail?.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const [, link = ''] = /<([^>]+)>/.exec(mail?.header('list-unsubscribe') ?? '') ?? [];
    const answer = await fetch(link, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(answer.status).toBe(200);
    const { items: after } = await olivia.call('account/notifications', NotificationSettings);
    expect(after.find(({ kind }) => kind === 'weekly')).toMatchObject({ delivery: 'none' });
    expect(after.find(({ kind }) => kind === 'campaigns')).toMatchObject({ delivery: 'weekly' });
    await standalone.reach(new Date(monday.getTime() + 7 * DAY_MS));
    // The summaries of others show that this Monday was done.
    await until(
      async () =>
        (await standalone.asOwner(`SELECT FROM notifications.digest WHERE week_on >= '${dayOf(monday, 7)}'`)).length >
        0,
      'the next Monday',
      120_000,
    );
    expect(await weekly()).toBe(1);
  }, 600_000);
});

const dayOf = (at: Date, later: number): string => new Date(at.getTime() + later * DAY_MS).toISOString().slice(0, 10);
