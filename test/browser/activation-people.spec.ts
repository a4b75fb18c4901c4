import { violations } from '../support/axe.js';
import { Portal } from './portal.js';

describe('the people of an activation', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('are listed by what became of them, and each leads to why', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page } = olivia;
    await olivia.press(olivia.link('Review Zero trust at the edge'));
    await olivia.press(olivia.button('Launch'));
    await page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    const people = page.getByRole('region', { name: 'Contacts' });
    const rows = people.getByRole('rowheader');
    await rows.nth(24).waitFor();
    await olivia.press(people.getByRole('button', { name: 'Show more' }));
    await rows.nth(49).waitFor();
    await people.getByLabel('Show', { exact: true }).selectOption('waiting');
    await people
      .getByText(/^Next e-mail .*\d/)
      .first()
      .waitFor();
    // Some of them stood among all the others, too, and are paler until the
    // answer is there.
    await olivia.allThere();
    expect(await violations(page)).toEqual([]);
    await olivia.picture('activation-people');

    const [first] = await rows.allInnerTexts();
    await olivia.press(rows.first().getByRole('button'));
    const drawer = page.getByRole('dialog');
    await drawer.getByText('E-mails to this person').waitFor();
    expect(await drawer.getByLabel('E-mail address').inputValue()).toBe(first?.split('\n').at(-1));
    await olivia.press(drawer.getByRole('button').first());

    await people.getByLabel('Show', { exact: true }).selectOption('failed');
    await people.getByText('No results').waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });
});
