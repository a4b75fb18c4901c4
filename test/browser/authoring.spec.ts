import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import { beginCampaign, leaveWithoutErrors, templatePackage } from './authors.js';
import type { Portal } from './portal.js';
import { sharedPortal } from './shared-portal.js';

const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** More of an author’s work: authoring-details.spec.ts, at night. */
describe('an author', () => {
  const shared = sharedPortal();
  let portal: Portal;
  beforeAll(async () => {
    portal = await shared.open();
  });
  afterAll(() => shared.close());

  it('begins with a shipped template, and sees its documents and posts before anybody', async () => {
    const maya = await beginCampaign(portal, 'Autumn at the edge');
    await maya.field('Show').selectOption('documents brochure');
    await maya.page.getByRole('img', { name: 'Page 2 of the document' }).waitFor();
    await maya.field('Show').selectOption('social announce');
    const picture = maya.page.getByRole('img', { name: 'Picture of the post announce' });
    await picture.evaluate((image) => (image as unknown as { decode: () => Promise<void> }).decode());
    await leaveWithoutErrors(maya);
  });

  it('writes the copy language by language, and loses nothing on the way', async () => {
    const maya = await beginCampaign(portal, 'Winter at the edge');
    await maya.press(maya.link('Edit'));
    await maya.heading('Checks').waitFor();
    await maya.press(maya.page.getByRole('tab', { name: 'Copy' }));
    await maya.page.getByText('All translated').waitFor();
    const title = maya.page.getByRole('button', { name: /^welcome\.title in German:/ });
    const before = await title.innerText();
    await maya.press(title);
    await maya.field('welcome.title in German').fill('Ein Versehen');
    await maya.field('welcome.title in German').press('Enter');
    await maya.page.getByRole('button', { name: 'welcome.title in German: Ein Versehen' }).waitFor();
    await maya.press(maya.button('Undo'));
    await maya.page.getByRole('button', { name: 'welcome.title in German: Ein Versehen' }).waitFor({ state: 'hidden' });
    expect(await title.innerText()).toBe(before);
    await maya.press(title);
    await maya.field('welcome.title in German').fill('An der ersten Tür: „Halt!“');
    await maya.field('welcome.title in German').press('Control+Enter');
    await maya.page.reload();
    await maya.page.getByRole('button', { name: 'welcome.title in German: An der ersten Tür: „Halt!“' }).waitFor();
    // A row that no longer matches the search stays: the next click finds it.
    const english = 'welcome.title in English';
    const searched = await maya.page.getByRole('button', { name: english }).innerText();
    await maya.field('Search in keys and texts').fill(searched.replace(/^[^:]*:\s*/, '').trim());
    await maya.press(maya.page.getByRole('button', { name: english }));
    await maya.field(english).fill('Quite another title');
    await maya.press(title);
    await maya.field('welcome.title in German').fill('Auch hier');
    await maya.field('welcome.title in German').press('Enter');
    await maya.page.getByRole('button', { name: `${english}: Quite another title` }).waitFor();
    await maya.page.getByRole('button', { name: 'welcome.title in German: Auch hier' }).waitFor();
    await maya.press(title);
    await maya.field('welcome.title in German').fill('An der ersten Tür: „Halt!“');
    await maya.field('welcome.title in German').press('Enter');
    await maya.press(maya.button('Save draft'));
    await maya.page.getByText('All changes saved.').waitFor();
    await maya.picture('editor-copy');
    await maya.press(maya.page.getByRole('tab', { name: 'Files' }));
    await maya.page.locator('main').getByLabel('Language').selectOption('de');
    const mail = maya.page.frameLocator('iframe[title="Preview of the e-mail"]');
    await mail.getByText('An der ersten Tür: „Halt!“').first().waitFor();
    await leaveWithoutErrors(maya);
  });

  it('puts a picture into a draft, sends a test e-mail of it, and is asked before a package replaces it', async () => {
    const maya = await beginCampaign(portal, 'Pictures at the edge');
    const { page } = maya;
    const address = page.url();
    await maya.press(maya.link('Edit'));
    await maya.press(maya.page.getByRole('tab', { name: 'Files' }));
    await maya.heading('Pictures at the edge').waitFor();
    await page
      .locator('input[type=file][accept^=".png"]')
      .setInputFiles({ name: 'Our Dot.png', mimeType: 'image/png', buffer: DOT });
    const asked = page.getByRole('dialog', { name: 'Upload a file' });
    expect(await asked.getByLabel('Path in the package').inputValue()).toBe('images/Our-Dot.png');
    await maya.press(asked.getByRole('button', { name: 'Upload' }));
    const picture = page.getByRole('img', { name: 'Picture images/Our-Dot.png' });
    await picture.waitFor();
    await page.getByText(/^Saved .*: changes in 1 file$/).waitFor();
    await maya.picture('editor-picture');
    expect(await violations(page)).toEqual([]);
    await page.locator('input[type=file][accept=".png"]').setInputFiles({
      name: 'other.png',
      mimeType: 'image/png',
      buffer: Buffer.from('MZ'),
    });
    await page.getByRole('alert').getByText('images/Our-Dot.png').waitFor();
    await maya.press(maya.button('Save draft'));
    await page.getByText('All changes saved.').waitFor();
    await picture.waitFor();

    await maya.press(maya.button('Send test e-mail'));
    const sending = page.getByRole('dialog', { name: 'Send test e-mail' });
    await sending.getByRole('checkbox', { checked: true }).waitFor();
    await maya.press(sending.getByRole('button', { name: 'Send', exact: true }));
    await page.getByText('Test e-mail sent to maya@northwind.example.').waitFor();
    await until(async () => {
      const mails = await portal.standalone.mailbox.mailsTo('maya@northwind.example');
      return mails.some(({ subject }) => subject.startsWith('[Test] '));
    });

    await maya.press(maya.link('Back to campaign'));
    await maya.link('Edit draft').waitFor();
    await maya.press(maya.link('Upload package'));
    await page.locator('input[type=file]').setInputFiles(
      await templatePackage('other.zip', {
        'campaign.yaml': (text) => text.replace(/^name: .*$/m, 'name: pictures-at-the-edge'),
      }),
    );
    const question = page.getByRole('dialog', { name: 'Replace the files of version 1?' });
    await question.getByText(/^other\.zip replaces all files of this draft, saved by Maya/).waitFor();
    await maya.press(question.getByRole('button', { name: 'Replace version 1' }));
    await page.waitForURL(address);
    await leaveWithoutErrors(maya);
  });

  it('sets the limits of a slot, and is led to what a gate does not let through', async () => {
    const maya = await beginCampaign(portal, 'Spring at the edge');
    await maya.press(maya.link('Edit'));
    await maya.heading('Checks').waitFor();
    await maya.press(maya.page.getByRole('tab', { name: 'Partner texts' }));
    const limit = maya.page.getByLabel('Max. characters: Your offer', { exact: true });
    await limit.fill('20');
    const place = /^Must fix E-mail “Shall we leave it here\?”/;
    await maya.press(maya.page.getByRole('button', { name: place }).first());
    // The block in the builder.
    await maya.page.getByRole('tab', { name: 'Design', selected: true }).waitFor();
    await maya.page.getByText('Text of the partner', { exact: false }).first().waitFor();
    expect(await maya.button('Save draft').isEnabled()).toBe(true);
    await maya.press(maya.page.getByRole('tab', { name: 'Partner texts' }));
    await limit.fill('21');
    await maya.press(maya.button('Undo'));
    expect(await limit.inputValue()).toBe('20');
    await limit.fill('210');
    await maya.press(maya.button('Save draft'));
    await maya.page.getByText('All changes saved.').waitFor();
    expect(await limit.inputValue()).toBe('210');
    await maya.picture('editor-slots');
    await leaveWithoutErrors(maya);
  });

  it('draws the sequence with forms, by keyboard too, and takes back what was wrong', async () => {
    const maya = await beginCampaign(portal, 'Summer at the edge');
    await maya.press(maya.link('Edit'));
    await maya.heading('Checks').waitFor();
    await maya.press(maya.page.getByRole('tab', { name: 'Sequence' }));
    const step = (name: string) => maya.page.getByRole('group', { name });
    await step('2 · Wait 4 days').focus();
    await maya.page.keyboard.press('Enter');
    await maya.field('Days').fill('7');
    await step('2 · Wait 7 days').waitFor();
    await maya.page.getByText('Day 8', { exact: true }).waitFor();

    await maya.press(maya.button('Add a step'));
    await maya.press(maya.page.getByRole('menuitem', { name: 'Branch' }));
    const form = maya.page.getByRole('region', { name: 'Selected step' });
    await form.getByLabel('Then').selectOption({ label: '6 · E-mail: Your first policy in thirty minutes' });
    await maya.press(maya.button('Add a condition'));
    await maya.field('Internal name').fill('by-industry');
    await maya.field('Internal name').press('Enter');
    await maya.picture('editor-sequence');
    await maya.press(maya.page.getByText('List', { exact: true }));
    await maya.page
      .getByRole('button', { name: /^3 · Branch.*industry is finance → step 6.*clicks → step 4/s })
      .waitFor();
    await maya.press(maya.button('Save draft'));
    await maya.page.getByText('All changes saved.').waitFor();

    await maya.press(step('1 · E-mail: An intruder needs 62 minutes. You can need four.'));
    await maya.press(form.getByRole('button', { name: 'Remove' }));
    await step('1 · Wait 7 days').waitFor();
    await maya.press(maya.button('Undo'));
    await maya.page.getByText('All changes saved.').waitFor();
    await leaveWithoutErrors(maya);
  });
});
