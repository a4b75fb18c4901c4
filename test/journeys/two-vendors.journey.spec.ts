import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  BrandProfile,
  CampaignVersionCard,
  LogoUpload,
  Offers,
  OrganisationDeletionView,
  OrganisationExportView,
  PartnerGroupView,
  PartnerOverview,
  Partners,
  PartnerVendors,
  PartnerView,
  SessionView,
  WavesView,
} from '#contracts';
import { DAY_MS, packageRoot } from '#kernel';
import { until } from '../support/until.js';
import { zoneWithDay } from './calendar.js';
import { Distributed } from './distributed.js';
import { foundVendor } from './founding.js';
import { invitationToken } from './invitation-token.js';
import { Journey, type Scene } from './journey.js';
import { ALWAYS, writePackage, zipFolder } from './journey-package.js';
import { brandOf } from './partner-steps.js';
import { Person, upload } from './person.js';
import { ServerProcess } from './processes.js';

const PASSWORD = 'a harbour in the evening';
const ROSA = 'rosa@quayside.example';
const SCHEDULERS = ['scheduler-1', 'scheduler-2'];
const CLARA = 'clara@contoso.example';
const Companies = z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), standing: z.string() })) });

describe('one company with two vendors, in separate processes', () => {
  let distributed: Distributed;
  let vendor: Scene['vendor'];
  let journey: Journey;
  let clara: Person;
  let partnerId: string;

  beforeAll(async () => {
    distributed = await Distributed.start();
    vendor = await foundVendor(distributed);
    const timeZone = zoneWithDay(new Date());
    journey = new Journey({ installation: distributed, vendor, campaign: {}, later: [], headStartMs: 0, timeZone });
    journey.marketer = await Person.signIn(distributed.url, vendor.marketer, vendor.password);
  }, 180_000);
  afterAll(async () => {
    journey.end();
    await distributed.end();
  });

  const invite = async (by: Person, organisationName: string): Promise<string> => {
    const json = { organisationName, email: ROSA, countryCode: 'GB', tier: 'platinum', region: 'emea' };
    return (await by.call('partners/invitations', PartnerView, { method: 'POST', json })).id;
  };

  it('founds a second vendor by a command, whose owner joins by the e-mail', async () => {
    const options = {
      name: 'Contoso Cloud',
      owner: 'Clara Jones',
      'owner-email': CLARA,
      country: 'DE',
      languages: 'en,de',
    };
    const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    const environment = { ...distributed.environment, NODE_ENV: 'test' };
    const founding = ServerProcess.start('cli', ['vendor', 'create', ...words, '--mail'], environment);
    expect([await founding.ended, founding.output]).toEqual([0, expect.stringContaining('Contoso Cloud')]);
    const token = await invitationToken(distributed, CLARA);
    clara = new Person(distributed.url);
    await clara.enter(`invitations/${token}/accept`, { name: 'Clara Jones', password: PASSWORD });
    expect((await clara.call('partners', Partners)).items).toEqual([]);
  }, 60_000);

  it('takes a company into both programmes as one, by two e-mails', async () => {
    partnerId = await invite(journey.marketer, 'Quayside IT');
    const first = await invitationToken(distributed, ROSA);
    const invited = new Person(distributed.url);
    await invited.enter(`invitations/${first}/accept`, { name: 'Rosa Marsh', password: PASSWORD, sharesTotals: false });
    journey.partner = await Person.signIn(distributed.url, ROSA, PASSWORD);
    const edit = { method: 'PUT' as const, json: brandOf(journey.scene.timeZone), headers: { 'if-match': '"0"' } };
    await journey.partner.call('brand-profile', BrandProfile, edit);
    const svg = readFileSync(join(packageRoot(), 'templates/seed/logos/brightwater.svg'));
    const logo = { method: 'PUT' as const, form: upload('file', svg, 'logo.svg') };
    expect((await journey.partner.call('brand-profile/logo', LogoUpload, logo)).profile.isComplete).toBe(true);

    await invite(clara, 'Quayside Cloud Services');
    const mails = (): Promise<readonly { text: string }[]> => distributed.mailbox.mailsTo(ROSA);
    const links = async (): Promise<string[]> =>
      (await mails()).flatMap(({ text }) => [...(/\/invitation\/([\w-]+)/.exec(text) ?? [])].slice(1));
    await until(async () => (await links()).length > 1, 'the second invitation');
    const second = (await links()).at(-1);
    const { items } = await journey.partner.call(`invitations/${second}/companies`, Companies);
    expect(items).toEqual([{ id: partnerId, name: 'Quayside IT', standing: 'free' }]);
    const json = { organisationId: partnerId, sharesTotals: false };
    const session = await journey.partner.call(`invitations/${second}/join`, SessionView, { method: 'POST', json });
    expect(session.organisations).toHaveLength(1);
    journey.partner = await Person.signIn(distributed.url, ROSA, PASSWORD);
    const { items: vendors } = await journey.partner.call('vendors', PartnerVendors);
    expect(vendors.map(({ name, isMember }) => [name, isMember]).sort()).toEqual([
      ['Contoso Cloud', true],
      ['Northwind Systems', true],
    ]);
    for (const seller of [journey.marketer, clara]) {
      const { items: seen } = await seller.call('partners', Partners);
      expect(seen.map(({ id, name, status }) => [id, name, status])).toEqual([[partnerId, 'Quayside IT', 'active']]);
    }
  }, 60_000);

  it('keeps a wave shut if the partners of earlier ones are stopped, and says why', async () => {
    const { marketer, folder, campaigns, partner } = journey;
    const rule = { partnerIds: [partnerId] };
    const group = { method: 'POST' as const, json: { name: 'Quayside first', rule } };
    const { id: groupId } = await marketer.call('partner-groups', PartnerGroupView, group);
    const steps = [{ key: 'only', email: 'last-call' }];
    writePackage(join(folder, campaigns.canary), { name: campaigns.canary, window: ALWAYS, steps, withoutPosts: true });
    const form = upload('package', await zipFolder(join(folder, campaigns.canary)), 'canary.zip');
    await marketer.call('campaigns', CampaignVersionCard, { method: 'POST', form });
    const path = `${await journey.campaignPath(campaigns.canary)}/versions/1`;
    await marketer.call(`${path}/submit`, CampaignVersionCard, { method: 'POST' });
    const approver = await Person.signIn(distributed.url, vendor.approver, vendor.password);
    await approver.call(`${path}/approve`, CampaignVersionCard, { method: 'POST' });
    const day = (later: number): string => new Date(Date.now() + later * DAY_MS).toISOString().slice(0, 10);
    const json = { partnerGroupIds: [groupId], opensOn: day(0), closesOn: day(90) };
    const { id: versionId } = await marketer.call(`${path}/publish`, CampaignVersionCard, { method: 'POST', json });
    // Contoso has no campaign: what the company is offered is Northwind's.
    expect((await partner.call('offers', Offers)).items.map((offer) => offer.versionId)).toEqual([versionId]);

    distributed.mailbox.unknown = /^gone/;
    const people = Array.from({ length: 100 }, (_, at) => `${at % 3 === 0 ? 'gone' : 'crew'}${at}@ironbridge.example`);
    const listId = await journey.listOf('Crew', people);
    await journey.launch({ versionId, listId }, 'launch-to-the-crew');
    const stops = async (): Promise<readonly string[]> =>
      (await marketer.call(`partners/${partnerId}/overview`, PartnerOverview)).sending?.stops ?? [];
    await until(async () => (await stops()).includes('bounces'), 'the stop', 60_000);

    const wave = { method: 'POST' as const, json: { opensOn: day(0), allPartners: true, mostStoppedPartners: 0 } };
    await marketer.call(`${path}/waves`, WavesView, wave);
    const waves = async (): Promise<WavesView['items']> => (await marketer.call(`${path}/waves`, WavesView)).items;
    await until(async () => (await waves())[0]?.state === 'shut', 'the wave to stay shut', 60_000);
    expect((await waves())[0]).toMatchObject({ stoppedPartners: 1, mostStoppedPartners: 0 });
    const letters = async () =>
      (await distributed.mailbox.mailsTo(vendor.marketer)).filter(({ subject }) => subject.startsWith('A wave of'));
    await until(async () => (await letters()).length > 0, 'the e-mail about the wave', 60_000);
    expect((await letters())[0]?.text).toContain('At most 0 was allowed');
    await marketer.call(`${path}/waves/${(await waves())[0]?.id}/open`, WavesView, { method: 'POST' });
    expect((await waves())[0]?.state).toBe('opened');
  }, 240_000);

  it('leaves one vendor and stays with the other', async () => {
    const json = { reason: 'The contract is over.' };
    await journey.marketer.call(`partners/${partnerId}/end`, PartnerView, { method: 'POST', json });
    const { items } = await journey.partner.call('vendors', PartnerVendors);
    expect(items.map(({ name, isMember }) => [name, isMember]).sort()).toEqual([
      ['Contoso Cloud', true],
      ['Northwind Systems', false],
    ]);
    expect((await journey.partner.call('offers', Offers)).items).toEqual([]);
    expect((await clara.call('partners', Partners)).items).toMatchObject([{ id: partnerId, status: 'active' }]);
  });

  it('is deleted after its export, also if the schedulers are killed in the middle', async () => {
    const { partner } = journey;
    const crowd = Array.from({ length: 2_500 }, (_, at) => `reader${at}@polar-energy.example`);
    await journey.listOf('Readers', crowd);
    const [mail] = (await distributed.mailbox.overview()).filter(({ to }) => to.startsWith('crew'));
    const [, link = ''] = /<(http[^>]+)>/.exec(mail?.header('list-unsubscribe') ?? '') ?? [];
    const { id: exportId } = await partner.call('organisation/exports', OrganisationExportView, { method: 'POST' });
    const path = `organisation/exports/${exportId}`;
    await until(async () => (await partner.call(path, OrganisationExportView)).state === 'ready', 'the export', 60_000);
    expect((await partner.bytes(`${path}/file`)).type).toBe('application/zip');
    const json = { name: 'Quayside IT', reason: 'We close our company.' };
    await partner.call('organisation/deletion', OrganisationDeletionView, { method: 'POST', json });
    const ending = async (): Promise<boolean> =>
      (await clara.call('partners', Partners)).items[0]?.end?.reason === json.reason;
    await until(ending, 'the announcement', 60_000);

    // The waiting period is over.
    await distributed.asOwner(async (client) => {
      await client.query(`UPDATE privacy.organisation_deletion SET due_at = now() - interval '1 second'`);
    });
    const left = async (): Promise<number> => {
      let count = 0;
      await distributed.asOwner(async (client) => {
        const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM contacts.contact');
        count = rows[0]?.n ?? 0;
      });
      return count;
    };
    await until(async () => (await left()) < crowd.length, 'the first page', 120_000);
    for (const name of SCHEDULERS) await distributed.members.get(name)?.end('SIGKILL');
    const atKill = await left();
    for (const name of SCHEDULERS) await distributed.startWorker('scheduler', name);
    // Five minutes without a page: as if they were over.
    await distributed.asOwner(async (client) => {
      await client.query(`UPDATE privacy.organisation_deletion SET active_at = now() - interval '6 minutes'`);
    });
    const isGone = async (): Promise<boolean> => (await partner.status('contacts')) === 401;
    await until(isGone, 'the end of the deletion', 120_000);
    expect(atKill).toBeGreaterThan(0);
    expect(await left()).toBe(0);
    expect((await clara.call('partners', Partners)).items).toMatchObject([{ id: partnerId, status: 'ended' }]);
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await fetch(link, { method: 'POST', body })).status).toBe(200);
    const told = async (): Promise<boolean> =>
      (await distributed.mailbox.mailsTo(ROSA)).some(({ text }) => text.includes('You can no longer sign in to it.'));
    await until(told, 'the e-mail about the deletion');
  }, 300_000);

  it('leaves no error in the log', () => {
    expect([...distributed.members.values()].flatMap(({ errors }) => errors)).toEqual([]);
  });
});
