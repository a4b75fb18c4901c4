import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  ActivationDetail,
  Assets,
  AudienceView,
  BrandProfile,
  CampaignDetail,
  Campaigns,
  CampaignVersionCard,
  CampaignVersionDetail,
  ContactHistory,
  ContactImport,
  ContactPage,
  CreatedApiKey,
  InvitationView,
  LogoUpload,
  OfferDetail,
  Offers,
  PartnerGroupView,
  PartnerView,
  VendorActivations,
} from '#contracts';
import { packageRoot } from '#kernel';
import { until } from '../support/until.js';
import type { Installation, ReceivedMail } from './installation.js';
import { ALWAYS, type PackageChanges, writePackage, zipFolder } from './journey-package.js';
import { Person, upload } from './person.js';
import { ServerProcess } from './processes.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PASSWORD = 'a harbour in the evening';

/** The vendor's people of an installation, and how a campaign must be made for its calendar. */
export interface Scene {
  readonly installation: Installation;
  readonly vendor: { readonly owner: string; readonly marketer: string; readonly approver: string; password: string };
  readonly campaign: Omit<PackageChanges, 'name'>;
  /** Whether somebody who leaves after the first mail can be quicker than the second. */
  readonly hasTimeToLeave: boolean;
  /** Hours from one mail to the next, and its key: what follows the first. */
  readonly later: readonly { readonly afterHours: number; readonly email: string }[];
  /** Where the partner's day is, so that "now" is a time at which one may write. */
  readonly timeZone: string;
}

/**
 * The main job from end to end over the HTTP API alone, as tests that build on one another: a vendor publishes, a partner
 * comes in and launches, mail arrives and goes on arriving, and both can end it.
 */
