import { type PartnerActor } from '#kernel';
import type { TestModule } from '../../../test/support/test-module.js';
import { aPartner, createContactsServices } from './contacts.fixture.js';
import { Contacts } from './contacts.service.js';
import { ContactImporter } from './imports/contact-importer.service.js';
import { ContactImports } from './imports/contact-imports.service.js';

const list = (count: number): Buffer =>
  Buffer.from(`email\n${Array.from({ length: count }, (_, at) => `person${at}@example.com\n`).join('')}`);

describe('the quota of a partner', () => {
  let house: TestModule;
  let [contacts, imports, importer]: [Contacts, ContactImports, ContactImporter] = [null!, null!, null!];

  beforeAll(async () => {
    house = await createContactsServices({ CONTACT_QUOTA: '3', WAITING_IMPORTS: '2' });
    [contacts, imports, importer] = [
      house.app.get(Contacts),
      house.app.get(ContactImports),
      house.app.get(ContactImporter),
    ];
  });
  afterAll(() => house.close());

  const accept = (actor: PartnerActor, count: number) =>
    imports.accept(actor, { fileName: 'list.csv', bytes: list(count), basis: 'customer' });

  it('refuses one more contact, and one more import, with the limit and the way out', async () => {
    const actor = aPartner();
    const { id } = await accept(actor, 3);
    await importer.run(id, actor.partnerId);
    await expect(contacts.create(actor, { email: 'one.more@example.com' })).rejects.toMatchObject({
      code: 'contacts.quota-reached',
      message: expect.stringMatching(/3 contacts.*Delete contacts.*CONTACT_QUOTA/),
    });
    await expect(accept(actor, 1)).rejects.toMatchObject({ code: 'contacts.quota-reached' });
  });

  it('stops an import within a chunk of the limit', async () => {
    const actor = aPartner();
    const { id } = await accept(actor, 1_200);
    await importer.run(id, actor.partnerId);
    expect(await imports.get(actor, id)).toMatchObject({
      status: 'failed',
      failureCode: 'contacts.quota-reached',
      created: 500,
    });
  });

  it('lets two imports wait, and refuses the third', async () => {
    const actor = aPartner();
    const first = await accept(actor, 1);
    await accept(actor, 2);
    await expect(accept(actor, 3)).rejects.toMatchObject({ code: 'import.too-many-waiting', kind: 'too-many' });
    await imports.cancel(actor, first.id);
    await accept(actor, 3);
  });

  it('does not count another partner', async () => {
    await accept(aPartner(), 1);
  });
});
