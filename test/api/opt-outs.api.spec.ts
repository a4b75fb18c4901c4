import { OptOutImports } from '#contacts';
import { CommandFailure } from '../../apps/cli/src/command-failure.js';
import { importOptOutFile } from '../../apps/cli/src/opt-out-commands.js';
import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

describe('lists of people who opted out elsewhere', () => {
  let stage: TestProduct;
  let owner: Browser;

  beforeAll(async () => {
    stage = await openTestProduct();
    ({ owner } = stage.partner);
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  const upload = (by: Browser, path: string, text: string) =>
    by.post(path).attach('file', Buffer.from(text), { filename: 'left.csv', contentType: 'text/csv' });
  const audienceOf = async (
    by: Browser,
    emails: readonly string[],
  ): Promise<{ willGet: number; skipped: object[] }> => {
    const list = await stage.aList(
      by,
      emails.map((email) => ({ email })),
    );
    const { body } = await by.get(`/api/v1/offers/${stage.campaign.versionId}/audience?listId=${list.id}`).expect(200);
    return { willGet: body.willGet, skipped: body.skipped };
  };

  it('hold for the partner that brought them, however the addresses were written', async () => {
    const { body } = await upload(
      owner,
      '/api/v1/suppressions/import',
      'Name;E-Mail\nAnn;GONE1@Customer.example\nBob;gone2@customer.example\nBob again;gone2@customer.example\nnobody;no address\n',
    ).expect(200);
    expect(body).toEqual({
      rows: 4,
      suppressed: 2,
      unreadable: 1,
      problems: [{ row: 5, code: 'email-invalid', message: expect.any(String), value: 'no address' }],
    });
    expect(
      await audienceOf(owner, ['gone1@customer.example', 'gone2@customer.example', 'stays1@customer.example']),
    ).toEqual({
      willGet: 1,
      skipped: [expect.objectContaining({ reason: 'suppressed', count: 2 })],
    });
    const neighbour = await stage.aCompletePartner();
    expect((await audienceOf(neighbour.owner, ['gone1@customer.example'])).willGet).toBe(1);
    expect((await owner.get('/api/v1/audit-entries').expect(200)).body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ action: 'opt-outs.imported', details: { rows: 4, suppressed: 2, unreadable: 1 } }),
      ]),
    );
  });

  it('are looked at before they count: every address of a row, or of a column, and every row without one', async () => {
    const text = 'Who;Private;Work\nAnn;ann@home.example;ann@work.example\nBob;;bob at work\n';
    const look = async (column?: number) => {
      const request = upload(owner, '/api/v1/suppressions/import/preview', text);
      return (await (column === undefined ? request : request.field('column', column)).expect(200)).body;
    };
    expect(await look()).toMatchObject({
      rows: 2,
      addresses: 2,
      unreadable: 1,
      column: 1,
      delimiter: ';',
      headers: ['Who', 'Private', 'Work'],
      problems: [{ row: 3, code: 'email-missing', value: '' }],
    });
    expect(await look(2)).toMatchObject({
      addresses: 1,
      column: 2,
      problems: [{ row: 3, code: 'email-invalid', value: 'bob at work' }],
    });
    expect((await owner.get('/api/v1/suppressions?q=ann@').expect(200)).body.items).toEqual([]);
    await upload(owner, '/api/v1/suppressions/import', text).field('column', 2).expect(200);
    expect((await owner.get('/api/v1/suppressions?q=ann@').expect(200)).body.items).toMatchObject([
      { email: 'ann@work.example' },
    ]);
  });

  it('hold for everybody’s mail where the operator brings them, kept as keyed hashes', async () => {
    const lines: string[] = [];
    const imports = stage.api.app.get(OptOutImports, { strict: false });
    const take = (text: string): Promise<void> =>
      importOptOutFile(imports, Buffer.from(text), (line) => void lines.push(line));
    await take('email\nEverywhere@Customer.example\nno address\n');
    await take('email\neverywhere@customer.example\n');
    expect(lines).toEqual([
      expect.stringMatching(/^1 addresses from 2 rows/),
      '1 rows without a readable address: 3',
      expect.stringMatching(/^1 addresses from 1 rows/),
    ]);
    const neighbour = await stage.aCompletePartner();
    for (const by of [owner, neighbour.owner])
      // One address more is among those that the policy may leave out.
      expect(await audienceOf(by, ['everywhere@customer.example'])).toEqual({ willGet: 1, skipped: [] });
    const rows = await stage.api.asOwner<object>(`SELECT * FROM contacts.keyed_suppression WHERE scope = 'platform'`);
    expect(rows).toMatchObject([{ reason: 'requested', source: 'staff', vendor_id: null }]);
    await expect(take('email\n"broken\n')).rejects.toThrow(CommandFailure);
    const [entry] = await stage.api.asOwner<{ details: object }>(
      `SELECT details FROM audit.entry WHERE action = 'opt-outs.imported' AND subject_kind = 'platform' ORDER BY id LIMIT 1`,
    );
    expect(entry!.details).toEqual({ rows: 2, suppressed: 1, unreadable: 1 });
  });

  it('of other parties are told to a partner in multiples of twenty only', async () => {
    const emails = Array.from({ length: 43 }, (_, n) => `many${n}@customer.example`);
    const imports = stage.api.app.get(OptOutImports, { strict: false });
    await importOptOutFile(imports, Buffer.from(['email', ...emails.slice(2), ''].join('\n')), () => undefined);
    expect(await audienceOf(owner, emails)).toEqual({
      willGet: 3,
      skipped: [expect.objectContaining({ reason: 'contact-policy', count: 40 })],
    });
  });

  it('do not take back what a person said', async () => {
    await owner.post('/api/v1/suppressions', { email: 'twice@customer.example' }).expect(201);
    await stage.api.asOwner(
      `UPDATE contacts.suppression SET reason = 'complained', source = 'person' WHERE email = 'twice@customer.example'`,
    );
    await upload(owner, '/api/v1/suppressions/import', 'email\ntwice@customer.example\n').expect(200);
    expect((await owner.get('/api/v1/suppressions?q=twice').expect(200)).body.items).toMatchObject([
      { reason: 'complained' },
    ]);
  });

  it('hold for a vendor at every partner, and nobody can read them: no partner, no vendor, no table', async () => {
    const vendor = await stage.api.signIn(stage.vendor.vendorId, 'owner');
    const text = 'email\nvendor-left@customer.example\n';
    const once = (await upload(vendor, '/api/v1/vendor-suppressions/import', text).expect(200)).body;
    expect((await upload(vendor, '/api/v1/vendor-suppressions/import', text).expect(200)).body).toEqual(once);
    const { willGet, skipped } = await audienceOf(owner, ['vendor-left@customer.example']);
    expect({ willGet, skipped }).toEqual({ willGet: 1, skipped: [] });
    expect((await owner.get('/api/v1/suppressions?q=vendor-left').expect(200)).body.items).toEqual([]);
    const kept = await stage.api.asOwner(`SELECT t::text AS row FROM contacts.keyed_suppression t`);
    expect(JSON.stringify(kept)).not.toContain('vendor-left');
    const entries = JSON.stringify((await vendor.get('/api/v1/audit-entries').expect(200)).body);
    expect(entries).toContain('opt-outs.imported');
    expect(entries).not.toContain('vendor-left');
  });

  it('stop also a message that is planned already', async () => {
    const { email, path } = await stage.running();
    await stage.mailTo(email);
    await upload(owner, '/api/v1/suppressions/import', `email\n${email}\n`).expect(200);
    stage.api.clock.advance(8 * 86_400_000);
    await until(async () => (await owner.get(path)).body.reasons.length > 0, 'a reason');
    expect((await owner.get(path)).body.reasons).toMatchObject([{ reason: 'suppressed' }]);
    expect(stage.mails.to(email)).toHaveLength(1);
  });

  it('are taken whole or not at all', async () => {
    const before = (await owner.get('/api/v1/suppressions').expect(200)).body.items.length as number;
    const { body } = await upload(
      owner,
      '/api/v1/suppressions/import',
      'email\na@customer.example\n"b@customer.example\nc@customer.example\n',
    ).expect(422);
    expect(body).toMatchObject({ code: 'import.quote-not-closed' });
    expect((await owner.get('/api/v1/suppressions').expect(200)).body.items).toHaveLength(before);
  });
});
