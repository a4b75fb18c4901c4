import { AsyncLocalStorage } from 'node:async_hooks';
import fc from 'fast-check';
import { Database } from '#database';
import { Entries } from '../../../libs/sequences/src/entering/entries.service.js';
import { owner, stage } from '../../support/suite-product.js';
import { contactIdOf, launched, requestsTaken, WINDOW } from './entries.js';

/** Each person once by each rule, whatever happens in which order. */
export function repetitionsCases(): void {
  it('enters each person once by each rule, in any order of what happens, and if processes die at any statement', async () => {
    const rules = ['form', 'event', 'joined'] as const;
    const sequence = {
      window: WINDOW,
      entries: [
        { key: 'form', form: 'any', start: 'one' },
        { key: 'event', event: 'any-order', start: 'two' },
        { key: 'joined', joined: true, start: 'two' },
      ],
      steps: [
        { key: 'one', wait: { days: 9 } },
        { key: 'mail', email: 'proof', next: 'end' },
        { key: 'two', wait: { days: 8 }, next: 'mail' },
      ],
    };
    const { id, listId } = await launched(sequence);
    const entries = stage.api.app.get(Entries, { strict: false });
    const { partner, vendor } = stage;
    const dying = dieAtStatement(stage.api.app.get(Database, { strict: false }));
    const HAPPEN: Record<(typeof rules)[number], (contactId: string) => Promise<unknown>> = {
      form: (contactId) =>
        stage.api.asOwner(
          `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, contact_id, kind, at) VALUES (gen_random_uuid(), $1, $2, $3, $4, 'form', $5)`,
          [partner.id, vendor.vendorId, id, contactId, stage.api.clock.now()],
        ),
      event: (contactId) =>
        stage.api.asOwner(
          `INSERT INTO sequences.event (id, partner_id, contact_id, kind, name, at) VALUES (gen_random_uuid(), $1, $2, 'event', 'any-order', $3)`,
          [partner.id, contactId, stage.api.clock.now()],
        ),
      joined: (contactId) =>
        stage.api.asOwner(
          'INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at) VALUES ($1, $2, $3, now()) ON CONFLICT DO NOTHING',
          [listId, contactId, partner.id],
        ),
    };
    const contacts = fc.nat(2);
    const happening = fc.record({
      rule: fc.constantFrom(...rules),
      who: contacts,
      diesAt: fc.nat(24),
      takes: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 12 }), async (happenings) => {
        const { emails } = await stage.aList(owner, [{}, {}, {}]);
        const ids = await Promise.all(emails.map(contactIdOf));
        for (const { rule, who, diesAt, takes } of happenings) {
          await HAPPEN[rule](ids[who]!);
          // Beside the scheduler, which takes requests all the time.
          if (takes) await dying(diesAt, () => entries.take(partner.id, 5));
        }
        await requestsTaken();
        const expected = [...new Set(happenings.map(({ rule, who }) => `${rule} ${who}`))];
        const found = await stage.api.asOwner<{ key: string; who: string; number: number; repeated: boolean }>(
          `SELECT entry_key AS key, contact_id AS who, entry_number AS number, is_repeated AS repeated FROM sequences.enrolment WHERE activation_id = $1 AND contact_id = ANY ($2)`,
          [id, ids],
        );
        expect(found.map(({ key, who }) => `${key} ${ids.indexOf(who)}`).sort()).toEqual(expected.sort());
        expect(found.every(({ number }) => number === 1)).toBe(true);
        // One row of each person is its first.
        expect(found.filter(({ repeated }) => !repeated)).toHaveLength(new Set(found.map(({ who }) => who)).size);
      }),
      { numRuns: 12 },
    );
  });
}

/** @returns runs work whose process dies at its n-th statement; its transaction is rolled back. */
function dieAtStatement(database: Database): (at: number, work: () => Promise<unknown>) => Promise<void> {
  const left = new AsyncLocalStorage<{ statements: number }>();
  const query = database.query.bind(database);
  const failing: typeof query = (...given) => {
    const mine = left.getStore();
    if (mine !== undefined && mine.statements-- === 0) throw new Error('The process died.');
    return query(...given);
  };
  Object.assign(database, { query: failing });
  return async (at, work) => {
    await left.run({ statements: at }, work).catch((error: unknown) => {
      if (!String(error).includes('died')) throw error;
    });
  };
}
