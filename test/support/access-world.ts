import sharp from 'sharp';
import type supertest from 'supertest';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { SchedulerModule } from '../../apps/scheduler/src/scheduler.module.js';
import { Accounts, PasswordResets, type Role } from '#identity';
import { newId, type OrganisationId, systemActor, type UserId, DAY_MS } from '#kernel';
import { type Browser, createTestApi, openBrowser, PASSWORD, PASSWORD_HASH, type TestApi } from './api.js';
import {
  fillBrand,
  launchKey,
  publish,
  smallCampaign,
  upload,
  type UploadedVersion,
  wholeCampaign,
  writeNewsletter,
} from './campaigns.js';
import { type MailSink, openMailSink } from './mail-sink.js';
import { untilTuesdayNoon } from './prepared-product.js';
import { until } from './until.js';

const SEED = systemActor('test');

export const HOUSES = ['northwind', 'contoso', 'brightwater', 'kessler', 'dunesoft'] as const;
/**
 * Two vendors; Brightwater and Kessler are Northwind's partners, Dunesoft is
 * Contoso's. Brightwater is a partner of both, and has launched a campaign of
 * Contoso: Northwind must not learn of it.
 */
export type HouseName = (typeof HOUSES)[number];
const VENDOR_OF = { brightwater: 'northwind', kessler: 'northwind', dunesoft: 'contoso' } as const;
export type PartnerName = keyof typeof VENDOR_OF;
export type VendorName = Exclude<HouseName, PartnerName>;

/**
 * A mark in all data of one organisation that no other organisation may read.
 */
export const secretOf = (house: HouseName): string => `secret-of-${house}`;
/** A mark in what a vendor offers to its partners. */
const offeredBy = (vendor: VendorName): string => `offered-by-${vendor}`;
const OFFERED_TO_KESSLER = 'offered-to-kessler';

/** The name of a partner: a mark in what a vendor sees of it. */
const companyOf = (partner: PartnerName): string => `${partner} company`;

/** The marks that this organisation must never see. */
export function hiddenFrom(house: HouseName | null): string[] {
  const seen: string[] = [];
  if (house !== null) seen.push(secretOf(house));
  if (house === 'northwind' || house === 'contoso') seen.push(offeredBy(house));
  else if (house !== null) seen.push(offeredBy(VENDOR_OF[house]));
  if (house === 'brightwater') seen.push(offeredBy('contoso'));
  if (house === 'kessler' || house === 'northwind') seen.push(OFFERED_TO_KESSLER);
  return [...HOUSES.map(secretOf), offeredBy('northwind'), offeredBy('contoso'), OFFERED_TO_KESSLER].filter(
    (mark) => !seen.includes(mark),
  );
}

/**
 * Northwind's channel manager looks after Brightwater, not after Kessler: marks
 * of Kessler that other people of Northwind see.
 */
export const hiddenFromManager = (world: AccessWorld): string[] => [companyOf('kessler'), world.idOf('kessler')];

/** Path parameters that name one thing, and what a body names it by. */
export type Thing = Readonly<Record<string, string>>;

interface VendorHouse {
  readonly id: OrganisationId;
  readonly owner: Browser;
  readonly editor: Browser;
  readonly approver: Browser;
  readonly everybody: string;
  readonly nobody: string;
  readonly whole: UploadedVersion;
  readonly small: UploadedVersion;
}

interface PartnerHouse {
  readonly id: OrganisationId;
  readonly owner: Browser;
  readonly listId: string;
  readonly vendor: VendorHouse;
  /**
   * A version that this partner may launch. Kessler's is open to Kessler only.
   */
  readonly offer: UploadedVersion;
}

/** A cookie with its CSRF token, or a key. */
export interface Credentials {
  readonly cookie?: string;
  readonly csrfToken?: string;
  readonly bearer?: string;
}

/** Five organisations with one thing of everything, and people in them. */
export class AccessWorld {
  private count = 0;
  private managerId: UserId | null = null;
  private readonly shared = new Map<string, Promise<Thing>>();

  private constructor(
    readonly api: TestApi,
    private readonly mails: MailSink,
    private readonly vendors: ReadonlyMap<VendorName, VendorHouse>,
    private readonly partners: ReadonlyMap<PartnerName, PartnerHouse>,
  ) {}

  static async open(): Promise<AccessWorld> {
    const mails = await openMailSink();
    const api = await createTestApi({
      with: [RendererModule, SchedulerModule],
      consume: { rendering: 2, scheduling: 2, delivery: 2, 'delivery-ahead': 2 },
      // No name server listens there: the tests send no DNS query to the
      // network.
      environment: { SMTP_URL: mails.url, DNS_SERVERS: '127.0.0.1:1' },
    });
    api.clock.advance(untilTuesdayNoon(api.clock.now()));
    const vendors = new Map<VendorName, VendorHouse>();
    const partners = new Map<PartnerName, PartnerHouse>();
    for (const name of ['northwind', 'contoso'] as const) {
      const of = await api.aVendor(name);
      const [owner, editor, approver] = [
        await api.signIn(of.vendorId, 'owner'),
        await api.signIn(of.vendorId, 'marketer'),
        await api.signIn(of.vendorId, 'approver'),
      ];
      const nobody = { name: `${secretOf(name)} inner circle`, rule: { tiers: ['no such tier'] } };
      const group = await owner.post('/api/v1/partner-groups', nobody).expect(201);
      // Brightwater is Contoso's partner in another tier, and gets other campaigns.
      const first = { name: 'First vendor', rule: { tiers: ['gold', 'silver'] } };
      const offered = await owner.post('/api/v1/partner-groups', first).expect(201);
      const people = { editor, approver };
      const open = availability(api, offered.body.id);
      vendors.set(name, {
        id: of.vendorId,
        owner,
        ...people,
        everybody: of.groupId,
        nobody: group.body.id,
        whole: await publish(people, await wholeCampaign(`${name}-whole`, offeredBy(name), { posts: true }), open),
        small: await publish(people, await smallCampaign(`${name}-small`, offeredBy(name)), open),
      });
      for (const [partner, vendorName] of Object.entries(VENDOR_OF) as [PartnerName, VendorName][]) {
        if (vendorName !== name) continue;
        const tier = partner === 'kessler' ? 'silver' : 'gold';
        const partnerId = await api.aPartner(of, { name: companyOf(partner), tier });
        partners.set(partner, await aPartnerHouse(api, partner, partnerId, vendors.get(name)!));
      }
    }
    // Brightwater brings partners to Northwind, among them Kessler.
    const { id: distributorId } = partners.get('brightwater')!;
    const terms = { approval: 'approved', tier: 'gold', region: 'emea' };
    const { owner } = vendors.get('northwind')!;
    await owner.put(`/api/v1/partners/${distributorId}/distribution`, { terms, distributorId: null }).expect(200);
    await owner
      .put(`/api/v1/partners/${partners.get('kessler')!.id}/distribution`, { terms: null, distributorId })
      .expect(200);
    await joinContoso(api, vendors.get('contoso')!, partners.get('brightwater')!);
    return new AccessWorld(api, mails, vendors, partners);
  }

