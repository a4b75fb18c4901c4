import { violations } from '../support/axe.js';
import { templatePackage } from './authors.js';
import type { Portal, Visitor } from './portal.js';
import { sharedPortal } from './shared-portal.js';

/**
 * Drawing two versions of mails, posts and documents over each other takes half
 * a minute: at night. By day the walk of every screen opens the comparison.
 */
const COMPARES_PICTURES = process.env['THROUGHLINE_TEST_ALL'] === '1';
/** In the browser: what is carried when two packages are dragged at once. */
const twoFiles = (): unknown => {
  const { DataTransfer: Carried } = globalThis as unknown as {
    DataTransfer: new () => { items: { add(file: unknown): void } };
  };
  const carried = new Carried();
  for (const name of ['one.zip', 'two.zip']) carried.items.add(new File(['PK'], name));
  return carried;
};

describe('a vendor', () => {
  const shared = sharedPortal();
  let portal: Portal;
  beforeAll(async () => {
    portal = await shared.open();
  });
  afterAll(() => shared.close());

  /** A mail, a post and a document as they were and as they will be. */
  const seesBothVersions = async (maya: Visitor): Promise<void> => {
    const { page } = maya;
    const mailOf = (number: number) => page.frameLocator(`iframe[title="Version ${number} as a recipient sees it"]`);
    await page
      .getByRole('option', { name: / · changed$/ })
      .first()
      .waitFor({ state: 'attached' });
    await mailOf(1).getByText('Stop an attack where it starts').first().waitFor();
    await mailOf(2).getByText('Stop it at the first door').first().waitFor();
    await maya.picture('version-changes-beside');
    await maya.press(page.getByText('Only what differs', { exact: true }));
    await page.getByRole('group', { name: 'Both versions, one over the other' }).waitFor();
    await maya.picture('version-changes-difference');
    await maya.field('Show').selectOption('social announce');
    await page.getByText(/% of it differs\.$/).waitFor();
    await page.getByRole('img', { name: 'Landscape: Differences, in red' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await maya.picture('version-changes-post');
    await maya.field('Show').selectOption('documents brochure');
    await page.getByText('Not one pixel differs.').first().waitFor();
    expect(await page.getByRole('img', { name: /Differences, in red$/ }).count()).toBe(0);
  };

  it('sees every problem of a package with its file and line, and that two at once are none', async () => {
    const maya = await portal.signIn('maya@northwind.example');
    await maya.press(maya.link('New campaign'));
    const choice = maya.page.locator('input[type=file]');
    await choice.waitFor({ state: 'attached' });
    await choice.locator('..').dispatchEvent('drop', { dataTransfer: await maya.page.evaluateHandle(twoFiles) });
    const refused = maya.page.getByText('Drop one file at a time. You dropped 2');
    await refused.waitFor();
    await choice.setInputFiles(
      await templatePackage('edge.zip', {
        'campaign.yaml': (text) => text.replace('theme:', 'themes:').replace('emails/proof.mjml', 'emails/gone.mjml'),
      }),
    );
    const alert = maya.page.getByRole('alert');
    await alert
      .getByText(/campaign\.yaml:\d+/)
      .first()
      .waitFor();
    expect(await alert.getByRole('listitem').count()).toBeGreaterThanOrEqual(2);
    expect(await refused.count()).toBe(0);
    await maya.leave();
  });

  it('brings a campaign to its partners with four eyes, and takes it back', async () => {
    const maya = await portal.signIn('maya@northwind.example');
    await maya.press(maya.link('New campaign'));
    await maya.page
      .locator('input[type=file]')
      .setInputFiles(
        await templatePackage(
          'second.zip',
          { 'campaign.yaml': (text) => text.replace(/^name: .*$/m, 'name: second-edge') },
          { 'NOTES.md': 'Ask legal about the footer.\n' },
        ),
      );
    await maya.page.waitForURL(/\/campaigns\/[0-9a-f-]+\/versions\/1$/);
    const address = new URL(maya.page.url()).pathname;
    await maya.press(maya.button('Submit for review'));
    await maya.press(maya.button('Submit'));
    await maya.page.getByText('In review', { exact: true }).waitFor();
    expect(await maya.button('Approve').count()).toBe(0);

    const arun = await portal.signIn('arun@northwind.example', { path: address });
    await arun.press(arun.button('Approve'));
    await arun.page.getByText(/^Approved by Arun Mehta/).waitFor();
    await arun.leave();

    await maya.page.reload();
    await maya.press(maya.button('Publish'));
    const dialog = maya.page.getByRole('dialog');
    await maya.press(dialog.getByRole('radio', { name: 'All partners' }));
    await maya.press(dialog.getByRole('button', { name: 'Launch period' }));
    // From today: earlier days cannot be chosen.
    const days = maya.page.locator('table button:not([data-outside]):not([data-hidden]):not([disabled])');
    await maya.press(days.first());
    await maya.press(maya.page.locator('button[data-direction=next]'));
    await maya.press(days.nth(20));
    await maya.press(dialog.getByRole('button', { name: 'Publish' }));
    await maya.page.getByText('Published', { exact: true }).waitFor();

    await maya.press(maya.link('Edit'));
    await maya.press(maya.page.getByRole('tab', { name: 'Files' }));
    await maya.press(maya.page.getByRole('button', { name: 'campaign.yaml' }));
    const code = maya.page.getByRole('textbox', { name: 'campaign.yaml' });
    await code.press('Control+Home');
    await code.pressSequentially('# The autumn edition\n');
    const api = maya.page
      .url()
      .replace('/campaigns', '/api/v1/campaigns')
      .replace(/edit.*$/, 'files');
    const { files } = (await (await maya.page.request.get(api, { maxRetries: 2 })).json()) as {
      files: { path: string; text: string }[];
    };
    const rewrite = async (path: string, before: string, after: string) => {
      await maya.press(maya.page.getByRole('button', { name: path }));
      const text = files.find((file) => file.path === path)?.text ?? '';
      // Not filled: CodeMirror would not notice that all is selected before the text arrives, and keep both.
      await maya.page.getByRole('textbox', { name: path }).press('Control+A');
      await maya.page.keyboard.insertText(text.replaceAll(before, after));
    };
    await rewrite('locales/en.yaml', 'Stop an attack where it starts', 'Stop it at the first door');
    await rewrite('social/announce.landscape.svg', '#0b1f3a', '#8a1f3a');
    await maya.press(maya.page.getByRole('button', { name: 'NOTES.md' }));
    await maya.press(maya.button('Remove file'));
    await maya.press(dialog.getByRole('button', { name: 'Remove file' }));
    await maya.page.getByRole('button', { name: 'NOTES.md, Removed' }).waitFor();
    await maya.press(maya.button('Save as next version (draft)'));
    await maya.page.getByText('Saved as version 2.').waitFor();
    await maya.press(maya.link('Version 2'));
    await maya.press(maya.page.getByRole('tab', { name: 'Changes' }));
    if (COMPARES_PICTURES) await seesBothVersions(maya);
    await maya.press(maya.page.getByText('Source files', { exact: true }));
    await maya.page.getByText('4 files differ from version 1.').waitFor();
    await maya.page.getByText('# The autumn edition').waitFor();
    const removed = maya.page.getByRole('region', { name: 'NOTES.md' });
    await removed.getByText('Removed', { exact: true }).waitFor();
    await removed.getByText('Ask legal about the footer.').waitFor();
    await maya.picture('version-changes');

    await maya.press(maya.link('Back to campaign'));
    await maya.press(maya.button('Stop campaign'));
    await maya.press(maya.page.getByRole('dialog').getByRole('button', { name: 'Stop campaign' }));
    await maya.page.getByText('Stopped', { exact: true }).waitFor();
    await maya.press(maya.button('Recall'));
    const recall = maya.page.getByRole('dialog', { name: 'Recall “Zero trust at the edge”?' });
    await recall.getByLabel('Reason').fill('Its price is wrong.');
    await maya.press(recall.getByRole('button', { name: 'Recall', exact: true }));
    await maya.page.getByRole('link', { name: 'Back to the campaign' }).click();
    await maya.page.getByText('Recalled', { exact: true }).waitFor();
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });
});
