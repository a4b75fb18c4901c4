import type supertest from 'supertest';
import { BackgroundWork } from '#jobs';
import { type PartnerId, DAY_MS } from '#kernel';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { SchedulerModule } from '../../apps/scheduler/src/scheduler.module.js';
import { type Browser, createTestApi, openBrowser, type TestApi, type TestApiOptions, type TestVendor } from './api.js';
import { fillBrand, launchKey, publish, type UploadedVersion, wholeCampaign } from './campaigns.js';
import { type MailSink, openMailSink } from './mail-sink.js';
import { type Preparation, preparedProduct, untilTuesdayNoon } from './prepared-product.js';
import { until } from './until.js';

/**
 * A list of so many contacts is written in one statement: one request for each
 * takes 10 ms.
 */
const MANY = 50;

interface TestVendorWithPeople extends TestVendor {
  readonly editor: Browser;
  readonly approver: Browser;
}

export interface TestPartner {
  readonly id: PartnerId;
  readonly owner: Browser;
}

/**
 * A running product with a vendor, a campaign with each kind of asset but
 * posts, and a partner that may launch it.
 */
export interface TestProduct {
  readonly api: TestApi;
  readonly mails: MailSink;
  readonly vendor: TestVendorWithPeople;
  readonly partner: TestPartner;
  /** Open to every partner of the vendor. */
  readonly campaign: UploadedVersion;
  /**
   * Publishes another of the same kind: a contact gets one campaign of a
   * partner only once.
   */
  readonly anotherCampaign: () => Promise<UploadedVersion>;
  readonly aCompletePartner: (of?: TestVendor, changes?: { name?: string; tier?: string }) => Promise<TestPartner>;
  /**
   * A new list with contacts who have given permission. No other list has their
   * addresses.
   */
  readonly aList: (by?: Browser, contacts?: readonly object[]) => Promise<{ id: string; emails: string[] }>;
  readonly launch: (by: Browser, body: object, key?: string) => supertest.Test;
  /**
   * Launches to a new list of one contact.
   * @returns the activation and the contact's address.
   */
  readonly running: (
    by?: Browser,
    changes?: object,
  ) => Promise<{ id: string; path: string; pagePath: string; email: string; listId: string }>;
  /** A partner agrees to all servers of its vendors. */
  readonly agreeToServers: (by?: Browser) => Promise<void>;
  /** Waits until `count` mails have arrived at an address. */
  readonly mailTo: (email: string, count?: number) => Promise<MailSink['mails']>;
  /**
   * Waits until the outcome of each submitted mail is recorded: later steps are
   * due after that moment.
   */
  readonly booked: () => Promise<void>;
  /**
   * Runs a loop of the schedule now, by its name. Some pause for 15 to 60 s of
   * the machine's time, which moving the product's clock does not shorten.
   */
  readonly wake: (loop: string) => void;
  /**
   * Moves the clock to working hours of campaigns, unless it is within them.
   */
  readonly toWorkingHours: () => void;
  /** The date `ahead` days after the product's today, as YYYY-MM-DD. */
  readonly day: (ahead: number) => string;
  readonly inDays: (ahead: number) => string;
  readonly close: () => Promise<void>;
}

/**
 * Starts the product with the prepared campaign.
 * @param consume more queues, for example `notifications` or `imports`;
 *   `delivery` is the number of chunks at once.
 * @param options `posts`: the campaigns have a post, whose pictures each launch
 *   draws.
 */
