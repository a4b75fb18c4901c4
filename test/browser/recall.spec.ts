import { ActivationDetail, ContactLists, Offers } from '#contracts';
import { Person } from '../journeys/person.js';
import { until } from '../support/until.js';
import { screenProblems } from './screen-problems.js';
import { Portal } from './portal.js';

const PASSWORD = 'northwind demo';
const REASON = 'Its price is wrong.';
const HOURS_MS = 6 * 3_600_000;

describe('a recall', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  const get = (path: string) => fetch(`${portal.standalone.url}${path}`);
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

  /** An e-mail of a launch, once one has arrived: its links by the first letter of their paths. */
  const sentMail = async (activationId: string): Promise<(letter: string) => string> => {
    const { standalone } = portal;
    const recipients = () =>
      standalone.asOwner<{ email: string }>(
        `SELECT c.email FROM delivery.message m JOIN sequences.enrolment e ON e.id = m.enrolment_id
         JOIN contacts.contact c ON c.id = e.contact_id WHERE m.activation_id = $1 AND m.state = 'accepted'`,
        [activationId],
      );
    await until(
      async () => {
        if ((await recipients()).length > 0) return true;
        await standalone.reach(new Date((await standalone.now()).getTime() + HOURS_MS));
        return false;
      },
      'the first e-mail',
      120_000,
    );
    const [mail] = await standalone.mailbox.mailsTo((await recipients())[0]!.email);
    return (letter) => new RegExp(`/${letter}/[\\w.-]{20,}`).exec(mail!.html)![0];
  };

  it.each([
    ['en', { width: 1440, scheme: 'light' }],
    ['de', { width: 390, scheme: 'dark' }],
  ] as const)(
    'is confirmed with its extent, and its report fills; a prospect finds a notice: %s',
    async (language, look) => {
      const email = language === 'en' ? 'olivia@brightwater.example' : 'jonas@kessler.example';
      const activation = await launch(await Person.signIn(portal.standalone.url, email, PASSWORD));
      const linkOf = await sentMail(activation.id);
      const partner = await portal.signIn(email, { language, ...look });
      const maya = await portal.signIn('maya@northwind.example', { language, ...look });
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

      // The code on a printed document, a link of an old e-mail, and its web view.
      const title =
        language === 'de' ? 'Dieser Inhalt ist nicht mehr verfügbar' : 'This content is no longer available';
      for (const address of [activation.pageUrl, linkOf('l'), linkOf('v')]) {
        await partner.page.goto(address);
        await partner.page.getByRole('heading', { name: title }).waitFor();
      }
      await partner.picture(`recall-notice-${language}`);
      await until(async () => (await get(linkOf('b'))).headers.get('cache-control') === 'no-store', 'the picture');
      expect((await get(linkOf('b'))).status).toBe(200);
      await partner.page.goto(linkOf('u'));
      await partner.picture(`recall-unsubscribe-${language}`);
      const answered = partner.page.waitForResponse((response) => response.request().method() === 'POST');
      await partner.press(partner.page.getByRole('button').first());
      expect((await answered).status()).toBe(200);

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