  async close(): Promise<void> {
    await this.api.close();
    await this.mails.close();
  }

  get number(): number {
    this.count += 1;
    return this.count;
  }

  get http(): ReturnType<typeof supertest> {
    return this.api.http;
  }

  idOf(house: HouseName): OrganisationId {
    return isVendor(house) ? this.vendor(house).id : this.partner(house).id;
  }

  vendor(house: VendorName): VendorHouse {
    return this.vendors.get(house)!;
  }

  partner(house: PartnerName): PartnerHouse {
    return this.partners.get(house)!;
  }

  owner(house: HouseName): Browser {
    return isVendor(house) ? this.vendor(house).owner : this.partner(house).owner;
  }

  /**
   * A list with a new contact, because no contact gets a partner's campaign
   * twice.
   */
  async aListOfSomebody(home: HouseName): Promise<string> {
    const house = isVendor(home) ? 'brightwater' : home;
    const owner = this.owner(house);
    const name = `${secretOf(house)} of somebody ${this.number}`;
    const { body } = await owner.post('/api/v1/contact-lists', { name }).expect(201);
    const id = body.id as string;
    await aContact(owner, house, `somebody${this.number}@${secretOf(house)}.example`, [id]);
    return id;
  }

  /** The list that a partner launches to. */
  listOf(house: HouseName): string {
    return this.partner(isVendor(house) ? 'brightwater' : house).listId;
  }

  day(ahead: number): string {
    return dayFrom(this.api, ahead);
  }

  /**
   * A start at which nothing goes out yet: what is held or stopped in a test is
   * still there to be held.
   */
  get tomorrow(): string {
    return new Date(this.api.clock.now().getTime() + DAY_MS).toISOString();
  }

  /** The vendor of a partner; of a vendor, itself. */
  vendorIdOf(house: HouseName): OrganisationId {
    return this.idOf(isVendor(house) ? house : VENDOR_OF[house]);
  }

  /** Which organisations have things of this kind. */
  housesOf(noun: Noun): readonly HouseName[] {
    if (noun in VENDOR_THINGS) return ['northwind', 'contoso'];
    if (noun in PARTNER_THINGS) return ['brightwater', 'kessler', 'dunesoft'];
    return noun in PUBLIC_THINGS ? ['brightwater'] : HOUSES;
  }

  /** A new thing of an organisation. */
  async make(noun: Noun, house: HouseName): Promise<Thing> {
    if (noun in VENDOR_THINGS) {
      const thing = await VENDOR_THINGS[noun as VendorNoun](this, house as VendorName);
      await this.assignPartners();
      return thing;
    }
    if (noun in PARTNER_THINGS) return PARTNER_THINGS[noun as PartnerNoun](this, house as PartnerName);
    if (noun in PUBLIC_THINGS) return PUBLIC_THINGS[noun as PublicNoun](this, house);
    return ANY_THINGS[noun as AnyNoun](this, house);
  }

  /**
   * A thing that Northwind has of Kessler, or of a partner without a channel
   * manager; null for kinds that are not about a partner.
   */
  async unmanaged(noun: Noun): Promise<Thing | null> {
    switch (noun) {
      case 'partner':
        return { id: this.idOf('kessler') };
      case 'run campaign':
      case 'paused campaign': {
        const { id: activationId } = await PARTNER_THINGS.activation(this, 'kessler');
        return { id: this.vendor('northwind').small.campaignId, activationId: activationId! };
      }
      case 'disclosed lead':
        return PARTNER_THINGS.disclosure(this, 'kessler');
      case 'invited partner':
      case 'joined partner':
      case 'former partner': {
        const thing = await VENDOR_THINGS[noun](this, 'northwind');
        await this.api.asOwner('UPDATE organisations.membership SET manager_id = NULL WHERE partner_id = $1', [
          thing['id'],
        ]);
        return thing;
      }
      default:
        return null;
    }
  }

  /** Gives a channel manager all partners of Northwind, those to come too, except Kessler. */
  async manage(userId: UserId): Promise<void> {
    this.managerId = userId;
    await this.assignPartners();
  }

  /** Makes an API key one of the channel manager. */
  async giveToManager(keyId: string): Promise<void> {
    await this.api.asOwner('UPDATE identity.api_key SET user_id = $1 WHERE id = $2', [this.managerId, keyId]);
  }

  private async assignPartners(): Promise<void> {
    if (this.managerId === null) return;
    await this.api.asOwner(
      'UPDATE organisations.membership SET manager_id = $1 WHERE vendor_id = $2 AND partner_id <> $3 AND manager_id IS NULL',
      [this.managerId, this.idOf('northwind'), this.idOf('kessler')],
    );
  }

  /** The same thing each time: for who only looks, or may not even that. */
  one(noun: Noun, house: HouseName): Promise<Thing> {
    const name = `${noun} ${house}`;
    const known = this.shared.get(name) ?? this.make(noun, house);
    this.shared.set(name, known);
    return known;
  }

