import fc from 'fast-check';
import pg from 'pg';
import { Database } from '#database';
import { newId, type PartnerActor, systemActor, type VendorId } from '#kernel';
import type { TestModule } from '../../../../test/support/test-module.js';
import { ContactLists } from '../contact-lists.service.js';
import { aPartner, createContactsServices } from '../contacts.fixture.js';
import { Contacts } from '../contacts.service.js';
import { SendPolicy } from '../send-policy.service.js';
import { Suppressions } from '../suppressions.service.js';
import { ContactImporter } from './contact-importer.service.js';
import { ContactImports } from './contact-imports.service.js';
import type { ImportRequest } from './import-request.js';
import { workbookOf } from './workbook.fixture.js';

const lines = (from: number, to: number): string =>
  Array.from(
    { length: to - from },
    (_, n) => `person${from + n}@example.com,First ${from + n},Company ${n % 100},DE,Europe/Berlin\n`,
  ).join('');
const HEADER = 'email,first name,company,country,time zone\n';

describe('an import', () => {
  let house: TestModule;
  let lists: ContactLists;
  let [database, imports, importer, contacts] = [null!, null!, null!, null!] as [
    Database,
    ContactImports,
    ContactImporter,
    Contacts,
  ];

  beforeAll(async () => {
    house = await createContactsServices();
    [database, imports, importer, contacts] = [Database, ContactImports, ContactImporter, Contacts].map((token) =>
      house.app.get<unknown>(token),
    ) as [Database, ContactImports, ContactImporter, Contacts];
    lists = house.app.get(ContactLists);
  });
  afterAll(() => house.close());

  const accept = (actor: PartnerActor, csv: string | Buffer, options: Partial<ImportRequest> = {}) =>
    imports.accept(actor, { fileName: 'list.csv', bytes: Buffer.from(csv), basis: 'customer', ...options });

  const run = async (actor: PartnerActor, csv: string | Buffer, options: Partial<ImportRequest> = {}) => {
    const { id } = await accept(actor, csv, options);
    await importer.run(id, actor.partnerId);
    return imports.get(actor, id);
  };
  const asOwner = async (sql: string): Promise<void> => {
    const owner = new pg.Client({ connectionString: house.database.ownerUrl });
    await owner.connect();
    await owner.query(sql);
    await owner.end();
  };
  const allContacts = (actor: PartnerActor) => contacts.page(actor, { limit: 200, beforeId: null });

  it('makes contacts, in the list, with their basis', async () => {
    const actor = aPartner();
    const done = await run(actor, HEADER + lines(0, 3), {
      listName: 'Fair',
      evidence: 'spring fair',
      jurisdiction: 'de',
    });
    expect(done).toMatchObject({
      status: 'completed',
      total: 3,
      candidates: 3,
      created: 3,
      updated: 0,
      unchanged: 0,
      rejected: 0,
    });
    const members = await contacts.inLists(actor, [done.listId!], { afterId: null, limit: 10 });
    expect(members).toHaveLength(3);
    expect(members[0]).toMatchObject({ email: 'person0@example.com', firstName: 'First 0', timeZone: 'Europe/Berlin' });
    await expect(contacts.consentRecords(actor, members[0]!.id)).resolves.toMatchObject([
      { basis: 'customer', evidence: 'spring fair', jurisdiction: 'DE', source: `import ${done.id}` },
    ]);
  });

  it('leaves out people who were erased, also under a former address, and reports their rows without values', async () => {
    const actor = aPartner();
    const { id } = await contacts.create(actor, { email: 'before@example.com' });
    await contacts.change(actor, id, { email: 'after@example.com' });
    await contacts.erase(actor, id);
    const done = await run(
      actor,
      'email,name\nstays@example.com,Stay\nbefore@example.com,Zed\nAfter@example.com,Zed\nafter@example.com,Zed\n',
    );
    expect(done).toMatchObject({ created: 1, rejected: 3 });
    await expect(contacts.page(actor, { limit: 5, beforeId: null })).resolves.toMatchObject([
      { email: 'stays@example.com' },
    ]);
    const problems = await imports.problems(actor, done.id, { after: 0, limit: 10 });
    expect(problems.map(({ row, code, value }) => [row, code, value])).toEqual([
      [3, 'erased', null],
      [4, 'erased', null],
    ]);
  });

  it('goes into the default list, made when there is none', async () => {
    const actor = aPartner();
    await run(actor, HEADER + lines(0, 1));
    await run(actor, HEADER + lines(1, 2));
    await expect(lists.all(actor)).resolves.toMatchObject([{ name: 'list', isDefault: true, size: 2 }]);
  });

  it('names the first list of a partner by the file', async () => {
    const actor = aPartner();
    await run(actor, HEADER + lines(0, 1), { fileName: 'Kunden_2026 Süd.xlsx' });
    await expect(lists.all(actor)).resolves.toMatchObject([{ name: 'Kunden 2026 Süd' }]);
  });

  describe('of a file that says who opted out', () => {
    const FILE =
      'email,name,Email Opt Out\na@example.com,Ada,0\nb@example.com,Bo,1\nc@example.com,Cy,0\nC@example.com,Cy,1\n';
    const suppressed = async (actor: PartnerActor) =>
      (await house.app.get(Suppressions).page(actor, { limit: 50, beforeId: null })).map(
        ({ email, reason, source }) => `${email ?? ''} ${reason} ${source}`,
      );

    it('adds them as contacts, and to the suppressions, also by a second row', async () => {
      const actor = aPartner();
      const done = await run(actor, FILE);
      expect(done).toMatchObject({ created: 3, rejected: 1, optedOut: 2 });
      expect((await suppressed(actor)).sort()).toEqual([
        'C@example.com requested staff',
        'b@example.com requested staff',
      ]);
    });

    it('does what the request says instead', async () => {
      const actor = aPartner();
      const done = await run(actor, FILE, { optOuts: [{ column: 2, optedOut: ['0'] }] });
      expect(done.optedOut).toBe(2);
      const other = aPartner();
      await expect(run(other, FILE, { optOuts: [] })).resolves.toMatchObject({ optedOut: 0 });
      await expect(suppressed(other)).resolves.toEqual([]);
    });

    it('is refused where a value is not clear, with the column and the value', async () => {
      const file = 'email,Subscribed\na@example.com,yes\nb@example.com,maybe\n';
      await expect(accept(aPartner(), file)).rejects.toMatchObject({
        code: 'import.opt-out-unclear',
        details: { field: 'optOuts', columns: [{ column: 1, header: 'Subscribed', values: ['maybe'] }] },
      });
      await expect(run(aPartner(), file, { optOuts: [{ column: 1, optedOut: ['Maybe'] }] })).resolves.toMatchObject({
        optedOut: 1,
      });
    });

    it('keeps what a person decided', async () => {
      const actor = aPartner();
      const system = systemActor('test', { partnerId: actor.partnerId });
      await house.app
        .get(Suppressions)
        .add(system, { scope: 'partner', email: 'b@example.com', reason: 'unsubscribed', source: 'person' });
      await run(actor, FILE);
      await expect(suppressed(actor)).resolves.toContain('b@example.com unsubscribed person');
    });
  });

  it('reads workbooks, titles above the heading, and the chosen encoding', async () => {
    const workbook = await workbookOf([
      {
        name: 'List',
        rows: [
          ['Customers'],
          [],
          ['Anrede', 'Vorname', 'E-Mail', 'Telefon'],
          ['Frau', 'Änne', 'a@example.com', '+49 30 12345'],
        ],
      },
    ]);
    const actor = aPartner();
    await expect(run(actor, workbook)).resolves.toMatchObject({ total: 1, created: 1, rejected: 0 });
    const turkish = Buffer.from('Name;Email\n\u00deahin;b@example.com\n', 'latin1');
    await run(actor, turkish, { encoding: 'windows-1254' });
    expect(
      (await allContacts(actor)).map(({ firstName, salutation, phone }) => [firstName, salutation, phone]),
    ).toEqual([
      ['Şahin', null, null],
      ['Änne', 'Frau', '+49 30 12345'],
    ]);
  });

  it('adds new values of a second file, and an empty cell deletes nothing', async () => {
    const actor = aPartner();
    await run(actor, 'email,first,company\na@example.com,Ada,\nb@example.com,Bob,B Ltd\nc@example.com,Cy,C Ltd\n');
    const done = await run(actor, 'email,first,company\nA@EXAMPLE.com,,A Ltd\nb@example.com,,\nd@example.com,Di,\n');
    expect(done).toMatchObject({ created: 1, updated: 1, unchanged: 1, rejected: 0 });
    expect((await allContacts(actor)).find(({ email }) => email === 'a@example.com')).toMatchObject({
      firstName: 'Ada',
      company: 'A Ltd',
    });
  });

  it('reports bad and doubled addresses by row and imports the others', async () => {
    const actor = aPartner();
    const done = await run(
      actor,
      'email,country\na@example.com,DE\n\nno-address,DE\nA@example.com,DE\n,FR\nb@example.com,Narnia\n',
    );
    expect(done).toMatchObject({ candidates: 5, created: 2, rejected: 3, status: 'completed' });
    await expect(imports.problems(actor, done.id, { after: 0, limit: 100 })).resolves.toMatchObject([
      { row: 4, code: 'email-invalid', severity: 'error', value: 'no-address' },
      { row: 5, code: 'duplicate-in-file', severity: 'error' },
      { row: 6, code: 'email-missing', severity: 'error' },
      { row: 7, code: 'country-unknown', severity: 'warning', value: 'Narnia' },
    ]);
  });

  it('without a known basis gets no mail to its contacts, and removes no earlier basis', async () => {
    const actor = aPartner();
    await run(actor, 'email\na@example.com\n', { basis: 'opt-in' });
    await run(actor, 'email\na@example.com\nb@example.com\n', { basis: 'unknown' });
    const [b, a] = await allContacts(actor);
    const decisions = await house.app.get(SendPolicy).decide(actor, newId<VendorId>(), [a!.id, b!.id], new Date());
    expect([...decisions.values()]).toMatchObject([
      { send: true, basis: 'opt-in' },
      { send: false, reason: 'consent-unknown' },
    ]);
  });

  it('leaves suppressed addresses suppressed', async () => {
    const actor = aPartner();
    await house.app
      .get(Suppressions)
      .add(actor, { email: 'A@example.com', scope: 'partner', reason: 'requested', source: 'staff' });
    await run(actor, 'email\na@example.com\n');
    const [a] = await allContacts(actor);
    const decisions = await house.app.get(SendPolicy).decide(actor, newId<VendorId>(), [a!.id], new Date());
    expect(decisions.get(a!.id)).toEqual({ send: false, reason: 'suppressed' });
  });

  it('that ran already changes nothing when it runs again', async () => {
    const actor = aPartner();
    const done = await run(actor, HEADER + lines(0, 10));
    await importer.run(done.id, actor.partnerId);
    await expect(imports.get(actor, done.id)).resolves.toEqual(done);
  });

  it('that died continues after its last chunk', async () => {
    const actor = aPartner();
    const { id } = await accept(actor, `${HEADER}${lines(0, 1200)}person0@example.com,again,,,\n`);
    await asOwner(
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the server went away'; END $$;
       CREATE TRIGGER fail BEFORE INSERT ON contacts.contact FOR EACH ROW WHEN (NEW.email = 'person700@example.com') EXECUTE FUNCTION fail()`,
    );
    await expect(importer.run(id, actor.partnerId)).rejects.toThrow('the server went away');
    await asOwner('DROP TRIGGER fail ON contacts.contact');
    await expect(imports.get(actor, id)).resolves.toMatchObject({ status: 'running', candidates: 500, created: 500 });
    await importer.run(id, actor.partnerId);
    await expect(imports.get(actor, id)).resolves.toMatchObject({
      status: 'completed',
      candidates: 1201,
      created: 1200,
      rejected: 1,
    });
  });

  it('run twice at once counts each row once', async () => {
    const actor = aPartner();
    const { id } = await accept(actor, HEADER + lines(0, 3000));
    await Promise.all([importer.run(id, actor.partnerId), importer.run(id, actor.partnerId)]);
    await importer.run(id, actor.partnerId);
    await expect(imports.get(actor, id)).resolves.toMatchObject({
      status: 'completed',
      candidates: 3000,
      created: 3000,
    });
  });

  it('that is cancelled stops before its next rows and keeps earlier ones', async () => {
    const actor = aPartner();
    const { id } = await accept(actor, HEADER + lines(0, 5000));
    const running = importer.run(id, actor.partnerId);
    while ((await imports.get(actor, id)).candidates === 0) await new Promise(setImmediate);
    await imports.cancel(actor, id);
    await running;
    const stopped = await imports.get(actor, id);
    expect(stopped.status).toBe('cancelled');
    expect(stopped.created).toBeGreaterThan(0);
    expect(stopped.created).toBeLessThan(5000);
    await expect(imports.cancel(actor, id)).rejects.toMatchObject({
      code: 'contact-import.finished',
      kind: 'conflict',
    });
  });

  describe('that is cancelled before its first row', () => {
    const listNames = async (actor: PartnerActor): Promise<string[]> =>
      (await lists.all(actor)).map(({ name }) => name);

    it('leaves no new list, and keeps its status', async () => {
      const actor = aPartner();
      const { id } = await accept(actor, HEADER + lines(0, 3), { listName: 'Fair' });
      expect(await listNames(actor)).toEqual(['Fair']);
      expect(await imports.cancel(actor, id)).toMatchObject({ status: 'cancelled', listId: null, candidates: 0 });
      await importer.run(id, actor.partnerId);
      expect(await listNames(actor)).toEqual([]);
      await expect(allContacts(actor)).resolves.toEqual([]);
      await expect(imports.get(actor, id)).resolves.toMatchObject({ status: 'cancelled', listId: null });
      // The name is free again, and the next list is as if nothing had been.
      const done = await run(actor, HEADER + lines(0, 3), { listName: 'Fair' });
      expect(done).toMatchObject({ status: 'completed', created: 3 });
      expect(await lists.all(actor)).toMatchObject([{ id: done.listId, name: 'Fair', isDefault: true, size: 3 }]);
    });

    it('keeps an earlier list, empty or not', async () => {
      const actor = aPartner();
      const list = await lists.create(actor, { name: 'Fair' });
      for (const into of [{ listId: list.id }, { listName: 'fair' }, {}]) {
        const { id } = await accept(actor, HEADER + lines(0, 3), into);
        expect(await imports.cancel(actor, id)).toMatchObject({ listId: list.id });
      }
      expect(await listNames(actor)).toEqual(['Fair']);
    });

    it('keeps a list that got contacts meanwhile, or that another import will fill', async () => {
      const actor = aPartner();
      const { id, listId } = await accept(actor, HEADER + lines(0, 3), { listName: 'Fair' });
      const second = await accept(actor, HEADER + lines(3, 6), { listName: 'Fair' });
      expect(second.listId).toBe(listId);
      expect(await imports.cancel(actor, id)).toMatchObject({ listId });
      expect(await listNames(actor)).toEqual(['Fair']);
      // The last that was to fill it takes it along.
      expect(await imports.cancel(actor, second.id)).toMatchObject({ listId: null });
      expect(await listNames(actor)).toEqual([]);

      const { id: third, listId: kept } = await accept(actor, HEADER + lines(0, 3), { listName: 'Fair' });
      const { id: ada } = await contacts.create(actor, { email: 'ada@hand.example' });
      await lists.addContacts(actor, kept!, [ada]);
      expect(await imports.cancel(actor, third)).toMatchObject({ listId: kept });
      expect(await lists.all(actor)).toMatchObject([{ name: 'Fair', size: 1 }]);
    });

    it('deletes no list of an import that is accepted at the same time', async () => {
      for (let times = 0; times < 5; times++) {
        const actor = aPartner();
        const { id } = await accept(actor, HEADER + lines(0, 3), { listName: 'Fair' });
        const [, second] = await Promise.all([
          imports.cancel(actor, id),
          accept(actor, HEADER + lines(0, 3), { listName: 'Fair' }),
        ]);
        await importer.run(second.id, actor.partnerId);
        const done = await imports.get(actor, second.id);
        expect(done).toMatchObject({ status: 'completed', created: 3 });
        expect(await lists.all(actor)).toMatchObject([{ id: done.listId, name: 'Fair', size: 3 }]);
      }
    });
  });

  it('of a file that breaks off within quotes is refused, also far below', async () => {
    const actor = aPartner();
    const broken = `${HEADER}${lines(0, 10_000)}x@example.com,"open\n${lines(10_000, 20_000)}`;
    await expect(run(actor, broken, { listName: 'Fair' })).rejects.toMatchObject({
      code: 'import.quote-not-closed',
      details: { line: 10_002 },
    });
    await expect(allContacts(actor)).resolves.toEqual([]);
    await expect(lists.all(actor)).resolves.toEqual([]);
  });

  it('of more than 500,000 rows changes nothing, and leaves no new list', async () => {
    const actor = aPartner();
    const rows = Array.from({ length: 500_001 }, (_, n) => `p${n}@example.com\n`).join('');
    const done = await run(actor, `email\n${rows}`, { listName: 'Fair' });
    expect(done).toMatchObject({
      status: 'failed',
      failureCode: 'import.too-many-rows',
      created: 0,
      listId: null,
    });
    await expect(lists.all(actor)).resolves.toEqual([]);
  });

  it('keeps the uploaded file only while it is needed', async () => {
    const actor = aPartner();
    await run(actor, HEADER + lines(0, 1));
    const left = await database.inTransaction(actor, () =>
      database.query('SELECT 1 FROM contacts.contact_import_file'),
    );
    expect(left).toEqual([]);
  });

  it('requested twice with one key is one import', async () => {
    const actor = aPartner();
    const [first, second] = await Promise.all([
      accept(actor, HEADER + lines(0, 1), { idempotencyKey: 'k1' }),
      accept(actor, HEADER + lines(0, 1), { idempotencyKey: 'k1' }),
    ]);
    expect(second.id).toBe(first.id);
  });

  it.each([
    ['another file', HEADER + lines(1, 2), {}],
    ['another mapping', HEADER + lines(0, 1), { mapping: { email: 0, company: 1 } }],
  ])('refuses a key that was used with %s', async (_, csv, options) => {
    const actor = aPartner();
    await accept(actor, HEADER + lines(0, 1), { idempotencyKey: 'k1', mapping: { email: 0 } });
    await expect(accept(actor, csv, { idempotencyKey: 'k1', ...options })).rejects.toMatchObject({
      code: 'import.key-reused',
      kind: 'conflict',
    });
  });

  it('is refused to a viewer', async () => {
    await expect(accept(aPartner({ role: 'viewer' }), HEADER + lines(0, 1))).rejects.toMatchObject({
      code: 'contacts.forbidden',
    });
  });

  it('accounts for every row, whatever the file holds', async () => {
    const address = fc.constantFrom(
      'a@example.com',
      'A@EXAMPLE.COM',
      'b@example.com',
      'c@example.com',
      'no-address',
      '',
      '=1+1',
    );
    const row = fc.tuple(address, fc.constantFrom('', 'Ada', 'Bob', 'A\u0000b', '"quoted, ""name"""'));
    const actor = aPartner();
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
        const data = rows.map((cells) => cells.join(',')).join('\n');
        const expected = rows.filter((cells) => cells.some((cell) => cell !== '')).length;
        if (expected === 0) return;
        const done = await run(actor, `email,first name\n${data}\n`);
        expect(done.candidates).toBe(expected);
        expect(done.created + done.updated + done.unchanged + done.rejected).toBe(done.candidates);
        expect(done.status).toBe('completed');
      }),
      { numRuns: 40 },
    );
  });

  it('is visible only to its partner', async () => {
    const actor = aPartner();
    const { id } = await run(actor, HEADER + lines(0, 1));
    await expect(imports.get(aPartner(), id)).rejects.toMatchObject({ code: 'contact-import.not-found' });
    await expect(imports.get(systemActor('test'), id)).rejects.toMatchObject({ code: 'contacts.forbidden' });
  });
});
