import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import { beginCampaign, leaveWithoutErrors } from './authors.js';
import { Portal, type Visitor } from './portal.js';
import { screenProblems } from './screen-problems.js';

describe('an author of a landing page without code', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  const chooseTemplate = async ({ page }: Visitor, value: string): Promise<void> => {
    await page.locator(`select:has(option[value="${value}"])`).first().selectOption(value);
  };
  const begin = async (title: string): Promise<Visitor> => {
    const maya = await beginCampaign(portal, title);
    await maya.press(maya.link('Edit'));
    await maya.heading('Checks').waitFor();
    await chooseTemplate(maya, 'page landing');
    await block(maya, 'Heading: Stop an attack where it starts').waitFor();
    return maya;
  };
  const canvas = ({ page }: Visitor) => page.getByRole('group', { name: 'Page with its blocks' });
  const block = (maya: Visitor, name: string | RegExp) => canvas(maya).getByRole('button', { name }).first();
  const shown = ({ page }: Visitor) => page.locator('iframe[title="Preview of the e-mail"]').first().contentFrame();
  const row = ({ page }: Visitor, name: string | RegExp) => page.getByRole('treeitem', { name }).first();
  const selected = ({ page }: Visitor, name: string | RegExp) =>
    page.getByRole('treeitem', { name }).and(page.locator('[aria-selected=true]')).first();
  const palette = ({ page }: Visitor, name: string) =>
    page.getByRole('group', { name: 'Add a block' }).getByRole('button', { name, exact: true });
  const saved = ({ page }: Visitor) => page.getByText(/^Saved .*: changes in \d+ files?$/).waitFor();
  const rows = ({ page }: Visitor) => page.getByRole('treeitem').allInnerTexts();
  const code = async (maya: Visitor): Promise<void> => {
    await maya.press(maya.page.getByRole('tab', { name: 'Files' }));
  };

  it('changes a text in its place, adds, moves, copies and deletes blocks, by keys too', async () => {
    const maya = await begin('A page by hand');
    const { page } = maya;
    expect(await violations(page)).toEqual([]);
    await maya.picture('page-builder');
    await maya.press(block(maya, 'Heading: Stop an attack where it starts'));
    await page.keyboard.press('Enter');
    await canvas(maya).getByRole('textbox', { name: 'Text (en)' }).waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Stop it <here> & now');
    await page.keyboard.press('Escape');
    await shown(maya).getByText('Stop it <here> & now').first().waitFor();

    await maya.press(palette(maya, 'Product'));
    await shown(maya).getByText('[Your button]').first().waitFor();
    await maya.press(row(maya, 'Button: [Your button]'));
    await maya.field('Link').selectOption('demo');
    await maya.field('Alignment').selectOption('Centre');
    await maya.field('Background').selectOption('Partner’s second colour');
    // The blocks of a new rendering are on the canvas a moment later.
    await block(maya, 'Button: [Your button]').waitFor();
    expect(await violations(page)).toEqual([]);
    await maya.picture('page-builder-inspector');

    // By keys: up, past the text and the heading, and into the column before.
    await row(maya, 'Button: [Your button]').focus();
    await until(async () => {
      const names = await rows(maya);
      if (names.indexOf('Button: [Your button]') < names.indexOf('Heading: [Your heading]')) return true;
      await page.keyboard.press('Alt+ArrowUp');
      return false;
    });
    // Down again, past all places, and out of the section.
    for (let steps = 0; steps < 8; steps++) await page.keyboard.press('Alt+ArrowDown');
    await until(async () => {
      const names = await rows(maya);
      return names.indexOf('Button: [Your button]') > names.indexOf('Text: [Your text]');
    });
    await page.keyboard.press('Control+d');
    await until(async () => (await rows(maya)).filter((name) => name === 'Button: [Your button]').length === 2);
    await page.keyboard.press('Delete');
    await until(async () => (await rows(maya)).filter((name) => name === 'Button: [Your button]').length === 1);

    const undo = page.locator('button:enabled').and(maya.button('Undo'));
    await until(async () => {
      if ((await undo.count()) === 0) return true;
      await undo.click({ timeout: 5_000 }).catch(() => undefined);
      return false;
    });
    await shown(maya).getByText('Stop an attack where it starts').first().waitFor();
    await page.getByText('All changes saved.').waitFor();
    await leaveWithoutErrors(maya);
  });

  it('adds a field to the form, with label and help, and sees what follows it', async () => {
    const maya = await begin('A form of ours');
    const { page } = maya;
    await maya.press(block(maya, 'Form'));
    await maya.field('Add a field').selectOption('country');
    await shown(maya).getByLabel('Country').waitFor();
    await page.getByRole('group', { name: 'Country' }).getByLabel('Required').check();
    await maya.field('Label of “Country”').fill('Your country');
    await maya.field('Label of “Country”').blur();
    await maya.field('Help for “Country”').fill('Where your company is');
    await maya.field('Help for “Country”').blur();
    await shown(maya).getByText('Where your company is').waitFor();
    await maya.press(maya.button('Move “Country” up'));
    await until(async () => {
      // A new rendering replaces the frame.
      const labels = shown(maya).locator('form.tc-form label');
      const names = await labels.allInnerTexts().catch((): string[] => []);
      return names.indexOf('Your country *') < names.indexOf('Message');
    });
    await maya.press(maya.button('Remove “Phone”'));
    await until(async () => (await shown(maya).getByLabel('Phone').count()) === 0);
    expect(await violations(page)).toEqual([]);
    await maya.picture('page-builder-form');
    await maya.press(page.getByText('After the form is sent', { exact: true }));
    await maya.field('Text after the form is sent (en)').fill('We call you tomorrow.');
    await maya.field('Text after the form is sent (en)').blur();
    await shown(maya).getByText('We call you tomorrow.').waitFor();
    expect(await violations(page)).toEqual([]);
    await maya.picture('page-builder-thanks');
    await maya.field('Link after the form is sent').selectOption('brochure');
    await shown(maya).getByText('[Your label of the link]').waitFor();
    await saved(maya);
    await leaveWithoutErrors(maya);
  });

  it('opens a text and a button for partners, lets them hide a block, and shows one in German only', async () => {
    const maya = await begin('A page of partners');
    const { page } = maya;
    await maya.press(row(maya, /^Heading: Stop an attack/));
    await maya.press(page.getByText('Partner may edit', { exact: true }));
    await selected(maya, /^Text of the partner: Stop an attack/).waitFor();
    await maya.field('Max. characters').fill('60');
    await maya.field('Max. characters').blur();
    await maya.press(palette(maya, 'Button'));
    await selected(maya, 'Button: [Your button]').waitFor();
    await maya.press(page.getByText('Partner may edit', { exact: true }));
    await selected(maya, 'Button of the partner: [Your button]').waitFor();
    await page.getByLabel('Partner may exchange the link').check();
    await maya.press(row(maya, /^Heading: What changes/));
    await page.getByLabel('Partner may hide it').check();
    await row(maya, 'Partner may hide: [Your name for this part]').waitFor();
    await maya.press(row(maya, /^Picture: Abstract/));
    await maya.press(maya.button('Only for some recipients'));
    const who = page.getByRole('group', { name: 'Who gets this block' });
    // A page has a variant for each fact of a visitor with a personal link.
    expect(await who.getByRole('combobox').count()).toBe(6);
    await who.getByRole('combobox', { name: 'Language' }).fill('de');
    await page.keyboard.press('Enter');
    await row(maya, 'Condition: de').waitFor();
    await until(async () => (await shown(maya).locator('img.picture').count()) === 0);
    await maya.field('Language').selectOption('de');
    await until(async () => (await shown(maya).locator('img.picture').count()) === 1);
    expect(await violations(page)).toEqual([]);
    await maya.picture('page-builder-partners');
    await saved(maya);
    await leaveWithoutErrors(maya);
  });

  it('drags a block beside another one, and a new one into a section', async () => {
    const maya = await begin('A page by mouse');
    const { page } = maya;
    const point = /^Point: You replace nothing/;
    await block(maya, point).scrollIntoViewIfNeeded();
    const from = await block(maya, point).boundingBox();
    const to = await block(maya, /^Point: You see every/).boundingBox();
    if (from === null || to === null) throw new Error('Both are on the canvas.');
    await page.mouse.move(from.x + 20, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 20, to.y + 1, { steps: 12 });
    await page.locator('.drop-line').waitFor();
    await page.mouse.up();
    await until(async () => {
      const names = await rows(maya);
      return names.findIndex((name) => point.test(name)) < names.findIndex((name) => name.startsWith('Point: You see'));
    });
    await leaveWithoutErrors(maya);
  });

  it('shows what it cannot read as code, with its place, and pasted scripts as blocks of code', async () => {
    const maya = await begin('A page of another tool');
    const { page } = maya;
    const paste = async (text: string): Promise<void> => {
      await code(maya);
      await maya.press(page.getByRole('button', { name: /landing\.html/ }).first());
      await page.locator('.cm-content').first().click();
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(text);
      await maya.press(page.getByRole('tab', { name: 'Design' }));
    };
    await paste('<!doctype html><html><body><p>Fine</p><div><p>Broken</div></section></body></html>');
    await maya.press(maya.button('Open the place of the error'));
    await page.locator('.cm-content').first().waitFor();
    await paste(
      '<!doctype html><html><body><h1>Fine</h1><script>window.wasRun = 1</script><blink>Old</blink><img src="x.png" onerror="window.wasRun = 1" alt=""><p>Still here</p></body></html>',
    );
    await row(maya, 'Heading: Fine').waitFor();
    expect(await rows(maya)).toEqual(['Heading: Fine', 'Code', 'Code', 'Picture', 'Text: Still here']);
    await shown(maya).getByText('Still here').waitFor();
    expect(await page.evaluate('window.wasRun')).toBeUndefined();
    await maya.press(row(maya, 'Code'));
    await page.keyboard.press('Delete');
    await until(async () => (await rows(maya)).length === 4);
    await leaveWithoutErrors(maya);
  });

  it.each(['en', 'de'] as const)('can work on a narrow screen: %s', async (language) => {
    const author = await beginCampaign(portal, `Narrow page ${language}`);
    const address = `${new URL(author.page.url()).pathname}/edit`;
    await author.leave();
    const maya = await portal.signIn('maya@northwind.example', { width: 390, language, scheme: 'dark' });
    await maya.page.goto(address);
    await chooseTemplate(maya, 'page landing');
    await maya.page
      .getByRole('treeitem', { name: /Formular|Form/ })
      .first()
      .click();
    await maya.page.getByRole('group', { name: /Fields of the form|Felder des Formulars/ }).waitFor();
    expect(await violations(maya.page)).toEqual([]);
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture(`${language}-page-builder-narrow`);
    await leaveWithoutErrors(maya);
  });
});