  async person(
    assignments: readonly (readonly [HouseName, Role])[],
    withPassword = true,
  ): Promise<{ email: string; userId: UserId }> {
    // Who belongs to two organisations is no secret of either, nor is a channel manager from their partners.
    const [first] = assignments.length === 1 && assignments[0]![1] !== 'channel-manager' ? assignments : [];
    const email = `person${this.number}@${first === undefined ? 'nowhere' : secretOf(first[0])}.example`;
    const accounts = this.api.app.get(Accounts);
    const passwordHash = withPassword ? PASSWORD_HASH : null;
    const userId = await accounts.ensureUser(SEED, { email, name: 'Somebody', passwordHash, locale: 'en' });
    for (const [house, role] of assignments) await accounts.assign(SEED, userId, this.idOf(house), role);
    return { email, userId };
  }

  /** Signs in over HTTP; into an organisation of several where one is named. */
  async signIn(email: string, at: HouseName | null): Promise<Credentials> {
    const entered = await this.http.post('/api/v1/session').send({ email, password: PASSWORD }).expect(200);
    const first = credentialsOf(entered);
    const body = entered.body as { organisation: { id: string } | null };
    if (at === null || body.organisation?.id === this.idOf(at)) return first;
    const switched = this.http.post('/api/v1/session/organisation').send({ organisationId: this.idOf(at) });
    return credentialsOf(await wear(switched, first).expect(200));
  }

  /** The secret part of the last system mail to an address. */
  async linkSentTo(email: string): Promise<string> {
    const rows = await this.api.asOwner<{ body_text: string }>(
      'SELECT body_text FROM identity.system_mail WHERE recipient = $1 ORDER BY id DESC LIMIT 1',
      [email],
    );
    return /\/(?:invitation|password)\/([\w-]+)/.exec(rows[0]!.body_text)![1]!;
  }

  /**
   * The first mail that Brightwater's activation of the whole campaign has
   * sent.
   */
  async firstMail(): Promise<{ html: string; unsubscribe: string }> {
    const partner = this.partner('brightwater');
    const contact = `mail-reader@${secretOf('brightwater')}.example`;
    const started = this.mails.to(contact).length > 0;
    if (!started) {
      const list = await partner.owner.post('/api/v1/contact-lists', { name: 'Readers' }).expect(201);
      await aContact(partner.owner, 'brightwater', contact, [list.body.id as string]);
      await launch(partner, partner.vendor.whole, { listId: list.body.id as string });
    }
    await until(() => this.mails.to(contact).length > 0, 'the first mail');
    const [mail] = this.mails.to(contact);
    const unsubscribe = /\/u\/([\w-]+)/.exec(JSON.stringify(mail!.headers.get('list')))![1]!;
    return { html: mail!.html as string, unsubscribe };
  }
}

/** Puts cookie, token or key on a request. */
export function wear(test: supertest.Test, { cookie, csrfToken, bearer }: Credentials): supertest.Test {
  if (cookie !== undefined) void test.set('Cookie', cookie);
  if (csrfToken !== undefined) void test.set('X-CSRF-Token', csrfToken);
  if (bearer !== undefined) void test.set('Authorization', `Bearer ${bearer}`);
  return test;
}

const isVendor = (house: HouseName): house is VendorName => house === 'northwind' || house === 'contoso';

function credentialsOf(response: supertest.Response): Credentials {
  const [cookie] = response.headers['set-cookie'] as unknown as string[];
  return { cookie: cookie!.split(';')[0]!, csrfToken: (response.body as { csrfToken: string }).csrfToken };
}

function availability(api: TestApi, groupId: string): { partnerGroupIds: string[]; opensOn: string; closesOn: string } {
  return { partnerGroupIds: [groupId], opensOn: dayFrom(api, 0), closesOn: dayFrom(api, 60) };
}

const dayFrom = (api: TestApi, ahead: number): string =>
  new Date(api.clock.now().getTime() + ahead * DAY_MS).toISOString().slice(0, 10);

async function aPartnerHouse(
  api: TestApi,
  name: PartnerName,
  id: OrganisationId,
  vendor: VendorHouse,
): Promise<PartnerHouse> {
  const owner = await api.signIn(id, 'owner');
  await fillBrand(owner, { name, legalLine: null });
  const list = await owner.post('/api/v1/contact-lists', { name: secretOf(name) }).expect(201);
  const listId = list.body.id as string;
  await aContact(owner, name, `first@${secretOf(name)}.example`, [listId]);
  if (name !== 'kessler') return { id, owner, listId, vendor, offer: vendor.whole };
  const only = { name: 'Silver', rule: { tiers: ['silver'] } };
  const group = await vendor.owner.post('/api/v1/partner-groups', only).expect(201);
  const zip = await wholeCampaign('for-kessler', OFFERED_TO_KESSLER, { posts: true });
  return { id, owner, listId, vendor, offer: await publish(vendor, zip, availability(api, group.body.id as string)) };
}

/** A second vendor of Brightwater, with a tier and a launched campaign of its own. */
async function joinContoso(api: TestApi, contoso: VendorHouse, brightwater: PartnerHouse): Promise<void> {
  const { email } = brightwater.owner;
  const invitation = { organisationName: 'Bright', email, countryCode: 'GB', tier: 'second', region: 'emea' };
  await contoso.owner.post('/api/v1/partners/invitations', invitation).expect(201);
  const [mail] = await api.asOwner<{ body_text: string }>(
    'SELECT body_text FROM identity.system_mail WHERE recipient = $1 ORDER BY id DESC LIMIT 1',
    [email],
  );
  const token = /\/invitation\/([\w-]+)/.exec(mail!.body_text)![1]!;
  const joined = { organisationId: brightwater.id, sharesTotals: false };
  // A browser of its own: joining gives it a new cookie.
  const browser = await openBrowser(api.http, email);
  await browser.post(`/api/v1/invitations/${token}/join`, joined).expect(200);
  const group = { name: 'Second vendor', rule: { tiers: ['second'] } };
  const { body } = await contoso.owner.post('/api/v1/partner-groups', group).expect(201);
  const zip = await smallCampaign('contoso-second', offeredBy('contoso'));
  const version = await publish(contoso, zip, availability(api, body.id as string));
  const secret = secretOf('brightwater');
  const list = await brightwater.owner.post('/api/v1/contact-lists', { name: `${secret} second` }).expect(201);
  await aContact(brightwater.owner, 'brightwater', `second@${secret}.example`, [list.body.id as string]);
  const startAt = new Date(api.clock.now().getTime() + DAY_MS).toISOString();
  await launch(brightwater, version, { listId: list.body.id as string, startAt });
}

