import fc from 'fast-check';
import { Database } from '#database';
import { newId, type PartnerActor, systemActor } from '#kernel';
import type { TestModule } from '../../../test/support/test-module.js';
import { until } from '../../../test/support/until.js';
import { ContactLists } from './contact-lists.service.js';
import { ContactSelection } from './contact-selection.service.js';
import type { ConsentBasis } from './contact.js';
import { aPartner, createContactsServices } from './contacts.fixture.js';
import { Contacts } from './contacts.service.js';
import { ContactImporter } from './imports/contact-importer.service.js';
import { ContactImports } from './imports/contact-imports.service.js';

const STATES = ['unknown', 'pending', 'expired', 'recorded'] as const;

/**
 * Derived columns: they must agree with the rows that they are counted or
 * copied from.
 */
describe('derived columns of contacts and lists', () => {
  let house: TestModule;
  let [database, contacts, lists, selection] = [null!, null!, null!, null!] as [
    Database,
    Contacts,
    ContactLists,
    ContactSelection,
  ];

  beforeAll(async () => {
    house = await createContactsServices();
    [database, contacts, lists, selection] = [Database, Contacts, ContactLists, ContactSelection].map((token) =>
      house.app.get<unknown>(token),
    ) as [Database, Contacts, ContactLists, ContactSelection];
  });
  afterAll(() => house.close());

  const importOf = async (actor: PartnerActor, emails: readonly string[], basis: Exclude<ConsentBasis, 'pending'>) => {
    const bytes = Buffer.from(['email', ...emails].join('\n'));
    const { id } = await house.app.get(ContactImports).accept(actor, { fileName: 'x.csv', bytes, basis });
    await house.app.get(ContactImporter).run(id, actor.partnerId);
  };
  const sizeOf = async (actor: PartnerActor): Promise<number> => (await lists.all(actor))[0]!.size;
  const counted = async (actor: PartnerActor): Promise<number> => {
    const [row] = await database.inTransaction(actor, () =>
      database.query<{ n: number }>('SELECT count(*)::int AS n FROM contacts.contact_list_member'),
    );
    return row!.n;
  };
  const consentOf = async (actor: PartnerActor, email: string) => {
    const found = await Promise.all(
      STATES.map(async (consent) =>
        (await selection.count(actor, { consent, search: email })) === 1 ? consent : null,
      ),
    );
    return found.filter((state) => state !== null);
  };

  it('a filter uses the newest record alone', async () => {
    const actor = aPartner();
    const { id } = await contacts.create(actor, { email: 'ada@example.com' });
    expect(await consentOf(actor, 'ada@')).toEqual(['unknown']);
    await contacts.recordPending(systemActor('form', { partnerId: actor.partnerId }), id, { evidence: 'asked' });
    expect(await consentOf(actor, 'ada@')).toEqual(['pending']);
    await contacts.recordConsent(actor, id, { basis: 'customer', expiresOn: '2020-01-01' });
    expect(await consentOf(actor, 'ada@')).toEqual(['expired']);
    await contacts.recordConsent(actor, id, { basis: 'customer' });
    expect(await consentOf(actor, 'ada@')).toEqual(['recorded']);
    await contacts.change(actor, id, { firstName: 'Ada', email: 'ada@elsewhere.example' });
    expect(await consentOf(actor, 'ada@elsewhere')).toEqual(['recorded']);
  });

  it('uses the newest record, whichever was written last', async () => {
    const actor = aPartner();
    const { id } = await contacts.create(actor, { email: 'eve@example.com' });
    const older = newId();
    await contacts.recordConsent(actor, id, { basis: 'customer' });
    await database.inTransaction(actor, () =>
      database.query(
        `INSERT INTO contacts.consent_record (id, partner_id, contact_id, basis, source, recorded_at) VALUES ($1, $2, $3, 'unknown', 'test', now())`,
        [older, actor.partnerId, id],
      ),
    );
    expect(await consentOf(actor, 'eve@')).toEqual(['recorded']);
  });

  it('an import adds what it knows of a contact, and removes nothing', async () => {
    const actor = aPartner();
    await importOf(actor, ['new@example.com', 'both@example.com'], 'customer');
    await importOf(actor, ['both@example.com', 'later@example.com'], 'unknown');
    expect(await consentOf(actor, 'new@')).toEqual(['recorded']);
    expect(await consentOf(actor, 'both@')).toEqual(['recorded']);
    expect(await consentOf(actor, 'later@')).toEqual(['unknown']);
    await importOf(actor, ['later@example.com'], 'customer');
    expect(await consentOf(actor, 'later@')).toEqual(['recorded']);
  });

  it('a transaction does not wait for the size of a list that another one changes; the size is exact before and after', async () => {
    const actor = aPartner();
    const list = await lists.create(actor, { name: 'Both' });
    const [one, two] = await Promise.all(
      ['one', 'two'].map((name) => contacts.create(actor, { email: `${name}@example.com` })),
    );
    let [isHeld, letGo]: [boolean, () => void] = [false, () => undefined];
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const first = database.inTransaction(actor, async () => {
      await lists.addContacts(actor, list.id, [one!.id]);
      isHeld = true;
      await held;
    });
    await until(() => isHeld);
    await lists.addContacts(actor, list.id, [two!.id]);
    expect(await sizeOf(actor)).toBe(1);
    letGo();
    await first;
    expect(await sizeOf(actor)).toBe(2);
    await lists.removeContact(actor, list.id, one!.id);
    expect(await sizeOf(actor)).toBe(1);
    const left = await database.inTransaction(actor, () => database.query('SELECT 1 FROM contacts.contact_list_delta'));
    expect(left).toHaveLength(0);
  });

  it('the size of a list is the number of its members, whatever is done to them', async () => {
    const actor = aPartner();
    const list = await lists.create(actor, { name: 'All' });
    const step = fc.record({ what: fc.constantFrom('add', 'take', 'remove', 'import'), who: fc.nat(5) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        for (const { what, who } of steps) {
          const email = `p${who}@example.com`;
          const known = await contacts.byEmail(actor, email);
          if (what === 'import') await importOf(actor, [email], 'customer');
          else if (known === null) await contacts.create(actor, { email, listIds: [list.id] });
          else if (what === 'add') await lists.addContacts(actor, list.id, [known.id]);
          else if (what === 'take') await lists.removeContact(actor, list.id, known.id);
          else await contacts.remove(actor, known.id);
        }
        expect(await sizeOf(actor)).toBe(await counted(actor));
      }),
      { numRuns: 15 },
    );
  });
});
