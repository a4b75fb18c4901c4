import pg from 'pg';
import { ConfigModule, readConfig } from '#config';
import { Contacts, ContactsModule, FrequencyCaps, frequencyUseAt } from '#contacts';
import { Database } from '#database';
import { DeliveryModule, Ledger, settlementOf } from '#delivery';
import {
  type ActivationId,
  type EnrolmentId,
  newId,
  type PartnerActor,
  type PartnerId,
  type ReleaseId,
  systemActor,
  type VendorId,
} from '#kernel';
import type { SubmissionOutcome } from '#mailer';
import { createTestModule, type TestModule } from '../../../../test/support/test-module.js';
import { aRunning } from '../enrolment/enrolled.fixture.js';
import { StepOutcomes } from '../moving/step-outcomes.service.js';
import { DeadAddresses } from './dead-addresses.service.js';
import type { Draft } from './draft.js';
import type { SettledDraft, SettledStep } from './settled-draft.js';
import { SettlementWriter } from './settlement-writer.service.js';

const SYSTEM = systemActor('test');
const ACCEPTED: SubmissionOutcome = { kind: 'accepted', text: 'queued' };
const UNKNOWN: SubmissionOutcome = { kind: 'unknown', text: 'reset' };
const NO_MAILBOX: SubmissionOutcome = {
  kind: 'permanent',
  deadAddress: true,
  code: 550,
  enhanced: '5.1.1',
  text: 'no such user',
};
const BARE_REFUSAL: SubmissionOutcome = { ...NO_MAILBOX, enhanced: null };
const LATER: SubmissionOutcome = {
  kind: 'transient',
  about: 'message',
  code: 451,
  enhanced: null,
  mayBeDestination: false,
  text: 'later',
};

/**
 * With the real ledger, breaker, suppressions and frequency caps. Only the
 * steps are recorded by the test: they have specs of their own.
 */