export async function openTestProduct(
  environment: Record<string, string> = {},
  consume: NonNullable<TestApiOptions['consume']> = {},
  { clock, posts = false }: Pick<TestApiOptions, 'clock'> & Partial<Preparation> = {},
): Promise<TestProduct> {
  const mails = await openMailSink();
  const { delivery = 2 } = consume;
  const prepared = await preparedProduct({ posts });
  const api = await createTestApi({
    from: prepared.from,
    with: [RendererModule, SchedulerModule],
    consume: { rendering: 2, scheduling: 2, delivery, 'delivery-ahead': delivery, webhooks: 2, ...consume },
    environment: { SMTP_URL: mails.url, ...environment },
    ...(clock === undefined ? {} : { clock }),
  });
  wakeOnAdvance(api);
  api.clock.advance(untilTuesdayNoon(api.clock.now()));
  const inDays = (ahead: number): string => new Date(api.clock.now().getTime() + ahead * DAY_MS).toISOString();
  const day = (ahead: number): string => inDays(ahead).slice(0, 10);
  const of = prepared.vendor;
  const vendor = {
    ...of,
    editor: await openBrowser(api.http, prepared.editor),
    approver: await openBrowser(api.http, prepared.approver),
  };
  const open = { partnerGroupIds: [of.groupId], opensOn: day(0), closesOn: day(300) };
  let campaigns = 1;
  const anotherCampaign: TestProduct['anotherCampaign'] = async () =>
    publish(vendor, await wholeCampaign(`whole-${campaigns++}`, undefined, { posts }), open);
  const { campaign } = prepared;

  const aCompletePartner: TestProduct['aCompletePartner'] = async (
    at = of,
    { name = 'Brightwater IT', tier = 'gold' } = {},
  ) => {
    const id = await api.aPartner(at, { name, tier });
    const owner = await api.signIn(id, 'owner');
    await fillBrand(owner, { name });
    return { id, owner };
  };
  const partner = { id: prepared.partner.id, owner: await openBrowser(api.http, prepared.partner.owner) };
  let people = 0;
  const aList: TestProduct['aList'] = async (by = partner.owner, contacts = [{}]) => {
    const list = await by.post('/api/v1/contact-lists', { name: `List ${people++}` }).expect(201);
    const { id } = list.body as { id: string };
    if (contacts.length >= MANY && contacts.every(isOnlyAnAddress)) {
      await addContacts(api, id, contacts);
      return { id, emails: contacts.map(({ email }) => email) };
    }
    const emails: string[] = [];
    for (const contact of contacts) {
      const someone = { email: `person${people++}@customer.example`, consent: { basis: 'customer' }, ...contact };
      await by.post('/api/v1/contacts', { ...someone, listIds: [id] }).expect(201);
      emails.push(someone.email);
    }
    return { id, emails };
  };
  const launch: TestProduct['launch'] = (by, body, key = launchKey()) =>
    by.post('/api/v1/activations', body).set('Idempotency-Key', key);
  const running: TestProduct['running'] = async (by = partner.owner, changes = {}) => {
    const list = await aList(by);
    const request = { versionId: campaign.versionId, listId: list.id, ...changes };
    const { body } = await launch(by, request).expect(201);
    const { id, pageUrl } = body as { id: string; pageUrl: string };
    const pagePath = new URL(pageUrl).pathname;
    return { id, path: `/api/v1/activations/${id}`, pagePath, email: list.emails[0]!, listId: list.id };
  };
  const agreeToServers: TestProduct['agreeToServers'] = async (by = partner.owner) => {
    const { items } = (await by.get('/api/v1/vendors').expect(200)).body as PartnerVendorsBody;
    for (const { vendorId, servers } of items) {
      const named = servers.map(({ purpose, host }) => ({ purpose, host }));
      if (named.length > 0) await by.post('/api/v1/relay-consents', { vendorId, servers: named }).expect(200);
    }
  };
  const mailTo: TestProduct['mailTo'] = async (email, count = 1) => {
    await until(() => mails.to(email).length >= count, `${count} mails to ${email}`);
    return mails.to(email);
  };
  const booked = (): Promise<void> =>
    until(
      async () =>
        (await api.asOwner(`SELECT 1 FROM delivery.message WHERE state IN ('leased', 'releasing') LIMIT 1`)).length ===
        0,
      'what was sent to be written down',
    );
  const toWorkingHours = (): void => {
    const now = api.clock.now();
    const isWorkingTime = now.getUTCDay() % 6 !== 0 && now.getUTCHours() >= 9 && now.getUTCHours() < 15;
    if (!isWorkingTime) api.clock.advance(untilTuesdayNoon(now));
  };
  const wake: TestProduct['wake'] = (loop) => {
    api.app.get(BackgroundWork, { strict: false }).wake(loop);
  };
  const close = async (): Promise<void> => {
    await api.close();
    await mails.close();
  };
  return {
    api,
    mails,
    vendor,
    partner,
    campaign,
    anotherCampaign,
    aCompletePartner,
    aList,
    launch,
    running,
    agreeToServers,
    mailTo,
    booked,
    wake,
    toWorkingHours,
    day,
    inDays,
    close,
  };
}

/** Loops of the schedule whose work falls due by the product's clock. */
const DUE_BY_CLOCK = [
  'claim due steps',
  'process the inbox',
  'relay the outbox',
  'complete activations',
  'enter contacts by dates',
  'dispatch webhooks',
];

/**
 * Lets what falls due when a test moves the clock begin at once. Otherwise each
 * move waits for the rest of a pause of 250 to 1,000 ms of the machine's time.
 */
function wakeOnAdvance({ app, clock }: TestApi): void {
  const work = app.get(BackgroundWork, { strict: false });
  const advance = clock.advance.bind(clock);
  clock.advance = (byMs) => {
    const now = advance(byMs);
    for (const loop of DUE_BY_CLOCK) work.wake(loop);
    return now;
  };
}

interface PartnerVendorsBody {
  readonly items: readonly { vendorId: string; servers: readonly { purpose: string; host: string }[] }[];
}

const isOnlyAnAddress = (contact: object): contact is { email: string } =>
  Object.keys(contact).join() === 'email' && typeof (contact as { email: unknown }).email === 'string';

/**
 * Adds customers to a list in one statement, as the API would add them one by
 * one.
 */
async function addContacts(api: TestApi, listId: string, contacts: readonly { email: string }[]): Promise<void> {
  await api.asOwner(
    `WITH list AS (SELECT id, partner_id FROM contacts.contact_list WHERE id = $1),
     made AS (
       INSERT INTO contacts.contact (id, partner_id, email, email_normalised, created_at, updated_at)
       SELECT uuidv7(), partner_id, e, lower(e), $3, $3 FROM list, unnest($2::text[]) e RETURNING id, partner_id),
     listed AS (
       INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at) SELECT $1, id, partner_id, $3 FROM made)
     INSERT INTO contacts.consent_record (id, partner_id, contact_id, basis, source, recorded_at)
     SELECT uuidv7(), partner_id, id, 'customer', 'import', $3 FROM made`,
    [listId, contacts.map(({ email }) => email), api.clock.now()],
  );
}
