import { type PartnerId } from '#kernel';
import { RendererModule } from '../../apps/renderer/src/renderer.module.js';
import { type Browser, createTestApi, type TestApi } from '../support/api.js';
import { until } from '../support/until.js';

describe('the API of contacts', () => {
  let api: TestApi;
  let partnerId: PartnerId;
  let owner: Browser;
  let viewer: Browser;
  let stranger: Browser;
  let vendor: Browser;

  beforeAll(async () => {
    api = await createTestApi({ with: [RendererModule], consume: { imports: 1 } });
    const of = await api.aVendor();
    partnerId = await api.aPartner(of);
    owner = await api.signIn(partnerId, 'owner');
    viewer = await api.signIn(partnerId, 'viewer');
    stranger = await api.signIn(await api.aPartner(of), 'owner');
    vendor = await api.signIn(of.vendorId, 'owner');
  });
  afterAll(() => api.close());

  let names = 0;
  const aList = async (): Promise<string> =>
    (await owner.post('/api/v1/contact-lists', { name: `List ${names++}` }).expect(201)).body.id;
  const aContact = async (input: object = {}): Promise<string> =>
    (await owner.post('/api/v1/contacts', { email: `person${names++}@example.com`, ...input }).expect(201)).body.id;
  const upload = (csv: string | Buffer, fields: Record<string, string> = {}, by = owner) => {
    const request = by.post('/api/v1/contact-imports').field('consentBasis', 'customer');
    for (const [name, value] of Object.entries(fields)) void request.field(name, value);
    return request.attach('file', Buffer.from(csv), 'Kundenliste – März.csv');
  };
  const finished = async (id: string) => {
    let answer = await owner.get(`/api/v1/contact-imports/${id}`).expect(200);
    await until(async () => {
      answer = await owner.get(`/api/v1/contact-imports/${id}`).expect(200);
      return !['queued', 'running'].includes(answer.body.status as string);
    });
    return answer.body;
  };

  it('says of a basis whether it has run out, from the day after its last on, and takes the same one anew', async () => {
    const dayIn = (days: number): string =>
      new Date(api.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    const consents = async (id: string) => (await viewer.get(`/api/v1/contacts/${id}`).expect(200)).body.consent;
    const id = await aContact({ consent: { basis: 'opt-in', expiresOn: dayIn(0) } });
    expect(await consents(id)).toMatchObject([{ basis: 'opt-in', hasExpired: false }]);
    const past = { consent: { basis: 'opt-in', expiresOn: dayIn(-1) } };
    await owner.patch(`/api/v1/contacts/${id}`, past).expect(200);
    expect((await consents(id))[0]).toMatchObject({ basis: 'opt-in', hasExpired: true });
    await owner.patch(`/api/v1/contacts/${id}`, { consent: { basis: 'opt-in', evidence: 'asked again' } }).expect(200);
    expect((await consents(id))[0]).toMatchObject({ evidence: 'asked again', expiresOn: null, hasExpired: false });
  });

  it('keeps a contact with its lists and consent', async () => {
    const listId = await aList();
    const id = await aContact({
      firstName: 'Ada',
      country: 'Germany',
      listIds: [listId],
      consent: { basis: 'opt-in', evidence: 'fair' },
    });
    await owner.patch(`/api/v1/contacts/${id}`, { company: 'Engines', consent: { basis: 'customer' } }).expect(200);
    const { body } = await viewer.get(`/api/v1/contacts/${id}`).expect(200);
    expect(body).toMatchObject({
      firstName: 'Ada',
      company: 'Engines',
      country: 'DE',
      listIds: [listId],
      consent: [{ basis: 'customer' }, { basis: 'opt-in', evidence: 'fair' }],
      suppression: null,
    });
    expect(Object.keys(body)).not.toContain('emailNormalised');
  });

  it('keeps what conditions of a campaign ask about, however it came', async () => {
    const traits = { industry: 'finance', persona: 'cfo', stage: 'customer', segment: 'enterprise', country: 'DE' };
    const id = await aContact(traits);
    expect((await owner.get(`/api/v1/contacts/${id}`).expect(200)).body).toMatchObject(traits);
    await owner.patch(`/api/v1/contacts/${id}`, { segment: 'smb' }).expect(200);
    expect((await owner.get(`/api/v1/contacts/${id}`).expect(200)).body).toMatchObject({ ...traits, segment: 'smb' });

    const listId = await aList();
    const csv = 'E-Mail;Branche;Rolle;Phase;Kundensegment;Land\nsegment@example.com;Finance;CFO;Kunde;Mittelstand;DE\n';
    const imported = async (text: string) => finished((await upload(text, { listId }).expect(202)).body.id as string);
    expect((await imported(csv)).counts).toMatchObject({ created: 1 });
    const segmentOf = async (): Promise<unknown> =>
      (await owner.get(`/api/v1/contacts?listId=${listId}`).expect(200)).body.items[0].segment;
    expect(await segmentOf()).toBe('Mittelstand');
    expect((await imported(csv.replace('Mittelstand', ''))).counts).toMatchObject({ unchanged: 1 });
    expect((await imported(csv.replace('Mittelstand', 'Konzern'))).counts).toMatchObject({ updated: 1 });
    expect(await segmentOf()).toBe('Konzern');
    const { text } = await owner.get(`/api/v1/contact-lists/${listId}/contacts.csv`).expect(200);
    expect(text).toContain('segment');
    expect(text).toContain('Konzern');
  });

  it('pages through a list and searches it', async () => {
    const listIds = [await aList()];
    const ids = [
      await aContact({ listIds }),
      await aContact({ listIds }),
      await aContact({ listIds, lastName: 'Needle' }),
    ];
    const first = await owner.get(`/api/v1/contacts?listId=${listIds[0]}&limit=2`).expect(200);
    const second = await owner
      .get(`/api/v1/contacts?listId=${listIds[0]}&limit=2&cursor=${first.body.nextCursor}`)
      .expect(200);
    expect([...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id)).toEqual(ids.reverse());
    expect(second.body.nextCursor).toBeNull();
    const found = await owner.get('/api/v1/contacts?q=needle').expect(200);
    expect(found.body.items).toMatchObject([{ lastName: 'Needle' }]);
    await aContact({ listIds, firstName: 'Ömer', lastName: 'ÅSTRÖM' });
    for (const words of ['ömer', 'ÖMER', 'åström'])
      expect((await owner.get(`/api/v1/contacts?q=${encodeURIComponent(words)}`).expect(200)).body.items).toMatchObject(
        [{ lastName: 'ÅSTRÖM' }],
      );
  });

  it('records one consent for all that match, and for nobody else', async () => {
    const listIds = [await aList()];
    const ids = [await aContact({ listIds }), await aContact({ listIds }), await aContact({ listIds })];
    const ran = { basis: 'customer', expiresOn: '2020-01-31' };
    const expired = await aContact({ listIds, consent: ran });
    const stated = await aContact({ listIds, consent: { basis: 'customer' } });
    const other = await aContact();
    const inState = async (consent: string): Promise<string[]> => {
      const { body } = await owner.get(`/api/v1/contacts?listId=${listIds[0]}&consent=${consent}`).expect(200);
      const { body: counted } = await owner.get(`/api/v1/contacts/count?listId=${listIds[0]}&consent=${consent}`);
      expect(counted.count).toBe(body.items.length);
      return body.items.map(({ id }: { id: string }) => id).sort();
    };
    expect(await inState('unknown')).toEqual([...ids].sort());
    expect(await inState('expired')).toEqual([expired]);
    expect(await inState('recorded')).toEqual([stated]);

    const filter = { listId: listIds[0], consent: 'unknown' };
    const consent = { basis: 'opt-in', evidence: ' Sign-up form of the spring fair ' };
    const bare = await owner.post('/api/v1/contacts/consent', { filter, expected: 3, consent: { basis: 'opt-in' } });
    expect(bare.body).toMatchObject({ status: 422, code: 'consent.evidence-missing', field: 'consent.evidence' });
    const stale = await owner.post('/api/v1/contacts/consent', { filter, expected: 2, consent }).expect(409);
    expect(stale.body.code).toBe('contacts.others-match');
    expect(await inState('unknown')).toHaveLength(3);
    await viewer.post('/api/v1/contacts/consent', { filter, expected: 3, consent }).expect(403);

    await owner.post('/api/v1/contacts/consent', { filter, expected: 3, consent }).expect(204);
    expect(await inState('unknown')).toEqual([]);
    expect(await inState('recorded')).toEqual([...ids, stated].sort());
    const { body: detail } = await owner.get(`/api/v1/contacts/${ids[0]}`).expect(200);
    expect(detail.consent[0]).toMatchObject({ basis: 'opt-in', evidence: 'Sign-up form of the spring fair' });
    await owner.patch(`/api/v1/contacts/${ids[0]}`, { consent: { basis: 'unknown' } }).expect(200);
    expect(await inState('unknown')).toEqual([ids[0]]);
    expect((await owner.get(`/api/v1/contacts/${other}`)).body.consent).toEqual([]);
    const { body: log } = await owner.get('/api/v1/audit-entries?limit=20').expect(200);
    expect(log.items).toContainEqual(
      expect.objectContaining({
        action: 'consent.recorded-for-many',
        details: expect.objectContaining({ count: 3, basis: 'opt-in' }),
      }),
    );
  });

  it('are told apart by the partner’s own suppression list, however an address is written', async () => {
    const listIds = [await aList()];
    const gone = await aContact({ listIds, email: 'Gone@Bücher.example' });
    const here = await aContact({ listIds });
    await owner.post('/api/v1/suppressions', { email: 'gone@bücher.example' }).expect(201);
    const ids = async (suppressed: string): Promise<string[]> =>
      (await owner.get(`/api/v1/contacts?listId=${listIds[0]}&suppressed=${suppressed}`).expect(200)).body.items.map(
        ({ id }: { id: string }) => id,
      );
    expect(await ids('yes')).toEqual([gone]);
    expect(await ids('no')).toEqual([here]);
  });

  it('made many times at once is one contact', async () => {
    const email = `once${names++}@example.com`;
    const answers = await Promise.all([1, 2, 3, 4].map(() => owner.post('/api/v1/contacts', { email })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const { body: made } = answers.find(({ status }) => status === 201)!;
    const refused = answers
      .filter(({ status }) => status === 409)
      .map(({ body }) => [body.code, body.details.contactId]);
    expect(refused).toEqual([1, 2, 3].map(() => ['contact.exists', made.id]));
  });

  it('made many times at once is one list of a name', async () => {
    const name = `Once ${names++}`;
    const answers = await Promise.all([1, 2, 3, 4].map(() => owner.post('/api/v1/contact-lists', { name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('names every problem of a contact', async () => {
    const { body } = await owner
      .post('/api/v1/contacts', { email: 'a@example.com', country: 'Narnia', timeZone: 'Moon' })
      .expect(422);
    expect(body).toMatchObject({ code: 'contact.invalid', problems: [{ field: 'country' }, { field: 'timeZone' }] });
  });

  it('refuses what is no contact, no id and no cursor', async () => {
    await owner.post('/api/v1/contacts', { email: 5 }).expect(422);
    await owner.post('/api/v1/contacts', { email: 'a@example.com', admin: true }).expect(422);
    await owner.get('/api/v1/contacts/1').expect(422);
    await owner.get('/api/v1/contacts?cursor=x').expect(422);
    await owner.get('/api/v1/contacts?q=%00').expect(422);
    await owner.get('/api/v1/suppressions?q=%00').expect(422);
  });

  it('shows a partner’s contacts to nobody else', async () => {
    const id = await aContact();
    await stranger.get(`/api/v1/contacts/${id}`).expect(404);
    await stranger.patch(`/api/v1/contacts/${id}`, { company: 'x' }).expect(404);
    await stranger.delete(`/api/v1/contacts/${id}`).expect(404);
    await vendor.get(`/api/v1/contacts/${id}`).expect(403);
    await vendor.get('/api/v1/contacts').expect(403);
    await viewer.post('/api/v1/contacts', { email: 'b@example.com' }).expect(403);
    await api.http.get('/api/v1/contacts').expect(401);
  });

  it('forgets a person who asks for it', async () => {
    const id = await aContact({ email: 'forget.me@example.com' });
    await owner.post(`/api/v1/contacts/${id}/erase`).expect(204);
    await owner.get(`/api/v1/contacts/${id}`).expect(404);
    const { body } = await owner.get('/api/v1/suppressions').expect(200);
    expect(body.items[0]).toMatchObject({ email: null, reason: 'erased', mayRemove: false });
    await owner.delete(`/api/v1/suppressions/${body.items[0].id}`).expect(403);
  });

  it('adds and takes away a suppression', async () => {
    const { body } = await owner.post('/api/v1/suppressions', { email: 'no@example.com' }).expect(201);
    const contact = await aContact({ email: 'NO@example.com' });
    const shown = await owner.get(`/api/v1/contacts/${contact}`).expect(200);
    expect(shown.body.suppression).toMatchObject({ id: body.id, reason: 'requested' });
    await stranger.delete(`/api/v1/suppressions/${body.id}`).expect(404);
    await owner.delete(`/api/v1/suppressions/${body.id}`).expect(204);
  });

  it('keeps lists: one default, each name once', async () => {
    const id = await aList();
    await owner.patch(`/api/v1/contact-lists/${id}`, { name: 'Golden', isDefault: true }).expect(200);
    const { body } = await viewer.get('/api/v1/contact-lists').expect(200);
    expect(body.items.filter(({ isDefault }: { isDefault: boolean }) => isDefault)).toMatchObject([
      { id, name: 'Golden' },
    ]);
    await owner.post('/api/v1/contact-lists', { name: 'golden' }).expect(409);
    await stranger.get(`/api/v1/contact-lists/${id}`).expect(404);
    await owner.delete(`/api/v1/contact-lists/${id}`).expect(204);
    await owner.get(`/api/v1/contact-lists/${id}`).expect(404);
  });

  it('has a list with all contacts on request, which gets later ones when it is asked for again', async () => {
    const keen = await api.signIn(await api.aPartner(await api.aVendor()), 'owner');
    const ofAll = { name: 'Everybody', allContacts: true };
    await keen.post('/api/v1/contacts', { email: 'one@example.com' }).expect(201);
    const first = await keen.post('/api/v1/contact-lists', ofAll).expect(201);
    expect(first.body).toMatchObject({ name: 'Everybody', size: 1, isDefault: true });
    await keen.post('/api/v1/contacts', { email: 'two@example.com' }).expect(201);
    const second = await keen.post('/api/v1/contact-lists', { ...ofAll, name: 'everybody' }).expect(201);
    expect(second.body).toMatchObject({ id: first.body.id, size: 2 });
  });

  it('has a default list for as long as there are lists: the one that is named, or the one with the most people', async () => {
    const hasty = await api.signIn(await api.aPartner(await api.aVendor()), 'owner');
    const named = async (name: string): Promise<string> =>
      (await hasty.post('/api/v1/contact-lists', { name }).expect(201)).body.id;
    const defaults = async (): Promise<string[]> =>
      (await hasty.get('/api/v1/contact-lists').expect(200)).body.items
        .filter(({ isDefault }: { isDefault: boolean }) => isDefault)
        .map(({ name }: { name: string }) => name);
    const [first, second, fair, gone] = [
      await named('First'),
      await named('Second'),
      await named('Fair'),
      await named('Gone'),
    ];
    await hasty.post('/api/v1/contacts', { email: 'ada@harbour.example', listIds: [fair] }).expect(201);
    await hasty.delete(`/api/v1/contact-lists/${gone}`).expect(204);
    expect(await defaults()).toEqual(['First']);

    for (const none of [gone, first, await aList()]) {
      const { body } = await hasty.delete(`/api/v1/contact-lists/${first}?default=${none}`).expect(404);
      expect(body.code).toBe('contact-list.not-found');
    }
    await hasty.delete(`/api/v1/contact-lists/${first}?default=nonsense`).expect(422);
    expect(await defaults()).toEqual(['First']);
    await hasty.delete(`/api/v1/contact-lists/${first}?default=${second}`).expect(204);
    expect(await defaults()).toEqual(['Second']);
    await hasty.delete(`/api/v1/contact-lists/${second}`).expect(204);
    expect(await defaults()).toEqual(['Fair']);
    await hasty.delete(`/api/v1/contact-lists/${fair}`).expect(204);
    expect(await defaults()).toEqual([]);
    await named('Anew');
    expect(await defaults()).toEqual(['Anew']);
  });

  it('has segments, whose rule is checked, shown and changed, and which nobody fills by hand', async () => {
    const industry = `trade ${names++}`;
    const id = await aContact({ industry });
    const ruleOf = (...conditions: object[]) => ({ match: 'all', conditions });
    const rule = ruleOf({ on: 'field', field: 'industry', is: [industry] });
    const post = (body: object) => owner.post('/api/v1/contact-lists', { name: `Segment ${names++}`, ...body });
    const { body: segment } = await post({ rule }).expect(201);
    expect(segment).toMatchObject({
      size: 1,
      rule: ruleOf({ on: 'field', field: 'industry', is: [industry], not: false }),
    });
    const path = `/api/v1/contact-lists/${segment.id}`;
    const { text } = await owner.get(`${path}/contacts.csv`).expect(200);
    expect(text).toContain(industry);

    const { body: wrong } = await post({ rule: ruleOf({ on: 'field', field: 'shoeSize', is: ['9'] }) }).expect(422);
    expect(wrong.problems).toMatchObject([
      { field: 'rule.conditions[0].field', message: expect.stringContaining('one of firstName, lastName') },
    ]);
    const { body: nowhere } = await post({ rule: ruleOf({ on: 'field', field: 'country', is: ['Narnia'] }) }).expect(
      422,
    );
    expect(nowhere).toMatchObject({ code: 'segment.value-unknown', field: 'rule.conditions[0].is' });

    const { body: byHand } = await owner.patch(`/api/v1/contacts/${id}`, { takeFromLists: [segment.id] }).expect(409);
    expect(byHand.code).toBe('contact-list.is-segment');
    expect((await upload('email\nx@y.example', { listId: segment.id }).expect(409)).body.code).toBe(
      'contact-list.is-segment',
    );
    const { body: changed } = await owner
      .patch(path, { rule: ruleOf({ ...rule.conditions[0], not: true }) })
      .expect(200);
    expect(changed.rule.conditions[0].not).toBe(true);
    await owner.patch(`/api/v1/contact-lists/${await aList()}`, { rule }).expect(409);
    await viewer.patch(path, { rule }).expect(403);
    await stranger.patch(path, { rule }).expect(404);
    await owner.delete(path).expect(204);
  });

  it('exports a list so that no cell runs as a formula', async () => {
    const listId = await aList();
    await aContact({ email: 'formula@example.com', firstName: '=HYPERLINK("http://evil.example")', listIds: [listId] });
    const { text, headers } = await owner.get(`/api/v1/contact-lists/${listId}/contacts.csv`).expect(200);
    expect(headers['content-type']).toContain('text/csv');
    expect(text).toContain(`formula@example.com,"'=HYPERLINK(""http://evil.example"")",`);
    await stranger.get(`/api/v1/contact-lists/${listId}/contacts.csv`).expect(404);
    const german = await owner.get(`/api/v1/contact-lists/${listId}/contacts.csv?language=de`).expect(200);
    const { columns } = (
      await owner
        .post('/api/v1/contact-imports/preview')
        .attach('file', Buffer.from(german.text), 'Kontakte.csv')
        .expect(200)
    ).body;
    const fields = [
      'email',
      'firstName',
      'lastName',
      'salutation',
      'company',
      'phone',
      'country',
      'timeZone',
      'language',
    ];
    expect(columns).toMatchObject(Object.fromEntries(fields.map((field, at) => [field, at])));
  });

  describe('an import', () => {
    it('is accepted at once and done behind, with its problems by row', async () => {
      const listId = await aList();
      const csv =
        '\ufeffE-Mail;Vorname;Land\r\nimport1@example.com;Zoë;Deutschland\r\nnobody;X;\r\nIMPORT1@example.com;;\r\n';
      const { body } = await upload(csv, { listId }).expect(202);
      expect(body).toMatchObject({
        listId,
        fileName: 'Kundenliste – März.csv',
        encoding: 'utf-8',
        delimiter: ';',
        columns: { email: 0, firstName: 1, country: 2 },
      });
      const done = await finished(body.id as string);
      expect(done).toMatchObject({
        status: 'completed',
        total: 3,
        counts: { candidates: 3, created: 1, updated: 0, unchanged: 0, rejected: 2 },
      });
      expect(done.problems).toMatchObject([
        { row: 3, code: 'email-invalid', value: 'nobody' },
        { row: 4, code: 'duplicate-in-file' },
      ]);
      const report = await owner.get(`/api/v1/contact-imports/${body.id}/problems.csv`).expect(200);
      expect(report.text).toContain('3,error,email-invalid,email,nobody,');
      const german = await owner.get(`/api/v1/contact-imports/${body.id}/problems.csv?language=de`).expect(200);
      expect(german.text).toContain('4;nicht importiert;duplicate-in-file;');
      expect(german.text).toContain('Diese Adresse steht schon in einer früheren Zeile');
      await stranger.get(`/api/v1/contact-imports/${body.id}`).expect(404);
      await stranger.get(`/api/v1/contact-imports/${body.id}/problems.csv`).expect(404);
      await owner.post(`/api/v1/contact-imports/${body.id}/cancel`).expect(409);
    });

    it('asked for twice with one key is one; the key for something else is refused', async () => {
      const twice = [1, 2].map(() => upload('email\nk@example.com\n').set('Idempotency-Key', 'key-1').expect(202));
      const [first, second] = await Promise.all(twice);
      expect(second!.body.id).toBe(first!.body.id);
      const other = await upload('email\nother@example.com\n').set('Idempotency-Key', 'key-1').expect(409);
      expect(other.body).toMatchObject({ code: 'import.key-reused' });
    });

    it('are found again, the newest first and page by page, by nobody else', async () => {
      const ids: string[] = [];
      for (const email of ['again1@example.com', 'again2@example.com', 'again3@example.com'])
        ids.unshift((await upload(`email\n${email}\n`).expect(202)).body.id as string);
      const [newest, second, third] = ids;
      const page = async (query: string) => (await viewer.get(`/api/v1/contact-imports?${query}`).expect(200)).body;
      const first = await page('limit=2');
      expect(first.items.map(({ id }: { id: string }) => id)).toEqual([newest, second]);
      expect(first.items[0]).toMatchObject({ fileName: 'Kundenliste – März.csv', counts: expect.any(Object) });
      expect(first.items[0]).not.toHaveProperty('problems');
      expect((await page(`limit=1&cursor=${first.nextCursor}`)).items[0].id).toBe(third);
      expect((await stranger.get('/api/v1/contact-imports').expect(200)).body).toEqual({ items: [], nextCursor: null });
      await vendor.get('/api/v1/contact-imports').expect(403);
      await owner.get('/api/v1/contact-imports?cursor=x').expect(422);
    });

    it('can be looked at before', async () => {
      const { body } = await owner
        .post('/api/v1/contact-imports/preview')
        .attach('file', Buffer.from('id,who,reach\n1,Ada,ada@example.com\n'), 'x.csv')
        .expect(200);
      expect(body).toMatchObject({ hasHeader: true, columns: { email: 2 }, rows: [['1', 'Ada', 'ada@example.com']] });
    });

    it('shows before who opted out, and how else the file can be read', async () => {
      const preview = (fields: Record<string, string>) => {
        const request = owner
          .post('/api/v1/contact-imports/preview')
          .attach(
            'file',
            Buffer.from('Title\n\nid,Name,E-mail,Email Opt Out\n1,J\u00fcrgen,ada@example.com,1\n', 'latin1'),
            'x.csv',
          );
        for (const [name, value] of Object.entries(fields)) void request.field(name, value);
        return request;
      };
      const { body } = await preview({}).expect(200);
      expect(body).toMatchObject({
        format: 'csv',
        total: 1,
        headingRows: 2,
        encoding: 'windows-1252',
        encodings: expect.arrayContaining(['windows-1250', 'shift_jis']),
        optOuts: [{ column: 3, header: 'Email Opt Out', values: [{ value: '1', rows: 1, meaning: 'opted-out' }] }],
        rows: [['1', 'J\u00fcrgen', 'ada@example.com', '1']],
      });
      const other = await preview({ encoding: 'windows-1251', optOutColumns: '[0]' }).expect(200);
      expect(other.body).toMatchObject({
        rows: [['1', 'J\u044crgen', 'ada@example.com', '1']],
        optOuts: [{ column: 0 }],
      });
      expect((await preview({ encoding: 'none' }).expect(422)).body.code).toBe('import.encoding-unknown');
      await preview({ optOutColumns: 'x' }).expect(422);
    });

    it('follows a mapping', async () => {
      const { body } = await upload('a,b\nmapped1@example.com,mapped2@example.com\n', {
        mapping: '{"email":1}',
      }).expect(202);
      expect(body.columns).toEqual({ email: 1 });
    });

    it.each([
      ['an empty file', '', 'import.file-empty'],
      ['only a heading', 'email,name\n', 'import.no-rows'],
      ['no address', 'a,b\n1,2\n', 'import.email-column-missing'],
      ['a damaged workbook', 'PK\u0003\u0004', 'import.workbook-unreadable'],
      ['a PDF', '%PDF-1.7', 'import.not-csv'],
      ['an unclear opt-out', 'email,Subscribed\na@example.com,perhaps\n', 'import.opt-out-unclear'],
    ])('of %s is refused', async (_, csv, code) => {
      const { body, headers } = await upload(csv).expect(422);
      expect(body.code).toBe(code);
      expect(headers['content-type']).toContain('application/problem+json');
    });

    it('of more than 50 MB is refused', async () => {
      await upload(Buffer.alloc(50 * 1024 * 1024 + 10, 'a')).expect(413);
    });

    it.each([
      ['without a file', {}, 'import.file-missing'],
      ['with a basis that is none', { consentBasis: 'because' }, 'request.invalid'],
      ['with a zero byte in its evidence', { consentEvidence: 'fair\u0000' }, 'request.invalid'],
      ['with a mapping that is no JSON', { consentBasis: 'customer', mapping: '{' }, 'request.invalid'],
    ])('%s is refused', async (_, fields: Record<string, string>, code) => {
      const request = owner.post('/api/v1/contact-imports');
      for (const [name, value] of Object.entries({ consentBasis: 'customer', ...fields }))
        void request.field(name, value);
      const { body } = await request.expect(422);
      expect(body.code).toBe(code);
    });

    it('into another partner’s list is refused', async () => {
      await upload('email\nx@example.com\n', { listId: await aList() }, stranger).expect(404);
    });

    it('is no viewer’s and no vendor’s to make', async () => {
      await upload('email\nx@example.com\n', {}, viewer).expect(403);
      await upload('email\nx@example.com\n', {}, vendor).expect(403);
    });
  });
});