async function aContact(owner: Browser, house: PartnerName, email: string, listIds: string[] = []): Promise<string> {
  const mark = secretOf(house);
  const details = { firstName: mark, lastName: mark, company: mark, industry: mark, persona: mark, stage: mark };
  const consent = { basis: 'customer', evidence: mark };
  const { body } = await owner.post('/api/v1/contacts', { email, ...details, listIds, consent }).expect(201);
  return body.id as string;
}

async function launch(
  partner: PartnerHouse,
  { versionId }: UploadedVersion,
  changes: { listId: string; startAt?: string },
): Promise<{ id: string; slug: string }> {
  const request = { versionId, ...changes };
  const { body } = await partner.owner
    .post('/api/v1/activations', request)
    .set('Idempotency-Key', launchKey())
    .expect(201);
  return { id: body.id as string, slug: (body.pageUrl as string).split('/').at(-1)! };
}

const versionOf = ({ campaignId }: UploadedVersion): Thing => ({ id: campaignId, number: '1' });

async function draft(world: AccessWorld, house: VendorName): Promise<UploadedVersion> {
  return upload(world.vendor(house).editor, await smallCampaign(`draft-${world.number}`, secretOf(house)));
}
async function submitted(world: AccessWorld, house: VendorName): Promise<UploadedVersion> {
  const version = await draft(world, house);
  await world.vendor(house).editor.post(`${version.path}/submit`).expect(200);
  return version;
}
async function approved(world: AccessWorld, house: VendorName): Promise<UploadedVersion> {
  const version = await submitted(world, house);
  await world.vendor(house).approver.post(`${version.path}/approve`).expect(200);
  return version;
}

type VendorNoun =
  | 'campaign'
  | 'campaign draft'
  | 'draft file'
  | 'submitted version'
  | 'review comment'
  | 'approved version'
  | 'published campaign'
  | 'retired campaign'
  | 'wave'
  | 'newsletter'
  | 'newsletter that can be sent'
  | 'scheduled newsletter'
  | 'version update'
  | 'provider source'
  | 'partner'
  | 'application'
  | 'invited partner'
  | 'joined partner'
  | 'former partner'
  | 'partner group'
  | 'partner attribute'
  | 'library picture'
  | 'shared picture'
  | 'run campaign'
  | 'paused campaign'
  | 'recalled campaign'
  | 'disclosed lead'
  | 'relay';
type PartnerNoun =
  | 'received newsletter'
  | 'suggested colleague'
  | 'picture for a partner'
  | 'own picture'
  | 'video for a partner'
  | 'signature for a partner'
  | 'contact'
  | 'contact list'
  | 'host claim'
  | 'contact import'
  | 'suppression'
  | 'offer'
  | 'activation'
  | 'held activation'
  | 'recalled activation'
  | 'asked activation'
  | 'enrolled activation'
  | 'ready post'
  | 'running activation'
  | 'asset'
  | 'launched campaign'
  | 'sent message'
  | 'lead'
  | 'accepted lead'
  | 'won lead'
  | 'won deal'
  | 'deal share'
  | 'deal import'
  | 'attribution report'
  | 'shareable lead'
  | 'disclosure';
type AnyNoun =
  | 'organisation'
  | 'member'
  | 'team invitation'
  | 'api key'
  | 'cost'
  | 'webhook endpoint'
  | 'webhook delivery';
type PublicNoun =
  | 'telling provider'
  | 'opt-in'
  | 'feed'
  | 'website'
  | 'invitation'
  | 'password reset'
  | 'link'
  | 'unsubscribe link'
  | 'view in browser'
  | 'picture'
  | 'signing vendor';
export type Noun = VendorNoun | PartnerNoun | AnyNoun | PublicNoun;

type Makers<N extends Noun, House> = Readonly<Record<N, (world: AccessWorld, house: House) => Promise<Thing>>>;

/** A picture that no other one equals: a recall takes in equal files of a vendor. */
const dot = (number: number): Promise<Buffer> => {
  const background = `#${number.toString(16).padStart(6, '0')}`;
  return sharp({ create: { width: 1, height: 1, channels: 3, background } })
    .png()
    .toBuffer();
};

/** A partner of a vendor that joined its programme, and may have left it. */
async function withMembership(world: AccessWorld, house: VendorName, status: 'active' | 'ended'): Promise<Thing> {
  const { id } = await VENDOR_THINGS['invited partner'](world, house);
  await world.api.asOwner('UPDATE organisations.membership SET status = $2, joined_at = now() WHERE partner_id = $1', [
    id,
    status,
  ]);
  return { id: id! };
}

async function pictureOf(world: AccessWorld, house: VendorName, mark = secretOf(house)): Promise<string> {
  const { number } = world;
  const path = `/api/v1/assets/uploads?name=${mark}-${number}.png`;
  return (
    await world
      .vendor(house)
      .editor.post(path)
      .attach('file', await dot(number), 'dot.png')
      .expect(201)
  ).body.id as string;
}

/** A video or signature of a partner's vendor, shared with that partner only. */
async function sharedText(world: AccessWorld, partner: PartnerName, kind: 'video' | 'signature'): Promise<Thing> {
  const house = VENDOR_OF[partner];
  const content =
    kind === 'video'
      ? { address: 'https://video.example/1', captions: { en: 'WEBVTT' } }
      : { texts: { en: 'Gold partner' } };
  const asset = { kind, title: `${offeredBy(house)} ${world.number}`, content };
  const { body } = await world.vendor(house).editor.post('/api/v1/assets', asset).expect(201);
  await shareAs(world, house, body.id, kind, [await onlyFor(world, partner)]);
  return { id: body.id };
}

