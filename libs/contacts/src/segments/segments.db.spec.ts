import pg from 'pg';
import { SegmentRule } from '#contracts';
import { type ContactId, type ContactListId, DAY_MS, MINUTE_MS, newId, type PartnerActor } from '#kernel';
import type { TestModule } from '../../../../test/support/test-module.js';
import { ContactLists } from '../contact-lists.service.js';
import { aPartner, createContactsServices } from '../contacts.fixture.js';
import { Contacts } from '../contacts.service.js';
import { Segments } from './segments.service.js';

const ruleOf = (...conditions: object[]): SegmentRule => SegmentRule.parse({ match: 'all', conditions });
const IN_FINANCE = ruleOf({ on: 'field', field: 'industry', is: ['finance'] });

describe('segments', () => {
  let house: TestModule;
  let contacts: Contacts;
  let lists: ContactLists;
  let segments: Segments;
  let owner: pg.Client;
  let actor: PartnerActor;
  let people = 0;

  beforeAll(async () => {
    house = await createContactsServices();
    [contacts, lists, segments] = [house.app.get(Contacts), house.app.get(ContactLists), house.app.get(Segments)];
    owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
    // What contacts did is written without its activations and messages. Triggers run.
    for (const statement of [
      'ALTER TABLE leads.lead DROP CONSTRAINT lead_activation_id_fkey',
      'ALTER TABLE engagement.interaction DISABLE TRIGGER enqueue_interaction',
    ])
      await owner.query(statement);
  });
  beforeEach(() => {
    actor = aPartner();
  });
  afterAll(async () => {
    await owner.end();
    await house.close();
  });

  const aContact = async (fields: object = {}): Promise<ContactId> =>
    (await contacts.create(actor, { email: `somebody-${people++}@customer.example`, ...fields })).id;
  const members = async (listId: ContactListId): Promise<ContactId[]> =>
    (await contacts.inLists(actor, [listId], { afterId: null, limit: 1000 })).map(({ id }) => id);
  const did = async (contactId: ContactId, kind: string, daysAgo = 0): Promise<string> => {
    const [id, activationId] = [newId(), newId()];
    await owner.query(
      `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, contact_id, kind, verdict, at) VALUES ($1, $2, $3, $3, $4, $5, 'human', $6)`,
      [id, actor.partnerId, activationId, contactId, kind, new Date(house.clock.now().getTime() - daysAgo * DAY_MS)],
    );
    return id;
  };

  it('have the contacts that their rule matches, and follow them', async () => {
    const [banker, baker] = [await aContact({ industry: 'Finance' }), await aContact({ industry: 'Food' })];
    const id = await segments.create(actor, { name: 'Bankers', rule: IN_FINANCE });
    expect(await members(id)).toEqual([banker]);
    expect(await lists.withSize(actor, id)).toMatchObject({ size: 1, rule: IN_FINANCE });

    await contacts.change(actor, baker, { industry: 'FINANCE' });
    await contacts.change(actor, banker, { industry: null });
    const late = await aContact({ industry: 'finance' });
    await segments.evaluateDue();
    expect(await members(id)).toEqual([baker, late]);

    await segments.changeRule(actor, id, ruleOf({ on: 'field-known', field: 'industry', not: true }));
    expect(await members(id)).toEqual([banker]);
    expect((await lists.withSize(actor, id)).size).toBe(1);
  });

  it('are asked by their rule for single contacts, before a change has reached their rows', async () => {
    const [banker, baker, listed] = [await aContact({ industry: 'finance' }), await aContact(), await aContact()];
    const id = await segments.create(actor, { name: 'Bankers', rule: IN_FINANCE });
    const { id: byHand } = await lists.create(actor, { name: 'By hand' });
    await lists.addContacts(actor, byHand, [listed]);
    await contacts.change(actor, baker, { industry: 'Finance' });
    await contacts.change(actor, banker, { industry: 'Food' });
    const found = await segments.membersNow(actor, [id, byHand], [banker, baker, listed]);
    expect([...found].sort()).toEqual([baker, listed].sort());
    expect(await segments.membersNow(actor, [id], [listed])).toEqual(new Set());
    // The rows follow later.
    expect(await members(id)).toEqual([banker]);
  });

  it('are not filled by hand, and hand-made lists take no rule', async () => {
    const contactId = await aContact();
    const id = await segments.create(actor, { name: 'Bankers', rule: IN_FINANCE });
    const refusal = { code: 'contact-list.is-segment', kind: 'conflict' };
    await expect(lists.addContacts(actor, id, [contactId])).rejects.toMatchObject(refusal);
    await expect(lists.removeContact(actor, id, contactId)).rejects.toMatchObject(refusal);
    await expect(lists.createOfAll(actor, 'bankers')).rejects.toMatchObject(refusal);
    await expect(contacts.create(actor, { email: 'x@y.example', listIds: [id] })).rejects.toMatchObject(refusal);
    const { id: byHand } = await lists.create(actor, { name: 'By hand' });
    await expect(segments.changeRule(actor, byHand, IN_FINANCE)).rejects.toMatchObject({
      code: 'contact-list.not-a-segment',
    });
  });

  it('are the partner’s alone, and changed by those who may', async () => {
    const id = await segments.create(actor, { name: 'Bankers', rule: IN_FINANCE });
    await expect(segments.changeRule(aPartner(), id, IN_FINANCE)).rejects.toMatchObject({
      code: 'contact-list.not-found',
    });
    const viewer = { ...actor, role: 'viewer' as const };
    await expect(segments.create(viewer, { name: 'Other', rule: IN_FINANCE })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });

  it('compare texts of any alphabet, parts of them, and languages with their regions', async () => {
    const ids = [
      await aContact({ company: 'ÖKO Bau', language: 'de-AT' }),
      await aContact({ company: 'Rheinöko', language: 'de' }),
      await aContact({ company: `100% '"; --`, language: 'en-GB' }),
    ];
    const found = async (condition: object) => {
      const id = await segments.create(actor, { name: `s ${people++}`, rule: ruleOf(condition) });
      return (await members(id)).map((one) => ids.indexOf(one));
    };
    expect(await found({ on: 'field-contains', field: 'company', text: 'öko' })).toEqual([0, 1]);
    expect(await found({ on: 'field', field: 'company', is: ['öko bau', `100% '"; --`] })).toEqual([0, 2]);
    expect(await found({ on: 'field', field: 'language', is: ['German'] })).toEqual([0, 1]);
    expect(await found({ on: 'field', field: 'language', is: ['de-AT'] })).toEqual([0]);
    expect(await found({ on: 'field', field: 'language', is: ['de'], not: true })).toEqual([2]);
  });

  it('follow consent, and a basis that runs out', async () => {
    const later = new Date(house.clock.now().getTime() + 2 * DAY_MS).toISOString().slice(0, 10);
    const expiring = await aContact({ consent: { basis: 'customer', expiresOn: later } });
    const unknown = await aContact();
    const [holds, none] = [
      await segments.create(actor, { name: 'Holds', rule: ruleOf({ on: 'consent', states: ['recorded'] }) }),
      await segments.create(actor, { name: 'None', rule: ruleOf({ on: 'consent', states: ['unknown', 'expired'] }) }),
    ];
    expect([await members(holds), await members(none)]).toEqual([[expiring], [unknown]]);
    await contacts.recordConsent(actor, unknown, { basis: 'customer' });
    await segments.evaluateDue();
    expect([await members(holds), await members(none)]).toEqual([[expiring, unknown], []]);
    house.clock.advance(4 * DAY_MS);
    while (await segments.evaluateDue());
    expect([await members(holds), await members(none)]).toEqual([[unknown], [expiring]]);
  });

  it('follow what contacts did in so many days, and forget what a program did', async () => {
    const [clicked, longAgo] = [await aContact(), await aContact()];
    const [form, reader] = [await aContact(), await aContact()];
    const id = await segments.create(actor, {
      name: 'Active',
      rule: SegmentRule.parse({
        match: 'any',
        conditions: [
          { on: 'engaged', did: 'click', withinDays: 30 },
          { on: 'engaged', did: 'form' },
          { on: 'engaged', did: 'document', withinDays: 1 },
        ],
      }),
    });
    expect(await members(id)).toEqual([]);
    const click = await did(clicked, 'click', 27);
    await did(longAgo, 'click', 31);
    await did(form, 'form', 400);
    await did(reader, 'document');
    await segments.evaluateDue();
    expect(await members(id)).toEqual([clicked, form, reader]);
    house.clock.advance(DAY_MS + 1);
    while (await segments.evaluateDue());
    expect(await members(id)).toEqual([clicked, form]);
    await owner.query(
      `INSERT INTO engagement.interaction_verdict (id, interaction_id, partner_id, verdict, why, at) VALUES ($1, $2, $3, 'machine', 'decoy', now())`,
      [newId(), click, actor.partnerId],
    );
    await segments.evaluateDue();
    expect(await members(id)).toEqual([form]);
    await did(clicked, 'click', 29);
    await segments.evaluateDue();
    expect(await members(id)).toEqual([clicked, form]);
    house.clock.advance(2 * DAY_MS);
    while (await segments.evaluateDue());
    expect(await members(id)).toEqual([form]);
  });

  it('follow leads', async () => {
    const contactId = await aContact();
    const id = await segments.create(actor, {
      name: 'Won',
      rule: ruleOf({ on: 'lead', states: ['won'], withinDays: 7 }),
    });
    const leadId = newId();
    const event = (status: string) =>
      owner.query(
        `INSERT INTO leads.lead_event (id, lead_id, partner_id, status, by_name, at) VALUES ($1, $2, $3, $4, 'x', $5)`,
        [newId(), leadId, actor.partnerId, status, house.clock.now()],
      );
    await owner.query(
      `INSERT INTO leads.lead (id, partner_id, contact_id, activation_id, source, status, created_at, updated_at, requested_at)
       VALUES ($1, $2, $3, $1, 'form', 'new', now(), now(), now())`,
      [leadId, actor.partnerId, contactId],
    );
    await event('new');
    await segments.evaluateDue();
    expect(await members(id)).toEqual([]);
    await owner.query(`UPDATE leads.lead SET status = 'won' WHERE id = $1`, [leadId]);
    await event('won');
    await segments.evaluateDue();
    expect(await members(id)).toEqual([contactId]);
  });

  it('fail alone: the others of the partner, and other partners, are evaluated', async () => {
    const failing = actor;
    const late = await aContact();
    const [broken, sound] = [
      await segments.create(failing, { name: 'Broken', rule: IN_FINANCE }),
      await segments.create(failing, { name: 'Sound', rule: IN_FINANCE }),
    ];
    actor = aPartner();
    const other = await segments.create(actor, { name: 'Bankers', rule: IN_FINANCE });
    const banker = await aContact({ industry: 'finance' });
    await contacts.change(failing, late, { industry: 'finance' });
    // No user can store it: PostgreSQL refuses the id.
    const campaignId = 'no id';
    await owner.query('UPDATE contacts.segment SET rule = $2 WHERE list_id = $1', [
      broken,
      { match: 'all', conditions: [{ on: 'engaged', did: 'click', withinDays: null, campaignId, not: false }] },
    ]);
    // More than one round applies, before those of others.
    await owner.query(
      'INSERT INTO contacts.segment_change (partner_id, contact_id) SELECT $1, $2 FROM generate_series(1, 6000)',
      [failing.partnerId, late],
    );
    const failures = async (): Promise<object> =>
      (await owner.query('SELECT failures, problem FROM contacts.segment_due WHERE list_id = $1', [broken])).rows[0];
    const inList = async (by: PartnerActor, listId: ContactListId) =>
      (await contacts.inLists(by, [listId], { afterId: null, limit: 10 })).map(({ id }) => id);
    await segments.evaluateDue();
    expect(await inList(actor, other)).toEqual([banker]);
    expect(await inList(failing, sound)).toEqual([late]);
    expect(await failures()).toEqual({ failures: 1, problem: '22P02' });
    // It is left alone for a minute, then for two.
    while (await segments.evaluateDue());
    expect(await failures()).toMatchObject({ failures: 1 });
    house.clock.advance(MINUTE_MS);
    while (await segments.evaluateDue());
    expect(await failures()).toMatchObject({ failures: 2 });
    house.clock.advance(MINUTE_MS);
    while (await segments.evaluateDue());
    expect(await failures()).toMatchObject({ failures: 2 });
    await owner.query('UPDATE contacts.segment SET rule = $2 WHERE list_id = $1', [broken, IN_FINANCE]);
    house.clock.advance(MINUTE_MS);
    while (await segments.evaluateDue());
    expect(await failures()).toEqual({ failures: 0, problem: null });
    expect(await inList(failing, broken)).toEqual([late]);
  });

  it('wait with a pause while another process has their partner’s lock, and hide nobody', async () => {
    const locked = actor;
    for (let n = 0; n < 20; n++) await segments.create(locked, { name: `Bankers ${n}`, rule: IN_FINANCE });
    actor = aPartner();
    await segments.create(actor, { name: 'Bankers', rule: IN_FINANCE });
    house.clock.advance(MINUTE_MS);
    const dueOf = async ({ partnerId }: PartnerActor): Promise<number> =>
      (
        await owner.query('SELECT 1 FROM contacts.segment_due WHERE partner_id = $1 AND next_at <= $2', [
          partnerId,
          house.clock.now(),
        ])
      ).rows.length;
    const key = `segments of ${locked.partnerId}`;
    await owner.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [key]);
    try {
      let rounds = 0;
      while ((await segments.evaluateDue()) && rounds < 10) rounds++;
      expect(rounds).toBeLessThan(10);
      expect([await dueOf(locked), await dueOf(actor)]).toEqual([20, 0]);
    } finally {
      await owner.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [key]);
    }
    while (await segments.evaluateDue());
    expect(await dueOf(locked)).toBe(0);
  });

  it('leave no notes of partners without segments', async () => {
    const contactId = await aContact();
    await did(contactId, 'click');
    const { rows } = await owner.query('SELECT 1 FROM contacts.segment_change WHERE partner_id = $1', [
      actor.partnerId,
    ]);
    expect(rows).toEqual([]);
  });
});