export function describeMainJob(open: () => Promise<Scene>): void {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-journey-'));
  const names = { main: 'edge-journey', canary: 'edge-canary' };
  let scene: Scene;
  let marketer: Person;
  let partner: Person;
  let partnerId = '';
  let versionId = '';
  let canaryVersionId = '';
  let canaries = 0;
  let subjects: ReadonlyMap<string, string>;
  let activationId = '';
  const customers = Array.from({ length: 10 }, (_, at) => `customer${at}@harbour-logistics.example`);
  const [leaver = '', ...staying] = customers;
  const inbox = () => scene.installation.mailbox;

  /** How many mails with a campaign e-mail's subject have come to each of some addresses. */
  const arrivals = async (email: string, addresses: readonly string[]): Promise<number[]> => {
    const all = await inbox().overview();
    return addresses.map(
      (address) => all.filter(({ to, subject }) => to === address && subject === subjects.get(email)).length,
    );
  };
  const allArrived = (email: string, addresses: readonly string[]): Promise<void> =>
    until(async () => (await arrivals(email, addresses)).every((count) => count > 0), 30_000, `the mail ${email}`);
  const import_ = async (listName: string, csv: string): Promise<ContactImport> => {
    const form = upload('file', Buffer.from(`\ufeff${csv}`), `${listName}.csv`, {
      listName,
      consentBasis: 'customer',
      consentEvidence: 'Customer database',
    });
    const { id } = await partner.call('contact-imports', ContactImport, { method: 'POST', form });
    const found = (): Promise<ContactImport> => partner.call(`contact-imports/${id}`, ContactImport);
    await until(async () => !['queued', 'running'].includes((await found()).status), 30_000, 'the import');
    return found();
  };
  const listOf = async (name: string, addresses: readonly string[]): Promise<string> =>
    (await import_(name, `email\n${addresses.join('\n')}\n`)).listId;
  const launch = (body: object, key: string): Promise<ActivationDetail> =>
    partner.call('activations', ActivationDetail, {
      method: 'POST',
      json: body,
      headers: { 'idempotency-key': key },
    });
  const activation = (id: string): Promise<ActivationDetail> => partner.call(`activations/${id}`, ActivationDetail);
  const inHours = async (hours: number): Promise<Date> =>
    new Date((await scene.installation.now()).getTime() + hours * HOUR_MS);

  /** Proves that the scheduler has looked for due mail of this partner since: a campaign launched now has arrived. */
  const schedulerHasLooked = async (): Promise<void> => {
    canaries += 1;
    const address = `canary${canaries}@harbour-logistics.example`;
    const listId = await listOf(`Canary ${canaries}`, [address]);
    await launch({ versionId: canaryVersionId, listId }, `canary-${canaries}-launch`);
    await allArrived('last-call', [address]);
  };

  beforeAll(async () => {
    scene = await open();
    marketer = await Person.signIn(scene.installation.url, scene.vendor.marketer, scene.vendor.password);
    writePackage(join(folder, names.main), { name: names.main, ...scene.campaign });
    const steps = [{ key: 'only', email: 'last-call' }];
    writePackage(join(folder, names.canary), { name: names.canary, window: ALWAYS, steps });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers a package with mistakes with all of them, each in its place', async () => {
    const zip = await zipFolder(join(folder, names.main), {
      'campaign.yaml': (text) => text.replace('theme:', 'themes:').replace('emails/proof.mjml', 'emails/gone.mjml'),
      'emails/welcome.mjml': (text) => text.replace('<mj-body', '<script>alert(1)</script><mj-body'),
    });
    const problem = await marketer.refusal('campaigns', { method: 'POST', form: upload('package', zip, 'edge.zip') });
    expect(problem).toMatchObject({ status: 422, code: 'package.unusable' });
    const places = (problem.problems ?? []).map(({ file, line, column }) => ({ file, line, column }));
    expect(places).toEqual(
      expect.arrayContaining([
        { file: 'campaign.yaml', line: expect.any(Number), column: expect.any(Number) },
        { file: 'emails/welcome.mjml', line: expect.any(Number), column: expect.any(Number) },
      ]),
    );
    expect(problem.problems?.map(({ message }) => message).join('\n')).toContain('emails/gone.mjml');
    expect((await marketer.call('campaigns', Campaigns)).items.map(({ name }) => name)).not.toContain(names.main);
  });

  it('takes a package from the command line and shows what is in it', async () => {
    const owner = await Person.signIn(scene.installation.url, scene.vendor.owner, scene.vendor.password);
    const { key } = await owner.call('api-keys', CreatedApiKey, {
      method: 'POST',
      json: { name: 'Authoring', role: 'marketer', permissions: ['campaigns.read', 'campaigns.edit'] },
    });
    const push = ServerProcess.start('cli', ['push', join(folder, names.main), '--url', scene.installation.url], {
      THROUGHLINE_API_KEY: key,
    });
    expect([await push.ended, push.output]).toEqual([
      0,
      expect.stringContaining(`Version 1 of ${names.main} is a draft now`),
    ]);
    const version = await marketer.call(
      `${await campaignPath(marketer, names.main)}/versions/1`,
      CampaignVersionDetail,
    );
    expect(version).toMatchObject({ status: 'draft', number: 1, locales: ['en', 'de'] });
    expect(version.tactics).toMatchObject({
      pages: [{ key: 'landing' }],
      documents: [{ key: 'brochure' }],
      social: [{ key: 'announce' }, { key: 'proof' }, { key: 'workshop' }],
    });
    expect(version.slots.map(({ name }) => name)).toContain('intro');
    expect(version.sequence.steps.filter(({ kind }) => kind === 'email').map(({ email }) => email)).toEqual(
      expect.arrayContaining(['welcome', ...scene.later.map(({ email }) => email)]),
    );
    subjects = new Map(version.tactics.emails.map(({ key: email, subject }) => [email, subject['en'] ?? '']));
  });

  it('lets another person approve it, and publishes it to a group made by a rule', async () => {
    const approver = await Person.signIn(scene.installation.url, scene.vendor.approver, scene.vendor.password);
    const group = await marketer.call('partner-groups', PartnerGroupView, {
      method: 'POST',
      json: { name: 'Platinum in Europe', rule: { tiers: ['platinum'], regions: ['emea'] } },
    });
    const zip = await zipFolder(join(folder, names.canary));
    const form = upload('package', zip, 'canary.zip');
    await marketer.call('campaigns', CampaignVersionCard, { method: 'POST', form });
    for (const name of Object.values(names)) {
      const path = `${await campaignPath(marketer, name)}/versions/1`;
      await marketer.call(`${path}/submit`, CampaignVersionCard, { method: 'POST' });
      expect(await marketer.refusal(`${path}/approve`, { method: 'POST' })).toMatchObject({ status: 403 });
      await approver.call(`${path}/approve`, CampaignVersionCard, { method: 'POST' });
      const today = await scene.installation.now();
      const json = { partnerGroupId: group.id, opensOn: dayOf(today), closesOn: dayOf(today, 90) };
      const published = await marketer.call(`${path}/publish`, CampaignVersionCard, { method: 'POST', json });
      expect(published).toMatchObject({ status: 'published', number: 1, partnerGroupId: group.id });
      expect(await marketer.refusal(`${path}/publish`, { method: 'POST', json })).toMatchObject({ status: 409 });
      if (name === names.main) versionId = published.id;
      else canaryVersionId = published.id;
    }
  });

  it('lets a partner in by the link in an e-mail, once', async () => {
    const email = 'rosa@quayside.example';
    const invited = await marketer.call('partners/invitations', PartnerView, {
      method: 'POST',
      json: { organisationName: 'Quayside IT', email, countryCode: 'GB', tier: 'platinum', region: 'emea' },
    });
    partnerId = invited.id;
    const token = await invitationToken(scene.installation, email);
    partner = new Person(scene.installation.url);
    expect(await partner.call(`invitations/${token}`, InvitationView)).toMatchObject({
      organisationName: 'Quayside IT',
      email,
      role: 'owner',
    });
    await partner.enter(`invitations/${token}/accept`, { name: 'Rosa Marsh', password: PASSWORD });
    const again = { method: 'POST' as const, json: { name: 'Eve', password: 'another long password' } };
    await new Person(scene.installation.url).refusal(`invitations/${token}/accept`, again);
    partner = await Person.signIn(scene.installation.url, email, PASSWORD);
    expect(await marketer.call(`partners/${partnerId}`, PartnerView)).toMatchObject({ status: 'active' });
    expect((await partner.call('offers', Offers)).items.map((offer) => offer.versionId)).toEqual(
      expect.arrayContaining([versionId, canaryVersionId]),
    );
  });

  it('has a brand when its profile is filled in and its logo is uploaded', async () => {
    expect((await partner.call('brand-profile', BrandProfile)).isComplete).toBe(false);
    const edit = { method: 'PUT' as const, json: brandOf(scene.timeZone), headers: { 'if-match': '"0"' } };
    await partner.call('brand-profile', BrandProfile, edit);
    expect(await partner.refusal('brand-profile', edit)).toMatchObject({ status: 412 });
    const text = upload('file', Buffer.from('this is no picture'), 'logo.png');
    expect((await partner.refusal('brand-profile/logo', { method: 'PUT', form: text })).status).toBe(422);
    const svg = readFileSync(join(packageRoot(), 'templates/seed/logos/brightwater.svg'));
    const form = upload('file', svg, 'logo.svg');
    const logo = await partner.call('brand-profile/logo', LogoUpload, { method: 'PUT', form });
    expect(logo.profile).toMatchObject({ isComplete: true, missing: [] });
    const dark = await partner.bytes('brand-profile/logos/dark.png?width=320&height=120');
    expect(dark).toMatchObject({ type: 'image/png' });
  });

  it('takes contacts from a spreadsheet and says what it left out', async () => {
    const rows = customers.map((email, at) => `${email};Customer${at};Harbour Logistics`);
    const odd = ['customer1@harbour-logistics.example;Again;Harbour', 'no address at all;X;Y', '=1+1;X;Y'];
    const done = await import_('Customers', `E-Mail;Vorname;Firma\r\n${[...rows, ...odd].join('\r\n')}\r\n`);
    expect(done).toMatchObject({ status: 'completed', delimiter: ';', counts: { created: 10 } });
    expect(done.problems.map(({ row }) => row)).toEqual(expect.arrayContaining([13, 14]));
    const page = await partner.call(`contacts?listId=${done.listId}`, ContactPage);
    expect(page.items.map(({ email }) => email).sort()).toEqual([...customers].sort());
  });

  it('shows every asset in the brand of the partner before anything is launched', async () => {
    const offer = await partner.call(`offers/${versionId}`, OfferDetail);
    expect(offer.missing).toEqual([]);
    for (const { key } of offer.emails) {
      expect(await partner.text(`offers/${versionId}/preview/emails/${key}.html`)).toContain('Quayside IT');
      expect(await partner.text(`offers/${versionId}/preview/emails/${key}.txt`)).toContain('Quayside IT');
    }
    expect(await partner.text(`offers/${versionId}/preview/pages/landing.html`)).toContain('Quayside IT');
    const pdf = await partner.bytes(`offers/${versionId}/preview/documents/brochure.pdf`);
    expect([pdf.type, pdf.content.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
    const post = await partner.bytes(`offers/${versionId}/preview/social/announce/square.jpg`);
    expect([post.type, post.content.subarray(0, 2).toString('hex')]).toEqual(['image/jpeg', 'ffd8']);
  });

  it('launches once, however often the same launch is asked for', async () => {
    const lists = await partner.call(
      'contact-lists',
      z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
    );
    const listId = lists.items.find(({ name }) => name === 'Customers')?.id ?? '';
    expect(await partner.call(`offers/${versionId}/audience?listId=${listId}`, AudienceView)).toMatchObject({
      total: 10,
      willGet: 10,
    });
    const intro = { kind: 'paragraphs', blocks: [[{ text: 'We are your neighbours at the quay.' }]] };
    const body = { versionId, listId, slots: { intro } };
    const launched = await Promise.all([1, 2, 3].map(() => launch(body, 'first-launch-of-quayside')));
    activationId = launched[0]?.id ?? '';
    expect(new Set(launched.map(({ id }) => id)).size).toBe(1);
    const other = { method: 'POST' as const, json: { versionId, listId } };
    const headers = { 'idempotency-key': 'first-launch-of-quayside' };
    expect(await partner.refusal('activations', { ...other, headers })).toMatchObject({ code: 'launch.key-reused' });
  });

  it('sends the first mail in the name of the partner to everybody', async () => {
    await allArrived('welcome', customers);
    expect(await arrivals('welcome', customers)).toEqual(customers.map(() => 1));
    const mail = await mailOf('welcome', staying[0] ?? '');
    expect(mail.from).toContain('Quayside IT');
    expect(mail.html).toContain('We are your neighbours at the quay.');
    expect(mail.html).toContain('#7a1fa2');
    expect(mail.text).toContain('We are your neighbours at the quay.');
    expect(mail.text).toContain('Hello Customer1,');
    expect(mail.header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    const [, leave = ''] = /<(https?:[^>]+)>/.exec(mail.header('List-Unsubscribe') ?? '') ?? [];
    expect(leave).toContain(`${scene.installation.url}/u/`);
    for (const [, picture = ''] of mail.html.matchAll(/<img[^>]+src="([^"]+)"/g))
      expect([picture, (await fetch(picture)).status]).toEqual([picture, 200]);
  });

  it('writes no more to somebody who has left by one click', async () => {
    const [, leave = ''] =
      /<(https?:[^>]+)>/.exec((await mailOf('welcome', leaver)).header('List-Unsubscribe') ?? '') ?? [];
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await fetch(leave, { method: 'POST', body })).status).toBe(200);
    const offer = await partner.call(`offers/${versionId}`, OfferDetail);
    expect(offer.versionId).toBe(versionId);
    const audience = await partner.call(
      `offers/${versionId}/audience?listId=${(await activation(activationId)).listId}`,
      AudienceView,
    );
    expect(audience).toMatchObject({ willGet: 9, skipped: [{ reason: 'unsubscribed', count: 1 }] });
  });

  it('goes on with the later mails of the sequence', async () => {
    for (const { afterHours, email } of scene.later) {
      if (afterHours > 0) await scene.installation.reach(await inHours(afterHours + 1));
      await allArrived(email, staying);
      expect(await arrivals(email, staying)).toEqual(staying.map(() => 1));
    }
    if (!scene.hasTimeToLeave) return;
    expect((await arrivals(scene.later[0]?.email ?? '', [leaver]))[0]).toBe(0);
    const { items } = await partner.call(`contacts?q=${encodeURIComponent(leaver)}`, ContactPage);
    const history = await partner.call(`contacts/${items[0]?.id ?? ''}/history`, ContactHistory);
    expect(history.items.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['skipped', 'unsubscribed'],
      ['sent', 'sent'],
    ]);
    expect((await activation(activationId)).status).toBe('completed');
  });

  it('gives the partner its documents, posts and landing page', async () => {
    const assets = (): Promise<z.output<typeof Assets>> => partner.call(`activations/${activationId}/assets`, Assets);
    await until(async () => (await assets()).items.length >= 20, 60_000, 'the co-branded assets');
    const { items } = await assets();
    expect(items.filter(({ kind }) => kind === 'document')).toHaveLength(2);
    expect(items.filter(({ kind }) => kind === 'social')).toHaveLength(18);
    for (const { id, kind, mediaType } of items) {
      const { type, content } = await partner.bytes(`activations/${activationId}/assets/${id}`);
      expect(type).toBe(mediaType);
      expect(content.subarray(0, 2).toString('latin1')).toBe(kind === 'document' ? '%P' : '\xff\xd8');
    }
    const { pageUrl } = await activation(activationId);
    const page = await fetch(pageUrl);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Quayside IT')]);
    const brochure = await fetch(`${pageUrl}/documents/brochure.pdf`);
    expect([brochure.status, brochure.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  });

  it('sends nothing while it is held, goes on when it is resumed, and ends when it is stopped', async () => {
    const people = ['held1@meridian-foods.example', 'held2@meridian-foods.example'];
    const startAt = soon(await scene.installation.now(), scene.hasTimeToLeave);
    const listId = await listOf('Held', people);
    const { id } = await launch({ versionId, listId, startAt }, 'second-launch-of-quayside');
    expect((await partner.call(`activations/${id}/hold`, ActivationDetail, { method: 'POST' })).status).toBe('held');
    await scene.installation.reach(new Date(startAt.getTime() + 60_000 * (scene.hasTimeToLeave ? 5 : 0)));
    await schedulerHasLooked();
    expect(await arrivals('welcome', people)).toEqual([0, 0]);
    await partner.call(`activations/${id}/resume`, ActivationDetail, { method: 'POST' });
    await allArrived('welcome', people);
    await partner.call(`activations/${id}/stop`, ActivationDetail, { method: 'POST' });
    await until(async () => (await activation(id)).waiting === 0, 15_000, 'everybody to be out of it');
    expect(await activation(id)).toMatchObject({ status: 'stopped', nextAt: null });
    expect(await partner.refusal(`activations/${id}/resume`, { method: 'POST' })).toMatchObject({ status: 409 });
    expect(await arrivals('welcome', people)).toEqual([1, 1]);
  });

  it('sends nothing more once the vendor has retired the campaign', async () => {
    const people = ['late1@atlas-bank.example', 'late2@atlas-bank.example'];
    const startAt = soon(await scene.installation.now(), scene.hasTimeToLeave);
    const listId = await listOf('Late', people);
    const { id } = await launch({ versionId, listId, startAt }, 'third-launch-of-quayside');
    const path = await campaignPath(marketer, names.main);
    expect(
      (await marketer.call(`${path}/retire`, CampaignDetail, { method: 'POST' })).versions.map(({ status }) => status),
    ).toEqual(['retired']);
    await until(async () => (await activation(id)).status === 'stopped', 15_000, 'the activation to stop');
    await scene.installation.reach(new Date(startAt.getTime() + DAY_MS / (scene.hasTimeToLeave ? 1 : DAY_MS)));
    await schedulerHasLooked();
    expect(await arrivals('welcome', people)).toEqual([0, 0]);
    const headers = { 'idempotency-key': 'fourth-launch-of-quayside' };
    const refused = await partner.refusal('activations', { method: 'POST', json: { versionId, listId }, headers });
    expect(refused.status).toBeGreaterThanOrEqual(404);
    expect((await partner.call('offers', Offers)).items.map((offer) => offer.versionId)).not.toContain(versionId);
    const seen = await marketer.call(`${path}/activations`, VendorActivations);
    expect(seen.items.filter(({ status }) => status === 'active')).toEqual([]);
    expect(JSON.stringify(seen)).not.toContain('@');
  });

  const mailOf = async (email: string, address: string): Promise<ReceivedMail> => {
    const found = (await inbox().of(address)).find(({ subject }) => subject === subjects.get(email));
    if (found === undefined) throw new Error(`There is no mail ${email} for ${address}.`);
    return found;
  };
}

async function campaignPath(vendor: Person, name: string): Promise<string> {
  const { items } = await vendor.call('campaigns', Campaigns);
  const found = items.find((campaign) => campaign.name === name);
  if (found === undefined) throw new Error(`There is no campaign ${name}.`);
  return `campaigns/${found.id}`;
}

/** The token of the link in the invitation that has come by mail. */
async function invitationToken({ mailbox }: Installation, email: string): Promise<string> {
  await until(async () => (await mailbox.overview()).some(({ to }) => to === email), 15_000, 'the invitation');
  const [mail] = await mailbox.of(email);
  const [, token] = /\/invitation\/([\w-]+)/.exec(mail?.text ?? '') ?? [];
  if (token === undefined) throw new Error('There is no link in the invitation.');
  return token;
}

function dayOf(moment: Date, later = 0): string {
  return new Date(moment.getTime() + later * DAY_MS).toISOString().slice(0, 10);
}

/** A start that is not yet: some hours away where time can be moved, some seconds where it is waited for. */
function soon(now: Date, canBeMoved: boolean): Date {
  return new Date(now.getTime() + (canBeMoved ? 30 * 60_000 : 4_000));
}

function brandOf(timeZone: string): object {
  return {
    name: 'Quayside IT',
    legalName: 'Quayside IT Ltd',
    legalLine: null,
    postalAddress: '1 Quay Street\nBristol BS1 4DJ\nUnited Kingdom',
    countryCode: 'GB',
    timeZone,
    website: 'https://www.quayside.example',
    contact: { name: 'Rosa Marsh', title: null, phone: null, email: 'rosa@quayside.example' },
    colours: {
      primary: '#7a1fa2',
      onPrimary: '#ffffff',
      secondary: '#f3e8f8',
      onSecondary: '#2b0a3a',
      link: '#7a1fa2',
    },
    locales: {},
  };
}