async function shareAs(world: AccessWorld, house: VendorName, id: string, as: string, partnerGroupIds: string[]) {
  const share = { as, partnerGroupIds, opensOn: world.day(0), closesOn: world.day(30) };
  await world.vendor(house).editor.put(`/api/v1/assets/${id}/share`, share).expect(200);
}

/** A group of one partner. */
async function onlyFor(world: AccessWorld, partner: PartnerName): Promise<string> {
  const rule = { partnerIds: [world.idOf(partner)] };
  const group = { name: `${offeredBy(VENDOR_OF[partner])} ${world.number}`, rule };
  const { body } = await world.owner(VENDOR_OF[partner]).post('/api/v1/partner-groups', group).expect(201);
  return body.id as string;
}

async function newsletterOf(world: AccessWorld, house: VendorName): Promise<string> {
  const wanted = { title: `${secretOf(house)} ${world.number}`, languages: ['en'] };
  return (await world.vendor(house).editor.post('/api/v1/newsletters', wanted).expect(201)).body.id as string;
}

/** A newsletter without placeholders. */
async function writtenNewsletter(world: AccessWorld, house: VendorName): Promise<string> {
  const { editor } = world.vendor(house);
  const id = await newsletterOf(world, house);
  await writeNewsletter(editor, id);
  return id;
}

/** A campaign of a vendor that a partner runs. */
async function runCampaign(world: AccessWorld, house: VendorName): Promise<Thing> {
  const name = house === 'northwind' ? 'brightwater' : 'dunesoft';
  const { id: activationId } = await PARTNER_THINGS.activation(world, name);
  return { id: world.partner(name).vendor.small.campaignId, activationId: activationId! };
}

/** One e-mail of a campaign that a partner runs: the campaign itself is shared. */
async function recallOfRun(world: AccessWorld, partner: PartnerName): Promise<Thing> {
  const { id: activationId } = await PARTNER_THINGS.activation(world, partner);
  const { editor, small } = world.partner(partner).vendor;
  const path = `/api/v1/campaigns/${small.campaignId}`;
  const { body } = await editor.get(`${path}/versions/1`).expect(200);
  const tactic = { kind: 'email', key: body.tactics.emails[0].key };
  await editor.post(`${path}/recall`, { reason: 'It has a mistake.', tactic }).expect(200);
  const { body: recalls } = await editor.get(`${path}/recalls`).expect(200);
  const recallId = recalls.items[0].id as string;
  await until(async () => (await editor.get(`${path}/recalls/${recallId}`)).body.done > 0, 'the report of a recall');
  // The campaign is shared: it goes on for others.
  await world.api.asOwner('UPDATE campaigns.recalled_version SET in_force = false WHERE recall_id = $1', [recallId]);
  return { id: small.campaignId, activationId: activationId!, recallId };
}

const VENDOR_THINGS: Makers<VendorNoun, VendorName> = {
  campaign: async (world, house) => versionOf(world.vendor(house).whole),
  'campaign draft': async (world, house) => versionOf(await draft(world, house)),
  'draft file': async (world, house) => {
    const thing = versionOf(await draft(world, house));
    const path = `/api/v1/campaigns/${thing['id']}/draft-files/uploads?path=images/dot.png`;
    await world
      .vendor(house)
      .editor.post(path)
      .attach('file', await dot(world.number), 'dot.png')
      .expect(200);
    return thing;
  },
  'submitted version': async (world, house) => versionOf(await submitted(world, house)),
  'review comment': async (world, house) => {
    const version = await submitted(world, house);
    const { body } = await world.vendor(house).approver.post(`${version.path}/comments`, { text: secretOf(house) });
    return { ...versionOf(version), comment: body.id };
  },
  'approved version': async (world, house) => versionOf(await approved(world, house)),
  'published campaign': async (world, house) => {
    const version = await approved(world, house);
    const { editor, nobody } = world.vendor(house);
    await editor.post(`${version.path}/publish`, availability(world.api, nobody)).expect(200);
    return versionOf(version);
  },
  'retired campaign': async (world, house) => {
    const version = await approved(world, house);
    const { editor, nobody } = world.vendor(house);
    await editor.post(`${version.path}/publish`, availability(world.api, nobody)).expect(200);
    const thing = versionOf(version);
    await editor.post(`/api/v1/campaigns/${thing.id}/retire`).expect(200);
    return thing;
  },
  wave: async (world, house) => {
    const thing = await VENDOR_THINGS['published campaign'](world, house);
    const path = `/api/v1/campaigns/${thing['id']}/versions/1/waves`;
    const plan = { opensOn: world.day(20), partnerGroupIds: [world.vendor(house).nobody] };
    const { body } = await world.vendor(house).editor.post(path, plan).expect(200);
    return { ...thing, waveId: body.items[0].id };
  },
  newsletter: async (world, house) => ({ id: await newsletterOf(world, house) }),
  'newsletter that can be sent': async (world, house) => ({ id: await writtenNewsletter(world, house) }),
  'scheduled newsletter': async (world, house) => {
    const id = await writtenNewsletter(world, house);
    const at = new Date(world.api.clock.now().getTime() + 86_400_000).toISOString();
    await world.vendor(house).editor.post(`/api/v1/newsletters/${id}/send`, { at }).expect(200);
    return { id };
  },
  'version update': async (world, house) => {
    const thing = await VENDOR_THINGS['published campaign'](world, house);
    const path = `/api/v1/campaigns/${thing['id']}/versions/1/update`;
    const { body } = await world.vendor(house).editor.post(path, { choice: 'take-over' }).expect(200);
    return { ...thing, updateId: body.updates[0].id };
  },
  'provider source': async (world, house) => {
    const source = { provider: 'postmark', name: `${secretOf(house)} ${world.number}` };
    return { id: (await world.owner(house).post('/api/v1/provider-sources', source).expect(201)).body.source.id };
  },
  partner: async (world, house) => ({ id: world.idOf(house === 'northwind' ? 'brightwater' : 'dunesoft') }),
  application: async (world, house) => {
    const id = newId();
    const email = `applicant${world.number}@${secretOf(house)}.example`;
    await world.api.asOwner(
      `INSERT INTO joining.application (id, vendor_id, company, country_code, person, email, locale, answers, created_at,
         token_hash, expires_at, confirmed_at)
       VALUES ($1, $2, $3, 'GB', $3, $4, 'en', '[]', now(), sha256($5::text::bytea), now(), now())`,
      [id, world.idOf(house), secretOf(house), email, id],
    );
    return { id };
  },
  'invited partner': async (world, house) => {
    const partner = {
      organisationName: `${secretOf(house)} ${world.number}`,
      email: `new-${world.number}@example.com`,
    };
    const { body } = await world
      .owner(house)
      .post('/api/v1/partners/invitations', { ...partner, countryCode: 'GB', tier: 'gold', region: 'emea' })
      .expect(201);
    return { id: body.id };
  },
  'run campaign': async (world, house) => runCampaign(world, house),
  'paused campaign': async (world, house) => {
    const thing = await runCampaign(world, house);
    const path = `/api/v1/campaigns/${thing['id']}/activations/${thing['activationId']}/hold`;
    await world.owner(house).post(path, { reason: 'A claim is wrong.' }).expect(200);
    return thing;
  },
  'recalled campaign': (world, house) => recallOfRun(world, house === 'northwind' ? 'brightwater' : 'dunesoft'),
  'joined partner': async (world, house) => withMembership(world, house, 'active'),
  'former partner': async (world, house) => withMembership(world, house, 'ended'),
  'library picture': async (world, house) => ({ id: await pictureOf(world, house) }),
  'shared picture': async (world, house) => {
    const id = await pictureOf(world, house);
    await shareAs(world, house, id, 'picture', [world.vendor(house).nobody]);
    return { id };
  },
  'partner group': async (world, house) => {
    const group = { name: `${secretOf(house)} ${world.number}`, rule: {} };
    return { id: (await world.owner(house).post('/api/v1/partner-groups', group).expect(201)).body.id };
  },
  'partner attribute': async (world, house) => {
    const attribute = { name: `${secretOf(house)} ${world.number}`, kind: 'text', owner: 'vendor' };
    return { id: (await world.owner(house).post('/api/v1/partner-attributes', attribute).expect(201)).body.id };
  },
  'disclosed lead': (world, house) =>
    PARTNER_THINGS.disclosure(world, house === 'northwind' ? 'brightwater' : 'dunesoft'),
  relay: async (world, house) => {
    const relay = {
      name: `${secretOf(house)} ${world.number}`,
      host: '127.0.0.1',
      port: 25,
      tls: 'required',
      username: `${secretOf(house)}-user`,
      password: secretOf(house),
      priority: 10,
      connections: 2,
      enabled: false,
    };
    return { id: (await world.owner(house).post('/api/v1/relays', relay).expect(201)).body.id };
  },
};