describe('the writer of settlements', () => {
  let house: TestModule;
  let database: Database;
  let owner: pg.Client;
  let ledger: Ledger;
  let caps: FrequencyCaps;
  let writer: SettlementWriter;
  let steps: { partnerId: PartnerId; decisions: readonly SettledStep[] }[];
  const vendorId = newId<VendorId>();

  beforeAll(async () => {
    const config = readConfig({ SECRET_KEY: 'a key for tests, of 32 characters', FREQUENCY_CAP: '1' });
    const outcomes = {
      record: async (partnerId: PartnerId, decisions: readonly SettledStep[]) => {
        steps.push({ partnerId, decisions });
      },
    };
    house = await createTestModule(
      [ConfigModule.forRoot(config), ContactsModule, DeliveryModule],
      [DeadAddresses, SettlementWriter, { provide: StepOutcomes, useValue: outcomes }],
    );
    database = house.app.get(Database);
    ledger = house.app.get(Ledger);
    caps = house.app.get(FrequencyCaps);
    writer = house.app.get(SettlementWriter);
    owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
    await anOrganisation(vendorId, 'vendor');
  });
  beforeEach(() => {
    steps = [];
    return owner.query('TRUNCATE contacts.suppression, contacts.keyed_suppression');
  });
  afterAll(async () => {
    await owner.end();
    await house.close();
  });

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

  /** A released message to a new contact, which holds a use of its caps. */
  const aDraft = async (partner: PartnerActor, email = `${newId()}@customer.example`): Promise<Draft> => {
    const contact = await house.app.get(Contacts).create(partner, { email });
    const { partnerId } = partner;
    const [message] = await run(() =>
      ledger.planLeased([
        {
          enrolmentId: newId<EnrolmentId>(),
          stepKey: 'one',
          occurrence: 1,
          emailKey: 'welcome',
          partnerId,
          vendorId,
          activationId: newId<ActivationId>(),
          contactId: contact.id,
          dueAt: house.clock.now(),
        },
      ]),
    );
    const releaseId = newId<ReleaseId>();
    const usedAt = frequencyUseAt(house.clock.now());
    const holder = { contactId: contact.id, frequencyUseAt: null };
    expect((await caps.reserve(systemOf(partner), vendorId, [holder], house.clock.now())).size).toBe(1);
    const consent = { consentRecordId: newId(), basis: 'opt-in', rules: 1 };
    await run(() =>
      ledger.release([
        { id: message!.id, fence: message!.fence, releaseId, consent, frequencyUseAt: usedAt, variant: 'en' },
      ]),
    );
    return {
      message: { ...message!, releaseId, frequencyUseAt: usedAt },
      contact,
      running: aRunning([{ key: 'one', email: 'welcome' }]),
    } as unknown as Draft;
  };
  const settled = (draft: Draft, outcome: SubmissionOutcome): SettledDraft => ({
    draft,
    outcome,
    settlement: settlementOf(draft.message, 1, outcome, 'hash', house.clock.now(), 0),
    relay: 'SMTP_URL',
  });
  const write = (partner: PartnerActor, items: readonly SettledDraft[]) =>
    database.inTransaction(systemOf(partner), () => writer.write(systemOf(partner), partner.partnerId, items));
  const mayBeMailedAgain = async (partner: PartnerActor, { contact }: Draft): Promise<boolean> => {
    const holder = { contactId: contact.id, frequencyUseAt: null };
    return (await caps.reserve(systemOf(partner), vendorId, [holder], house.clock.now())).size === 1;
  };
  /** The scopes of what was suppressed in this test, whose addresses are its own. */
  const suppressedScopes = async (): Promise<string[]> =>
    (
      await owner.query<{ scope: string }>(
        `SELECT 'partner' AS scope FROM contacts.suppression UNION ALL SELECT scope FROM contacts.keyed_suppression ORDER BY 1`,
      )
    ).rows.map(({ scope }) => scope);
  const talliesOf = ({ partnerId }: PartnerActor) =>
    run(() =>
      database.query('SELECT submitted, bounced, complained FROM delivery.tally WHERE partner_id = $1', [partnerId]),
    );

  it.each([
    ['accepted', ACCEPTED, 'accepted', 'sent', false],
    ['not answered', UNKNOWN, 'unknown', 'failed', false],
    ['refused for good', NO_MAILBOX, 'failed', 'failed', true],
  ] as const)(
    'writes a message that was %s: ledger, step and frequency use agree',
    async (_, outcome, state, step, again) => {
      const partner = await aPartner();
      const draft = await aDraft(partner);
      const { states } = await write(partner, [settled(draft, outcome)]);
      expect([...states]).toEqual([[draft.message.id, state]]);
      expect(steps).toMatchObject([{ partnerId: partner.partnerId, decisions: [{ outcome: step }] }]);
      expect(await mayBeMailedAgain(partner, draft)).toBe(again);
    },
  );

  it('gives a message that is tried later no outcome of its step, and leaves its frequency use', async () => {
    const partner = await aPartner();
    const draft = await aDraft(partner);
    const { states } = await write(partner, [settled(draft, LATER)]);
    expect([...states.values()]).toEqual(['planned']);
    expect(steps).toEqual([{ partnerId: partner.partnerId, decisions: [] }]);
    expect(await mayBeMailedAgain(partner, draft)).toBe(false);
  });

  it.each([
    ['names the address', NO_MAILBOX, ['partner', 'platform']],
    ['is a bare 550', BARE_REFUSAL, ['partner']],
    ['is acceptance', ACCEPTED, []],
  ] as const)('suppresses as far as the answer goes: it %s', async (_, outcome, scopes) => {
    const partner = await aPartner();
    const draft = await aDraft(partner);
    await write(partner, [settled(draft, outcome)]);
    expect(await suppressedScopes()).toEqual(scopes);
  });

  it('counts for the circuit breaker what the relay took or refused, in one tally', async () => {
    const partner = await aPartner();
    const items: SettledDraft[] = [];
    for (const outcome of [ACCEPTED, ACCEPTED, UNKNOWN, NO_MAILBOX, LATER])
      items.push(settled(await aDraft(partner), outcome));
    await write(partner, items);
    expect(await talliesOf(partner)).toEqual([{ submitted: 4, bounced: 1, complained: 0 }]);
  });

  it('leaves a message alone that was leased anew, with everything that belongs to it', async () => {
    const partner = await aPartner();
    const [own, foreign] = [await aDraft(partner), await aDraft(partner)];
    const overtaken: Draft = { ...foreign, message: { ...foreign.message, fence: foreign.message.fence - 1 } };
    const { states } = await write(partner, [settled(own, ACCEPTED), settled(overtaken, NO_MAILBOX)]);
    expect([...states.keys()]).toEqual([own.message.id]);
    expect(steps[0]?.decisions.map(({ message }) => message.id)).toEqual([own.message.id]);
    expect(await suppressedScopes()).toEqual([]);
    expect(await talliesOf(partner)).toEqual([{ submitted: 1, bounced: 0, complained: 0 }]);
    expect(await mayBeMailedAgain(partner, foreign)).toBe(false);
  });

  it('writes all or nothing', async () => {
    const partner = await aPartner();
    const draft = await aDraft(partner);
    const failed = database.inTransaction(systemOf(partner), async () => {
      await writer.write(systemOf(partner), partner.partnerId, [settled(draft, NO_MAILBOX)]);
      throw new Error('the process died');
    });
    await expect(failed).rejects.toThrow('died');
    expect(await suppressedScopes()).toEqual([]);
    expect(await talliesOf(partner)).toEqual([]);
    expect([...(await write(partner, [settled(draft, ACCEPTED)])).states.values()]).toEqual(['accepted']);
  });
});
