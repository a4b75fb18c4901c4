import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Clicks } from '#engagement';
import type { RetentionOutlook } from '#contracts';
import { Retentions } from '#privacy';
import { DAY_MS } from '#kernel';
import { http, openForSuite, owner, stage } from '../support/suite-product.js';
import { until } from '../support/until.js';

const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';

/**
 * Tables that name a contact for machines to go on, and hold nothing that is
 * not in another section of the file. A system mail holds the question of an
 * opt-in until it is sent.
 */
const BOOKKEEPING = [
  'insight.counted_person',
  'sequences.enrolment',
  'sequences.entry_request',
  // A date of the contact that it was asked to enter by; the date itself is in the file.
  'sequences.passed_date',
  'contacts.contact_list_member',
  'contacts.former_address',
  // Keyed hashes of contacts of a deleted partner, who can export nothing any more.
  'contacts.deleted_contact',
  // A segment is read again a second later, and the row is gone.
  'contacts.segment_change',
  'identity.system_mail',
  'leads.click_evaluation',
  // Of people of the partner: that there is something about the lead, and where.
  'notifications.notification',
];
const IN_THE_FILE = [
  'contacts.consent_record',
  'contacts.opt_in',
  'contacts.preference',
  'contacts.refused_topic',
  'delivery.message',
  'engagement.interaction',
  'leads.deal',
  'leads.disclosure',
  'leads.lead',
  'sequences.click_move',
  'sequences.event',
  'sequences.exclusion',
  'sequences.hold_out_draw',
  'sequences.not_enrolled',
  'sequences.step_execution',
];