const PARTNER_THINGS: Makers<PartnerNoun, PartnerName> = {
  'picture for a partner': async (world, partner) => {
    const id = await pictureOf(world, VENDOR_OF[partner], offeredBy(VENDOR_OF[partner]));
    await shareAs(world, VENDOR_OF[partner], id, 'picture', [await onlyFor(world, partner)]);
    return { id };
  },
  'own picture': async (world, house) => {
    const path = `/api/v1/pictures?name=${secretOf(house)}-${world.number}.png`;
    return {
      id: (
        await world
          .owner(house)
          .post(path)
          .attach('file', await dot(world.number), 'dot.png')
          .expect(201)
      ).body.id,
    };
  },
  'video for a partner': (world, partner) => sharedText(world, partner, 'video'),
  'signature for a partner': (world, partner) => sharedText(world, partner, 'signature'),
  contact: async (world, house) => ({
    id: await aContact(world.owner(house), house, `person${world.number}@${secretOf(house)}.example`),
  }),
  'contact list': async (world, house) => {
    const list = { name: `${secretOf(house)} ${world.number}` };
    return { id: (await world.owner(house).post('/api/v1/contact-lists', list).expect(201)).body.id };
  },
  'host claim': async (world, house) => {
    const claim = { host: `shop${world.number}.${secretOf(house)}.example` };
    return { host: (await world.owner(house).post('/api/v1/verified-hosts', claim).expect(200)).body.host };
  },
  'contact import': async (world, house) => {
    const csv = Buffer.from(`email,company\nrow${world.number}@${secretOf(house)}.example,x\n`);
    const request = world.owner(house).post('/api/v1/contact-imports').field('consentBasis', 'customer');
    return { id: (await request.attach('file', csv, `${secretOf(house)}.csv`).expect(202)).body.id };
  },
  suppression: async (world, house) => {
    const entry = { email: `never${world.number}@${secretOf(house)}.example` };
    return { id: (await world.owner(house).post('/api/v1/suppressions', entry).expect(201)).body.id };
  },
  'received newsletter': async (world, house) => {
    const id = await newsletterOf(world, VENDOR_OF[house]);
    await world.api.asOwner(
      `INSERT INTO newsletters.recipient (id, newsletter_id, user_id, partner_id, told_at)
       SELECT gen_random_uuid(), $1, user_id, organisation_id, now() FROM identity.assignment WHERE organisation_id = $2`,
      [id, world.idOf(house)],
    );
    return { id };
  },
  offer: async (world, house) => ({ versionId: world.partner(house).offer.versionId }),
  activation: async (world, house) => {
    const partner = world.partner(house);
    return {
      id: (
        await launch(partner, partner.vendor.small, {
          listId: await world.aListOfSomebody(house),
          startAt: world.tomorrow,
        })
      ).id,
    };
  },
  'ready post': async (world, house) => {
    const { id } = await PARTNER_THINGS.activation(world, house);
    await world.api.asOwner(
      'INSERT INTO sequences.ready_post (activation_id, post_key, partner_id, ready_at) VALUES ($1, $2, $3, now())',
      [id, 'look', world.idOf(house)],
    );
    return { id: id!, postKey: 'look' };
  },
  'recalled activation': async (world, house) => {
    const { activationId, recallId } = await recallOfRun(world, house);
    return { id: activationId!, recallId: recallId! };
  },
  'held activation': async (world, house) => {
    const { id } = await PARTNER_THINGS.activation(world, house);
    await world.owner(house).post(`/api/v1/activations/${id}/hold`).expect(200);
    return { id: id! };
  },
  'asked activation': async (world, house) => {
    const { id } = await PARTNER_THINGS.activation(world, house);
    const updateId = newId();
    // Rolled back, so that a version can have several of them.
    await world.api.asOwner(
      `WITH decided AS (
         INSERT INTO activations.version_update (id, vendor_id, campaign_id, version_id, version_number, choice, shares, days_between,
           decided_by, decided_at, rolled_back_by, rolled_back_at)
         SELECT $1, vendor_id, campaign_id, version_id, 1, 'take-over', '{100}', 1, $2, now(), $2, now() FROM activations.activation WHERE id = $3
         RETURNING id)
       INSERT INTO activations.activation_update (update_id, activation_id, partner_id, vendor_id, version_id, share, state, changed_at)
       SELECT d.id, a.id, a.partner_id, a.vendor_id, a.version_id, 1, 'asks-partner', now() FROM decided d, activations.activation a WHERE a.id = $3`,
      [updateId, secretOf(house), id],
    );
    return { id: id! };
  },
  'enrolled activation': async (world, house) => {
    const { id } = await PARTNER_THINGS.activation(world, house);
    const outlook = () => world.owner(house).post(`/api/v1/activations/${id}/postponements/outlook`, { days: 3 });
    await until(async () => (await outlook()).status === 200, 'all contacts to be enrolled');
    return { id: id! };
  },
  'running activation': async (world, house) => {
    const partner = world.partner(house);
    const { id, slug } = await launch(partner, partner.offer, {
      listId: await world.aListOfSomebody(house),
      startAt: world.tomorrow,
    });
    let document: { id: string } | undefined;
    await until(async () => {
      const { body } = await partner.owner.get(`/api/v1/activations/${id}/assets`).expect(200);
      document = (body.items as { id: string; kind: string }[]).find(({ kind }) => kind === 'document');
      return document !== undefined;
    }, 'the co-branded document');
    return { id, slug, assetId: document!.id };
  },
  asset: async (world, house) => ({ id: (await world.one('running activation', house))['assetId']! }),
  'launched campaign': async (world, house) => {
    await world.one('running activation', house);
    return { id: world.partner(house).offer.campaignId };
  },
  'sent message': async (world, house) => {
    const partner = world.partner(house);
    const { id } = await launch(partner, partner.vendor.small, { listId: await world.aListOfSomebody(house) });
    let messageId: string | undefined;
    await until(async () => {
      const { body } = await partner.owner.get(`/api/v1/activations/${id}/messages`).expect(200);
      const records = body.items as { messageId: string; outcome: string }[];
      messageId = records.find(({ outcome }) => outcome === 'sent')?.messageId;
      return messageId !== undefined;
    }, 'a message that was sent');
    return { id: messageId! };
  },
  lead: async (world, house) => {
    const { slug } = await world.one('running activation', house);
    const mark = secretOf(house);
    const email = `lead${world.number}@${mark}.example`;
    const form = { email, firstName: mark, lastName: mark, company: mark, message: mark, consent: 'yes' };
    await world.http.post(`/p/${slug}/form`).type('form').send(form).expect(200);
    const { body } = await world.owner(house).get('/api/v1/leads?limit=200').expect(200);
    return { id: (body.items as { id: string; email: string }[]).find((lead) => lead.email === email)!.id };
  },
  'accepted lead': async (world, house) => {
    const lead = await PARTNER_THINGS.lead(world, house);
    await world.owner(house).patch(`/api/v1/leads/${lead['id']}`, { status: 'accepted' }).expect(200);
    return lead;
  },
  'won lead': async (world, house) => {
    const lead = await PARTNER_THINGS['accepted lead'](world, house);
    await world.owner(house).patch(`/api/v1/leads/${lead['id']}`, { status: 'won' }).expect(200);
    return lead;
  },
  'won deal': async (world, house) => {
    const { id: leadId } = await PARTNER_THINGS['accepted lead'](world, house);
    const sold = { stage: 'won', amount: { minorUnits: 1_000_000, currency: 'EUR' } };
    const { body } = await world.owner(house).patch(`/api/v1/leads/${leadId}/deal`, sold).expect(200);
    return { id: body.id };
  },
  'deal import': async (world, house) => {
    const { id: dealId } = await PARTNER_THINGS['won deal'](world, house);
    const number = `CRM-${dealId}`;
    await world.owner(house).patch(`/api/v1/deals/${dealId}`, { externalId: number }).expect(200);
    const deals = [{ externalId: number, products: ['Router'] }];
    const { body } = await world.owner(house).post('/api/v1/deals/upsert', { deals }).expect(200);
    return { id: body.importId };
  },
  'deal share': async (world, house) => {
    const { id: dealId } = await PARTNER_THINGS['won deal'](world, house);
    const shown = { with: 'vendor', name: 'Branch routers' };
    const { body } = await world.owner(house).post(`/api/v1/deals/${dealId}/shares`, shown).expect(201);
    return { id: body.id };
  },
  'attribution report': async (world, house) => {
    const days = { from: '2026-01-01', to: '2026-02-01' };
    const { body } = await world.owner(house).post('/api/v1/insight/attribution-reports', days).expect(201);
    return { id: body.id };
  },
  'shareable lead': async (world, house) => {
    const { slug } = await world.one('running activation', house);
    const email = `shared${world.number}@nowhere.example`;
    const form = { email, firstName: 'S', lastName: 'S', company: 'S', consent: 'yes' };
    await world.http.post(`/p/${slug}/form`).type('form').send(form).expect(200);
    const { body } = await world.owner(house).get('/api/v1/leads?limit=200').expect(200);
    return { id: (body.items as { id: string; email: string }[]).find((lead) => lead.email === email)!.id };
  },
  'suggested colleague': async (world, house) => {
    const email = `suggested${world.number}@${secretOf(house)}.example`;
    const path = `/api/v1/partners/${world.idOf(house)}/colleagues`;
    await world.owner(VENDOR_OF[house]).post(path, { email }).expect(202);
    const { body } = await world.owner(house).get('/api/v1/team/suggestions').expect(200);
    return { id: body.items.find((one: { email: string }) => one.email === email).id };
  },
  disclosure: async (world, house) => {
    const { id } = await PARTNER_THINGS['shareable lead'](world, house);
    const shared = { fields: ['email'], purpose: 'For a quote' };
    const { body } = await world.owner(house).post(`/api/v1/leads/${id}/disclosures`, shared).expect(201);
    return { id: body.id };
  },
};

