import { join } from 'node:path';
import { CampaignVersionCard } from '#contracts';
import { packageRoot } from '#kernel';
import { zipFolder } from '../journeys/journey-package.js';
import { Person, upload } from '../journeys/person.js';
import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import { englishOn } from './english.js';
import { ENDLESS, HOSTILE, isOnlyText } from './hostile.js';
import { Portal, type Visitor } from './portal.js';

const PASSWORD = 'northwind demo';
const MAYA = 'maya@northwind.example';
const ARUN = 'arun@northwind.example';
const TEMPLATE = join(packageRoot(), 'templates/cloud-cost-clarity');

describe('comments in a review', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  /** A version of Maya's in review, and where it is. */
  const inReview = async (name: string, title = 'Cloud cost clarity'): Promise<string> => {
    const maya = await Person.signIn(portal.standalone.url, MAYA, PASSWORD);
    const zip = await zipFolder(TEMPLATE, {
      'campaign.yaml': (text) =>
        text
          .replace('name: cloud-cost-clarity', `name: ${name}`)
          .replace("en: 'Cloud cost clarity'", `en: ${JSON.stringify(title)}`),
    });
    const form = upload('package', zip, `${name}.zip`);
    const { campaignId } = await maya.call('campaigns', CampaignVersionCard, { method: 'POST', form });
    const path = `campaigns/${campaignId}/versions/1`;
    await maya.call(`${path}/submit`, CampaignVersionCard, { method: 'POST' });
    return `/${path}`;
  };
  const tab = ({ page, say }: Visitor) => page.getByRole('tab', { name: say('comments.title') });
  const comment = ({ page }: Visitor, text: string) => page.getByRole('article').filter({ hasText: text });
  const within = (visitor: Visitor, text: string, name: string) =>
    comment(visitor, text).getByRole('button', { name, exact: true });
  const says = async (visitor: Visitor, text: string, about?: string): Promise<void> => {
    const { say } = visitor;
    await visitor.field(say('comments.yours')).fill(text);
    if (about !== undefined) await visitor.field(say('comments.about')).selectOption(about);
    await visitor.press(visitor.button(say('comments.send')));
    await comment(visitor, text).waitFor();
    await until(async () => (await visitor.field(say('comments.yours')).inputValue()) === '', 'an empty field');
  };

  it('are written by an approver, lead to what they are about, are answered and resolved, and the version is approved', async () => {
    const address = await inReview('commented');
    const arun = await portal.signIn(ARUN);
    await arun.page.goto(address);
    await arun.press(arun.link('Comment on this e-mail'));
    expect(await arun.field('About').inputValue()).toBe('email welcome');
    expect(await arun.button('Comment').isDisabled()).toBe(true);
    await arun.field('Your comment').fill('Name a source for 32 percent.');
    await arun.page.reload();
    expect(await arun.field('Your comment').inputValue()).toBe('Name a source for 32 percent.');
    await says(arun, 'Name a source for 32 percent.');
    await says(arun, 'Is a week not too long?', 'step pause-two');
    await arun.link('2 open comments').waitFor();
    await tab(arun).getByText('2', { exact: true }).waitFor();
    await arun.picture('comments');
    expect(await violations(arun.page)).toEqual([]);
    await arun.page.getByText('In review', { exact: true }).waitFor();

    const maya = await portal.signIn(MAYA);
    await maya.page.goto(address);
    // Beside the e-mail that it is about, and not beside another.
    await comment(maya, 'Name a source').waitFor();
    await maya.picture('comments-beside');
    await maya.field('Show').selectOption('emails proof');
    await comment(maya, 'Name a source').waitFor({ state: 'detached' });
    await maya.press(maya.link('2 open comments'));
    await maya.press(comment(maya, 'Is a week').getByRole('link', { name: /^Step: \d+\. Wait 6 days/ }));
    const step = maya.page.locator('[aria-current=step]');
    await step.getByText('Wait 6 days').waitFor();
    expect(await step.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
    await maya.picture('comments-step');
    await maya.press(step.getByRole('link', { name: '1 open comment' }));
    await maya.press(within(maya, 'Is a week', 'Reply'));
    await maya.field('Your reply').fill('Budgets are decided in weeks.');
    await maya.page.reload();
    expect(await maya.field('Your reply').inputValue()).toBe('Budgets are decided in weeks.');
    await maya.press(within(maya, 'Is a week', 'Send reply'));
    await maya.field('Your reply').waitFor({ state: 'detached' });
    await comment(maya, 'Is a week').getByText('Budgets are decided in weeks.').waitFor();
    await maya.press(within(maya, 'Is a week', 'Mark as resolved'));
    await comment(maya, 'Is a week')
      .getByText(/^Resolved by Maya/)
      .waitFor();
    await maya.link('1 open comment').waitFor();
    await maya.press(comment(maya, 'Name a source').getByRole('link', { name: /^E-mail: / }));
    expect(await maya.field('Show').inputValue()).toBe('emails welcome');
    await maya.leave();

    await arun.page.reload();
    await comment(arun, 'Budgets are decided in weeks.').waitFor();
    await arun.press(within(arun, 'Is a week', 'Reopen'));
    await arun.link('2 open comments').waitFor();
    await arun.press(within(arun, 'Is a week', 'Mark as resolved'));
    await arun.link('1 open comment').waitFor();
    await arun.picture('comments-resolved');
    await arun.press(arun.button('Approve'));
    const asked = arun.page.getByRole('dialog', { name: 'Approve with 1 open comment?' });
    await asked.waitFor();
    await arun.picture('comments-approve');
    await arun.press(asked.getByRole('button', { name: 'Approve' }));
    await arun.page.getByText(/^Approved by Arun Mehta/).waitFor();
    expect(arun.errors).toEqual([]);
    await arun.leave();
  });

  it('are shown as resolved at once, and as before, with a notice, where the network fails', async () => {
    const address = await inReview('unsaved');
    const arun = await portal.signIn(ARUN);
    const { page } = arun;
    await page.goto(`${address}?tab=comments`);
    await says(arun, 'Kept open.');
    await says(arun, 'Said meanwhile.');
    let fail: () => void = () => undefined;
    const failing = new Promise<void>((resolve) => {
      fail = resolve;
    });
    await page.route(/\/comments\/[^/]+\/resolve$/, async (route) => {
      await failing;
      await route.abort('connectionfailed');
    });
    await arun.press(within(arun, 'Kept open.', 'Mark as resolved'));
    // Before any answer, with the name of who did it.
    await comment(arun, 'Kept open.')
      .getByText(/^Resolved by Arun Mehta/)
      .waitFor();
    await arun.link('1 open comment').waitFor();
    fail();
    await page.getByText('Could not resolve the comment').waitFor();
    await within(arun, 'Kept open.', 'Mark as resolved').waitFor();
    await arun.link('2 open comments').waitFor();
    await arun.picture('comments-not-resolved');
    await page.unroute(/\/comments\/[^/]+\/resolve$/);
    await arun.press(within(arun, 'Kept open.', 'Mark as resolved'));
    await within(arun, 'Kept open.', 'Reopen').waitFor();

    await page.route(/\/comments\/[^/]+\/reopen$/, (route) => route.abort('connectionfailed'));
    await arun.press(within(arun, 'Kept open.', 'Reopen'));
    await page.getByText('Could not reopen the comment').waitFor();
    await within(arun, 'Kept open.', 'Reopen').waitFor();
    await page.reload();
    await within(arun, 'Kept open.', 'Reopen').waitFor();
    expect(arun.errors).toEqual([]);
    await arun.leave();
  });

  it('with which a version is sent back stand above the draft until they are resolved', async () => {
    const address = await inReview('sent-back');
    const arun = await portal.signIn(ARUN);
    await arun.page.goto(address);
    await arun.press(arun.button('Request changes'));
    await arun.field('What should change?').fill('The claim needs a source.');
    await arun.press(arun.page.getByRole('dialog').getByRole('button', { name: 'Request changes' }));
    const returned = ({ page }: Visitor) => page.getByRole('alert').filter({ hasText: 'The claim needs a source.' });
    await returned(arun).waitFor();
    await arun.leave();
    const maya = await portal.signIn(MAYA);
    await maya.page.goto(address);
    await returned(maya).waitFor();
    await maya.press(tab(maya));
    await comment(maya, 'The claim needs a source.').getByText('Changes requested').waitFor();
    await maya.picture('comments-returned');
    await maya.press(within(maya, 'The claim needs a source.', 'Mark as resolved'));
    await returned(maya).waitFor({ state: 'detached' });
    expect(await maya.page.getByText(/open comment/).count()).toBe(0);
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('are German in the German portal, and usable by everybody on a phone in the dark', async () => {
    const address = await inReview('kommentiert');
    const arun = await portal.signIn(ARUN, { language: 'de', width: 375, scheme: 'dark' });
    await arun.page.goto(address);
    await arun.press(tab(arun));
    await arun.page.getByText('Noch keine Kommentare').waitFor();
    expect(await englishOn(arun.page)).toEqual([]);
    await says(arun, 'Bitte eine Quelle nennen.', 'page landing');
    await arun.press(within(arun, 'Bitte eine Quelle', 'Antworten'));
    await arun.field('Ihre Antwort').fill('Steht in der Fußnote.');
    await arun.press(within(arun, 'Bitte eine Quelle', 'Antwort senden'));
    await comment(arun, 'Steht in der Fußnote.').waitFor();
    const seen = async (): Promise<void> => {
      expect(await violations(arun.page)).toEqual([]);
      expect(await englishOn(arun.page)).toEqual([]);
    };
    await seen();
    await arun.picture('comments-de-narrow-dark');
    await arun.press(within(arun, 'Bitte eine Quelle', 'Als erledigt markieren'));
    await arun.heading('Erledigt').waitFor();
    await seen();
    expect(arun.errors).toEqual([]);
    await arun.leave();
  });

  it('are only ever text, however hostile they and what they are about are', async () => {
    const address = await inReview('hostile-comments', HOSTILE);
    const arun = await portal.signIn(ARUN, { width: 375 });
    await arun.page.goto(`${address}?tab=comments`);
    const text = `${HOSTILE} ${ENDLESS.slice(0, 3_500)}`;
    await arun.field('Your comment').fill(`${ENDLESS}${ENDLESS}`);
    // No more is taken than a comment may have.
    expect(await arun.field('Your comment').inputValue()).toHaveLength(4_000);
    await isOnlyText(arun, 'comment too long');
    await arun.field('Your comment').fill(text);
    await arun.press(arun.button('Comment'));
    await comment(arun, 'WWWWWWWWWW').waitFor();
    await arun.press(within(arun, 'WWWWWWWWWW', 'Reply'));
    await arun.field('Your reply').fill(`مرحبا ${HOSTILE}`);
    await isOnlyText(arun, 'answer written');
    await arun.press(within(arun, 'WWWWWWWWWW', 'Send reply'));
    await arun.field('Your reply').waitFor({ state: 'detached' });
    await comment(arun, 'WWWWWWWWWW')
      .getByText(/^مرحبا/)
      .waitFor();
    await isOnlyText(arun, 'comment and answer');
    await arun.picture('comments-hostile');
    // An address that names what is not there shows what there is.
    await arun.page.goto(`${address}?tab=comments&about=${encodeURIComponent('email <b>nothing</b>')}`);
    expect(await arun.field('About').inputValue()).toBe('');
    await arun.page.goto(`${address}?tab=preview&show=${encodeURIComponent('emails nothing')}`);
    expect(await arun.field('Show').inputValue()).toBe('emails welcome');
    await isOnlyText(arun, 'preview');
    await arun.leave();
  });
});
