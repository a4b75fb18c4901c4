import { ActivationDetail, ContactLists, LibraryAsset, Offers } from '#contracts';
import { Person, upload } from '../journeys/person.js';
import { until } from '../support/until.js';
import { screenProblems } from './screen-problems.js';
import { heightOf, Portal, type Visitor } from './portal.js';

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
  const sentMail = async (activationId: string): Promise<(letter: string) => string[]> => {
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
    return (letter) => [...mail!.html.matchAll(new RegExp(`/${letter}/[\\w.-]{20,}`, 'g'))].map(([path]) => path);
  };

  it.each([
    ['en', { width: 1440, scheme: 'light' }],
    ['de', { width: 390, scheme: 'dark' }],
  ] as const)(
    'is confirmed with its extent, and its report fills; a prospect finds a notice: %s',
    async (language, look) => {
      const email = language === 'en' ? 'olivia@brightwater.example' : 'jonas@kessler.example';
      const activation = await launch(await Person.signIn(portal.standalone.url, email, PASSWORD));
      const linksOf = await sentMail(activation.id);
      const partner = await portal.signIn(email, { language, ...look });
      const maya = await portal.signIn('maya@northwind.example', { language, ...look });
      const { page, say } = maya;
      // `screenProblems` leaves another look.
      const picture = async (visitor: Visitor, name: string): Promise<void> => {
        await visitor.page.emulateMedia({ colorScheme: look.scheme });
        await visitor.page.setViewportSize({ width: look.width, height: heightOf(look.width) });
        await visitor.picture(name);
      };
      await page.goto(`/campaigns/${activation.campaignId}`);
      await maya.press(maya.button(say('campaigns.recall')));
      const dialog = page.getByRole('dialog');
      await dialog.getByText(say('recalls.extent')).waitFor();
      expect(await screenProblems(maya)).toEqual([]);
      await picture(maya, `recall-form-${language}`);
      await dialog.getByLabel(say('reasonForm.reason')).fill(REASON);
      await maya.press(dialog.getByRole('button', { name: say('campaigns.recall') }));
      await dialog.waitFor({ state: 'hidden' });
      await page.waitForURL(/\/recalls\//);
      await page.getByText(say('recalls.complete')).waitFor();
      await page.getByText(say('recalls.channel.inbox')).first().waitFor();
      expect(await screenProblems(maya)).toEqual([]);
      await picture(maya, `recall-report-${language}`);
      await maya.press(page.getByRole('combobox', { name: say('recalls.outcomeOf') }));
      await maya.press(page.getByRole('option', { name: say('recalls.outcome.cannot') }));
      await page
        .getByRole('cell', { name: say('recalls.outcome.withdrawn') })
        .first()
        .waitFor({ state: 'detached' });
      await page.getByText(say('recalls.channel.inbox')).first().waitFor();
      expect(new URL(page.url()).searchParams.get('outcome')).toBe('cannot');
      await picture(maya, `recall-report-narrowed-${language}`);

      await partner.page.goto(`/activations/${activation.id}`);
      await partner.page.getByText(REASON).first().waitFor();
      await partner.page.getByText(say('recalls.channel.copy')).first().waitFor();
      expect(await screenProblems(partner)).toEqual([]);
      await picture(partner, `recall-partner-${language}`);

      // The code on a printed document, a link of an old e-mail, and its web view.
      const title =
        language === 'de' ? 'Dieser Inhalt ist nicht mehr verfügbar' : 'This content is no longer available';
      for (const address of [activation.pageUrl, linksOf('l')[0]!, linksOf('v')[0]!]) {
        await partner.page.goto(address);
        await partner.page.getByRole('heading', { name: title }).waitFor();
      }
      await partner.picture(`recall-notice-${language}`);
      // The imprint is the partner's own.
      const targets = await Promise.all(
        linksOf('l').map((path) => fetch(`${portal.standalone.url}${path}`, { redirect: 'manual' })),
      );
      expect(targets.some((answer) => answer.headers.get('location')?.includes('/imprint') === true)).toBe(true);
      // The vendor's logo is shown by other campaigns, too.
      const pictures = () => Promise.all(linksOf('b').map((path) => get(path)));
      await until(
        async () => (await pictures()).some(({ headers }) => headers.get('cache-control') === 'no-store'),
        'a notice instead of a picture',
      );
      expect((await pictures()).every(({ status }) => status === 200)).toBe(true);
      await partner.page.goto(linksOf('u')[0]!);
      await partner.picture(`recall-unsubscribe-${language}`);
      const answered = partner.page.waitForResponse((response) => response.request().method() === 'POST');
      await partner.press(partner.page.getByRole('button').first());
      expect((await answered).status()).toBe(200);

      await maya.press(maya.button(say('recalls.reverse')));
      await page.getByRole('dialog').getByLabel(say('reasonForm.reason')).fill('It was right.');
      await maya.press(page.getByRole('dialog').getByRole('button', { name: say('recalls.reverse') }));
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByText('It was right.').waitFor();
      await picture(maya, `recall-reversed-${language}`);
      await until(async () => (await partner.page.goto(activation.pageUrl))?.status() === 200, 'the page again');
      expect([...maya.errors, ...partner.errors.filter((one) => !one.includes('410'))]).toEqual([]);
      await maya.leave();
      await partner.leave();
    },
  );

  it('of an asset is asked for in the library, and partners that have downloaded it read why', async () => {
    const { url } = portal.standalone;
    const now = await portal.standalone.now();
    const vendor = await Person.signIn(url, 'maya@northwind.example', PASSWORD);
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80"><rect width="9" height="9"/></svg>',
    );
    const form = upload('file', svg, 'rack.svg');
    const asset = await vendor.call('assets/uploads?name=Rack.svg', LibraryAsset, { method: 'POST', form });
    const day = (ahead: number): string => new Date(now.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
    const json = { as: 'picture', partnerGroupIds: [], opensOn: day(0), closesOn: day(30) };
    await vendor.call(`assets/${asset.id}/share`, LibraryAsset, { method: 'PUT', json });
    const partner = await Person.signIn(url, 'olivia@brightwater.example', PASSWORD);
    expect((await partner.bytes(`library/${asset.id}/file`)).type).toBe('image/png');
    const look = { language: 'de', width: 390, scheme: 'dark' } as const;
    const maya = await portal.signIn('maya@northwind.example', { ...look, path: '/asset-library' });
    const { page, say } = maya;
    await maya.press(page.getByRole('button', { name: /Rack/ }).first());
    await maya.press(page.getByRole('tab', { name: say('library.tab.use') }));
    await maya.press(maya.button(say('recalls.ofAsset.label')));
    const dialog = page.getByRole('dialog', { name: say('recalls.ofAsset.label') });
    await dialog.getByText(say('recalls.ofAsset.shared')).waitFor();
    await maya.picture('recall-asset-de');
    await dialog.getByLabel(say('reasonForm.reason')).fill(REASON);
    await maya.press(dialog.getByRole('button', { name: say('recalls.ofAsset.label') }));
    await page.getByText(say('recalls.ofAsset.done_zero')).waitFor();
    expect(await screenProblems(maya)).toEqual([]);
    const olivia = await portal.signIn('olivia@brightwater.example', { ...look, path: '/library' });
    await olivia.page.getByText(REASON).first().waitFor();
    await olivia.picture('recall-asset-partner-de');
    const told = async () =>
      (await portal.standalone.mailbox.mailsTo('olivia@brightwater.example')).map(({ subject }) => subject);
    await until(async () => (await told()).some((subject) => subject.includes('“Rack”')), 'the e-mail');
    expect([...maya.errors, ...olivia.errors]).toEqual([]);
    await maya.leave();
    await olivia.leave();
  });
});
