import { ActivationDetail, ContactLists, Offers } from '#contracts';
import { Person } from '../journeys/person.js';
import { until } from '../support/until.js';
import { screenProblems } from './screen-problems.js';
import { Portal } from './portal.js';

const PASSWORD = 'northwind demo';
const REASON = 'Its price is wrong.';

describe('a recall', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  const launch = async (person: Person): Promise<ActivationDetail> => {
    const { items: offers } = await person.call('offers', Offers);
    const { items: lists } = await person.call('contact-lists', ContactLists);
    const list = lists.find(({ isDefault }) => isDefault) ?? lists[0];
    const offer = offers.find(({ title }) => title === 'Zero trust at the edge' || title === 'Zero Trust am Netzrand');
    return person.call('activations', ActivationDetail, {
      method: 'POST',
      json: { versionId: (offer ?? offers[0])?.versionId, listId: list?.id, locale: 'en' },
      headers: { 'idempotency-key': 'recalled-launch' },
    });
  };

  it.each(['en', 'de'] as const)(
    'is confirmed with its extent, and its report fills; a prospect finds a notice: %s',
    async (language) => {
      const email = language === 'en' ? 'olivia@brightwater.example' : 'jonas@kessler.example';
      const partner = await portal.signIn(email, { language });
      const activation = await launch(await Person.signIn(portal.standalone.url, email, PASSWORD));
      const maya = await portal.signIn('maya@northwind.example', { language });
      const { page, say } = maya;
      await page.goto(`/campaigns/${activation.campaignId}`);
      await maya.press(maya.button(say('campaigns.recall')));
      const dialog = page.getByRole('dialog');
      await dialog.getByText(say('recalls.extent')).waitFor();
      expect(await screenProblems(maya)).toEqual([]);
      await maya.picture(`recall-form-${language}`);
      await dialog.getByLabel(say('reasonForm.reason')).fill(REASON);
      await maya.press(dialog.getByRole('button', { name: say('campaigns.recall') }));
      await dialog.waitFor({ state: 'hidden' });
      const inForce = page.locator('.mantine-Paper-root').filter({ hasText: say('recalls.inForce') });
      await maya.press(inForce.getByRole('link', { name: new RegExp(say('recalls.allVersions')) }));
      await page.getByText(say('recalls.complete')).waitFor();
      await page.getByText(say('recalls.channel.inbox')).first().waitFor();
      expect(await screenProblems(maya)).toEqual([]);
      await maya.picture(`recall-report-${language}`);

      await partner.page.goto(`/activations/${activation.id}`);
      await partner.page.getByText(REASON).first().waitFor();
      await partner.page.getByText(say('recalls.channel.copy')).first().waitFor();
      expect(await screenProblems(partner)).toEqual([]);
      await partner.picture(`recall-partner-${language}`);

      // The link of an old e-mail, or the code on a printed document.
      await partner.page.goto(activation.pageUrl);
      const title =
        language === 'de' ? 'Dieser Inhalt ist nicht mehr verfügbar' : 'This content is no longer available';
      await partner.page.getByRole('heading', { name: title }).waitFor();
      await partner.picture(`recall-notice-${language}`);

      await maya.press(maya.button(say('recalls.reverse')));
      await page.getByRole('dialog').getByLabel(say('reasonForm.reason')).fill('It was right.');
      await maya.press(page.getByRole('dialog').getByRole('button', { name: say('recalls.reverse') }));
      await page.getByText('It was right.').waitFor();
      await until(async () => (await partner.page.goto(activation.pageUrl))?.status() === 200, 'the page again');
      expect([...maya.errors, ...partner.errors.filter((one) => !one.includes('410'))]).toEqual([]);
      await maya.leave();
      await partner.leave();
    },
  );
});
