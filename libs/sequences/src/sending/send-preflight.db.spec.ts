import { jest } from '@jest/globals';
import { ConfigModule, readConfig } from '#config';
import {
  type ContactForSending,
  Contacts,
  ContactsModule,
  FrequencyCaps,
  type SendDecision,
  Suppressions,
} from '#contacts';
import { Database } from '#database';
import { type Claim, DeliveryModule, Journals, Ledger, Streams } from '#delivery';
import {
  type ActivationId,
  type ContactId,
  type EnrolmentId,
  type MessageId,
  newId,
  type PartnerActor,
  type PartnerId,
  type ReleaseId,
  type SystemActor,
  systemActor,
  type VendorId,
} from '#kernel';
import { createTestModule, type TestModule } from '../../../../test/support/test-module.js';
import { ContactClocks } from '../enrolment/contact-clocks.service.js';
import { aRunning } from '../enrolment/enrolled.fixture.js';
import { StepOutcomes } from '../moving/step-outcomes.service.js';
import { FrequencyPreferences } from './contact-frequency.service.js';
import { EmailsOfDay } from './emails-of-day.js';
import { PreflightCandidates } from './preflight-candidates.service.js';
import type { PreflightCandidate, VendorFacts } from './preflight-decisions.js';
import { PreflightFacts } from './preflight-facts.service.js';
import { PreflightRecorder } from './preflight-recorder.service.js';
import { SendAllowances } from './send-allowances.service.js';
import { SendPreflight } from './send-preflight.service.js';
import type { SettledStep } from './settled-draft.js';

const SYSTEM = systemActor('test');
const MAY = { send: true, consentRecordId: newId(), basis: 'customer', rules: 1 } as unknown as SendDecision;
const IDENTITY = { status: 'ready', fromAddress: 'partner@mail.example', hasDomain: false } as VendorFacts['identity'];

/** Milliseconds until a moment inside the sending window of `aRunning`. */
function untilWednesdayAtTen(now: Date): number {
  const wednesday = new Date(now);
  wednesday.setUTCDate(now.getUTCDate() + ((10 - now.getUTCDay()) % 7) + 7);
  return wednesday.setUTCHours(10, 0, 0, 0) - now.getTime();
}

/**
 * With the real ledger, send journal, frequency caps, opt-outs at other parties
 * and daily volume. What preflight reads of activations and contacts is given:
 * `preflight-decisions.spec` decides about it.
 */
