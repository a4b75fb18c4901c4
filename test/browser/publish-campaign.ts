import { CampaignVersionCard, PartnerGroups } from '#contracts';
import { DAY_MS } from '#kernel';
import { Person, upload } from '../journeys/person.js';

/** Publishes a package for all partners of the seeded vendor, through the API. */
export async function publishCampaign(url: string, now: Date, zip: Buffer): Promise<void> {
  const signIn = (name: string): Promise<Person> => Person.signIn(url, `${name}@northwind.example`, 'northwind demo');
  const [maya, arun] = await Promise.all([signIn('maya'), signIn('arun')]);
  const form = upload('package', zip, 'package.zip');
  const { campaignId } = await maya.call('campaigns', CampaignVersionCard, { method: 'POST', form });
  const path = `campaigns/${campaignId}/versions/1`;
  await maya.call(`${path}/submit`, CampaignVersionCard, { method: 'POST' });
  await arun.call(`${path}/approve`, CampaignVersionCard, { method: 'POST' });
  const { items } = await maya.call('partner-groups', PartnerGroups);
  const partnerGroupIds = items.filter(({ name }) => name === 'All partners').map(({ id }) => id);
  const day = (ahead: number): string => new Date(now.getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
  const json = { partnerGroupIds, opensOn: day(0), closesOn: day(90) };
  await maya.call(`${path}/publish`, CampaignVersionCard, { method: 'POST', json });
}
