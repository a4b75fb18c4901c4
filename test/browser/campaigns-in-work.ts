import { join } from 'node:path';
import { CampaignVersionCard, PartnerGroups, ReviewComment } from '#contracts';
import { packageRoot, DAY_MS } from '#kernel';
import { zipFolder } from '../journeys/journey-package.js';
import { Person, upload } from '../journeys/person.js';

const PASSWORD = 'northwind demo';
const TEMPLATE = join(packageRoot(), 'templates/cloud-cost-clarity');

/** In review, with comments, and an e-mail that only a branch leads to. */
export const REVIEWED = 'Quiet servers';
/** A first version that opens later, and a second one that is approved. */
export const APPROVED = 'Ready racks';

type Change = (text: string) => string;
const same: Change = (text) => text;

/** The shipped campaign under another name and title, changed. */
const packageOf = (name: string, title: string, definition: Change = same, words: Change = same): Promise<Buffer> =>
  zipFolder(TEMPLATE, {
    'campaign.yaml': (text) =>
      definition(text)
        .replace('name: cloud-cost-clarity', `name: ${name}`)
        .replace("en: 'Cloud cost clarity'", `en: '${title}'`),
    'locales/en.yaml': words,
  });

/** Who clicks gets an e-mail that nobody else gets. */
export const withBranch: Change = (definition) =>
  definition
    .replace('- { key: warm, notify: warm.notice }', '- { key: warm, email: last-call }')
    .replace('- { key: last-call, email: last-call, partnerMay: [shift, skip] }', '');

const otherWords: Change = (text) => text.replace('Know what you run, and what it costs', 'Know what it costs');

/** What a vendor has in work: brought there by its people, through the API. */
export class CampaignsInWork {
  private constructor(
    private readonly maya: Person,
    private readonly arun: Person,
    private readonly now: Date,
  ) {}

  static async by(url: string, now: Date): Promise<CampaignsInWork> {
    const [maya, arun] = ['maya', 'arun'].map((name) => Person.signIn(url, `${name}@northwind.example`, PASSWORD));
    return new CampaignsInWork((await maya)!, (await arun)!, now);
  }

  day = (later: number): string => new Date(this.now.getTime() + later * DAY_MS).toISOString().slice(0, 10);

  /** @returns the path of the version in review. */
  async submitted(name: string, title: string, change?: Change): Promise<string> {
    const form = upload('package', await packageOf(name, title, change), `${name}.zip`);
    const { campaignId } = await this.maya.call('campaigns', CampaignVersionCard, { method: 'POST', form });
    const path = `campaigns/${campaignId}/versions/1`;
    await this.maya.call(`${path}/submit`, CampaignVersionCard, { method: 'POST' });
    return path;
  }

  async approve(path: string): Promise<void> {
    await this.arun.call(`${path}/approve`, CampaignVersionCard, { method: 'POST' });
  }

  async publish(path: string, groups: readonly string[], opensIn: number): Promise<void> {
    const { items } = await this.maya.call('partner-groups', PartnerGroups);
    const partnerGroupIds = items.filter(({ name }) => groups.includes(name)).map(({ id }) => id);
    const json = { partnerGroupIds, opensOn: this.day(opensIn), closesOn: this.day(opensIn + 90) };
    await this.maya.call(`${path}/publish`, CampaignVersionCard, { method: 'POST', json });
  }

  private async comment(path: string, text: string, about: object | null): Promise<string> {
    const json = { text, about };
    return (await this.arun.call(`${path}/comments`, ReviewComment, { method: 'POST', json })).id;
  }

  /** The two that the screens look at. */
  async all(): Promise<void> {
    const reviewed = await this.submitted('quiet-servers', REVIEWED, withBranch);
    const first = await this.comment(reviewed, 'Bitte eine Quelle nennen.', { kind: 'email', key: 'welcome' });
    await this.maya.call(`${reviewed}/comments/${first}/answers`, ReviewComment, {
      method: 'POST',
      json: { text: 'Gartner, 2026.' },
    });
    await this.comment(reviewed, 'Eine Woche Pause?', { kind: 'step', key: 'pause-two' });
    const done = await this.comment(reviewed, 'Titel gefällt mir.', null);
    await this.maya.call(`${reviewed}/comments/${done}/resolve`, ReviewComment, { method: 'POST' });

    const path = await this.submitted('ready-racks', APPROVED);
    await this.approve(path);
    await this.publish(path, ['Gold and silver', 'Bronze'], 30);
    const [, campaignId = ''] = path.split('/');
    const form = upload('package', await packageOf('ready-racks', APPROVED, same, otherWords), 'next.zip');
    await this.maya.call(`campaigns/${campaignId}/versions`, CampaignVersionCard, { method: 'POST', form });
    const second = `campaigns/${campaignId}/versions/2`;
    await this.maya.call(`${second}/submit`, CampaignVersionCard, { method: 'POST' });
    await this.approve(second);
  }
}
