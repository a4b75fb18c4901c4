import { join } from 'node:path';
import { ActivationView, CampaignVersionCard, ContactLists, Offers, PartnerGroupView, Partners } from '#contracts';
import { packageRoot, DAY_MS } from '#kernel';
import { zipFolder } from '../journeys/journey-package.js';
import { Person, upload } from '../journeys/person.js';
import { screenProblems } from './screen-problems.js';
import { HOSTILE, HOSTILE_MAIL_NAME, HOSTILE_NAME } from './hostile.js';
import { Portal, type Visitor } from './portal.js';

const PASSWORD = 'northwind demo';
const OLIVIA = 'olivia@brightwater.example';

describe('a post that fell due, of a campaign with a hostile title', () => {
  let portal: Portal;
  let maya: Person;
  let path: string;
  let activationId: string;

  beforeAll(async () => {
    portal = await Portal.open();
    const { url } = portal.standalone;
    maya = await Person.signIn(url, 'maya@northwind.example', PASSWORD);
    const zip = await zipFolder(join(packageRoot(), 'templates/cloud-cost-clarity'), {
      'campaign.yaml': (text) =>
        text
          .replace('name: cloud-cost-clarity', 'name: with-a-post')
          .replace("en: 'Cloud cost clarity'", `en: ${JSON.stringify(HOSTILE)}`)
          .replace(
            /window: \{[^}]*\}/,
            'window: { from: "00:00", to: "23:59", weekdays: [mon, tue, wed, thu, fri, sat, sun] }',
          )
          .replace(
            '    - { key: welcome, email: welcome, partnerMay: [] }',
            '$&\n    - { key: announced, post: announce }',
          ),
    });
    const form = upload('package', zip, 'with-a-post.zip');
    const { campaignId, id: versionId } = await maya.call('campaigns', CampaignVersionCard, { method: 'POST', form });
    path = `/campaigns/${campaignId}/versions/1`;
    const partner = (await maya.call('partners?limit=100', Partners)).items.find(({ name }) =>
      name.startsWith('Brightwater'),
    );
    const group = { name: HOSTILE_NAME, rule: { partnerIds: [partner?.id] } };
    const { id: groupId } = await maya.call('partner-groups', PartnerGroupView, { method: 'POST', json: group });
    const nora = await Person.signIn(url, 'nora@northwind.example', PASSWORD);
    await maya.call(`${path.slice(1)}/submit`, CampaignVersionCard, { method: 'POST' });
    await nora.call(`${path.slice(1)}/approve`, CampaignVersionCard, { method: 'POST' });
    const today = (await portal.standalone.now()).getTime();
    const day = (later: number): string => new Date(today + later * DAY_MS).toISOString().slice(0, 10);
    await maya.call(`${path.slice(1)}/publish`, CampaignVersionCard, {
      method: 'POST',
      json: { partnerGroupIds: [groupId], opensOn: day(0), closesOn: day(90) },
    });
    activationId = await launched(url, versionId);
  });
  afterAll(() => portal.close());

  const launched = async (url: string, versionId: string): Promise<string> => {
    const olivia = await Person.signIn(url, OLIVIA, PASSWORD);
    expect((await olivia.call('offers', Offers)).items.map((offer) => offer.versionId)).toContain(versionId);
    const { items: lists } = await olivia.call('contact-lists', ContactLists);
    const { id } = await olivia.call('activations', ActivationView, {
      method: 'POST',
      json: { versionId, listId: lists.find(({ isDefault }) => isDefault)?.id },
      headers: { 'idempotency-key': 'with-a-post' },
    });
    return id;
  };
  /** Nothing of it ran, and nothing complained. */
  const isOnlyText = async (visitor: Visitor): Promise<void> => {
    expect(await visitor.page.evaluate('window.ran')).toBeUndefined();
    expect(visitor.errors).toEqual([]);
  };

  it('is counted on the home, and published from its card', async () => {
    await portal.standalone.reach(new Date((await portal.standalone.now()).getTime() + DAY_MS));
    const olivia = await portal.signIn(OLIVIA);
    const { page } = olivia;
    const card = page.getByRole('article', { name: 'announce' });
    await page.goto('/posts');
    await card.waitFor();
    await card.getByRole('img').waitFor();
    await card.getByRole('button', { name: 'Copy text and link', exact: true }).waitFor();
    expect(await screenProblems(olivia)).toEqual([]);
    await olivia.picture('posts-due');
    await page.goto('/');
    await olivia.link('2 posts to publish').or(olivia.heading('2 posts to publish')).waitFor();
    expect(await screenProblems(olivia)).toEqual([]);
    await olivia.picture('home-posts-wait');
    await page.goto('/posts');
    // Of the posts that stand in no step, the first is due at the start.
    for (const post of ['announce', 'proof']) await olivia.press(olivia.button(`Mark as published: ${post}`));
    await olivia.heading('No post is due').waitFor();
    await isOnlyText(olivia);
    await olivia.leave();
  });

  it('looks as well in German, in the dark and on a phone', async () => {
    const olivia = await portal.signIn(OLIVIA, { width: 375, scheme: 'dark', language: 'de' });
    await olivia.page.goto('/posts');
    await olivia.press(olivia.button(olivia.say('common.filter')));
    await olivia.page.getByRole('switch', { name: olivia.say('readyPosts.all') }).click();
    const card = olivia.page.getByRole('article', { name: 'announce' });
    await card.getByRole('img').waitFor();
    expect(await screenProblems(olivia)).toEqual([]);
    await olivia.page.emulateMedia({ colorScheme: 'dark' });
    await olivia.page.setViewportSize({ width: 375, height: 812 });
    await olivia.picture('de-posts-published-narrow-dark');
    await isOnlyText(olivia);
    await olivia.leave();
  });

  it('shows its title as text on every screen of its partner, and none is wider than a phone', async () => {
    // Directions that are turned are refused in names; markup and words without
    // an end are somebody's name for all one knows.
    const contact = {
      email: 'zoe@hostile.example',
      firstName: '<script>window.ran=1</script>',
      lastName: '=1+1',
      company: 'W'.repeat(60),
    };
    const person = await Person.signIn(portal.standalone.url, OLIVIA, PASSWORD);
    const { items: lists } = await person.call('contact-lists', ContactLists);
    const listIds = lists.flatMap(({ id, isDefault }) => (isDefault ? [id] : []));
    expect(await person.status('contacts', { method: 'POST', json: { ...contact, listIds } })).toBe(201);
    const olivia = await portal.signIn(OLIVIA, { width: 375 });
    await walks(olivia, [
      '/',
      '/activations',
      `/activations/${activationId}`,
      '/posts',
      '/results',
      '/leads',
      '/contacts',
      '/audit',
      '/calendar',
      '/brand',
      '/team',
    ]);
    await olivia.leave();
  });

  it('shows its title and group as text on every screen of its vendor, and none is wider than a phone', async () => {
    const invited = await maya.status('partners/invitations', {
      method: 'POST',
      json: {
        organisationName: HOSTILE_MAIL_NAME,
        email: 'hostile@partner.example',
        countryCode: 'GB',
        tier: 'gold',
        region: 'emea',
      },
    });
    expect(invited).toBe(201);
    const visitor = await portal.signIn('maya@northwind.example', { width: 375 });
    await walks(visitor, [
      '/',
      path.replace(/\/versions.*/, ''),
      path,
      `${path}/edit`,
      '/partners',
      '/partner-groups',
      '/campaign-results',
      '/partner-sending',
      '/team',
    ]);
    await visitor.leave();
  });

  /**
   * Each screen with all that it loads: only text, and no wider than its
   * window.
   */
  async function walks(visitor: Visitor, paths: readonly string[]): Promise<void> {
    const wide: string[] = [];
    for (const [at, to] of paths.entries()) {
      await visitor.page.goto(to);
      await visitor.page.getByRole('heading', { level: 1 }).first().waitFor();
      await visitor.allThere();
      const over = await visitor.page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (over > 0) wide.push(`${to}: ${over} pixels`);
      await visitor.picture(`hostile-${paths.length}-${at}`);
    }
    expect(wide).toEqual([]);
    await isOnlyText(visitor);
  }
});
