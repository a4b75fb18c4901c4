import { CampaignVersionCard, PackageFiles, PartnerGroups } from '#contracts';
import { DAY_MS } from '#kernel';
import { Person } from '../journeys/person.js';
import { screenProblems } from './screen-problems.js';
import { until } from '../support/until.js';
import { Portal } from './portal.js';

const PASSWORD = 'northwind demo';
/** On the brand profile of who runs the campaign. */
const BRIGHTWATER = 'olivia@brightwater.example';
const TITLE = 'Cloud cost clarity';

describe('a campaign of which the vendor publishes another version', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  /**
   * Changes one e-mail of the campaign, and brings it to the partners that have
   * the version before.
   */
  const publishTheNext = async (campaignId: string): Promise<void> => {
    const { url } = portal.standalone;
    const maya = await Person.signIn(url, 'maya@northwind.example', PASSWORD);
    const arun = await Person.signIn(url, 'arun@northwind.example', PASSWORD);
    const first = `campaigns/${campaignId}/versions/1`;
    const { packageHash, files } = await maya.call(`${first}/files`, PackageFiles);
    const text = files.find(({ path }) => path === 'locales/en.yaml')?.text ?? '';
    const changes = { 'locales/en.yaml': text.replace('Know what you run, and what it costs', 'Know what it costs') };
    expect(changes['locales/en.yaml']).not.toBe(text);
    const json = { basedOn: packageHash, changes };
    await maya.call(`${first}/files`, CampaignVersionCard, { method: 'PATCH', json });
    const second = `campaigns/${campaignId}/versions/2`;
    await maya.call(`${second}/submit`, CampaignVersionCard, { method: 'POST' });
    await arun.call(`${second}/approve`, CampaignVersionCard, { method: 'POST' });
    const { items } = await maya.call('partner-groups', PartnerGroups);
    const today = (await portal.standalone.now()).getTime();
    const day = (later: number): string => new Date(today + later * DAY_MS).toISOString().slice(0, 10);
    await maya.call(`${second}/publish`, CampaignVersionCard, {
      method: 'POST',
      json: {
        opensOn: day(0),
        closesOn: day(90),
        partnerGroupIds: [items.find(({ name }) => name === 'All partners')?.id],
      },
    });
  };

  const lettersOf = async (email: string) =>
    (await portal.standalone.mailbox.mailsTo(email)).filter(({ subject }) =>
      subject.startsWith(`Version 2 of “${TITLE}”`),
    );

  it('tells the partner that runs it what is different, goes on as it was launched, and can be moved over to', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    const { page } = olivia;
    await olivia.press(olivia.link(`Review ${TITLE}`));
    await olivia.press(olivia.button('Launch'));
    await page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    const running = new URL(page.url()).pathname;
    await olivia.heading('Steps').waitFor();
    await olivia.allThere();
    const news = page.getByRole('region', { name: 'New version 2 of this campaign' });
    expect(await news.count()).toBe(0);
    const activation = (await (await page.request.get(`/api/v1${running}`)).json()) as { campaignId: string };
    await publishTheNext(activation.campaignId);

    await until(async () => (await lettersOf(BRIGHTWATER)).length > 0, 'the letter about version 2');
    const [letter] = await lettersOf(BRIGHTWATER);
    expect(letter?.text).toContain('Northwind Systems has published version 2');
    expect(letter?.text).toContain('What is different: e-mails.');
    expect(letter?.text).toContain(running);

    await page.goto('/');
    await page.getByText('New: version 2').waitFor();
    expect(await screenProblems(olivia)).toEqual([]);
    await olivia.picture('home-newer-version');
    await olivia.press(page.locator(`a[href="${running}"]`).getByText('Running since'));
    await news.waitFor();
    const [mail, ...others] = await news.getByRole('listitem').allTextContents();
    expect(mail).toMatch(/^E-mail “.+”: changed/);
    expect(others).toEqual([]);
    await olivia.press(news.getByRole('button', { name: 'Show text changes' }));
    await news
      .getByRole('deletion')
      .getByText('Know what you run, and what it costs', { exact: true })
      .first()
      .waitFor();
    await news.getByRole('insertion').getByText('Know what it costs', { exact: true }).first().waitFor();
    await page.getByText('Running', { exact: true }).first().waitFor();
    expect(await screenProblems(olivia)).toEqual([]);
    await olivia.picture('activation-newer-version');

    await olivia.press(olivia.button('Stop'));
    await olivia.press(page.getByRole('dialog').getByRole('button', { name: 'Stop' }));
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await olivia.press(news.getByRole('link', { name: 'Review version 2' }));
    await page.frameLocator('iframe[title="Preview of the e-mail"]').getByText('Know what it costs').first().waitFor();
    await olivia.press(olivia.button('Launch'));
    await page.waitForURL((url) => url.pathname.startsWith('/activations/') && url.pathname !== running);
    await olivia.heading('Steps').waitFor();
    await olivia.allThere();
    expect(await news.count()).toBe(0);
    expect(olivia.errors).toEqual([]);
    expect(await lettersOf(BRIGHTWATER)).toHaveLength(1);
    await olivia.leave();
  });
});
