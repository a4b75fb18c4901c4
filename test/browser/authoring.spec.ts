import { settled } from '../support/axe.js';
import { screenProblems } from './screen-problems.js';
import { Portal, type Visitor } from './portal.js';

/** German texts are longer, and fit or not: a run of all suites looks. */
const PHONE_LANGUAGES = process.env['THROUGHLINE_TEST_ALL'] === '1' ? (['en', 'de'] as const) : (['en'] as const);

describe('an author', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  /** A draft of its own, made of a shipped template in four clicks. */
  const begin = async (title: string): Promise<Visitor> => {
    const maya = await portal.signIn('maya@northwind.example');
    await maya.press(maya.link('New campaign'));
    await maya.press(maya.page.getByRole('button', { name: 'Use this: “Zero trust at the edge”' }).first());
    await maya.field('Title of the new campaign').fill(title);
    await maya.press(maya.button('Create the draft'));
    await maya.page.waitForURL(/\/campaigns\/[0-9a-f-]+\/versions\/1$/);
    return maya;
  };
  const leave = async (maya: Visitor) => {
    expect(maya.errors).toEqual([]);
    await maya.leave();
  };

  it('begins with a shipped template, and sees its documents and posts before anybody', async () => {
    const maya = await begin('Autumn at the edge');
    await maya.field('Show').selectOption('documents brochure');
    await maya.page.getByRole('img', { name: 'Page 2 of the document' }).waitFor();
    await maya.field('Show').selectOption('social announce');
    const picture = maya.page.getByRole('img', { name: 'Picture of the post announce' });
    await picture.evaluate((image) => (image as unknown as { decode: () => Promise<void> }).decode());
    await leave(maya);
  });

  it('writes the copy language by language, and loses nothing on the way', async () => {
    const maya = await begin('Winter at the edge');
    await maya.press(maya.link('Edit'));
    await maya.heading('Checks').waitFor();
    await maya.press(maya.page.getByRole('tab', { name: 'Copy' }));
    await maya.page.getByText('All translated').waitFor();
    const title = maya.page.getByRole('button', { name: /^welcome\.title in German:/ });
    const before = await title.innerText();
    await maya.press(title);
    await maya.field('welcome.title in German').fill('Ein Versehen');
    await maya.field('welcome.title in German').press('Control+Enter');
    await maya.page.getByRole('button', { name: 'welcome.title in German: Ein Versehen' }).waitFor();
    await maya.press(maya.button('Undo'));
    await maya.page.getByRole('button', { name: 'welcome.title in German: Ein Versehen' }).waitFor({ state: 'hidden' });
    expect(await title.innerText()).toBe(before);
    await maya.press(title);
    await maya.field('welcome.title in German').fill('An der ersten Tür: „Halt!“');
    await maya.field('welcome.title in German').press('Control+Enter');
    await maya.page.reload();
    await maya.page.getByRole('button', { name: 'welcome.title in German: An der ersten Tür: „Halt!“' }).waitFor();
    await maya.press(maya.button('Save draft'));
    await maya.page.getByText('All changes saved.').waitFor();
    await maya.picture('editor-copy');
    await maya.press(maya.page.getByRole('tab', { name: 'Files' }));
    await maya.page.locator('main').getByLabel('Language').selectOption('de');
    const mail = maya.page.frameLocator('iframe[title="Preview of the e-mail"]');
    await mail.getByText('An der ersten Tür: „Halt!“').first().waitFor();
    await leave(maya);
  });

  it.each(PHONE_LANGUAGES)(
    'writes the copy on a phone, where nothing stands beside the screen: %s',
    async (language) => {
      const title = `Copy on a phone ${language}`;
      const author = await begin(title);
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
      await leave(maya);
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
    await page.waitForURL(/\/campaigns\/[0-9a-f-]+\/versions\/1$/);
    await maya.heading('Copy of Cloud cost clarity').waitFor();
    await maya.press(maya.link('Edit'));
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
    const asked = page.getByRole('dialog', { name: 'Discard your changes in 2 files?' });
    expect(await asked.getByRole('listitem').allTextContents()).toEqual(['emails/welcome.mjml', 'pages/landing.html']);
    await maya.press(asked.getByRole('button', { name: 'Back' }));
    await asked.waitFor({ state: 'hidden' });
    await page.getByText('Unsaved changes in 2 files').waitFor();
    await maya.press(maya.button('Discard changes'));
    await maya.press(asked.getByRole('button', { name: 'Discard changes' }));
    await page.getByText('All changes saved.').waitFor();
    await leave(maya);
  });

  it('sets the limits of a slot, and is led to what a gate does not let through', async () => {
    const maya = await begin('Spring at the edge');
    await maya.press(maya.link('Edit'));
    await maya.heading('Checks').waitFor();
    await maya.press(maya.page.getByRole('tab', { name: 'Slots' }));
    const limit = maya.page.getByLabel('Max. characters: Your offer', { exact: true });
    await limit.fill('20');
    await maya.press(maya.page.getByRole('button', { name: /^Must fix emails\/last-call\.mjml:\d+/ }).first());
    await maya.page.getByRole('textbox', { name: 'emails/last-call.mjml' }).waitFor();
    expect(await maya.button('Save draft').isDisabled()).toBe(true);
    await maya.press(maya.page.getByRole('tab', { name: 'Slots' }));
    await limit.fill('21');
    await maya.press(maya.button('Undo'));
    expect(await limit.inputValue()).toBe('20');
    await limit.fill('210');
    await maya.press(maya.button('Save draft'));
    await maya.page.getByText('All changes saved.').waitFor();
    expect(await limit.inputValue()).toBe('210');
    await maya.picture('editor-slots');
    await leave(maya);
  });

  it('draws the sequence with forms, by keyboard too, and takes back what was wrong', async () => {
    const maya = await begin('Summer at the edge');
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
    await form.getByLabel('Then').selectOption({ label: '6 · E-mail: workshop' });
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

    await maya.press(step('1 · E-mail: welcome'));
    await maya.press(form.getByRole('button', { name: 'Remove' }));
    await step('1 · Wait 7 days').waitFor();
    await maya.press(maya.button('Undo'));
    await maya.page.getByText('All changes saved.').waitFor();
    await leave(maya);
  });

  it('writes an e-mail that there was none of, sends it in the sequence, sees it, and removes files again', async () => {
    const maya = await begin('Another mail at the edge');
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
      ['../welcome', /^Start with a lower-case letter/],
      ['welcome', /^The campaign already has one with this name/],
    ] as const) {
      await asked.getByLabel('Name of the e-mail').fill(name);
      await maya.press(asked.getByRole('button', { name: 'Add' }));
      await asked.getByText(refusal).waitFor();
    }
    expect(await screenProblems(maya)).toEqual([]);
    await maya.picture('editor-new-email');
    await asked.getByLabel('Name of the e-mail').fill('second-thought');
    await maya.press(asked.getByRole('button', { name: 'Add' }));
    await asked.waitFor({ state: 'hidden' });
    expect(await form.getByLabel('E-mail', { exact: true }).inputValue()).toBe('second-thought');

    await maya.press(page.getByRole('tab', { name: 'Files' }));
    await maya.press(page.getByRole('button', { name: 'emails/second-thought.mjml, Changed' }));
    const mail = page.frameLocator('iframe[title="Preview of the e-mail"]');
    await mail.getByText('What your readers should know.').first().waitFor();
    await maya.picture('editor-new-email-shown');
    await maya.press(maya.button('Save draft'));
    await page.getByText('All changes saved.').waitFor();
    await page.reload();
    const file = (name: string) => page.getByRole('button', { name, exact: true });
    await maya.press(file('emails/second-thought.mjml'));
    await mail.getByText('What your readers should know.').first().waitFor();

    await maya.press(maya.button('Remove file'));
    const removal = page.getByRole('dialog', { name: 'Remove emails/second-thought.mjml?' });
    await maya.press(removal.getByRole('button', { name: 'Remove file' }));
    await removal.waitFor({ state: 'hidden' });
    await maya.press(file('emails/second-thought.mjml, Removed'));
    await maya.button('Bring the file back').waitFor();
    // The step still sends it.
    await page
      .getByRole('button', { name: /^Must fix campaign\.yaml:\d+/ })
      .first()
      .waitFor();
    await maya.press(maya.button('Discard changes'));
    await maya.press(page.getByRole('dialog').getByRole('button', { name: 'Discard changes' }));
    await file('emails/second-thought.mjml').waitFor();
    await leave(maya);
  });
});
