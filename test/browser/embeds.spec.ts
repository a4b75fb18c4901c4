import { join } from 'node:path';
import type { Browser, BrowserContext, Frame, Locator, Page } from 'playwright-core';
import {
  ActivationDetail,
  ActivationEmbeds,
  ContactDetail,
  ContactList,
  ContactLists,
  LeadPage,
  Offers,
  WebsiteReportingView,
} from '#contracts';
import { DAY_MS, HOUR_MS, packageRoot } from '#kernel';
import { zipFolder } from '../journeys/journey-package.js';
import { Person } from '../journeys/person.js';
import { violations } from '../support/axe.js';
import { launchChromium } from '../support/chromium.js';
import { until } from '../support/until.js';
import { PartnerWebsite } from './partner-website.js';
import { Portal } from './portal.js';
import { publishCampaign } from './publish-campaign.js';

const PASSWORD = 'northwind demo';
const OWN = 'www.brightwater.example';
const FOREIGN = 'www.copied.example';
const AS_A_PERSON = {
  'user-agent': 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15',
};
/** Of a page that is open; see the scripts. */
const RECALL_MS = 60_000;

interface Launched {
  readonly activation: ActivationDetail;
  readonly embeds: ActivationEmbeds;
}

describe('a campaign on its partner’s website, in a browser', () => {
  let portal: Portal;
  let site: PartnerWebsite;
  let browser: Browser;
  let olivia: Person;
  let maya: Person;
  let launched = 0;
  let running: Launched;

  beforeAll(async () => {
    portal = await Portal.open();
    site = await PartnerWebsite.open();
    const rules = [OWN, FOREIGN].map((host) => `MAP ${host} 127.0.0.1`).join(',');
    browser = await launchChromium({ args: [`--host-resolver-rules=${rules}`] });
    olivia = await Person.signIn(portal.standalone.url, 'olivia@brightwater.example', PASSWORD);
    maya = await Person.signIn(portal.standalone.url, 'maya@northwind.example', PASSWORD);
    running = await launch('Zero trust at the edge');
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    await portal.close();
  });

  const launch = async (title: string): Promise<Launched> => {
    const { items: offers } = await olivia.call('offers', Offers);
    const { items: lists } = await olivia.call('contact-lists', ContactLists);
    const list = lists.find(({ isDefault }) => isDefault) ?? lists[0];
    const offer = offers.find((one) => one.title === title);
    launched += 1;
    const activation = await olivia.call('activations', ActivationDetail, {
      method: 'POST',
      json: { versionId: offer?.versionId, listId: list?.id, locale: 'en' },
      headers: { 'idempotency-key': `embeds-${launched}` },
    });
    const embeds = await olivia.call(`activations/${activation.id}/embeds`, ActivationEmbeds);
    return { activation, embeds };
  };
  const publish = (embeds: ActivationEmbeds): void => {
    for (const form of ['frame', 'component'] as const) {
      site.publish(`/plain-${form}`, embeds[form].code, null);
      site.publish(`/strict-${form}`, embeds[form].code, embeds[form].policy);
    }
  };
  /** A page of a website, and what its browser complained about. */
  const visit = async (host: string, path: string) => {
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, locale: 'en-GB' });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', ({ message }) => complaints.push(message));
    await page.goto(site.url(host, path));
    return { context, page, complaints };
  };
  const within = (page: Page, form: 'frame' | 'component'): ((selector: string) => Locator) =>
    form === 'frame'
      ? (selector) => page.frameLocator('iframe').locator(selector)
      : (selector) => page.locator('throughline-campaign').locator(selector);
  const send = async (find: (selector: string) => Locator, email: string): Promise<void> => {
    await find('#tc-email').fill(email);
    for (const field of ['firstName', 'lastName', 'company'])
      if ((await find(`#tc-${field}`).count()) > 0) await find(`#tc-${field}`).fill('Vera');
    await find('#tc-consent').check();
    await find('.tc-form button').click();
    await find('[role=status]').waitFor();
  };
  const hasLead = async (email: string): Promise<boolean> =>
    (await olivia.call('leads?limit=200', LeadPage)).items.some((lead) => lead.email === email);
  const cookiesOf = async (context: BrowserContext): Promise<number> => (await context.cookies()).length;

  describe('that runs', () => {
    beforeAll(() => publish(running.embeds));

    it.each([
      ['plain', 'frame'],
      ['plain', 'component'],
      ['strict', 'frame'],
      ['strict', 'component'],
    ] as const)('takes a lead on a %s page, in a %s, without a cookie', async (kind, form) => {
      const { context, page, complaints } = await visit(OWN, `/${kind}-${form}`);
      const find = within(page, form);
      await find('#tc-email').waitFor();
      if (form === 'frame')
        await until(async () => ((await page.locator('iframe').boundingBox())?.height ?? 0) > 800, 'its height');
      await page.screenshot({ path: `test-output/screens/embed-${kind}-${form}.png`, fullPage: true });
      const email = `${kind}.${form}@harbour.example`;
      await send(find, email);
      expect(await hasLead(email)).toBe(true);
      expect(await cookiesOf(context)).toBe(0);
      expect(complaints).toEqual([]);
      await context.close();
    });

    it.each(['frame', 'component'] as const)(
      'tells a form that is not complete what is missing, in a %s',
      async (form) => {
        const { context, page } = await visit(OWN, `/plain-${form}`);
        const find = within(page, form);
        await find('#tc-email').fill('vera@harbour.example');
        await find('#tc-firstName').fill('vera@harbour.example');
        for (const field of ['lastName', 'company'])
          if ((await find(`#tc-${field}`).count()) > 0) await find(`#tc-${field}`).fill('Vera');
        await find('#tc-consent').check();
        await find('.tc-form button').click();
        await find('[role=alert]').waitFor();
        expect(await find('#tc-email').inputValue()).toBe('vera@harbour.example');
        await context.close();
      },
    );

    it.each(['frame', 'component'] as const)(
      'shows the owner of another website why it is not there, in a %s',
      async (form) => {
        const { context, page } = await visit(FOREIGN, `/plain-${form}`);
        const find = within(page, form);
        await find('h1').waitFor();
        expect(await find('h1').textContent()).toBe(`This content is not available on ${FOREIGN}`);
        expect(await find('form').count()).toBe(0);
        await context.close();
      },
    );

    it('is not shown by a website that hides who it is', async () => {
      site.publish(
        '/hidden',
        `<iframe src="${portal.standalone.url}${running.embeds.frame.preview}" referrerpolicy="no-referrer"></iframe>`,
        null,
      );
      const { context, page } = await visit(FOREIGN, '/hidden');
      await page.waitForLoadState('load');
      const frame = page.frames()[1] as Frame;
      expect(await frame.locator('form').count()).toBe(0);
      await context.close();
    });
  });

  it('is replaced by the partner’s own form within a minute of a recall, on pages that are open', async () => {
    const { activation, embeds } = await launch('Cloud cost clarity');
    publish(embeds);
    const forms = ['frame', 'component'] as const;
    const open = await Promise.all(forms.map((form) => visit(OWN, `/strict-${form}`)));
    await Promise.all(open.map(({ page }, at) => within(page, forms[at]!)('#tc-email').waitFor()));
    await maya.status(`campaigns/${activation.campaignId}/recall`, {
      method: 'POST',
      json: { reason: 'Its price is wrong.' },
    });
    const since = Date.now();
    for (const [at, { page, context, complaints }] of open.entries()) {
      const form = forms[at]!;
      const find = within(page, form);
      await find('h1').filter({ hasText: 'This offer is no longer available' }).waitFor({ timeout: RECALL_MS });
      process.stdout.write(`recall: ${form} after ${Date.now() - since} ms\n`);
      await page.screenshot({ path: `test-output/screens/embed-recalled-${form}.png`, fullPage: true });
      const email = `recalled.${form}@harbour.example`;
      await send(find, email);
      expect(await hasLead(email)).toBe(true);
      expect(complaints).toEqual([]);
      await context.close();
    }
    expect(Date.now() - since).toBeLessThan(RECALL_MS);
  });

  it('opens its page from a WordPress card, whose sandbox allows no window', async () => {
    const { embeds } = running;
    const frame = `<iframe sandbox="allow-scripts" src="${portal.standalone.url}${embeds.card.preview}#?secret=abc" data-secret="abc"></iframe>`;
    // What wp-embed.js does with the messages of a card.
    const listener = `<script>addEventListener('message', ({ data }) => { document.body.dataset[data.message ?? 'other'] = String(data.value); });</script>`;
    site.publish('/wordpress', frame + listener, null);
    const { context, page } = await visit(OWN, '/wordpress');
    await page.frameLocator('iframe').getByRole('link').click();
    const told = page.locator('body[data-link][data-height]');
    await told.waitFor();
    expect(await told.getAttribute('data-link')).toBe(`${embeds.card.url}?source=embed`);
    await context.close();
  });

  it('hears from its website of a reader who came by an e-mail and agreed, and of nobody before', async () => {
    const { standalone } = portal;
    const reporting = await olivia.call('website-reporting', WebsiteReportingView, {
      method: 'PUT',
      json: { isOn: true },
    });
    const zip = await zipFolder(join(packageRoot(), 'templates/contract-renewal'));
    await publishCampaign(standalone.url, await standalone.now(), zip);
    const email = 'rita@harbour.example';
    const list = await olivia.call('contact-lists', ContactList, { method: 'POST', json: { name: 'Renewals' } });
    const contact = await olivia.call('contacts', ContactDetail, {
      method: 'POST',
      json: { email, firstName: 'Rita', listIds: [list.id], consent: { basis: 'customer' } },
    });
    const { items } = await olivia.call('offers', Offers);
    await olivia.call('activations', ActivationDetail, {
      method: 'POST',
      json: { versionId: items.find(({ title }) => title === 'Renewal and upgrade')?.versionId, listId: list.id },
      headers: { 'idempotency-key': 'embeds-renewal' },
    });
    await standalone.reach(new Date((await standalone.now()).getTime() + 4 * DAY_MS));
    await until(async () => (await standalone.mailbox.mailsTo(email)).length > 0, 'the mail');
    // Programs follow links in the first minutes.
    await standalone.reach(new Date((await standalone.now()).getTime() + HOUR_MS));
    const [mail] = await standalone.mailbox.mailsTo(email);
    const reader = async (): Promise<string> => {
      for (const [, link = ''] of String(mail?.html).matchAll(/href="([^"]*\/l\/[^"]*)"/g)) {
        const path = standalone.url + new URL(link).pathname;
        const { headers } = await fetch(path, { redirect: 'manual', headers: AS_A_PERSON });
        const click = new URL(headers.get('location') ?? path).searchParams.get('tl');
        if (click !== null) return click;
      }
      throw new Error('No link of the mail names its reader.');
    };
    const path = `/offers?tl=${await reader()}`;
    site.publish(path, reporting.code, null);
    const { context, page, complaints } = await visit(OWN, path);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const events = async (): Promise<string[]> =>
      (
        await standalone.asOwner<{ name: string }>(
          'SELECT name FROM sequences.event WHERE contact_id = $1 ORDER BY id',
          [contact.id],
        )
      ).map(({ name }) => name);
    const stored = (): Promise<number> => page.evaluate<number>('localStorage.length');
    const call = (script: string): Promise<unknown> => page.evaluate(script);
    // The address that a reader may copy names nobody.
    expect(new URL(page.url()).search).toBe('');
    await call(`throughline.event('demo-requested')`);
    expect([requests, await stored(), await cookiesOf(context), await events()]).toEqual([[], 0, 0, []]);
    await call('throughline.consent(true)');
    await until(async () => (await events()).length === 1, 'the page view');
    await until(async () => (await stored()) === 1, 'the visitor');
    await call(`throughline.event('demo-requested')`);
    await until(async () => (await events()).length === 2, 'the event');
    expect(await events()).toEqual(['page-offers', 'demo-requested']);
    await call('throughline.consent(false)');
    await call(`throughline.event('demo-requested')`);
    expect([await stored(), await cookiesOf(context), (await events()).length, complaints]).toEqual([0, 0, 2, []]);
    await context.close();
  });

  it('is offered in three forms, with code to copy and a preview', async () => {
    const owner = await portal.signIn('olivia@brightwater.example', { path: `/activations/${running.activation.id}` });
    await owner.press(owner.button('Show on your website'));
    const dialog = owner.page.getByRole('dialog');
    for (const [tab, name] of [
      ['Frame', 'frame'],
      ['Web component', 'component'],
      ['Card for WordPress', 'card'],
    ] as const) {
      await owner.press(dialog.getByRole('tab', { name: tab }));
      await dialog.getByTitle('Preview').waitFor();
      await owner.allThere();
      expect(await violations(owner.page)).toEqual([]);
      await owner.savePicture(`embeds-${name}`);
    }
    for (const [tab, label] of [
      ['Feeds', 'RSS 2.0'],
      ['Visitors', 'Code'],
    ] as const) {
      await owner.press(dialog.getByRole('tab', { name: tab }));
      await dialog.getByLabel(label).waitFor();
      await owner.allThere();
      expect(await violations(owner.page)).toEqual([]);
      await owner.savePicture(`embeds-${tab.toLowerCase()}`);
    }
    expect(owner.errors).toEqual([]);
    await owner.leave();
  });

  it('says that it has ended, and still takes a lead', async () => {
    const { activation, embeds } = running;
    publish(embeds);
    await olivia.status(`activations/${activation.id}/stop`, { method: 'POST' });
    for (const form of ['frame', 'component'] as const) {
      const { context, page } = await visit(OWN, `/plain-${form}`);
      const find = within(page, form);
      await find('h1').filter({ hasText: 'This offer has ended' }).waitFor();
      const email = `ended.${form}@harbour.example`;
      await send(find, email);
      expect(await hasLead(email)).toBe(true);
      await context.close();
    }
  });
});