describe('what a partner holds about a person', () => {
  openForSuite();

  /**
   * Somebody who got a mail, clicked, wrote into the form, said how often, and
   * was shown to the vendor.
   */
  const known = async (email: string): Promise<{ id: string; email: string }> => {
    const list = await stage.aList(owner, [
      { email, firstName: 'Zebulon', consent: { basis: 'customer', evidence: 'met at the fair' } },
    ]);
    const { body } = await stage
      .launch(owner, { versionId: (await stage.anotherCampaign()).versionId, listId: list.id })
      .expect(201);
    const [mail] = await stage.mailTo(email);
    await until(async () => (await owner.get(`/api/v1/activations/${body.id}`)).body.steps[0]?.sent === 1, 'the mail');
    stage.api.clock.advance(60_000);
    const link = /\/l\/[\w-]+/.exec(mail!.html as string)![0];
    await http.get(link).set('User-Agent', PERSON).redirects(0).expect(302);
    await stage.api.app.get(Clicks).flushed();
    await http
      .post(`${new URL(body.pageUrl).pathname}/form`)
      .type('form')
      .send({
        email,
        firstName: 'Zebulon',
        lastName: 'B',
        company: 'C',
        message: 'Call Zebulon on Monday',
        consent: 'yes',
      })
      .expect(200);
    const door = /\/u\/[\w-]+/.exec(JSON.stringify(mail!.headers.get('list')))![0];
    await http.post(`${door}/preferences`).type('form').send('choice=monthly&has-topics=1').expect(200);
    const [contact] = (await owner.get(`/api/v1/contacts?q=${email}`).expect(200)).body.items;
    // Whoever tells of an event names it likes.
    await owner
      .post(`/api/v1/contacts/${contact.id}/events`, { name: 'visited', externalId: `visit-${email}` })
      .expect(200);
    const lead = (
      (await owner.get('/api/v1/leads').expect(200)).body.items as { id: string; contact: { id: string } | null }[]
    )[0]!;
    await owner
      .post(`/api/v1/leads/${lead.id}/disclosures`, { fields: ['email', 'name'], purpose: 'a joint visit' })
      .expect(201);
    return { id: contact.id as string, email };
  };
  const tables = async (): Promise<string[]> =>
    (
      await stage.api.asOwner<{ name: string }>(
        `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind = 'r' AND n.nspname !~ '^pg_|^information_schema$|^public$'`,
      )
    ).map(({ name }) => name);
  const holding = async (words: string): Promise<string[]> => {
    const found: string[] = [];
    for (const table of await tables()) {
      const rows = await stage.api.asOwner(
        `SELECT 1 FROM ${table} t WHERE strpos(lower(t::text), lower($1)) > 0 LIMIT 1`,
        [words],
      );
      if (rows.length > 0) found.push(table);
    }
    return found.sort();
  };

  it('is in the person’s file: no table that names the contact is left out', async () => {
    const { id, email } = await known('zebulon1@customer.example');
    const { body, headers } = await owner.get(`/api/v1/contacts/${id}/data-export`).expect(200);
    expect(headers['content-disposition']).toContain('attachment');
    expect(body).toMatchObject({
      contact: { email, firstName: 'Zebulon' },
      consent: [{ basis: 'opt-in' }, { basis: 'customer', evidence: 'met at the fair' }],
      wishes: { atMostEveryDays: 30, refusedTopics: [expect.any(String)] },
      messages: [
        {
          state: expect.stringMatching(/accepted|delivered/),
          basis: 'customer',
          consentRules: 2,
          consentRecordedAt: expect.any(String),
        },
      ],
      leads: [{ message: 'Call Zebulon on Monday', states: [{ status: 'new' }] }],
      disclosures: [{ vendor: 'Northwind Systems', purpose: 'a joint visit', person: { email } }],
    });
    expect((body.interactions as { kind: string }[]).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['click', 'form', 'lead']),
    );
    const naming = await stage.api.asOwner<{ name: string }>(
      `SELECT table_schema || '.' || table_name AS name FROM information_schema.columns WHERE column_name = 'contact_id'
         AND (table_schema, table_name) NOT IN (SELECT table_schema, table_name FROM information_schema.views)`,
    );
    expect(naming.map(({ name }) => name).sort()).toEqual([...IN_THE_FILE, ...BOOKKEEPING].sort());
    const { items } = (await owner.get('/api/v1/audit-entries').expect(200)).body;
    expect(items).toContainEqual(expect.objectContaining({ action: 'contact.exported' }));
  });

  it('is handed over as CSV too, and a cell that a spreadsheet would run is only text', async () => {
    const { id, email } = await known('zebulon3@customer.example');
    await owner.patch(`/api/v1/contacts/${id}`, { company: '=HYPERLINK("x")' }).expect(200);
    const { text, headers } = await owner.get(`/api/v1/contacts/${id}/data-export.csv`).expect(200);
    expect(headers['content-disposition']).toContain('data-export.csv');
    const lines = text.replace('\ufeff', '').trimEnd().split('\r\n');
    expect(lines[0]).toBe('section,number,field,value');
    expect(lines).toContain(`contact,,email,${email}`);
    expect(lines).toContain(`contact,,company,"'=HYPERLINK(""x"")"`);
    expect(lines).toContain('disclosures,1,purpose,a joint visit');
    const { body } = await owner.get(`/api/v1/contacts/${id}/data-export`).expect(200);
    const sections = new Set(lines.slice(1).map((line) => line.split(',')[0]));
    const filled = Object.keys(body).filter((name) => Object.values(body[name] ?? {}).length > 0);
    expect([...sections].sort()).toEqual(filled.sort());
  });

  it('is gone after an erasure: from every table, the journal and the stored files; counts and a keyed hash stay', async () => {
    const { id, email } = await known('zebulon2@customer.example');
    expect(await holding(email)).not.toEqual([]);
    await until(async () => !(await holding(email)).includes('jobs.outbox'), 'the jobs');
    const { clicks, leads } = (await owner.get('/api/v1/insight').expect(200)).body.numbers;
    await owner.post(`/api/v1/contacts/${id}/erase`).expect(204);
    expect(await holding(email)).toEqual([]);
    expect(await stage.api.asOwner('SELECT message FROM leads.lead WHERE contact_id = $1', [id])).toEqual([
      { message: null },
    ]);
    expect(filesHolding(stage.api.config.JOURNAL_FOLDER, email)).toEqual([]);
    expect(filesHolding(stage.api.config.STORAGE_FOLDER, email)).toEqual([]);
    expect((await owner.get('/api/v1/insight').expect(200)).body.numbers).toMatchObject({ clicks, leads });
    const kept = await stage.api.asOwner<{ email: string | null; reason: string }>(
      `SELECT email, reason FROM contacts.suppression WHERE reason = 'erased'`,
    );
    expect(kept).toEqual([{ email: null, reason: 'erased' }]);
    await owner.get(`/api/v1/contacts/${id}/data-export`).expect(404);
  });

  it('is kept no longer than the partner has chosen, within the platform’s limits', async () => {
    await owner.put('/api/v1/retention', { inactiveContactMonths: 1, importReportDays: 30 }).expect(422);
    await owner.put('/api/v1/retention', { inactiveContactMonths: 6, importReportDays: 7 }).expect(200);
    expect((await owner.get('/api/v1/retention').expect(200)).body).toMatchObject({
      inactiveContactMonths: 6,
      importReportDays: 7,
    });
    const quiet = await stage.aList(owner, [{}, {}]);
    const busy = await known('busy@customer.example');
    const retentions = stage.api.app.get(Retentions, { strict: false });
    const outlook = async (query = ''): Promise<RetentionOutlook> =>
      (await owner.get(`/api/v1/retention/outlook${query}`).expect(200)).body;
    expect(await retentions.run(stage.partner.id)).toEqual({ contacts: 0, importRows: 0 });
    expect(await outlook()).toMatchObject({
      atNextRun: { contacts: 0, importRows: 0 },
      lastRun: { contacts: 0, importRows: 0, at: expect.any(String) },
    });
    stage.api.clock.advance(175 * DAY_MS);
    // Six months are not over tonight, but within thirty days; with a longer
    // period not even then.
    const [soon, longer] = [await outlook(), await outlook('?inactiveContactMonths=12')];
    expect(soon.atNextRun.contacts).toBe(0);
    expect(soon.withinThirtyDays.contacts).toBeGreaterThanOrEqual(2);
    expect(longer.withinThirtyDays.contacts).toBe(0);
    expect(Date.parse(soon.nextRunAt) - stage.api.clock.now().getTime()).toBeLessThanOrEqual(DAY_MS);
    await owner.get('/api/v1/retention/outlook?inactiveContactMonths=1').expect(422);
    stage.api.clock.advance(25 * DAY_MS);
    const { atNextRun } = await outlook();
    const { contacts } = await retentions.run(stage.partner.id);
    expect(contacts).toBe(atNextRun.contacts);
    expect(contacts).toBeGreaterThanOrEqual(2);
    expect((await outlook()).lastRun).toMatchObject({ contacts });
    for (const email of quiet.emails)
      expect((await owner.get(`/api/v1/contacts?q=${email}`).expect(200)).body.items).toEqual([]);
    // A lead that is open keeps its person.
    await owner.get(`/api/v1/contacts/${busy.id}`).expect(200);
    const { items } = (await owner.get('/api/v1/audit-entries').expect(200)).body;
    // Beside what the product itself does meanwhile.
    const ran = { action: 'retention.ran', details: expect.objectContaining({ contacts }) as unknown };
    expect(items).toContainEqual(expect.objectContaining(ran));
    expect(await retentions.run(stage.partner.id)).toEqual({ contacts: 0, importRows: 0 });
  });
});

function filesHolding(folder: string, words: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => readFileSync(path).includes(words));
}
