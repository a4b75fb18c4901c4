import { join } from 'node:path';
import { CampaignVersionCard, PartnerGroupView, Partners } from '#contracts';
import { packageRoot, DAY_MS } from '#kernel';
import { zipFolder } from '../journeys/journey-package.js';
import { Person, upload } from '../journeys/person.js';
import { ENDLESS, HOSTILE, HOSTILE_NAME, isOnlyText } from './hostile.js';
import { Portal, type Visitor } from './portal.js';

const PASSWORD = 'northwind demo';
const OLIVIA = 'olivia@brightwater.example';
const MAYA = 'maya@northwind.example';
const ARUN = 'arun@northwind.example';
const NORA = 'nora@northwind.example';
const NARROW = { width: 375 } as const;
/** As long as a comment may be, in one word. */
const COMMENT = `${HOSTILE} ${ENDLESS.slice(0, 3_500)}`;

/**
 * In the browser: how much of an element nobody sees, for it is wider than it
 * may be, in pixels.
 */
const beyondItself = (element: object): number => {
  const { scrollWidth, clientWidth } = element as { scrollWidth: number; clientWidth: number };
  return scrollWidth - clientWidth;
};

describe('hostile words, on the way of a campaign', () => {
  let portal: Portal;
  let address: string;
  let campaign: string;
  beforeAll(async () => {
    portal = await Portal.open();
    const maya = await Person.signIn(portal.standalone.url, MAYA, PASSWORD);
    const zip = await zipFolder(join(packageRoot(), 'templates/cloud-cost-clarity'), {
      'campaign.yaml': (text) =>
        text
          .replace('name: cloud-cost-clarity', 'name: hostile-way')
          .replace("en: 'Cloud cost clarity'", `en: ${JSON.stringify(HOSTILE)}`)
          .replace('en: Your offer in the brochure', `en: ${JSON.stringify(HOSTILE)}`),
    });
    const form = upload('package', zip, 'hostile-way.zip');
    const { campaignId } = await maya.call('campaigns', CampaignVersionCard, { method: 'POST', form });
    campaign = `/campaigns/${campaignId}`;
    address = `${campaign}/versions/1`;
    await maya.call(`${address.slice(1)}/submit`, CampaignVersionCard, { method: 'POST' });
  });
  afterAll(() => portal.close());

  const dialog = ({ page }: Visitor) => page.getByRole('dialog');
  /** Opens what asks, looks at it, and goes back. */
  const asks = async (visitor: Visitor, act: string, where: string): Promise<void> => {
    await visitor.press(visitor.button(act));
    await dialog(visitor).waitFor();
    await isOnlyText(visitor, where);
    await visitor.picture(`hostile-${where.replaceAll(' ', '-')}`);
    await visitor.press(dialog(visitor).getByRole('button', { name: 'Back' }));
    await dialog(visitor).waitFor({ state: 'hidden' });
  };
  const publish = async (): Promise<void> => {
    const { url } = portal.standalone;
    const [maya, arun] = [await Person.signIn(url, MAYA, PASSWORD), await Person.signIn(url, ARUN, PASSWORD)];
    const { items } = await maya.call('partners?limit=100', Partners);
    const partnerIds = items.flatMap(({ id, name }) => (name.startsWith('Brightwater') ? [id] : []));
    const group = { name: HOSTILE_NAME, rule: { partnerIds } };
    const { id: groupId } = await maya.call('partner-groups', PartnerGroupView, { method: 'POST', json: group });
    const path = address.slice(1);
    await maya.call(`${path}/submit`, CampaignVersionCard, { method: 'POST' });
    await arun.call(`${path}/approve`, CampaignVersionCard, { method: 'POST' });
    const author = await portal.signIn(MAYA, NARROW);
    await author.page.goto(address);
    await author.press(author.button('Publish'));
    await author.press(author.field('Partner groups'));
    await isOnlyText(author, 'groups to publish to');
    await author.press(author.page.getByRole('option', { name: HOSTILE_NAME }));
    await isOnlyText(author, 'publish');
    await author.picture('hostile-publish');
    await author.leave();
    const today = (await portal.standalone.now()).getTime();
    const day = (later: number): string => new Date(today + later * DAY_MS).toISOString().slice(0, 10);
    const json = { partnerGroupIds: [groupId], opensOn: day(0), closesOn: day(90) };
    await maya.call(`${path}/publish`, CampaignVersionCard, { method: 'POST', json });
  };

  it('are shown as text in a comment on what is sent back, while it is written and to who reads it', async () => {
    const arun = await portal.signIn(ARUN, NARROW);
    await arun.page.goto(address);
    await arun.press(arun.button('Request changes'));
    await arun.field('What should change?').fill(COMMENT);
    await isOnlyText(arun, 'comment written');
    // What was written outlives the tab.
    await arun.page.reload();
    await arun.press(arun.button('Request changes'));
    expect(await arun.field('What should change?').inputValue()).toBe(COMMENT);
    await arun.press(dialog(arun).getByRole('button', { name: 'Request changes' }));
    await dialog(arun).waitFor({ state: 'hidden' });
    await arun.leave();
    const maya = await portal.signIn(MAYA, NARROW);
    await maya.page.goto(address);
    await maya.page.getByText('WWWWWWWWWW').first().waitFor();
    await isOnlyText(maya, 'comment read');
    const cut = maya.page.getByRole('alert').filter({ hasText: 'requested changes' });
    expect(await cut.evaluate(beyondItself)).toBeLessThanOrEqual(0);
    await maya.picture('hostile-comment');
    await maya.leave();
    await publish();
  });

  it('are shown as text in slots, and in what asks before a launch and a stop', async () => {
    const olivia = await portal.signIn(OLIVIA, NARROW);
    const { page } = olivia;
    await page.goto('/');
    await olivia.press(page.getByRole('link', { name: /^Review <img/ }));
    const slots = page.getByRole('textbox', { name: /offer/i });
    await slots.first().waitFor();
    await slots.first().fill(`${HOSTILE} ${ENDLESS}`);
    await isOnlyText(olivia, 'review');
    await slots.first().fill('<script>window.ran=1</script> & <b>Zoë</b>');
    await olivia.press(olivia.button('Start'));
    await page.getByRole('dialog').locator('table button:not([data-hidden]):not([disabled])').last().click();
    await page.keyboard.press('Escape');
    await olivia.press(olivia.button('Launch'));
    await page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    await olivia.heading('Steps').waitFor();
    await isOnlyText(olivia, 'activation');
    await asks(olivia, 'Stop', 'stop');
    await olivia.leave();
  });

  it('are shown as text in what asks before a campaign is retired or recalled', async () => {
    const maya = await portal.signIn(MAYA, NARROW);
    await maya.page.goto(campaign);
    await asks(maya, 'Stop campaign', 'retire');
    await asks(maya, 'Recall', 'recall');
    await maya.leave();
  });

  it('are shown as text in mail servers, their settings and what removes them', async () => {
    const nora = await portal.signIn(NORA, NARROW);
    const { page } = nora;
    await page.goto('/relays');
    await nora.press(nora.button('Add a mail server').first());
    await nora.field('Name').fill(HOSTILE_NAME);
    await nora.field('Host').fill('mail.hostile.example');
    await nora.field('User').fill('<script>window.ran=1</script>');
    await nora.field('Password').fill(ENDLESS.slice(0, 500));
    await isOnlyText(nora, 'relay written');
    await nora.press(nora.button('Save').last());
    await dialog(nora).waitFor({ state: 'hidden' });
    await page.getByText('<script>window.ran=1</script>').waitFor();
    await page.getByText('Not reachable').waitFor();
    await isOnlyText(nora, 'relay');
    await nora.picture('hostile-relay');
    await nora.press(page.getByRole('button', { name: /^Change / }));
    await dialog(nora).waitFor();
    await isOnlyText(nora, 'relay changed');
    await page.keyboard.press('Escape');
    await dialog(nora).waitFor({ state: 'hidden' });
    await asks(nora, 'Remove', 'relay removed');
    await nora.leave();
  });
});