const ANY_THINGS: Makers<AnyNoun, HouseName> = {
  organisation: async (world, house) => ({ organisationId: world.idOf(house) }),
  member: async (world, house) => ({ userId: (await world.person([[house, 'marketer']], false)).userId }),
  'team invitation': async (world, house) => {
    const email = `${secretOf(house)}-${world.number}@example.com`;
    await world.owner(house).post('/api/v1/team/invitations', { email, role: 'marketer' }).expect(202);
    const { body } = await world.owner(house).get('/api/v1/team/invitations').expect(200);
    return { id: body.items.find((one: { email: string }) => one.email === email).id };
  },
  'api key': async (world, house) => {
    const key = { name: `${secretOf(house)} ${world.number}`, role: 'marketer' };
    return { id: (await world.owner(house).post('/api/v1/api-keys', key).expect(201)).body.id };
  },
  cost: async (world, house) => {
    const cost = {
      description: secretOf(house),
      amount: { minorUnits: 100, currency: 'EUR' },
      from: '2026-01-01',
      reference: `${world.number}`,
    };
    return { id: (await world.owner(house).post('/api/v1/costs', cost).expect(201)).body.id };
  },
  'webhook endpoint': async (world, house) => {
    const endpoint = {
      url: `https://${secretOf(house)}.example/hooks`,
      description: secretOf(house),
      eventTypes: ['lead.disclosed'],
    };
    const { body } = await world.owner(house).post('/api/v1/webhook-endpoints', endpoint).expect(201);
    return { id: body.endpoint.id };
  },
  'webhook delivery': async (world, house) => {
    const { id } = await ANY_THINGS['webhook endpoint'](world, house);
    const { body } = await world.owner(house).post(`/api/v1/webhook-endpoints/${id}/tests`).expect(201);
    return { id: id!, deliveryId: body.deliveryId };
  },
};

