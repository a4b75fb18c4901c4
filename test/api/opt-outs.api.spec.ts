import { type NewSuppression, OptOutImports, Suppressions, type SuppressionScope } from '#contacts';
import { systemActor } from '#kernel';
import { MAX_REFUSALS } from '../../libs/sequences/src/operations/refusal-watch.service.js';
import { CommandFailure } from '../../apps/cli/src/command-failure.js';
import { importOptOutFile } from '../../apps/cli/src/opt-out-commands.js';
import type { Browser } from '../support/api.js';
import { openForSuite, owner, stage } from '../support/suite-product.js';
import { until } from '../support/until.js';

describe('lists of people who opted out elsewhere', () => {
  openForSuite();

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
      // The hand-over leaves it out; a preview does not say so.
      expect(await audienceOf(by, ['everywhere@customer.example'])).toEqual({ willGet: 1, skipped: [] });
    const rows = await stage.api.asOwner<object>(`SELECT * FROM contacts.keyed_suppression WHERE scope = 'platform'`);
    expect(rows).toMatchObject([{ reason: 'requested', source: 'staff', vendor_id: null }]);
    await expect(take('email\n"broken\n')).rejects.toThrow(CommandFailure);
    const [entry] = await stage.api.asOwner<{ details: object }>(
      `SELECT details FROM audit.entry WHERE action = 'opt-outs.imported' AND subject_kind = 'platform' ORDER BY id LIMIT 1`,
    );
    expect(entry!.details).toEqual({ rows: 2, suppressed: 1, unreadable: 1 });
  });

  /** Suppressions that hold at every partner, as another partner's mail brings them. */
  const suppressElsewhere = async (
    emails: readonly string[],
    rest: Pick<NewSuppression, 'source' | 'reason'> & SuppressionScope,
  ): Promise<void> => {
    const suppressions = stage.api.app.get(Suppressions, { strict: false });
    const { id: partnerId } = await stage.aCompletePartner();
    for (const email of emails) await suppressions.add(systemActor('test', { partnerId }), { email, ...rest });
  };
  const optedOut = () =>
    ({ scope: 'vendor', vendorId: stage.vendor.vendorId, source: 'person', reason: 'unsubscribed' }) as const;

  it('of other parties change no preview of a partner, whatever the rest of its list', async () => {
    await suppressElsewhere(['asked-vendor@customer.example'], optedOut());
    await suppressElsewhere(['asked-dead@customer.example'], {
      scope: 'platform',
      source: 'provider',
      reason: 'bounced',
    });
    // Addresses that the vendor blocks itself, to fill up a sum.
    const known = Array.from({ length: 19 }, (_, n) => `known${n}@customer.example`);
    const vendor = await stage.api.signIn(stage.vendor.vendorId, 'owner');
    await upload(vendor, '/api/v1/vendor-suppressions/import', ['email', ...known, ''].join('\n')).expect(200);
    const { versionId } = stage.campaign;
    const previewsOf = async (name: string): Promise<string> => {
      const prober = await stage.aCompletePartner();
      const emails = [`asked-${name}@customer.example`, ...known];
      const list = await stage.aList(
        prober.owner,
        emails.map((email) => ({ email })),
      );
      const answers: unknown[] = [];
      for (const path of ['dry-run', 'dry-run/people'])
        answers.push(
          (await prober.owner.post(`/api/v1/offers/${versionId}/${path}`, { listId: list.id }).expect(200)).body,
        );
      answers.push((await prober.owner.get(`/api/v1/offers/${versionId}/audience?listId=${list.id}`).expect(200)).body);
      return JSON.stringify(answers)
        .replaceAll(`asked-${name}`, 'asked')
        .replace(/"20[\d-]+T[\d:.]+Z"/g, '"moment"')
        .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id');
    };
    const free = await previewsOf('free');
    expect(free).toContain('"willGet":20');
    for (const name of ['vendor', 'dead']) expect(await previewsOf(name)).toBe(free);
  });

  it('of other parties halt a partner that asks about many, but not the entries of an organisation’s own list', async () => {
    const many = (name: string) => Array.from({ length: MAX_REFUSALS + 1 }, (_, n) => `${name}${n}@customer.example`);
    const vendor = await stage.api.signIn(stage.vendor.vendorId, 'owner');
    const entered = ['email', ...many('entered'), ''].join('\n');
    await upload(vendor, '/api/v1/vendor-suppressions/import', entered).expect(200);
    await suppressElsewhere(many('left'), optedOut());
    const stopsAfter = async (emails: readonly string[]): Promise<() => Promise<unknown[]>> => {
      const prober = await stage.aCompletePartner();
      const list = await stage.aList(
        prober.owner,
        emails.map((email) => ({ email })),
      );
      const { versionId } = stage.campaign;
      const { body } = await stage.launch(prober.owner, { versionId, listId: list.id }).expect(201);
      const skipped = async (): Promise<unknown> =>
        (await prober.owner.get(`/api/v1/activations/${body.id}`)).body.steps[0]?.skipped;
      await until(async () => (await skipped()) === emails.length, 'the refusals');
      return async () => ((await prober.owner.get('/api/v1/sending').expect(200)).body as { stops: unknown[] }).stops;
    };
    const honest = await stopsAfter(many('entered'));
    const asking = await stopsAfter(many('left'));
    await until(async () => (await asking()).length > 0, 'the halt');
    expect(await asking()).toMatchObject([{ cause: 'trouble' }]);
    expect(await honest()).toEqual([]);
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
