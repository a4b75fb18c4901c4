import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import { beginCampaign, leaveWithoutErrors } from './authors.js';
import { Portal, type Visitor } from './portal.js';

/** Longer than the pauses after which the editor tries again. */
const OFFLINE_MS = 12_000;

describe('the builder', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  const row = ({ page }: Visitor, name: string | RegExp) => page.getByRole('treeitem', { name }).first();
  const selected = ({ page }: Visitor, name: string | RegExp = /./) =>
    page.getByRole('treeitem', { name }).and(page.locator('[aria-selected=true]')).first();
  const place = ({ page }: Visitor): Promise<number> =>
    page
      .getByRole('treeitem')
      .evaluateAll((rows) => rows.findIndex((one) => one.getAttribute('aria-selected') === 'true'));
  /** Moves the selection by an arrow key to a block. The screen shows each step before the next. */
  const moveTo = async (maya: Visitor, key: 'ArrowDown' | 'ArrowUp', name: string): Promise<void> => {
    for (let steps = 0; steps < 30 && (await selected(maya, name).count()) === 0; steps += 1) {
      const before = await place(maya);
      await maya.page.keyboard.press(key);
      await until(async () => (await place(maya)) !== before, 'another block to be selected');
    }
  };
  const mail = ({ page }: Visitor) => page.locator('iframe[title="Preview of the e-mail"]').first().contentFrame();
  const openDraft = async (title: string): Promise<Visitor> => {
    const maya = await beginCampaign(portal, title);
    await maya.press(maya.link('Edit'));
    await maya.page.getByRole('group', { name: 'E-mail with its blocks' }).waitFor();
    return maya;
  };

  it('makes an e-mail by keys alone, from a blank layout', async () => {
    const maya = await portal.signIn('maya@northwind.example', { path: '/campaigns/new' });
    const { page } = maya;
    const { keyboard } = page;
    const palette = (name: string) =>
      page.getByRole('group', { name: 'Add a block' }).getByRole('button', { name, exact: true });
    /** Writes the selected block in its place, from the list of blocks. */
    const write = async (words: string): Promise<void> => {
      await maya.enter(selected(maya));
      await page.getByRole('group', { name: 'E-mail with its blocks' }).getByRole('textbox').waitFor();
      await keyboard.press('Control+a');
      await keyboard.type(words);
      await keyboard.press('Escape');
      await selected(maya, new RegExp(`: ${words}$`)).waitFor();
    };
    await maya.enter(maya.button('Use this: “Blank e-mail”'));
    await page.getByRole('dialog').waitFor();
    await keyboard.type('By keys alone');
    await maya.reach(page.getByRole('combobox', { name: 'Theme' }));
    await keyboard.type('security');
    await maya.enter(maya.button('Create the draft'));
    await page.getByRole('group', { name: 'E-mail with its blocks' }).waitFor();

    await maya.reach(maya.field('Subject'));
    await keyboard.press('Control+a');
    await keyboard.type('Written without a mouse');
    // The last block of the content.
    await maya.reach(page.getByRole('treeitem').first());
    await moveTo(maya, 'ArrowDown', '[Your text]');
    for (const [block, words] of [
      ['Heading', 'What you get'],
      ['Text', 'A paragraph'],
      ['Button', 'Write to us'],
    ] as const) {
      await maya.enter(palette(block));
      await selected(maya, /\[Your/).waitFor();
      await write(words);
    }
    await maya.enter(palette('Picture'));
    await selected(maya, /^Picture/).waitFor();
    await maya.reach(maya.field('Alt text'));
    await keyboard.press('Control+a');
    await keyboard.type('Our team');
    await maya.enter(palette('2 columns'));
    await selected(maya, 'Row').waitFor();
    await maya.enter(maya.button('Only for some recipients'));
    await maya.reach(page.getByRole('combobox', { name: 'Industry' }));
    await keyboard.type('finance');
    await keyboard.press('Enter');
    await row(maya, 'Condition: finance').waitFor();

    // A paragraph for partners.
    await maya.reach(selected(maya));
    await moveTo(maya, 'ArrowUp', 'Text: A paragraph');
    await maya.enter(page.getByRole('radiogroup', { name: 'Who can change the text' }), 'ArrowRight');
    await selected(maya, /^Text of the partner: A paragraph/).waitFor();
    await page.getByText(/^Saved .*: changes in \d+ files?$/).waitFor();
    await mail(maya).getByText('Write to us').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await leaveWithoutErrors(maya);
  });

  it('takes text of a web page without its scripts, and no megabytes', async () => {
    const maya = await openDraft('Pasted from a page');
    const { page } = maya;
    const paste = (html: string): Promise<void> =>
      page.evaluate(`{
        const data = new DataTransfer();
        data.setData('text/html', ${JSON.stringify(html)});
        const paste = { clipboardData: data, bubbles: true, cancelable: true };
        document.body.dispatchEvent(new ClipboardEvent('paste', paste));
      }`);
    await row(maya, 'Text: Stop an attack where it starts').click();
    await paste(
      '<h2>Pasted heading</h2><p onclick="window.wasRun = 1">Fine <b>words</b><script>window.wasRun = 1</script></p>' +
        '<img src="x.png" onerror="window.wasRun = 1"><iframe src="https://evil.example/"></iframe>',
    );
    await row(maya, 'Text: Pasted heading').waitFor();
    await mail(maya).getByText('Fine words').first().waitFor();
    expect(await mail(maya).locator('script, iframe, [onclick], img[src$="x.png"]').count()).toBe(0);
    expect(await page.evaluate('window.wasRun')).toBeUndefined();
    const blocks = await page.getByRole('treeitem').count();
    await paste(`<p>${'Much of it. '.repeat(450_000)}</p>`);
    await page.getByText('This is too long to paste. Copy a part of it.').waitFor();
    expect(await page.getByRole('treeitem').count()).toBe(blocks);
    await leaveWithoutErrors(maya);
  });

  it('loses nothing of two authors, one of whom has no network meanwhile', async () => {
    const maya = await openDraft('Two authors');
    const nora = await portal.signIn('nora@northwind.example', { path: new URL(maya.page.url()).pathname });
    const write = async (visitor: Visitor, from: RegExp, words: string): Promise<void> => {
      await row(visitor, from).click();
      const text = visitor.page
        .getByRole('region', { name: 'Settings of the block' })
        .getByRole('textbox', { name: 'Text (en)' });
      await visitor.page.getByRole('heading', { name: from }).waitFor();
      await text.click();
      await visitor.page.keyboard.press('Control+a');
      await visitor.page.keyboard.type(words);
      await visitor.page.keyboard.press('Tab');
      await row(visitor, `Text: ${words}`).waitFor();
    };
    await row(nora, 'Text: Stop an attack where it starts').waitFor();
    await maya.page.context().setOffline(true);
    await write(maya, /^Text: Stop an attack where it starts/, 'Written without a network');
    await maya.page.getByText('Not saved yet: your changes are only in this browser.').waitFor();
    await write(nora, /^Text: Most break-ins begin/, 'Written meanwhile');
    await nora.page.getByText(/^Saved /).waitFor();
    await maya.page.waitForTimeout(OFFLINE_MS);
    await maya.page.context().setOffline(false);
    await maya.page.getByText(/^Saved /).waitFor();
    for (const visitor of [maya, nora])
      for (const words of ['Written without a network', 'Written meanwhile'])
        await until(async () => (await row(visitor, `Text: ${words}`).count()) > 0, words);
    await leaveWithoutErrors(nora);
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });
});