const TELLING = new WeakMap<AccessWorld, Promise<Thing>>();
async function aTellingProvider(world: AccessWorld): Promise<Thing> {
  const source = { provider: 'postmark', name: 'Telling' };
  const { body } = await world.owner('northwind').post('/api/v1/provider-sources', source).expect(201);
  return { sourceId: body.source.id, password: new URL(body.url as string).password };
}

/**
 * What strangers hold in their hands: links of mails. All of them are
 * Brightwater's.
 */
const PUBLIC_THINGS: Makers<PublicNoun, HouseName> = {
  website: async (world, house) => {
    const { body } = await world.owner(house).get('/api/v1/website-reporting').expect(200);
    return { token: /data-site="([\w-]+)"/.exec((body as { code: string }).code)![1]! };
  },
  feed: async (world, house) => {
    const { id } = await world.one('running activation', house);
    const { body } = await world.owner(house).get(`/api/v1/activations/${id}/embeds`).expect(200);
    return { token: (body as { feeds: { json: string } }).feeds.json.split('/').at(-2)! };
  },
  'opt-in': async (world, house) => {
    const { slug } = await world.one('running activation', house);
    const email = `asked${world.number}@${secretOf(house)}.example`;
    await world.owner(house).put('/api/v1/consent-rule', { doubleOptIn: true }).expect(200);
    await world.http.post(`/p/${slug}/form`).type('form').send({ email, consent: 'yes' }).expect(200);
    await world.owner(house).put('/api/v1/consent-rule', { doubleOptIn: false }).expect(200);
    const [mail] = await world.api.asOwner<{ body_text: string }>(
      `SELECT body_text FROM identity.system_mail WHERE recipient = $1`,
      [email],
    );
    return { slug: slug!, token: /\/confirm\/([\w-]+)/.exec(mail!.body_text)![1]! };
  },
  // Telling uses nothing up, and a vendor has few of them.
  'telling provider': async (world) => {
    const known = TELLING.get(world) ?? aTellingProvider(world);
    TELLING.set(world, known);
    return known;
  },
  invitation: async (world, house) => {
    const email = `invited${world.number}@${secretOf(house)}.example`;
    await world.owner(house).post('/api/v1/team/invitations', { email, role: 'viewer' }).expect(202);
    return { token: await world.linkSentTo(email) };
  },
  'password reset': async (world, house) => {
    const { email } = await world.person([[house, 'viewer']], false);
    await world.http.post('/api/v1/password-resets').send({ email }).expect(202);
    const asked = await world.api.asOwner<{ id: string }>(
      'SELECT id FROM identity.password_reset_request WHERE email = $1',
      [email],
    );
    for (const { id } of asked) await world.api.app.get(PasswordResets, { strict: false }).start(id);
    return { token: await world.linkSentTo(email) };
  },
  link: async (world) => ({ token: /\/l\/([\w-]+)/.exec((await world.firstMail()).html)![1]! }),
  'unsubscribe link': async (world) => ({ token: (await world.firstMail()).unsubscribe }),
  'view in browser': async (world) => ({ token: /\/v\/([\w-]+)/.exec((await world.firstMail()).html)![1]! }),
  'signing vendor': async (world) => ({ vendorId: world.idOf('northwind') }),
  picture: async (world) => ({ file: /\/b\/([0-9a-f]{64}\.\w+)/.exec((await world.firstMail()).html)![1]! }),
};
