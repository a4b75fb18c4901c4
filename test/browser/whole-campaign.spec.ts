import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { packageRoot } from '#kernel';
import { until } from '../support/until.js';
import { leaveWithoutErrors } from './authors.js';
import { Portal, type Visitor } from './portal.js';
import { Walk } from './walk.js';

const TITLE = 'A morning about your network';
const FIRST_RENDERING_MS = 60_000;
const file = (path: string): string => join(packageRoot(), 'templates', path);

/**
 * One campaign from a layout to its publication, as a marketer without code makes it: by
 * what is on the screen, and never in the files.
 */
describe('a whole campaign without code', () => {
  let portal: Portal;
  let maya: Visitor;
  let walk: Walk;
  beforeAll(async () => {
    portal = await Portal.open();
    maya = await portal.signIn('maya@northwind.example');
    walk = new Walk(maya);
  });
  afterAll(async () => {
    process.stderr.write(`\n${walk.table()}\n`);
    await portal.close();
  });

  const dialog = (): Locator => maya.page.getByRole('dialog');
  const inDialog = (name: string | RegExp): Locator => dialog().getByRole('button', { name, exact: true });
  const row = (name: string | RegExp): Locator => maya.page.getByRole('treeitem', { name, exact: true });
  const settings = (): Locator => maya.page.getByRole('region', { name: 'Settings of the block' });
  const palette = (name: string): Locator =>
    maya.page.getByRole('group', { name: 'Add a block' }).getByRole('button', { name, exact: true });
  const tab = (name: string): Locator => maya.page.getByRole('tab', { name, exact: true });
  const canvas = (): Locator => maya.page.getByRole('group', { name: /with its blocks$/ });
  const saved = async (): Promise<void> => {
    await maya.page.getByText(/^Saved .*: changes in \d+ files?$/).waitFor();
  };
  const template = (): Locator => maya.page.getByRole('combobox', { name: 'Template' });

  /** Selects a block, and waits for its settings. */
  const select = async (block: Locator): Promise<void> => {
    const name = await block.first().innerText();
    await walk.press(block);
    await settings().getByRole('heading', { name, exact: true }).waitFor();
  };

  /** Writes all texts of the shown e-mail or page that the layout leaves to its author. */
  async function writeAllTexts(words: string): Promise<void> {
    const { page } = maya;
    await page
      .getByRole('treeitem', { name: /\[Your/ })
      .first()
      .waitFor();
    for (const label of ['Subject', 'Preview text', 'Title in the browser’s tab'])
      if ((await maya.field(label).count()) > 0) await walk.write(maya.field(label), `${words}: ${TEXTS[label] ?? ''}`);
    const open = page
      .getByRole('treeitem', { name: /\[Your|^Form$|^Text of the partner/ })
      .and(page.locator('[role=treeitem]').filter({ hasNotText: /^(?:Section|Column|Row)/ }));
    const count = await open.count();
    const names = await open.allInnerTexts();
    expect(count).toBeGreaterThan(3);
    let number = 0;
    for (const name of names) {
      // It has the same text as one before it.
      if ((await row(name).count()) === 0) continue;
      await select(row(name));
      const fields = settings().getByRole('textbox');
      for (let at = 0; at < (await fields.count()); at += 1) {
        const field = fields.nth(at);
        const isInput = await field.evaluate((one) => 'value' in (one as object));
        const before = isInput ? await field.inputValue() : await field.innerText();
        if (!before.includes('[Your')) continue;
        number += 1;
        await walk.write(field, `${words}, part ${number}`);
      }
    }
    await until(async () => (await page.getByRole('treeitem', { name: /\[Your/ }).count()) === 0);
  }
  const TEXTS: Readonly<Record<string, string>> = {
    Subject: 'a morning about your network',
    'Preview text': 'what we have seen in the last year, and what we would do about it',
    'Title in the browser’s tab': 'register',
  };

  it('begins with a layout', async () => {
    await walk.job('new campaign from a layout', async () => {
      await walk.press(maya.link('New campaign'));
      await walk.press(maya.button('Use this: “Event invitation”'));
      await walk.write(maya.field('Title of the new campaign'), TITLE);
      await walk.write(maya.page.getByRole('combobox', { name: 'Theme' }), 'events');
      await walk.press(maya.button('Create the draft'));
      // The first rendering of a process loads the compiler.
      await canvas().waitFor({ timeout: FIRST_RENDERING_MS });
    });
  });

  it('gets all texts of its e-mail', async () => {
    await walk.job('all texts of an e-mail', async () => {
      await writeAllTexts('Invitation');
      await saved();
    });
  });

  it('gets another picture, cropped', async () => {
    await walk.job('hero image with a crop', async () => {
      await select(row(/^Picture: Invitation, part 2/));
      await walk.upload(maya.button('Upload a picture'), file('cloud-cost-clarity/images/hero.jpg'));
      await walk.press(dialog().getByText('2:1', { exact: true }));
      await walk.press(inDialog('Use picture'));
      await dialog().waitFor({ state: 'detached' });
      await saved();
    });
  });

  it('gets two columns with a button', async () => {
    await walk.job('two columns with a button', async () => {
      await select(row(/^Text: Invitation, part \d+$/).last());
      await walk.press(palette('2 columns'));
      await row('Row').and(maya.page.locator('[aria-selected=true]')).waitFor();
      await walk.press(palette('Button'));
      await settings().getByRole('heading', { name: 'Button: [Your button]' }).waitFor();
      await walk.write(settings().getByRole('textbox', { name: 'Text (en)' }), 'Reserve a seat');
      await walk.choose(maya.field('Link'), 'offer');
      for (const at of [1, 2]) {
        await select(row('Text: [Your text]').first());
        await walk.write(settings().getByRole('textbox', { name: 'Text (en)' }), `What you see in part ${at}`);
        await row(`Text: What you see in part ${at}`).waitFor();
      }
    });
  });

  it('lets partners edit one paragraph of 200 characters', async () => {
    await walk.job('a paragraph that partners edit', async () => {
      await select(row('Text: What you see in part 1'));
      await walk.press(maya.page.getByText('Partner may edit', { exact: true }));
      await walk.write(maya.field('Max. characters'), '200');
      await walk.write(maya.field('Label for partners'), 'What your guests see');
      await row(/^Text of the partner: What you see in part 1/).waitFor();
      await saved();
      expect(await maya.field('Max. characters').inputValue()).toBe('200');
    });
  });

  it('shows a row to finance only', async () => {
    await walk.job('a row for finance only', async () => {
      await select(row('Button: Reserve a seat'));
      await walk.press(maya.button('Select the surrounding block'));
      await walk.press(maya.button('Select the surrounding block'));
      await walk.press(maya.button('Only for some recipients'));
      const industry = maya.page
        .getByRole('group', { name: 'Who gets this block' })
        .getByRole('combobox', { name: 'Industry' });
      await walk.write(industry, 'finance');
      await row('Condition: finance').waitFor();
    });
  });

  it('gets other colours, which stay readable', async () => {
    await walk.job('other colours', async () => {
      await select(row('Button: Reserve a seat'));
      await walk.choose(maya.field('Background'), 'Partner’s second colour');
      const text = maya.field('Text colour');
      await until(async () => (await text.locator('option:checked').innerText()) === 'Text on the second colour');
      await walk.press(tab('Details'));
      await walk.write(maya.field('Buttons and bands'), '#0b4a8f');
      await walk.write(maya.field('Summary in English'), 'Invites customers to a morning about their network.');
      await walk.press(tab('Design'));
    });
  });

  it('gets a landing page with another field in its form', async () => {
    await walk.job('a landing page with a form field', async () => {
      await walk.press(maya.button('New e-mail or page'));
      await walk.press(dialog().getByText('Landing page', { exact: true }));
      await walk.press(inDialog('Add'));
      await maya.page.getByRole('group', { name: 'Page with its blocks' }).waitFor();
      await writeAllTexts('Registration');
      await select(row('Form'));
      await walk.choose(maya.field('Add a field'), 'Country');
      await maya.page.locator('iframe').first().contentFrame().getByLabel('Country').waitFor();
      await saved();
    });
  });

  it('gets a document, whose PDF is exchanged', async () => {
    await walk.job('a document, and another PDF in it', async () => {
      await walk.press(tab('Documents and posts'));
      await walk.press(maya.button('New post or document'));
      await walk.press(maya.page.getByRole('menuitem', { name: 'New document' }));
      await walk.write(dialog().getByLabel('Title'), 'Agenda of the morning');
      await walk.upload(
        dialog().getByRole('button', { name: 'PDF' }),
        file('zero-trust-edge/documents/brochure.en.pdf'),
      );
      await walk.press(inDialog('Add document'));
      await dialog().waitFor({ state: 'detached' });
      await walk.press(maya.button(/^Fix all \d+$/));
      await maya.page.getByRole('button', { name: /^qr, QR code/ }).waitFor();
      await walk.upload(maya.button('Exchange the PDF'), file('zero-trust-edge/documents/brochure.de.pdf'));
      await maya.page.getByRole('group', { name: 'Page 1' }).locator('img').waitFor();
    });
  });

  it('gets a post in three sizes', async () => {
    await walk.job('a post in three sizes', async () => {
      await walk.press(maya.button('New post or document'));
      await walk.press(maya.page.getByRole('menuitem', { name: 'New post' }));
      await walk.write(dialog().getByLabel('Name of the post'), 'See you there');
      await walk.press(inDialog('Create post'));
      await dialog().waitFor({ state: 'detached' });
      for (const [layer, words] of [
        ['[Your headline]', 'A morning about your network'],
        ['[Your line below it]', 'Coffee, cases, questions'],
      ] as const) {
        await walk.press(maya.page.getByRole('button', { name: layer }).last());
        await walk.write(maya.page.getByRole('textbox', { name: 'Text', exact: true }), words);
      }
      await walk.write(maya.field('Text of the post'), 'Come and see what we have seen.');
      for (const size of ['Square', 'Story', 'Landscape']) {
        await walk.press(maya.page.getByText(size, { exact: true }));
        await maya.page.getByRole('group', { name: 'Page 1' }).locator('img').waitFor();
      }
    });
  });

  it('gets a branch on a click, with its own e-mail', async () => {
    await walk.job('a branch on a click with its own e-mail', async () => {
      const { page } = maya;
      await walk.press(tab('Sequence'));
      const add = async (step: string): Promise<void> => {
        await walk.press(maya.button('Add a step'));
        await walk.press(page.getByRole('menuitem', { name: step, exact: true }));
      };
      await add('Wait');
      await add('Branch');
      const form = page.getByRole('region', { name: 'Selected step' });
      await walk.choose(form.getByLabel('If', { exact: true }), 'Link clicked');
      await add('E-mail');
      await walk.press(form.getByRole('button', { name: 'Write a new e-mail' }));
      await walk.press(dialog().getByRole('radio', { name: 'Reminder' }));
      await walk.write(dialog().getByLabel('Name of the e-mail'), 'For who clicked');
      await walk.press(inDialog('Add'));
      await writeAllTexts('Reminder');
      await walk.press(tab('Sequence'));
      await walk.press(page.getByRole('group', { name: /Branch/ }));
      await walk.choose(form.getByLabel('Then', { exact: true }), '4 · E-mail: Reminder: a morning about your network');
      await walk.choose(form.getByLabel('If not', { exact: true }), 'The end');
      await saved();
    });
  });

  it('gets French by XLIFF', async () => {
    await walk.job('French by XLIFF', async () => {
      const { page } = maya;
      await walk.press(tab('Translation'));
      await walk.press(maya.button('Add language'));
      await walk.type(dialog().getByRole('combobox', { name: /^Language/ }), 'French');
      await walk.press(page.getByRole('option', { name: 'French', exact: true }));
      await walk.press(dialog().getByRole('button', { name: /^(?:Add|Create)/ }));
      await page.locator('.translation-item', { hasText: 'Missing' }).first().waitFor();
      await walk.press(maya.button('Export for translators'));
      const download = page.waitForEvent('download');
      await walk.press(page.getByRole('menuitem', { name: /^French/ }));
      const xliff = readFileSync(await (await download).path(), 'utf8').replaceAll(
        /<source>((?:(?!<\/source>)[\s\S])*)<\/source>(?!\s*<target>)/g,
        '$&<target>Fr $1</target>',
      );
      await walk.upload(maya.button('Import translation'), {
        name: 'fr.xlf',
        mimeType: 'application/xliff+xml',
        buffer: Buffer.from(xliff),
      });
      await walk.press(dialog().getByRole('button', { name: /^Import \d+ texts/ }));
      await page.locator('.translation-item', { hasText: 'Draft' }).first().waitFor();
      await saved();
    });
  });

  it('is sent as a test', async () => {
    await walk.job('a test e-mail', async () => {
      await walk.press(tab('Design'));
      await walk.choose(template(), 'Invitation: a morning about your network');
      await walk.press(maya.button('Send test e-mail'));
      await walk.press(inDialog('Send'));
      await maya.page.getByText('Test e-mail sent to maya@northwind.example.').waitFor();
    });
    const received = async () =>
      (await portal.standalone.mailbox.mailsTo('maya@northwind.example')).filter(({ subject }) =>
        subject.startsWith('[Test] Invitation: a morning'),
      );
    await until(async () => (await received()).length > 0, 'the test e-mail');
    const [mail] = await received();
    expect(mail?.html).toContain('Invitation, part 3');
    expect(mail?.html).not.toContain('[Your');
  });

  it('is submitted, approved by somebody else, and published', async () => {
    await walk.press(tab('Details'));
    const checks = maya.page.getByRole('region', { name: 'Checks' });
    await until(async () => (await checks.getByText('Checking …').count()) === 0, 'the checks');
    expect(await checks.getByRole('listitem').filter({ hasText: 'Must fix' }).allInnerTexts()).toEqual([]);
    await walk.job('submission', async () => {
      await walk.press(maya.button('Save draft'));
      await maya.page.getByText('All changes saved.').waitFor();
      await walk.press(maya.link('Version 1'));
      await walk.press(maya.button('Submit for review'));
      await walk.press(inDialog('Submit'));
      await dialog().waitFor({ state: 'detached' });
    });
    const arun = await portal.signIn('arun@northwind.example', { path: new URL(maya.page.url()).pathname });
    const second = new Walk(arun);
    await second.job('approval', async () => {
      await second.press(arun.button('Approve'));
      await arun.button('Publish').or(arun.page.getByText('Approved')).first().waitFor();
    });
    await leaveWithoutErrors(arun);
    await walk.job('publication', async () => {
      const { page } = maya;
      await page.reload();
      await walk.press(maya.button('Publish'));
      await walk.press(dialog().getByRole('radio', { name: 'All partners' }));
      await walk.press(inDialog('Launch period'));
      const days = page.locator('table').getByRole('button', { disabled: false });
      await walk.press(page.locator('button[data-direction=next]'));
      await walk.press(days.filter({ hasText: /^10$/ }));
      await walk.press(days.filter({ hasText: /^20$/ }));
      await walk.press(inDialog('Publish'));
      await page.getByText(/^Opens on .*10/).waitFor();
    });
    walk.jobs.splice(-1, 0, ...second.jobs);
    await leaveWithoutErrors(maya);
  });
});
