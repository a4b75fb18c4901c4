import type { Locator } from 'playwright-core';
import { z } from 'zod';
import { ContactDetail, LeadPage } from '#contracts';
import { Person } from '../journeys/person.js';
import { violations } from '../support/axe.js';
import { launchedPage } from './launched-page.js';
import type { Portal, Visitor } from './portal.js';
import { sharedPortal } from './shared-portal.js';

/** What somebody reads before ticking the box, word for word. */
/** Without the star of a required field, which is no part of the sentence. */
const consentOf = async (reader: Visitor): Promise<string> =>
  ((await reader.page.locator('label[for="tc-consent"]').textContent()) ?? '').replace(' *', '');

/** Replaces the text of a field by the keyboard, as a person does. */
async function retype(field: Locator, text: string): Promise<void> {
  await field.click();
  await field.press('ControlOrMeta+a');
  await field.pressSequentially(text);
}

describe('a landing page, in a browser that runs no script', () => {
  const shared = sharedPortal();
  let portal: Portal;
  let layla: Person;
  let pagePath: string;
  beforeAll(async () => {
    portal = await shared.open();
    layla = await Person.signIn(portal.standalone.url, 'layla@dunesoft.example', 'northwind demo');
    pagePath = await launchedPage(layla);
  });
  afterAll(() => shared.close());

  const leadOf = async (email: string) => {
    const { items } = await layla.call('leads', LeadPage);
    const lead = items.find((one) => one.email === email);
    const { consent } = await layla.call(`contacts/${lead?.contactId ?? ''}`, ContactDetail);
    return { lead, consent };
  };

  it.each([
    ['the reader’s own language', '', 'vera@harbour.example'],
    ['another, by its address', '/de', 'vroni@harbour.example'],
  ])('takes an answer in %s, with the consent as it was read', async (_, locale, email) => {
    const reader = await portal.visit(`${pagePath}${locale}`, { width: 375, scripts: false });
    const shown = await consentOf(reader);
    await reader.page.locator('#tc-firstName').fill('Vera');
    await reader.page.locator('#tc-company').fill('Harbour Logistics');
    await reader.page.locator('#tc-email').fill(email);
    await reader.page.locator('#tc-consent').check();
    await reader.picture(`landing-page-no-script${locale.replace('/', '-')}`);
    await reader.page.locator('.tc-form button').click();
    await reader.page.getByRole('status').waitFor();
    const { lead, consent } = await leadOf(email);
    expect(lead).toMatchObject({
      status: 'new',
      source: 'form',
      name: expect.stringContaining('Vera'),
      company: 'Harbour Logistics',
    });
    expect(consent).toMatchObject([{ basis: 'opt-in', evidence: shown }]);
    expect(shown).toMatch(locale === '' ? /^You may/ : /^Sie dürfen/);
    await reader.leave();
  });

  it('brings a lead that its partner takes up and wins, with what the deal is worth', async () => {
    const owner = await portal.signIn('layla@dunesoft.example');
    await owner.press(owner.link('Leads'));
    const state = owner.page.getByLabel(/^Status of Vera/).first();
    await state.waitFor();
    // Only what can come next is offered.
    expect(await state.getByRole('option').allTextContents()).toEqual(['New', 'Accepted', 'Lost']);
    await state.selectOption({ label: 'Accepted' });
    await state.getByRole('option', { name: 'Won' }).waitFor({ state: 'attached' });
    await owner.press(owner.page.getByRole('button', { name: /^In contact, remind me later: Vera/ }).first());
    await owner.field('Note (optional)').fill('They decide in spring');
    expect(await violations(owner.page)).toEqual([]);
    await owner.picture('lead-still-at-it');
    await owner.press(owner.button('Save'));
    await owner.page.getByText(/^In contact .*: They decide in spring$/).waitFor();
    await state.selectOption({ label: 'Won' });
    await owner.field('Amount').pressSequentially('12.400');
    await owner.page.getByText('“12.400” can mean 12,400 or 12.4. Enter 12400 or 12.40.').waitFor({ state: 'hidden' });
    await owner.page.keyboard.press('Tab');
    await owner.page.getByText('“12.400” can mean 12,400 or 12.4. Enter 12400 or 12.40.').waitFor();
    expect(await violations(owner.page)).toEqual([]);
    await retype(owner.field('Amount'), '12.400,5');
    await owner.page.getByText('Will be saved as €12,400.50.').waitFor();
    await owner.press(owner.button('Mark as won'));
    await owner.page.getByText('€12,400.50', { exact: true }).waitFor();
    await owner.press(owner.page.getByRole('button', { name: /^Change amount: Vera/ }).first());
    await retype(owner.field('Amount'), '1,299.9');
    await owner.press(owner.button('Save amount'));
    await owner.page.getByText('€1,299.90', { exact: true }).waitFor();
    expect(await violations(owner.page)).toEqual([]);
    await owner.picture('lead-won');
    expect(owner.errors).toEqual([]);
    await owner.leave();
  });

  it('is told what to put right, in the words of the page, and may send it then', async () => {
    const email = 'vito@harbour.example';
    const reader = await portal.visit(`${pagePath}/de`, { width: 375, scripts: false });
    const shown = await consentOf(reader);
    await reader.page.locator('#tc-firstName').fill('vito@harbour.example');
    await reader.page.locator('#tc-email').fill(email);
    await reader.page.locator('#tc-consent').check();
    await reader.page.locator('.tc-form button').click();
    await reader.page.getByRole('alert').waitFor();
    expect(await reader.page.locator('html').getAttribute('lang')).toBe('de');
    await reader.page.locator('#tc-firstName').fill('Vito');
    await reader.page.locator('form button').click();
    await reader.page.getByRole('status').waitFor();
    const { consent } = await leadOf(email);
    expect(consent).toMatchObject([{ basis: 'opt-in', evidence: shown }]);
    await reader.leave();
  });

  it('comes with a policy that lets nothing run, and weighs what a slow line carries', async () => {
    const answer = await fetch(new URL(pagePath, portal.standalone.url));
    const policy = new Map(
      z
        .string()
        .parse(answer.headers.get('content-security-policy'))
        .split(/;\s*/)
        .map((rule) => {
          const [name = '', ...values] = rule.split(' ');
          return [name, values.join(' ')];
        }),
    );
    expect(policy.get('default-src')).toBe("'none'");
    expect([policy.get('script-src'), policy.get('form-action'), policy.get('base-uri')]).toEqual([
      undefined,
      "'self'",
      "'none'",
    ]);
    const html = await answer.text();
    expect(html).not.toMatch(/<script|\son\w+=|javascript:/i);
    expect(Buffer.byteLength(html)).toBeLessThan(16_000);
    const pictures = [...html.matchAll(/<img[^>]* src="([^"]+)"/g)].map(
      ([, src = '']) => new URL(src, portal.standalone.url),
    );
    expect(pictures.length).toBeGreaterThan(0);
    const sizes = await Promise.all(pictures.map(async (url) => (await (await fetch(url)).arrayBuffer()).byteLength));
    const whole = Buffer.byteLength(html) + sizes.reduce((sum, size) => sum + size, 0);
    process.stdout.write(
      `landing page: ${Buffer.byteLength(html)} bytes of HTML, ${pictures.length} pictures, ${whole} bytes in all, no script\n`,
    );
    expect(whole).toBeLessThan(150_000);
  });
});