describe('preflight', () => {
  let house: TestModule;
  let database: Database;
  let ledger: Ledger;
  let journals: Journals;
  let preflight: SendPreflight;
  let steps: { message: { id: MessageId }; reason: string }[];
  let contacts: Map<ContactId, ContactForSending>;
  const vendorId = newId<VendorId>();

  beforeAll(async () => {
    const config = readConfig({
      SECRET_KEY: 'a key for tests, of 32 characters',
      FREQUENCY_CAP: '1',
      INITIAL_HOLD_MINUTES: '15',
    });
    const outcomes = { record: async (_: PartnerId, decided: readonly SettledStep[]) => void steps.push(...decided) };
    const candidates = {
      lock: (actor: SystemActor, claims: readonly Claim[], id: ReleaseId) => lock(actor, claims, id),
    };
    house = await createTestModule(
      [ConfigModule.forRoot(config), ContactsModule, DeliveryModule],
      [
        SendAllowances,
        PreflightRecorder,
        SendPreflight,
        { provide: StepOutcomes, useValue: outcomes },
        { provide: ContactClocks, useValue: { update: async () => undefined } },
        { provide: PreflightCandidates, useValue: candidates },
        {
          provide: PreflightFacts,
          useValue: { load: async () => facts(), lockEmailsOfDay: async () => new EmailsOfDay(null, []) },
        },
      ],
    );
    house.clock.advance(untilWednesdayAtTen(house.clock.now()));
    database = house.app.get(Database);
    ledger = house.app.get(Ledger);
    journals = house.app.get(Journals);
    preflight = house.app.get(SendPreflight);
    await anOrganisation(vendorId, 'vendor');
  });
  beforeEach(() => {
    steps = [];
    contacts = new Map();
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => house.close());

  const run = <T>(work: () => Promise<T>): Promise<T> => database.inTransaction(SYSTEM, work);
  const anOrganisation = (id: PartnerId | VendorId, kind: 'partner' | 'vendor'): Promise<unknown> =>
    run(() =>
      database.query(
        `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
         VALUES ($1::uuid, $2, 'One', $2 || '-' || $1::uuid, 'DE', 'Europe/Berlin', now())`,
        [id, kind],
      ),
    );
  const aPartner = async (): Promise<PartnerActor> => {
    const partnerId = newId<PartnerId>();
    await anOrganisation(partnerId, 'partner');
    return { kind: 'partner', partnerId, role: 'owner', userId: newId(), apiKeyId: null, name: 'Olivia' };
  };
  const systemOf = ({ partnerId }: PartnerActor) => systemActor('delivery', { partnerId });

  const facts = (): VendorFacts => ({
    halts: { covers: () => false },
    identity: IDENTITY,
    servers: [],
    contacts,
    decisions: new Map([...contacts.keys()].map((id) => [id, MAY])),
    preferences: new FrequencyPreferences(new Map(), new Map(), house.clock.now()),
    emailsOfDay: new EmailsOfDay(null, []),
    refusedTopics: new Map(),
    pausedUntil: new Map(),
    relaysRestUntil: null,
    relaysBusyUntil: null,
  });
  const lock = async (actor: SystemActor, claims: readonly Claim[], releaseId: ReleaseId) => {
    const leased = await ledger.lockLeased(actor, claims);
    const running = aRunning([{ key: 'one', email: 'welcome' }]);
    const clock = { timeZone: 'UTC', timeZoneSource: 'contact', country: null, locale: 'en' };
    const found = leased.map((message) => ({ ...clock, message: { ...message, releaseId }, running }));
    return { candidates: found as unknown as readonly PreflightCandidate[], postponed: [] };
  };
  /** Leased messages to contacts of the partner, as claims in their order. */
  const leased = async (partner: PartnerActor, to: readonly ContactForSending[]): Promise<Claim[]> => {
    const plans = to.map((contact, at) => ({
      enrolmentId: newId<EnrolmentId>(),
      stepKey: 'one',
      occurrence: 1,
      emailKey: 'welcome',
      partnerId: partner.partnerId,
      vendorId,
      activationId: newId<ActivationId>(),
      contactId: contact.id,
      dueAt: new Date(house.clock.now().getTime() - (to.length - at) * 1000),
    }));
    const messages = await run(() => ledger.planLeased(plans));
    const byEnrolment = new Map(messages.map(({ enrolmentId, id, fence }) => [enrolmentId, { id, fence }]));
    return plans.flatMap(({ enrolmentId }) => byEnrolment.get(enrolmentId) ?? []);
  };
  const aContact = async (partner: PartnerActor, email = `${newId()}@customer.example`): Promise<ContactForSending> => {
    const contact = await house.app.get(Contacts).create(partner, { email, timeZone: 'UTC' });
    contacts.set(contact.id, contact);
    return contact;
  };
  const release = async (partner: PartnerActor, claims: readonly Claim[]): Promise<MessageId[]> =>
    (await preflight.release(systemOf(partner), claims)).drafts.map(({ message }) => message.id);
  const rowsOf = async (claims: readonly Claim[]) => {
    const rows = await run(() =>
      database.query<{ id: MessageId; state: string; reason: string | null; retryAt: Date | null }>(
        'SELECT id, state, reason, retry_at FROM delivery.message WHERE id = ANY ($1)',
        [claims.map(({ id }) => id)],
      ),
    );
    return claims.map(({ id }) => rows.find((row) => row.id === id)!);
  };

  it('releases a message, with its evidence of consent and its frequency use', async () => {
    const partner = await aPartner();
    const claims = await leased(partner, [await aContact(partner)]);
    const { drafts } = await preflight.release(systemOf(partner), claims);
    expect(drafts.map(({ message }) => message.id)).toEqual([claims[0]!.id]);
    expect(drafts[0]!.message.frequencyUseAt).not.toBeNull();
    expect(await rowsOf(claims)).toMatchObject([{ state: 'releasing' }]);
    expect(steps).toEqual([]);
  });

  it('writes its journal before the commit: a crash after it leaves a message that is known', async () => {
    const partner = await aPartner();
    const claims = await leased(partner, [await aContact(partner)]);
    const seen: string[] = [];
    const own = journals.own;
    const recordClaimed = own.recordClaimed.bind(own);
    jest.spyOn(own, 'recordClaimed').mockImplementation((given) => {
      seen.push(...given.map(({ id }) => id));
      recordClaimed(given);
    });
    const recorder = house.app.get(PreflightRecorder);
    jest.spyOn(recorder, 'record').mockImplementation(async () => {
      expect(seen).toEqual([claims[0]!.id]);
      throw new Error('PostgreSQL is away');
    });
    await expect(release(partner, claims)).rejects.toThrow('away');
    // Not started for certain: it is tried again, and no journal names it.
    expect(await rowsOf(claims)).toMatchObject([{ state: 'planned', reason: 'internal-error' }]);
    expect(steps).toEqual([]);
  });

  it('gives a message to one of several processes that release it at once', async () => {
    const partner = await aPartner();
    const claims = await leased(partner, [await aContact(partner)]);
    const released = await Promise.all(Array.from({ length: 4 }, () => release(partner, claims)));
    expect(released.flat()).toEqual([claims[0]!.id]);
  });

  it('leaves a message alone that was leased anew', async () => {
    const partner = await aPartner();
    const [claim] = await leased(partner, [await aContact(partner)]);
    expect(await release(partner, [{ ...claim!, fence: claim!.fence - 1 }])).toEqual([]);
    expect(await rowsOf([claim!])).toMatchObject([{ state: 'leased' }]);
  });

  it('skips the second message of a contact at its cap, with a reason', async () => {
    const partner = await aPartner();
    const contact = await aContact(partner);
    const [first, second] = await leased(partner, [contact, contact]);
    expect(await release(partner, [first!, second!])).toEqual([first!.id]);
    expect(await rowsOf([second!])).toMatchObject([{ state: 'skipped', reason: 'contact-policy' }]);
    expect(steps).toMatchObject([{ message: { id: second!.id }, reason: 'contact-policy' }]);
  });

  it('skips a contact that a vendor’s opt-out forbids, by the same reason as a cap, and uses no place of the day', async () => {
    const partner = await aPartner();
    const contact = await aContact(partner);
    await house.app.get(Suppressions).add(systemOf(partner), {
      scope: 'vendor',
      vendorId,
      contactId: contact.id,
      reason: 'unsubscribed',
      source: 'person',
    });
    const claims = await leased(partner, [contact]);
    expect(await release(partner, claims)).toEqual([]);
    expect(await rowsOf(claims)).toMatchObject([{ state: 'skipped', reason: 'contact-policy' }]);
    const stream = { partnerId: partner.partnerId, domain: 'mail.example', isOwn: false };
    expect((await house.app.get(Streams).current(SYSTEM, stream)).holdUsed).toBe(0);
  });

  it('lets wait what the stream has no room for, the latest due, and gives its frequency use back', async () => {
    const partner = await aPartner();
    const stream = { partnerId: partner.partnerId, domain: 'mail.example', isOwn: false };
    await run(() => house.app.get(Streams).reserve(stream, 199));
    const [early, late] = [await aContact(partner), await aContact(partner)];
    const claims = await leased(partner, [early, late]);
    expect(await release(partner, claims)).toEqual([claims[0]!.id]);
    expect(await rowsOf(claims)).toMatchObject([{ state: 'releasing' }, { state: 'planned', reason: 'initial-hold' }]);
    const holders = [early, late].map(({ id }) => ({ contactId: id, frequencyUseAt: null }));
    const granted = await house.app.get(FrequencyCaps).reserve(systemOf(partner), vendorId, holders, house.clock.now());
    expect([...granted]).toEqual([holders[1]]);
  });

  it('skips a contact that was deleted since', async () => {
    const partner = await aPartner();
    const claims = await leased(partner, [await aContact(partner)]);
    contacts.clear();
    expect(await release(partner, claims)).toEqual([]);
    expect(await rowsOf(claims)).toMatchObject([{ state: 'skipped', reason: 'contact-gone' }]);
  });
});
