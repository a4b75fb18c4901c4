import {
  ActivationDetail,
  CampaignDetail,
  CampaignVersionCard,
  ContactLists,
  Offers,
  PackageFiles,
  PartnerGroups,
} from '#contracts';
import { DAY_MS } from '#kernel';
import { Person } from '../journeys/person.js';
import { Portal, type Visitor } from './portal.js';
import { screenProblems } from './screen-problems.js';

const PASSWORD = 'northwind demo';
const TITLE = 'Cloud cost clarity';
const OURS = `We read bills like yours every week. ${'It takes us ninety minutes. '.repeat(6)}You keep the list of what we find.`;

describe('an update of running campaigns', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  /** Brightwater runs the campaign with a text of its own. */
  const launch = async (): Promise<{ id: string; campaignId: string }> => {
    const olivia = await Person.signIn(portal.standalone.url, 'olivia@brightwater.example', PASSWORD);
    const offer = (await olivia.call('offers', Offers)).items.find(({ title }) => title === TITLE);
    const slots = { intro: { kind: 'paragraphs', blocks: [[{ text: OURS }]] } };
    const [list] = (await olivia.call('contact-lists', ContactLists)).items;
    const json = { versionId: offer?.versionId, listId: list?.id, slots };
    return olivia.call('activations', ActivationDetail, {
      method: 'POST',
      json,
      headers: { 'Idempotency-Key': 'update-of-running-campaigns' },
    });
  };

  /** The first text of partners may be shorter, and the second e-mail says something else. */
  const publishNext = async (campaignId: string): Promise<void> => {
    const { url } = portal.standalone;
    const maya = await Person.signIn(url, 'maya@northwind.example', PASSWORD);
    const arun = await Person.signIn(url, 'arun@northwind.example', PASSWORD);
    const first = `campaigns/${campaignId}/versions/1`;
    const { packageHash, files } = await maya.call(`${first}/files`, PackageFiles);
    const textOf = (path: string): string => files.find((file) => file.path === path)?.text ?? '';
    const changes = {
      'emails/welcome.mjml': textOf('emails/welcome.mjml').replace('max-chars="280"', 'max-chars="180"'),
      'locales/en.yaml': textOf('locales/en.yaml').replace(
        'Know what you run, and what it costs',
        'Know what it costs',
      ),
    };
    await maya.call(`${first}/files`, CampaignVersionCard, {
      method: 'PATCH',
      json: { basedOn: packageHash, changes },
    });
    const second = `campaigns/${campaignId}/versions/2`;
    await maya.call(`${second}/submit`, CampaignVersionCard, { method: 'POST' });
    await arun.call(`${second}/approve`, CampaignVersionCard, { method: 'POST' });
    const { items } = await maya.call('partner-groups', PartnerGroups);
    const today = (await portal.standalone.now()).getTime();
    const day = (later: number): string => new Date(today + later * DAY_MS).toISOString().slice(0, 10);
    const partnerGroupIds = [items.find(({ name }) => name === 'All partners')?.id];
    const json = { opensOn: day(0), closesOn: day(90), partnerGroupIds };
    await maya.call(`${second}/publish`, CampaignVersionCard, { method: 'POST', json });
  };

  it('is decided by the vendor, asks the partner for a text that does not fit, and is rolled back', async () => {
    const { id, campaignId } = await launch();
    await publishNext(campaignId);

    const maya = await portal.signIn('maya@northwind.example', { path: `/campaigns/${campaignId}` });
    await maya.press(maya.button('Decide about running campaigns'));
    const dialog = maya.page.getByRole('dialog');
    await dialog.getByText('Version 1 runs with 1 partner.').waitFor();
    await dialog.getByText('at most 180 characters, 280 before').waitFor();
    expect(await screenProblems(maya)).toEqual([]);
    await picturesOf(maya, 'update-decision');
    await estimateInGerman(campaignId);
    await maya.press(dialog.getByRole('checkbox'));
    await maya.press(dialog.getByRole('button', { name: 'Take over running campaigns' }));
    await maya.page.getByText('1 waits for texts of its partner').waitFor();
    await maya.picture('update-asks');

    const olivia = await portal.signIn('olivia@brightwater.example', { path: `/activations/${id}` });
    const region = olivia.page.getByRole('region', { name: 'Version 2 needs your texts' });
    await region.getByText('has 239 characters; 180 fit').waitFor();
    expect(await screenProblems(olivia)).toEqual([]);
    await picturesOf(olivia, 'update-conflict');
    await olivia.press(region.getByRole('button', { name: /^Compare/ }).first());
    const compared = olivia.page.getByRole('dialog');
    await compared.frameLocator('iframe[title="The e-mail now"]').getByText('You keep the list').first().waitFor();
    await compared
      .frameLocator('iframe[title="The e-mail after the update"]')
      .getByText('Know what it costs')
      .first()
      .waitFor();
    expect(await screenProblems(olivia)).toEqual([]);
    await picturesOf(olivia, 'update-compare');
    await olivia.page.keyboard.press('Escape');
    await olivia.press(region.getByRole('button', { name: 'Save texts and update' }));
    await region.waitFor({ state: 'hidden' });
    await olivia.page.getByText('Updated to version 2 on').waitFor();
    await olivia.press(olivia.page.getByRole('button', { name: 'Show what changed' }));
    expect(await screenProblems(olivia)).toEqual([]);
    await picturesOf(olivia, 'update-past');
    await maya.page.getByText('1 campaign updated').waitFor();
    expect(maya.errors).toEqual([]);
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
    await maya.leave();

    const nora = await portal.signIn('nora@northwind.example', {
      path: `/campaigns/${campaignId}`,
      language: 'de',
      width: 390,
      scheme: 'dark',
    });
    await nora.page.getByText('1 Kampagne aktualisiert').waitFor();
    await nora.press(nora.button('Rückgängig machen'));
    await nora.page.getByRole('dialog').waitFor();
    await nora.picture('update-roll-back');
    await nora.press(nora.page.getByRole('dialog').getByRole('button', { name: 'Rückgängig machen' }));
    await nora.page.getByText('1 läuft wie vorher').waitFor();
    await nora.picture('update-rolled-back');
    expect(nora.errors).toEqual([]);
    await nora.leave();
    const { url } = portal.standalone;
    const [partner, vendor] = await Promise.all([
      Person.signIn(url, 'olivia@brightwater.example', PASSWORD),
      Person.signIn(url, 'maya@northwind.example', PASSWORD),
    ]);
    const { versions } = await vendor.call(`campaigns/${campaignId}`, CampaignDetail);
    const { versionId } = await partner.call(`activations/${id}`, ActivationDetail);
    expect(versions.find(({ number }) => number === 1)?.id).toBe(versionId);

    const stops = await portal.signIn('olivia@brightwater.example', { path: `/activations/${id}`, language: 'de' });
    const { say } = stops;
    await stops.page.getByText('Seit').first().waitFor();
    await stops.press(stops.button(say('activation.stop')));
    await stops.press(stops.page.getByRole('dialog').getByRole('button', { name: say('activation.stop') }));
    // Nothing speaks of a campaign that runs.
    await stops.page.getByText('lief wieder Version 1').waitFor();
    await stops.page.getByRole('heading', { name: say('review.calendar') }).waitFor({ state: 'detached' });
    await picturesOf(stops, 'update-stopped');
    expect(stops.errors).toEqual([]);
    await stops.leave();
  }, 300_000);

  /** A person of another language asks for an estimate, and sets a rule. */
  const estimateInGerman = async (campaignId: string): Promise<void> => {
    const look = { language: 'de', width: 390, scheme: 'dark' } as const;
    const maya = await portal.signIn('maya@northwind.example', { path: `/campaigns/${campaignId}`, ...look });
    const { say } = maya;
    await maya.press(maya.button(say('versionUpdate.decide')));
    const dialog = maya.page.getByRole('dialog');
    await dialog.getByText(say('versionUpdate.contacts.title')).waitFor();
    // As a German writes it: it was read as 25.
    const rule = dialog.getByLabel(say('versionUpdate.mostUnsubscribed'));
    await rule.fill('2,5');
    await rule.blur();
    expect(await rule.inputValue()).toBe('2,5');
    expect(await screenProblems(maya)).toEqual([]);
    await picturesOf(maya, 'update-decision-de');
    expect(maya.errors).toEqual([]);
    await maya.leave();
  };
});

/** At a desk in light and on a telephone in dark. */
async function picturesOf(visitor: Visitor, name: string): Promise<void> {
  const { page } = visitor;
  for (const [width, colorScheme] of [
    [390, 'dark'],
    [1440, 'light'],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    await visitor.picture(`${name}-${width}`);
  }
}
