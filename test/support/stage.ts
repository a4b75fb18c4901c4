import type supertest from 'supertest';
import type { PartnerId } from '#kernel';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { SchedulerModule } from '../../apps/scheduler/src/scheduler.module.js';
import { type Browser, createTestApi, type TestApi, type TestApiOptions, type TestVendor } from './api.js';
import { fillBrand, launchKey, publish, type UploadedVersion, wholeCampaign } from './campaigns.js';
import { type MailSink, openMailSink } from './mail-sink.js';
import { until } from './until.js';

const DAY_MS = 86_400_000;

interface TestVendorHouse extends TestVendor {
  readonly editor: Browser;
  readonly approver: Browser;
}

export interface TestPartner {
  readonly id: PartnerId;
  readonly owner: Browser;
}

/** A running product with a vendor, a campaign of every kind of asset, and a partner that may launch it. */
export interface Stage {
  readonly api: TestApi;
  readonly mails: MailSink;
  readonly vendor: TestVendorHouse;
  readonly partner: TestPartner;
  /** Open to every partner of the vendor. */
  readonly campaign: UploadedVersion;
  /** Another of the same kind: nobody gets one campaign of a partner twice. */
  readonly anotherCampaign: () => Promise<UploadedVersion>;
  readonly aCompletePartner: (of?: TestVendor, changes?: { name?: string; tier?: string }) => Promise<TestPartner>;
  /** A new list with contacts that one may write to; their addresses are theirs alone. */
  readonly aList: (by?: Browser, contacts?: readonly object[]) => Promise<{ id: string; emails: string[] }>;
  readonly launch: (by: Browser, body: object, key?: string) => supertest.Test;
  /** Launches to a new list of one, and gives back who will get it. */
  readonly running: (
    by?: Browser,
    changes?: object,
  ) => Promise<{ id: string; path: string; pagePath: string; email: string; listId: string }>;
  /** Waits until so many mails have come to an address. */
  readonly mailTo: (email: string, count?: number) => Promise<MailSink['mails']>;
  /** Waits until all that relays took is written down: what comes next is reckoned from then, and not from where time is moved to. */
  readonly booked: () => Promise<void>;
  /** Moves time on to where campaigns may send, if it is not there. */
  readonly toWorkingHours: () => void;
  /** Today and so many days ahead, on the product's calendar. */
  readonly day: (ahead: number) => string;
  readonly inDays: (ahead: number) => string;
  readonly close: () => Promise<void>;
}

/** @param consume queues beside those that bring campaigns to people: `notifications`, `imports`; and how many chunks of mail at once, of each kind. */
export async function openStage(
  environment: Record<string, string> = {},
  consume: NonNullable<TestApiOptions['consume']> = {},
  { clock }: Pick<TestApiOptions, 'clock'> = {},
): Promise<Stage> {
  const mails = await openMailSink();
  const { delivery = 2 } = consume;
  const api = await createTestApi({
    with: [RendererModule, SchedulerModule],
    consume: { rendering: 2, scheduling: 2, delivery, 'delivery-ahead': delivery, webhooks: 2, ...consume },
    environment: { SMTP_URL: mails.url, ...environment },
    ...(clock === undefined ? {} : { clock }),
  });
  api.clock.advance(untilTuesdayNoon(api.clock.now()));
  const inDays = (ahead: number): string => new Date(api.clock.now().getTime() + ahead * DAY_MS).toISOString();
  const day = (ahead: number): string => inDays(ahead).slice(0, 10);
  const of = await api.aVendor();
  const vendor = {
    ...of,
    editor: await api.signIn(of.vendorId, 'marketer'),
    approver: await api.signIn(of.vendorId, 'approver'),
  };
  const open = { partnerGroupIds: [of.groupId], opensOn: day(0), closesOn: day(300) };
  let campaigns = 0;
  const anotherCampaign: Stage['anotherCampaign'] = async () =>
    publish(vendor, await wholeCampaign(`whole-${campaigns++}`), open);
  const campaign = await anotherCampaign();

  const aCompletePartner: Stage['aCompletePartner'] = async (
    at = of,
    { name = 'Brightwater IT', tier = 'gold' } = {},
  ) => {
    const id = await api.aPartner(at, { name, tier });
    const owner = await api.signIn(id, 'owner');
    await fillBrand(owner, { name });
    return { id, owner };
  };
  const partner = await aCompletePartner();
  let people = 0;
  const aList: Stage['aList'] = async (by = partner.owner, contacts = [{}]) => {
    const list = await by.post('/api/v1/contact-lists', { name: `List ${people++}` }).expect(201);
    const { id } = list.body as { id: string };
    const emails: string[] = [];
    for (const contact of contacts) {
      const someone = { email: `person${people++}@customer.example`, consent: { basis: 'customer' }, ...contact };
      await by.post('/api/v1/contacts', { ...someone, listIds: [id] }).expect(201);
      emails.push(someone.email);
    }
    return { id, emails };
  };
  const launch: Stage['launch'] = (by, body, key = launchKey()) =>
    by.post('/api/v1/activations', body).set('Idempotency-Key', key);
  const running: Stage['running'] = async (by = partner.owner, changes = {}) => {
    const list = await aList(by);
    const request = { versionId: campaign.versionId, listId: list.id, ...changes };
    const { body } = await launch(by, request).expect(201);
    const { id, pageUrl } = body as { id: string; pageUrl: string };
    const pagePath = new URL(pageUrl).pathname;
    return { id, path: `/api/v1/activations/${id}`, pagePath, email: list.emails[0]!, listId: list.id };
  };
  const mailTo: Stage['mailTo'] = async (email, count = 1) => {
    await until(() => mails.to(email).length >= count, `${count} mails to ${email}`);
    return mails.to(email);
  };
  const booked = (): Promise<void> =>
    until(
      async () =>
        (await api.asOwner(`SELECT 1 FROM delivery.message WHERE state IN ('leased', 'handing_off') LIMIT 1`))
          .length === 0,
      'what was sent to be written down',
    );
  const toWorkingHours = (): void => {
    const now = api.clock.now();
    const isWorkingTime = now.getUTCDay() % 6 !== 0 && now.getUTCHours() >= 9 && now.getUTCHours() < 15;
    if (!isWorkingTime) api.clock.advance(untilTuesdayNoon(now));
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
    mailTo,
    booked,
    toWorkingHours,
    day,
    inDays,
    close,
  };
}

/** Within the working hours of every campaign in tests. */
export function untilTuesdayNoon(now: Date): number {
  const noon = new Date(now);
  noon.setUTCHours(11, 0, 0, 0);
  noon.setUTCDate(noon.getUTCDate() + ((2 - noon.getUTCDay() + 7) % 7 || 7));
  return noon.getTime() - now.getTime();
}
