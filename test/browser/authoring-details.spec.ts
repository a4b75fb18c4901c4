import { settled } from '../support/axe.js';
import { beginCampaign, leaveWithoutErrors, openVersion } from './authors.js';
import { Portal } from './portal.js';
import { screenProblems } from './screen-problems.js';

/** German texts are longer, and fit or not: a run of all suites looks. */
const PHONE_LANGUAGES = process.env['THROUGHLINE_TEST_ALL'] === '1' ? (['en', 'de'] as const) : (['en'] as const);

describe('an author', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it.each(PHONE_LANGUAGES)(
    'writes the copy on a phone, where nothing stands beside the screen: %s',
    async (language) => {
      const title = `Copy on a phone ${language}`;
      const author = await beginCampaign(portal, title);
      const address = `${new URL(author.page.url()).pathname}/edit?tab=copy`;
      await author.leave();
      const maya = await portal.signIn('maya@northwind.example', { width: 375, touch: true, language });
      await maya.page.goto(address);
      const table = maya.page.getByRole('table', { name: maya.say('editorTabs.copy') });
      await table.waitFor();
      const sideways = await table.evaluate((one) => {
        const { parentElement, scrollWidth } = one as unknown as {
          parentElement: { clientWidth: number };
          scrollWidth: number;
        };
        return scrollWidth - parentElement.clientWidth;
      });
      expect(sideways).toBeLessThanOrEqual(0);
      const cell = table.getByRole('row', { name: /^welcome\.title/ }).getByRole('button');
      expect(await cell.count()).toBe(2);
      await maya.press(cell.last());
      await table.getByRole('textbox').fill('Auf dem Telefon geschrieben');
      await table.getByRole('textbox').press('Control+Enter');
      await table.getByRole('button', { name: /: Auf dem Telefon geschrieben$/ }).waitFor();
      expect(await screenProblems(maya)).toEqual([]);
      for (const scheme of ['light', 'dark'] as const) {
        await maya.page.emulateMedia({ colorScheme: scheme });
        await maya.page.setViewportSize({ width: 375, height: 812 });
        await settled(maya.page);
        await maya.picture(`${language === 'de' ? 'de-' : ''}editor-copy-narrow-${scheme}`);
      }
      await leaveWithoutErrors(maya);
    },
  );

  it('begins with a campaign of its own, and is offered the fields and tags that there are, in mails and pages', async () => {
    const maya = await portal.signIn('maya@northwind.example');
    const { page } = maya;
    await maya.press(maya.link('New campaign'));
    await maya.heading('Copy one of your campaigns').waitFor();
    await maya.press(page.getByRole('button', { name: 'Use this: “Cloud cost clarity”' }).last());
    expect(await maya.field('Title of the new campaign').inputValue()).toBe('Copy of Cloud cost clarity');
    await maya.press(maya.button('Create the draft'));
    await openVersion(maya);
    await maya.heading('Copy of Cloud cost clarity').waitFor();
    await maya.press(maya.link('Edit'));
    await maya.press(maya.page.getByRole('tab', { name: 'Files' }));
    await maya.heading('Checks').waitFor();
    const offered = (name: string) => page.getByRole('option', { name, exact: true });
    for (const [file, hasRecipient] of [
      ['emails/welcome.mjml', true],
      ['pages/landing.html', false],
    ] as const) {
      await maya.press(page.getByRole('button', { name: file }));
      const code = page.getByRole('textbox', { name: file });
      await code.press('Control+End');
      await code.pressSequentially('{{');
      await offered('partner.name').waitFor();
      expect(await offered('recipient.firstName').count()).toBe(hasRecipient ? 1 : 0);
      await page.keyboard.press('Escape');
      await code.pressSequentially('x}}<tc-sl');
      await offered('tc-slot').waitFor();
      await page.keyboard.press('Escape');
    }
    await maya.press(maya.button('Discard changes'));
    const asked = page.getByRole('dialog', { name: 'Discard the changes in 2 files?' });
    expect(await asked.getByRole('listitem').allTextContents()).toEqual(['emails/welcome.mjml', 'pages/landing.html']);
    await maya.press(asked.getByRole('button', { name: 'Back' }));
    await asked.waitFor({ state: 'hidden' });
    await page.getByText(/^Saved .*: changes in 2 files$/).waitFor();
    await maya.press(maya.button('Discard changes'));
    await maya.press(asked.getByRole('button', { name: 'Discard changes' }));
    await page.getByText('All changes saved.').waitFor();
    await leaveWithoutErrors(maya);
  });

  it('writes an e-mail that there was none of, sends it in the sequence, sees it, and removes files again', async () => {
    const maya = await beginCampaign(portal, 'Another mail at the edge');
    const { page } = maya;
    await maya.press(maya.link('Edit'));
    await maya.heading('Checks').waitFor();
    await maya.press(page.getByRole('tab', { name: 'Sequence' }));
    await maya.press(maya.button('Add a step'));
    await maya.press(page.getByRole('menuitem', { name: 'E-mail', exact: true }));
    const form = page.getByRole('region', { name: 'Selected step' });
    await maya.press(form.getByRole('button', { name: 'Write a new e-mail' }));
    const asked = page.getByRole('dialog', { name: 'Write a new e-mail' });
    for (const [name, refusal] of [
      ['…', /^Write a name with letters or digits/],
      ['welcome', /^The campaign already has one with this name/],
    ] as const) {
      await asked.getByLabel('Name of the e-mail').fill(name);
      await maya.press(asked.getByRole('button', { name: 'Add' }));
      await asked.getByText(refusal).waitFor();
    }
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture('editor-new-email');
    await asked.getByLabel('Name of the e-mail').fill('Second thought');
    await maya.press(asked.getByRole('radio', { name: 'Reminder' }));
    await maya.press(asked.getByRole('button', { name: 'Add' }));
    await asked.waitFor({ state: 'hidden' });
    // It opens in its builder.
    await page.getByRole('tab', { name: 'Design', selected: true }).waitFor();
    await page.getByRole('button', { name: 'Text: [Your heading]' }).first().waitFor();
    await maya.press(page.getByRole('tab', { name: 'Sequence' }));
    await maya.press(page.getByRole('group', { name: /\[Your subject\]$/ }).first());
    expect(await form.getByLabel('E-mail', { exact: true }).inputValue()).toBe('second-thought');

    await maya.press(page.getByRole('tab', { name: 'Files' }));
    await maya.press(page.getByRole('button', { name: 'emails/second-thought.mjml, Changed' }));
    const mail = page.frameLocator('iframe[title="Preview of the e-mail"]');
    await mail.getByText('[Your date]').first().waitFor();
    await maya.picture('editor-new-email-shown');
    await maya.press(maya.button('Save draft'));
    await page.getByText('All changes saved.').waitFor();
    await page.reload();
    const file = (name: string) => page.getByRole('button', { name, exact: true });
    await maya.press(file('emails/second-thought.mjml'));
    await mail.getByText('[Your date]').first().waitFor();

    await maya.press(maya.button('Remove file'));
    const removal = page.getByRole('dialog', { name: 'Remove emails/second-thought.mjml?' });
    await maya.press(removal.getByRole('button', { name: 'Remove file' }));
    await removal.waitFor({ state: 'hidden' });
    await maya.press(file('emails/second-thought.mjml, Removed'));
    await maya.button('Bring the file back').waitFor();
    // The step still sends it.
    await page
      .getByRole('button', { name: /^Must fix Campaign settings, line \d+/ })
      .first()
      .waitFor();
    await maya.press(maya.button('Discard changes'));
    await maya.press(page.getByRole('dialog').getByRole('button', { name: 'Discard changes' }));
    await file('emails/second-thought.mjml').waitFor();
    await leaveWithoutErrors(maya);
  });
});
