import { readFileSync } from 'node:fs';
import { beginCampaign, leaveWithoutErrors } from './authors.js';
import { Portal, type Visitor } from './portal.js';

const NORA = 'nora@northwind.example';
const DESK = '?tab=translation';

describe('the translation desk', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  const onDesk = async (visitor: Visitor, language = ''): Promise<void> => {
    const [version] = visitor.page.url().split(/\/edit|\?/);
    await visitor.page.goto(`${version}/edit${DESK}${language === '' ? '' : `&language=${language}`}`);
    await visitor.page.locator('.translation-item, .mantine-Alert-root').first().waitFor();
  };
  const inState = (visitor: Visitor, state: string) => visitor.page.locator('.translation-item', { hasText: state });
  const choose = async (visitor: Visitor, key: string): Promise<void> => {
    await visitor.page.locator('.translation-item', { hasText: key }).first().click();
    await visitor.page.getByRole('region', { name: `Text ${key}` }).waitFor();
  };
  const german = ({ page }: Visitor) => page.getByRole('textbox', { name: 'German', exact: true });

  it('is used by keyboard, and keeps what two people write at once', async () => {
    const maya = await beginCampaign(portal, 'Two translators');
    await onDesk(maya, 'de');
    const nora = await portal.signIn(NORA);
    await nora.page.goto(maya.page.url());
    await nora.page.locator('.translation-item').first().waitFor();
    await choose(maya, 'welcome.title');
    await choose(nora, 'proof.title');
    await german(maya).fill('Angriffe am Rand stoppen');
    await german(nora).fill('Nach neunzig Tagen');
    await Promise.all([maya.page.keyboard.press('Control+Enter'), nora.page.keyboard.press('Control+Shift+Enter')]);
    // The next open text has the focus.
    await maya.page.getByRole('region', { name: 'Text welcome.open' }).waitFor();
    expect(await maya.page.evaluate<boolean>('document.activeElement.tagName === "TEXTAREA"')).toBe(true);
    await maya.page.getByText(/^Saved/).waitFor();
    await nora.page.getByText(/^Saved/).waitFor();
    await onDesk(maya, 'de');
    // What is reviewed is not among what is to do.
    await maya.page.getByText(/^All \d+$/).click();
    await choose(maya, 'proof.title');
    expect(await german(maya).inputValue()).toBe('Nach neunzig Tagen');
    await maya.page.getByText(/Reviewed by/).waitFor();
    await choose(maya, 'welcome.title');
    expect(await german(maya).inputValue()).toBe('Angriffe am Rand stoppen');
    await leaveWithoutErrors(nora);
    await leaveWithoutErrors(maya);
  });

  it('adds French by XLIFF: broken codes are refused by name, a whole file passes all checks', async () => {
    const maya = await beginCampaign(portal, 'French by file');
    await onDesk(maya);
    await maya.press(maya.button('Add language'));
    await maya.page
      .getByRole('combobox', { name: /^Language/ })
      .last()
      .fill('French');
    await maya.page.getByRole('option', { name: 'French', exact: true }).click();
    await maya.press(maya.page.getByRole('dialog').getByRole('button', { name: /^(?:Add|Create)/ }));
    await inState(maya, 'Missing').first().waitFor();
    await maya.press(maya.button('Export for translators'));
    const [exported] = await Promise.all([
      maya.page.waitForEvent('download'),
      maya.page.getByRole('menuitem', { name: /^French/ }).click(),
    ]);
    const file = readFileSync(await exported.path(), 'utf8');
    const translated = file.replaceAll(
      /<source>((?:(?!<\/source>)[\s\S])*)<\/source>(?!\s*<target>)/g,
      '$&<target>Fr $1</target>',
    );
    const importFile = async (xliff: string): Promise<void> => {
      const [chooser] = await Promise.all([
        maya.page.waitForEvent('filechooser'),
        maya.button('Import translation').click(),
      ]);
      await chooser.setFiles({ name: 'fr.xlf', mimeType: 'application/xliff+xml', buffer: Buffer.from(xliff) });
    };
    await importFile(translated.replace(/(<target>.*?)<pc [^>]*>(.*?)<\/pc>/, '$1$2'));
    const dialog = maya.page.getByRole('dialog');
    await dialog.getByText('1 text cannot be imported').waitFor();
    await dialog.getByText('<b>  </b>').waitFor();
    expect(await dialog.getByRole('button', { name: /^Import/ }).count()).toBe(0);
    await dialog.getByRole('button', { name: 'Back' }).click();
    await importFile(translated);
    await dialog.getByRole('button', { name: /^Import \d+ texts/ }).click();
    await inState(maya, 'Draft').first().waitFor();
    await maya.press(maya.button('Save draft'));
    await maya.page.getByText('All changes saved.').waitFor();
    await onDesk(maya, 'fr');
    await maya.page.getByText('Copy in every language').waitFor();
    expect(await inState(maya, 'Missing').count()).toBe(0);
    await leaveWithoutErrors(maya);
  });
});
