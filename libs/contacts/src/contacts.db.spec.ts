import pg from 'pg';
import { AuditLog } from '#audit';
import { Database } from '#database';
import {
  type ActivationId,
  type CampaignVersionId,
  type ContactId,
  type Actor,
  newId,
  type PartnerActor,
  type SuppressionId,
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { MailAllowances, SystemMail } from '#identity';
import { Jobs } from '#jobs';
import type { TestModule } from '../../../test/support/test-module.js';
import { AddressKeys } from './address-keys.service.js';
import { ContactLists } from './contact-lists.service.js';
import { aPartner, createContactsServices } from './contacts.fixture.js';
import { Contacts } from './contacts.service.js';
import { DoubleOptIns } from './double-opt-ins.service.js';
import { FrequencyCaps } from './frequency-caps.service.js';
import { ContactImports } from './imports/contact-imports.service.js';
import { Segments } from './segments/segments.service.js';
import { SegmentRule } from '#contracts';
import { SendPolicy } from './send-policy.service.js';
import { SharedSuppressions } from './shared-suppressions.service.js';
import { Suppressions } from './suppressions.service.js';
import { frequencyUseAt } from './frequency-window.js';

const aVendorId = (): VendorId => newId<VendorId>();
const aVendor = (): VendorActor => ({
  kind: 'vendor',
  vendorId: aVendorId(),
  role: 'owner',
  userId: newId(),
  apiKeyId: null,
  name: 'Vera',
});
const process = (partner: PartnerActor) => systemActor('delivery', { partnerId: partner.partnerId });
const NOW = new Date('2026-11-18T10:00:00Z');

/** The default of `FREQUENCY_CAP`, and what one partner may use of it. */
const ALL_SENDS = 4;
const SENDS = 3;

describe('contacts', () => {
  let house: TestModule;
  let database: Database;
  let contacts: Contacts;
  let lists: ContactLists;
  let suppressions: Suppressions;
  let policy: SendPolicy;
  let shared: SharedSuppressions;
  let caps: FrequencyCaps;

  beforeAll(async () => {
    house = await createContactsServices();
    database = house.app.get(Database);
    contacts = house.app.get(Contacts);
    lists = house.app.get(ContactLists);
    suppressions = house.app.get(Suppressions);
    policy = house.app.get(SendPolicy);
    shared = house.app.get(SharedSuppressions);
    caps = house.app.get(FrequencyCaps);
  });
  afterAll(() => house.close());

  const aContact = (actor: Actor, email = 'ada@example.com', basis: 'customer' | 'unknown' | null = 'customer') =>
    contacts.create(actor, { email, firstName: 'Ada', ...(basis === null ? {} : { consent: { basis } }) });
  const decisionOn = async (
    actor: PartnerActor,
    contactId: Awaited<ReturnType<typeof aContact>>['id'],
    vendorId = aVendorId(),
    now = NOW,
  ) => (await policy.decide(process(actor), vendorId, [contactId], now)).get(contactId);

  describe('visibility', () => {
    const TABLES = [
      'contact',
      'contact_list',
      'contact_list_member',
      'consent_record',
      'suppression',
      'former_address',
      'contact_import',
      'contact_import_file',
      'contact_import_problem',
      'preference',
      'refused_topic',
      'segment',
      'consent_rule',
      'opt_in',
      'contact_list_delta',
    ];
    const rowsIn = async (actor: Actor, table: string): Promise<number> => {
      const [row] = await database.inTransaction(actor, () =>
        database.query<{ n: number }>(`SELECT count(*)::int AS n FROM contacts.${table}`),
      );
      return row!.n;
    };
    let owner: PartnerActor;

    beforeAll(async () => {
      owner = aPartner();
      const list = await lists.create(owner, { name: 'All contacts' });
      const input = { email: 'before@example.com', listIds: [list.id], consent: { basis: 'customer' } } as const;
      await contacts.change(owner, (await contacts.create(owner, input)).id, { email: 'seen@example.com' });
      await suppressions.add(owner, {
        email: 'left@example.com',
        scope: 'partner',
        reason: 'requested',
        source: 'staff',
      });
      const bytes = Buffer.from('email\nx@example.com\n');
      const { id } = await house.app.get(ContactImports).accept(owner, { fileName: 'x.csv', bytes, basis: 'unknown' });
      await database.inTransaction(owner, () =>
        database.query(
          `INSERT INTO contacts.contact_import_problem (import_id, position, partner_id, row_number, severity, code) VALUES ($1, 1, $2, 2, 'error', 'email-invalid')`,
          [id, owner.partnerId],
        ),
      );
      const seen = await contacts.page(owner, { limit: 1, beforeId: null, search: 'seen@' });
      await database.inTransaction(owner, () =>
        database.query(
          'INSERT INTO contacts.preference (partner_id, contact_id, at_most_every_days, set_at) VALUES ($1, $2, $3, $4)',
          [owner.partnerId, seen[0]!.id, 30, NOW],
        ),
      );
      await database.inTransaction(owner, () =>
        database.query(
          'INSERT INTO contacts.refused_topic (partner_id, contact_id, topic, set_at) VALUES ($1, $2, $3, $4)',
          [owner.partnerId, seen[0]!.id, 'security', NOW],
        ),
      );
      await database.inTransaction(owner, () =>
        database.query('INSERT INTO contacts.contact_list_delta (list_id, partner_id, n) VALUES ($1, $2, 0)', [
          list.id,
          owner.partnerId,
        ]),
      );
      const rule = SegmentRule.parse({ match: 'all', conditions: [{ on: 'field-known', field: 'company' }] });
      await house.app.get(Segments).create(owner, { name: 'Firms', rule });
      const optIns = house.app.get(DoubleOptIns);
      await optIns.choose(owner, { doubleOptIn: true, countries: [] });
      const asked = {
        contactId: seen[0]!.id,
        activationId: newId<ActivationId>(),
        textShown: 'x',
        language: 'en',
        jurisdiction: null,
        form: {
          language: 'en',
          page: 'https://example.com/p/x',
          versionId: newId<CampaignVersionId>(),
          confirmation: 'partner' as const,
        },
        from: '::1',
      };
      await database.inTransaction(process(owner), () => optIns.createRequest(process(owner), asked));
    });

    it.each(TABLES)('%s: the partner itself and a process in its name', async (table) => {
      expect(await rowsIn(owner, table)).toBeGreaterThan(0);
      expect(await rowsIn(process(owner), table)).toBeGreaterThan(0);
    });

    it.each(TABLES)('%s: no vendor, no other partner, no process without a partner', async (table) => {
      expect(await rowsIn(aVendor(), table)).toBe(0);
      expect(await rowsIn(aPartner(), table)).toBe(0);
      expect(await rowsIn(systemActor('scheduler'), table)).toBe(0);
      expect(await rowsIn(systemActor('scheduler', { vendorId: aVendorId() }), table)).toBe(0);
    });

    it('these are all the tables, save those that hold keyed hashes, ids or a number only', async () => {
      const client = new pg.Client({ connectionString: house.database.ownerUrl });
      await client.connect();
      const { rows } = await client.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = 'contacts'::regnamespace AND relkind = 'r'`,
      );
      await client.end();
      expect(rows.map(({ name }) => name).sort()).toEqual(
        [
          ...TABLES,
          'deleted_contact',
          'frequency_cap',
          'policy_refusal',
          'keyed_suppression',
          'partner_frequency_use',
          'frequency_use',
          'segment_change',
          'segment_due',
        ].sort(),
      );
    });

    it('a vendor cannot read keyed hashes', async () => {
      const contact = await aContact(owner, 'keyed@example.com');
      await suppressions.add(process(owner), {
        contactId: contact.id,
        scope: 'platform',
        reason: 'bounced',
        source: 'provider',
      });
      await caps.reserve(process(owner), aVendorId(), [{ contactId: contact.id, frequencyUseAt: null }], NOW);
      for (const table of ['keyed_suppression', 'partner_frequency_use', 'frequency_use']) {
        expect(await rowsIn(process(owner), table)).toBeGreaterThan(0);
        expect(await rowsIn(aVendor(), table)).toBe(0);
      }
    });

    it('no row can be written into another partner’s lists', async () => {
      const stranger = aPartner();
      const list = await lists.create(stranger, { name: 'Mine' });
      const contact = await aContact(owner, 'stay@example.com');
      await lists.addContacts(stranger, list.id, [contact.id]);
      await expect(contacts.inLists(stranger, [list.id], { afterId: null, limit: 5 })).resolves.toEqual([]);
      const smuggle = database.inTransaction(stranger, () =>
        database.query(
          'INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at) VALUES ($1, $2, $3, now())',
          [list.id, contact.id, stranger.partnerId],
        ),
      );
      await expect(smuggle).rejects.toThrow('foreign key');
    });

    it('the services refuse a vendor before they ask the database', async () => {
      await expect(contacts.page(aVendor(), { limit: 5, beforeId: null })).rejects.toMatchObject({
        code: 'contacts.forbidden',
      });
      await expect(policy.audience(aVendor(), [newId()], NOW)).rejects.toMatchObject({
        code: 'contacts.forbidden',
      });
    });
  });

  describe('a contact', () => {
    it('is found by another spelling of its address', async () => {
      const actor = aPartner();
      const { id } = await aContact(actor);
      await expect(aContact(actor, 'ADA@Example.com')).rejects.toMatchObject({
        code: 'contact.exists',
        details: { contactId: id },
      });
    });

    it('may be in the lists of two partners, apart', async () => {
      const [a, b] = [aPartner(), aPartner()];
      expect((await aContact(a)).id).not.toBe((await aContact(b)).id);
    });

    it('is changed in the fields that are given', async () => {
      const actor = aPartner();
      const { id } = await aContact(actor);
      await contacts.change(actor, id, { company: 'Engines Ltd', firstName: null });
      await expect(contacts.get(actor, id)).resolves.toMatchObject({
        company: 'Engines Ltd',
        firstName: null,
        email: 'ada@example.com',
      });
    });

    it('is refused with every problem at once', async () => {
      const wrong = contacts.create(aPartner(), { email: 'ada@example.com', country: 'Narnia', lastName: 'a\u0000b' });
      await expect(wrong).rejects.toMatchObject({
        code: 'contact.invalid',
        details: {
          problems: [
            { field: 'lastName', code: 'characters-unsafe' },
            { field: 'country', code: 'country-unknown' },
          ],
        },
      });
    });

    it('cannot be changed by a viewer', async () => {
      const viewer = aPartner({ role: 'viewer' });
      await expect(aContact(viewer)).rejects.toMatchObject({ code: 'contacts.forbidden' });
      await expect(contacts.page(viewer, { limit: 1, beforeId: null })).resolves.toEqual([]);
    });

    it('of another partner does not exist', async () => {
      const { id } = await aContact(aPartner());
      const stranger = aPartner();
      const attempts = [
        () => contacts.get(stranger, id),
        () => contacts.change(stranger, id, {}),
        () => contacts.remove(stranger, id),
        () => contacts.erase(stranger, id),
      ];
      for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'contact.not-found' });
    });

    it('is found by part of its name, however it is spelt there', async () => {
      const actor = aPartner();
      await aContact(actor);
      await contacts.create(actor, { email: 'percent@example.com', company: '100% _safe_' });
      const found = async (search: string) =>
        (await contacts.page(actor, { limit: 5, beforeId: null, search })).map(({ email }) => email);
      expect(await found('aDA')).toEqual(['ada@example.com']);
      expect(await found('% _')).toEqual(['percent@example.com']);
      expect(await found('%')).toEqual(['percent@example.com']);
    });

    it('that is erased leaves a key, a reason and a day, and no import restores it', async () => {
      const actor = aPartner();
      const { id } = await aContact(actor);
      await suppressions.add(actor, { contactId: id, scope: 'partner', reason: 'requested', source: 'staff' });
      await contacts.erase(actor, id);
      await expect(suppressions.page(actor, { limit: 5, beforeId: null })).resolves.toMatchObject([
        { email: null, reason: 'erased' },
      ]);
      const again = await aContact(actor);
      await expect(decisionOn(actor, again.id)).resolves.toEqual({ send: false, reason: 'unsubscribed' });
    });
  });

  describe('a change of the address', () => {
    const unsubscribed = { reason: 'unsubscribed', source: 'person' } as const;

    it('does not undo what the person said: to this partner, or about a vendor', async () => {
      const [actor, vendorId] = [aPartner(), aVendorId()];
      const { id } = await aContact(actor, 'left@example.com');
      await suppressions.add(process(actor), { contactId: id, scope: 'partner', ...unsubscribed });
      await suppressions.add(process(actor), { contactId: id, scope: 'platform', ...unsubscribed });
      for (const email of ['left+1@example.com', 'left@new-name.example']) {
        await contacts.change(actor, id, { email });
        await expect(decisionOn(actor, id)).resolves.toEqual({ send: false, reason: 'unsubscribed' });
        await expect(suppressions.ofContact(actor, id)).resolves.toMatchObject({ email: 'left@example.com' });
        await expect(shared.ofContacts(process(actor), vendorId, [id])).resolves.toEqual(new Map([[id, 'person']]));
      }
    });

    it('corrects a dead address', async () => {
      const actor = aPartner();
      const { id } = await aContact(actor, 'typo@exmaple.com');
      const dead = { contactId: id, reason: 'bounced', source: 'provider' } as const;
      await suppressions.add(process(actor), { scope: 'partner', ...dead });
      await suppressions.add(process(actor), { scope: 'platform', ...dead });
      await contacts.change(actor, id, { email: 'typo@example.com' });
      await expect(decisionOn(actor, id)).resolves.toMatchObject({ send: true });
      await expect(shared.ofContacts(process(actor), aVendorId(), [id])).resolves.toEqual(new Map());
    });

    it('leaves nothing of the former address after an erasure but a key, and another contact is not touched', async () => {
      const actor = aPartner();
      const { id } = await aContact(actor, 'former@example.com');
      await suppressions.add(actor, { contactId: id, scope: 'partner', reason: 'requested', source: 'staff' });
      await contacts.change(actor, id, { email: 'present@example.com' });
      const other = await aContact(actor, 'other@example.com');
      await contacts.erase(actor, id);
      const left = await suppressions.page(actor, { limit: 5, beforeId: null });
      expect(left.map(({ email, reason }) => [email, reason])).toEqual([
        [null, 'erased'],
        [null, 'erased'],
      ]);
      const again = await aContact(actor, 'former@example.com');
      await expect(decisionOn(actor, again.id)).resolves.toEqual({ send: false, reason: 'unsubscribed' });
      await expect(decisionOn(actor, other.id)).resolves.toMatchObject({ send: true });
    });
  });

  describe('two changes at the same moment', () => {
    it('of different fields both stay', async () => {
      const actor = aPartner();
      const { id } = await aContact(actor);
      for (let round = 0; round < 10; round += 1) {
        const [company, lastName] = [`Company ${round}`, `Name ${round}`];
        await Promise.all([contacts.change(actor, id, { company }), contacts.change(actor, id, { lastName })]);
        await expect(contacts.get(actor, id)).resolves.toMatchObject({ company, lastName });
      }
    });
  });

  describe('a waiting e-mail to a contact', () => {
    it('is deleted with the contact, and then not sent', async () => {
      const actor = aPartner();
      const { id } = await aContact(actor);
      const [database, jobs] = [house.app.get(Database), house.app.get(Jobs)];
      const allowances = new MailAllowances(database, house.clock, { SECRET_KEY: 'a key', RATE_LIMIT_SCALE: 1 });
      const mail = new SystemMail(database, jobs, house.clock, allowances, house.app.get(AuditLog));
      const letter = { to: 'ada@example.com', subject: 'Please confirm', text: 'x', html: 'x' };
      await database.inTransaction(process(actor), () =>
        mail.post(letter, { contact: { id, partnerId: actor.partnerId } }),
      );
      const waiting = () =>
        database.inTransaction(systemActor('test'), () =>
          database.query<{ id: string }>('SELECT id FROM identity.system_mail WHERE contact_id = $1', [id]),
        );
      const [row] = await waiting();
      expect(row).toBeDefined();
      await contacts.erase(actor, id);
      expect(await waiting()).toEqual([]);
      const sent: string[] = [];
      await mail.deliver(row!.id, ({ to }) => {
        sent.push(to);
        return Promise.resolve({ kind: 'accepted' });
      });
      expect(sent).toEqual([]);
    });
  });

  describe('a contact list', () => {
    it('is the default when it is the first, until another one is', async () => {
      const actor = aPartner();
      const first = await lists.create(actor, { name: 'First' });
      const second = await lists.create(actor, { name: 'Second' });
      expect([first.isDefault, second.isDefault]).toEqual([true, false]);
      await lists.change(actor, second.id, { isDefault: true });
      await expect(lists.all(actor)).resolves.toMatchObject([
        { name: 'Second', isDefault: true },
        { name: 'First', isDefault: false },
      ]);
    });

    it('keeps both when one person renames it and another makes it the default at once', async () => {
      const actor = aPartner();
      await lists.create(actor, { name: 'First' });
      const { id } = await lists.create(actor, { name: 'Second' });
      for (let round = 0; round < 10; round++) {
        const name = `Second ${round}`;
        const other = await lists.create(actor, { name: `Other ${round}`, isDefault: true });
        expect(other.isDefault).toBe(true);
        await Promise.all([lists.change(actor, id, { name }), lists.change(actor, id, { isDefault: true })]);
        await expect(lists.withSize(actor, id)).resolves.toMatchObject({ name, isDefault: true });
      }
    });

    it('has a name of its own', async () => {
      const actor = aPartner();
      await lists.create(actor, { name: 'Fair' });
      await expect(lists.create(actor, { name: ' fair ' })).rejects.toMatchObject({ code: 'contact-list.name-taken' });
      await expect(lists.create(actor, { name: ' ' })).rejects.toMatchObject({ code: 'contact-list.name-invalid' });
    });

    it('that gets the next free number is never refused for its name', async () => {
      const actor = aPartner();
      const title = `Responses: ${'x'.repeat(168)}\u{1f600}\u202e`;
      const made = await Promise.all(
        Array.from({ length: 25 }, () => lists.createNumbered(actor, { name: title, isDefault: false })),
      );
      const names = made
        .map(({ name }) => name)
        .sort((one, other) => one.length - other.length || (one < other ? -1 : 1));
      expect(new Set(names).size).toBe(25);
      expect(names[0]).toBe(`Responses: ${'x'.repeat(168)}`);
      expect(names.at(-1)).toBe(`${names[0]} (25)`);
    });

    it('is deleted without its contacts', async () => {
      const actor = aPartner();
      const list = await lists.create(actor, { name: 'Fair' });
      const { id } = await contacts.create(actor, { email: 'a@example.com', listIds: [list.id] });
      await lists.remove(actor, list.id);
      await expect(contacts.get(actor, id)).resolves.toMatchObject({ id });
    });

    it('of another partner does not exist', async () => {
      const list = await lists.create(aPartner(), { name: 'Fair' });
      await expect(lists.get(aPartner(), list.id)).rejects.toMatchObject({ code: 'contact-list.not-found' });
    });
  });

  describe('the contact policy', () => {
    it('allows a message on a recorded basis', async () => {
      const actor = aPartner();
      const { id } = await aContact(actor);
      await expect(decisionOn(actor, id)).resolves.toMatchObject({ send: true, basis: 'customer' });
    });

    it.each(['unknown', null] as const)('holds it on the basis %s', async (basis) => {
      const actor = aPartner();
      const { id } = await aContact(actor, 'ada@example.com', basis);
      await expect(decisionOn(actor, id)).resolves.toEqual({ send: false, reason: 'consent-unknown' });
    });

    it('counts the newest record', async () => {
      const actor = aPartner();
      const { id } = await aContact(actor);
      await contacts.recordConsent(actor, id, { basis: 'unknown' });
      await expect(decisionOn(actor, id)).resolves.toEqual({ send: false, reason: 'consent-unknown' });
    });

    it('refuses it from the day after a basis has expired', async () => {
      const actor = aPartner();
      const { id } = await aContact(actor, 'ada@example.com', null);
      await contacts.recordConsent(actor, id, { basis: 'customer', jurisdiction: 'CA', expiresOn: '2026-11-18' });
      await expect(decisionOn(actor, id)).resolves.toMatchObject({ send: true });
      await expect(decisionOn(actor, id, aVendorId(), new Date('2026-11-19T00:00:00Z'))).resolves.toEqual({
        send: false,
        reason: 'consent-expired',
      });
    });

    it('knows nothing of another partner’s contact', async () => {
      const { id } = await aContact(aPartner());
      await expect(decisionOn(aPartner(), id)).resolves.toEqual({ send: false, reason: 'contact-gone' });
    });

    it('limits a partner’s suppression to that partner', async () => {
      const [a, b] = [aPartner(), aPartner()];
      const [atA, atB] = [await aContact(a), await aContact(b)];
      await suppressions.add(process(a), {
        contactId: atA.id,
        scope: 'partner',
        reason: 'unsubscribed',
        source: 'person',
      });
      await expect(decisionOn(a, atA.id)).resolves.toEqual({ send: false, reason: 'unsubscribed' });
      await expect(decisionOn(b, atB.id)).resolves.toMatchObject({ send: true });
    });

    it('limits a vendor’s suppression to that vendor, at every partner, without revealing its source', async () => {
      const [a, b, vendorId] = [aPartner(), aPartner(), aVendorId()];
      const [atA, atB] = [await aContact(a), await aContact(b)];
      await suppressions.add(process(a), {
        contactId: atA.id,
        scope: 'vendor',
        vendorId,
        reason: 'unsubscribed',
        source: 'person',
      });
      await expect(shared.ofContacts(process(b), vendorId, [atB.id])).resolves.toEqual(new Map([[atB.id, 'person']]));
      await expect(shared.ofContacts(process(b), aVendorId(), [atB.id])).resolves.toEqual(new Map());
      // What the partner is shown does not depend on it.
      await expect(decisionOn(b, atB.id, vendorId)).resolves.toMatchObject({ send: true });
    });

    it('suppresses a dead address for every partner', async () => {
      const [a, b] = [aPartner(), aPartner()];
      const [atA, atB] = [await aContact(a, 'dead@example.com'), await aContact(b, 'dead@example.com')];
      await suppressions.add(process(a), {
        contactId: atA.id,
        scope: 'platform',
        reason: 'bounced',
        source: 'provider',
      });
      await expect(shared.ofContacts(process(b), null, [atB.id])).resolves.toEqual(new Map([[atB.id, 'person']]));
      await expect(policy.suppression(process(b), atB.id)).resolves.toBe('contact-policy');
      await expect(decisionOn(b, atB.id)).resolves.toMatchObject({ send: true });
    });

    it('counts how many of a list will get a campaign, and why the others will not', async () => {
      const actor = aPartner();
      const list = await lists.create(actor, { name: 'Fair' });
      const listIds = [list.id];
      await contacts.create(actor, { email: 'a@example.com', listIds, consent: { basis: 'opt-in' } });
      await contacts.create(actor, { email: 'b@example.com', listIds });
      await contacts.create(actor, { email: 'c@example.com', listIds, consent: { basis: 'customer' } });
      await suppressions.add(actor, { email: 'c@example.com', scope: 'partner', reason: 'requested', source: 'staff' });
      const audience = await policy.audience(actor, [list.id], NOW);
      expect(audience).toMatchObject({ total: 3, willGet: 1 });
      expect(audience.skipped).toEqual(
        expect.arrayContaining([
          { reason: 'consent-unknown', count: 1 },
          { reason: 'suppressed', count: 1 },
        ]),
      );
    });

    it('gives the decision on each contact of a list, in batches, without gaps', async () => {
      const [actor, vendorId] = [aPartner(), aVendorId()];
      const list = await lists.create(actor, { name: 'All contacts' });
      const bases = ['customer', 'opt-in', 'unknown'] as const;
      const ids: ContactId[] = [];
      for (let at = 0; at < 24; at += 1) {
        const { id } = await contacts.create(actor, { email: `p${at}@example.com`, listIds: [list.id] });
        // Some have an older record that counts no more.
        for (let record = 0; record < at % 3; record += 1)
          await contacts.recordConsent(actor, id, {
            basis: bases[(at + record) % 3]!,
            ...(at % 4 === 0 ? { expiresOn: '2020-01-01' } : {}),
          });
        if (at % 10 === 0)
          await suppressions.add(actor, { contactId: id, scope: 'partner', reason: 'requested', source: 'staff' });
        if (at % 10 === 5)
          await suppressions.add(process(actor), {
            contactId: id,
            scope: 'partner',
            reason: 'unsubscribed',
            source: 'person',
          });
        ids.push(id);
      }
      const decided = [...(await policy.decide(actor, vendorId, ids, NOW)).values()];
      const reasons = decided.flatMap((decision) => (decision.send ? [] : [decision.reason]));
      // The last look begins after a contact in the middle: earlier ones are
      // not counted again.
      for (const after of [null, ids[11]!]) {
        const audience = await policy.audience(actor, [list.id], NOW, undefined, after);
        const rest = after === null ? decided : decided.slice(12);
        expect(audience).toMatchObject({ total: 24, nextAfter: null });
        expect(audience.willGet).toBe(rest.filter(({ send }) => send).length);
        expect(audience.willGet + audience.skipped.reduce((sum, { count }) => sum + count, 0)).toBe(rest.length);
        if (after === null)
          for (const { reason, count } of audience.skipped)
            expect([reason, count]).toEqual([reason, reasons.filter((one) => one === reason).length]);
      }
      expect(new Set(reasons).size).toBeGreaterThanOrEqual(4);
    });
  });

  describe('a suppression', () => {
    const add = (actor: PartnerActor) =>
      suppressions.add(actor, { email: 'ada@example.com', scope: 'partner', reason: 'requested', source: 'staff' });

    it('added twice is one', async () => {
      const actor = aPartner();
      expect(await add(actor)).toBe(await add(actor));
    });

    it('that staff added, staff may remove', async () => {
      const actor = aPartner();
      await suppressions.remove(actor, await add(actor));
      await expect(suppressions.page(actor, { limit: 5, beforeId: null })).resolves.toEqual([]);
    });

    it('cannot be removed by an API key', async () => {
      const actor = aPartner();
      const id = await add(actor);
      await expect(suppressions.remove({ ...actor, userId: null, apiKeyId: newId() }, id)).rejects.toMatchObject({
        code: 'suppression.not-yours',
      });
    });

    it('by the contact cannot be removed by staff, even if staff had added it before', async () => {
      const actor = aPartner();
      const id = await add(actor);
      await suppressions.add(process(actor), {
        email: 'ADA@example.com',
        scope: 'partner',
        reason: 'unsubscribed',
        source: 'person',
      });
      await expect(suppressions.remove(actor, id)).rejects.toMatchObject({
        code: 'suppression.not-yours',
        kind: 'forbidden',
      });
      await suppressions.remove(process(actor), id);
    });

    it('of another partner does not exist', async () => {
      const id = await add(aPartner());
      await expect(suppressions.remove(aPartner(), id)).rejects.toMatchObject({ code: 'suppression.not-found' });
      await expect(suppressions.remove(aPartner(), newId<SuppressionId>())).rejects.toMatchObject({
        code: 'suppression.not-found',
      });
    });

    it('beyond its own mail cannot be made by a partner', async () => {
      const wide = suppressions.add(aPartner(), {
        email: 'ada@example.com',
        scope: 'platform',
        reason: 'legal',
        source: 'staff',
      });
      await expect(wide).rejects.toMatchObject({ code: 'suppression.scope-forbidden' });
    });

    it('beyond a partner is kept as a keyed hash, another for each vendor', async () => {
      const actor = aPartner();
      const [one, two] = [aVendorId(), aVendorId()];
      await aContact(actor, 'hash@example.com');
      for (const vendorId of [one, two])
        await suppressions.add(process(actor), {
          email: 'hash@example.com',
          scope: 'vendor',
          vendorId,
          reason: 'unsubscribed',
          source: 'person',
        });
      const rows = await database.inTransaction(systemActor('test'), () =>
        database.query<{ emailKey: Buffer }>(
          'SELECT email_key FROM contacts.keyed_suppression WHERE vendor_id = ANY ($1::uuid[])',
          [[one, two]],
        ),
      );
      expect(rows).toHaveLength(2);
      expect(rows[0]!.emailKey).not.toEqual(rows[1]!.emailKey);
      expect(rows.map((row) => row.emailKey)).toContainEqual(
        house.app.get(AddressKeys).keyOf({ kind: 'vendor', vendorId: one }, 'hash@example.com'),
      );
    });
  });

  describe('the frequency cap', () => {
    const fresh = (contactId: ContactId) => ({ contactId, frequencyUseAt: null });
    const later = (ms: number) => new Date(NOW.getTime() + ms);
    const WEEK_MS = 7 * 86_400_000;

    it('is never exceeded by concurrent partners', async () => {
      const vendorId = aVendorId();
      const partners = Array.from({ length: 16 }, () => aPartner());
      const ids = await Promise.all(
        partners.map(async (partner) => (await aContact(partner, 'popular@example.com')).id),
      );
      const granted = await Promise.all(
        partners.map((partner, n) => caps.reserve(process(partner), vendorId, [fresh(ids[n]!)], NOW)),
      );
      expect(granted.filter((set) => set.size === 1)).toHaveLength(ALL_SENDS);
    });

    it('counts apart by vendor, and in any seven days', async () => {
      const [actor, vendorId] = [aPartner(), aVendorId()];
      const { id } = await aContact(actor);
      const reserve = async (vendor: VendorId, now: Date) =>
        (await caps.reserve(process(actor), vendor, [fresh(id)], now)).size;
      for (let n = 0; n < SENDS; n += 1) expect(await reserve(vendorId, NOW)).toBe(1);
      expect(await reserve(vendorId, NOW)).toBe(0);
      expect(await reserve(aVendorId(), NOW)).toBe(1);
      expect(await reserve(vendorId, later(WEEK_MS - 60_000))).toBe(0);
      expect(await reserve(vendorId, later(WEEK_MS))).toBe(1);
    });

    it('reserves two uses for two messages to one contact at once', async () => {
      const [actor, vendorId] = [aPartner(), aVendorId()];
      const { id } = await aContact(actor);
      const messages = Array.from({ length: SENDS + 1 }, () => fresh(id));
      expect((await caps.reserve(process(actor), vendorId, messages, NOW)).size).toBe(SENDS);
    });

    it('moves the use of a retried message, without a second one', async () => {
      const [actor, vendorId] = [aPartner(), aVendorId()];
      const { id } = await aContact(actor);
      const reserve = async (at: Date, held: Date | null = null) =>
        (await caps.reserve(process(actor), vendorId, [{ contactId: id, frequencyUseAt: held }], at)).size;
      for (let n = 0; n < SENDS; n += 1) expect(await reserve(NOW)).toBe(1);
      const retried = later(86_400_000);
      expect(await reserve(retried, NOW)).toBe(1);
      expect(await reserve(retried)).toBe(0);
      // A week after the others, and not yet a week after the one that was
      // tried again.
      for (let n = 0; n < SENDS - 1; n += 1) expect(await reserve(later(WEEK_MS))).toBe(1);
      expect(await reserve(later(WEEK_MS))).toBe(0);
    });

    it('refunds unsent messages', async () => {
      const [actor, vendorId] = [aPartner(), aVendorId()];
      const { id } = await aContact(actor);
      for (let n = 0; n < SENDS; n += 1) await caps.reserve(process(actor), vendorId, [fresh(id)], NOW);
      await caps.release(process(actor), vendorId, [{ contactId: id, frequencyUseAt: frequencyUseAt(NOW) }]);
      expect((await caps.reserve(process(actor), vendorId, [fresh(id)], NOW)).size).toBe(1);
      expect((await caps.reserve(process(actor), vendorId, [fresh(id)], NOW)).size).toBe(0);
    });

    it('joins the transaction that reserves the send', async () => {
      const [actor, vendorId] = [aPartner(), aVendorId()];
      const { id } = await aContact(actor);
      const undone = database.inTransaction(process(actor), async () => {
        for (let n = 0; n < SENDS; n += 1) await caps.reserve(process(actor), vendorId, [fresh(id)], NOW);
        throw new Error('undo');
      });
      await expect(undone).rejects.toThrow('undo');
      expect((await caps.reserve(process(actor), vendorId, [fresh(id)], NOW)).size).toBe(1);
    });
  });
});
