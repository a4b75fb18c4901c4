import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { SystemMail } from '#identity';
import { DAY_MS, MINUTE_MS } from '#kernel';
import { StructuredLogger } from '#platform';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import type { Browser } from '../support/api.js';
import { aBounce, anAnswer, InboundMail } from '../support/inbound-mail.js';
import { type MailSink, openMailSink } from '../support/mail-sink.js';
import { RedisServer } from '../support/servers.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';
import { openWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js';

/** Words that stand nowhere else, by what they are. */
const CANARY = {
  address: 'quillonda@ondine-harbour.example',
  firstName: 'Quillonda',
  lastName: 'Vaxmere',
  company: 'Brontolith',
  country: 'Zanthoria',
  phone: '7700900977',
  message: 'Sphinxgrove',
  evidence: 'Fennelwick',
  followUp: 'Marzipandrift',
  purpose: 'Oxlipmoor',
  answer: 'Thistledrone',
  event: 'umberfinch',
} as const;
const WORDS = Object.values(CANARY);
/** In the directories of mail servers only: no form and no list has them. */
const DIRECTORY = { name: 'Ysolde Wrenhall-Tarn', account: 'ywrenhall' } as const;
const SAID_OF = `${DIRECTORY.name} (${DIRECTORY.account}), ${CANARY.lastName}, ${CANARY.firstName}`;
const QUOTED = ['Ysolde', 'Wrenhall', DIRECTORY.account];
const POLICY = { code: 550, text: (to: string) => `5.7.1 <${to}>: Recipient address rejected: ${SAID_OF}` };
const LATER = { code: 451, text: (to: string) => `4.7.1 <${to}>: Recipient address deferred: ${SAID_OF}` };

describe('a person who is erased', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-erasure-'));
  let redis: RedisServer;
  let monitor: Redis;
  /** Every command that any connection sends to Redis. */
  let sentToRedis = '';
  let relay: MailSink;
  let refusal: typeof POLICY | null = null;
  let stage: TestProduct;
  let owner: Browser;
  let office: InboundMail;
  let receiver: WebhookReceiver;
  let logged = '';

  beforeAll(async () => {
    relay = await openMailSink((to) => refusal && { code: refusal.code, text: refusal.text(to) });
    receiver = await openWebhookReceiver();
    const port = await freePort();
    redis = await RedisServer.start(folder);
    monitor = await new Redis(redis.url).monitor();
    monitor.on('monitor', (_: string, words: string[]) => (sentToRedis += `${words.join(' ')}\n`));
    stage = await openTestProduct(
      {
        SMTP_URL: relay.url,
        INBOUND_SMTP_PORT: String(port),
        WEBHOOK_TRIAL_NETWORKS: '127.0.0.1',
        REDIS_URL: redis.url,
      },
      { notifications: 1, imports: 1 },
    );
    stage.api.app.useLogger(new StructuredLogger('trace', 'test', { write: (line) => void (logged += line) }));
    ({ owner } = stage.partner);
    office = new InboundMail(port);
    await owner.put('/api/v1/consent-rule', { doubleOptIn: true }).expect(200);
  });
  beforeEach(() => {
    refusal = null;
    stage.toWorkingHours();
  });
  afterAll(async () => {
    stage.api.app.useLogger(false);
    await office.close();
    await stage.close();
    await receiver.close();
    await relay.close();
    monitor.disconnect();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const launch = async (listId: string): Promise<{ id: string; form: string }> => {
    const { versionId } = await stage.anotherCampaign();
    const { body } = await stage.launch(owner, { versionId, listId }).expect(201);
    const { id, pageUrl } = body as { id: string; pageUrl: string };
    return { id, form: `${new URL(pageUrl).pathname}/form` };
  };
  const fillIn = (form: string, email: string) =>
    stage.api.http
      .post(form)
      .type('form')
      .send({
        email,
        firstName: CANARY.firstName,
        lastName: CANARY.lastName,
        company: CANARY.company,
        country: CANARY.country,
        phone: `+44 ${CANARY.phone}`,
        message: `${CANARY.message}: call +44 ${CANARY.phone}`,
        consent: 'yes',
      });
  const contactOf = async (email: string): Promise<{ id: string }> =>
    (await owner.get(`/api/v1/contacts?q=${encodeURIComponent(email)}`).expect(200)).body.items[0];
  const imported = async (): Promise<string> => {
    const row = [CANARY.address, CANARY.firstName, CANARY.lastName, CANARY.company, CANARY.country].join();
    const { body } = await owner
      .post('/api/v1/contact-imports')
      .field('consentBasis', 'customer')
      .field('listName', 'Harbour')
      .attach('file', Buffer.from(`email,first name,last name,company,country\n${row}\n${row}\n`), 'list.csv')
      .expect(202);
    const report = `/api/v1/contact-imports/${body.id}`;
    await until(async () => (await owner.get(report)).body.status === 'completed', 'the import');
    expect((await owner.get(report)).body.problems).toMatchObject([
      { code: 'country-unknown', value: CANARY.country },
      { code: 'duplicate-in-file', value: CANARY.address },
    ]);
    return body.listId as string;
  };
  const forgetPermission = async (): Promise<void> => {
    const { id } = await contactOf(CANARY.address);
    await owner.patch(`/api/v1/contacts/${id}`, { consent: { basis: 'unknown' } }).expect(200);
  };
  /** Mail, the form with its opt-in, a lead with notes, and an answer. */
  const takesPart = async (listId: string): Promise<string> => {
    const { form, id: activationId } = await launch(listId);
    await until(() => relay.to(CANARY.address).length === 1, 'the mail');
    await until(async () => (await owner.get(`/api/v1/activations/${activationId}`)).body.steps[0]?.sent === 1);
    const [mail] = relay.to(CANARY.address);
    const returnPath = relay.returnPathTo(CANARY.address);
    // Contacts with a permission are not asked to confirm.
    await forgetPermission();
    await fillIn(form, CANARY.address).expect(200);
    await until(() => relay.to(CANARY.address).length === 2, 'the opt-in');
    const link = new URL(/https?:\S+\/confirm\/\S+/.exec(relay.to(CANARY.address)[1]!.text!)![0]).pathname;
    await stage.api.http.post(link).expect(200);
    const [lead] = (await owner.get('/api/v1/leads').expect(200)).body.items as { id: string }[];
    const path = `/api/v1/leads/${lead!.id}`;
    await owner.patch(path, { status: 'accepted' }).expect(200);
    await owner.post(`${path}/follow-ups`, { note: `${CANARY.followUp} at noon` }).expect(200);
    const disclosure = { fields: ['name', 'email', 'company', 'message'], purpose: `${CANARY.purpose} quote` };
    await owner.post(`${path}/disclosures`, disclosure).expect(201);
    const from = `${CANARY.firstName} <${CANARY.address}>`;
    const answer = anAnswer(from, mail!.messageId!.slice(1, -1), `${CANARY.answer}: call +44 ${CANARY.phone}`);
    await office.deliver(returnPath, answer, CANARY.address);
    await until(() => relay.mails.some(({ text }) => text?.includes(CANARY.answer) === true), 'the answer');
    return returnPath;
  };
  /** Every table that holds one of the words, as text or in its bytes. */
  const holding = async (words: readonly string[]): Promise<string[]> => {
    const tables = await stage.api.asOwner<{ name: string; bytes: string[] }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name,
         coalesce(array_agg(column_name::text) FILTER (WHERE data_type = 'bytea'), '{}') AS bytes
       FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') GROUP BY 1`,
    );
    const found: string[] = [];
    for (const { name, bytes } of tables) {
      const texts = ['t::text', ...bytes.map((column) => `encode(t."${column}", 'escape')`)].join(` || ' ' || `);
      const rows = await stage.api.asOwner<{ word: string }>(
        `SELECT word FROM unnest($1::text[]) word
         WHERE EXISTS (SELECT 1 FROM ${name} t WHERE strpos(lower(concat(${texts})), lower(word)) > 0)`,
        [words],
      );
      found.push(...rows.map(({ word }) => `${name}: ${word}`));
    }
    return found.sort();
  };

  it('is in no table, file, log or queue any more, but for a keyed hash; what waited to be sent is not sent', async () => {
    const hooks = { url: receiver.url, eventTypes: EVENT_TYPES };
    await owner.post('/api/v1/webhook-endpoints', hooks).expect(201);
    receiver.answers.push({ status: 500, body: `no ${CANARY.address}` });
    const listId = await imported();
    const returnPath = await takesPart(listId);
    const { id } = await contactOf(CANARY.address);
    const consent = { basis: 'customer', evidence: `${CANARY.evidence} fair` };
    await owner.patch(`/api/v1/contacts/${id}`, { lastName: CANARY.lastName, consent }).expect(200);
    await owner.post(`/api/v1/contacts/${id}/events`, { name: 'visited', externalId: CANARY.event }).expect(200);
    await owner.get(`/api/v1/contacts/${id}/data-export.csv`).expect(200);
    await owner.get(`/api/v1/contacts/${CANARY.address}`).expect(422);
    refusal = POLICY;
    // The person has answered and became a lead: no campaign writes to them.
    await owner.post(`/api/v1/contacts/${id}/campaigns/readmit`).expect(200);
    const { form } = await launch(listId);
    await until(async () => (await holding(['Recipient address rejected'])).length > 0, 'the refusal');
    stage.api.clock.advance(3 * MINUTE_MS);
    refusal = LATER;
    await forgetPermission();
    await fillIn(form, CANARY.address).expect(200);
    await until(async () => (await holding(['Recipient address deferred'])).includes(OUTBOX), 'the job to wait');
    const said = `550 5.1.1 User ${SAID_OF} <${CANARY.address}> not listed in directory`;
    await office.deliver(returnPath, aBounce({ to: CANARY.address, status: '5.1.1', said }));
    expect(await holding(['not listed in directory'])).toHaveLength(1);
    expect(await holding(QUOTED)).toEqual([]);
    const held = await holding(WORDS);
    // The text of an answer is passed on and not stored.
    expect(WORDS.filter((word) => !held.some((place) => place.endsWith(word)))).toEqual([CANARY.answer]);
    const before = relay.to(CANARY.address).length;

    await owner.post(`/api/v1/contacts/${id}/erase`).expect(204);
    refusal = null;
    await stage.api.asOwner('UPDATE jobs.outbox SET run_at = now() WHERE failed_at IS NULL AND leased_until IS NULL');
    await until(async () => (await waitingMails()).length === 0, 'the jobs');
    expect(relay.to(CANARY.address)).toHaveLength(before);
    const plainHash = createHash('sha256').update(CANARY.address).digest('hex');
    expect(await holding([...WORDS, ...QUOTED, plainHash])).toEqual([]);
    for (const key of ['throughline:rates', 'throughline:delivery:', 'throughline:imports:'])
      expect(holds(sentToRedis, key)).toBe(true);
    expect([...WORDS, ...QUOTED].filter((word) => holds(sentToRedis, word))).toEqual([]);
    for (const folder of [stage.api.config.JOURNAL_FOLDER, stage.api.config.STORAGE_FOLDER])
      expect(filesHolding(folder, WORDS)).toEqual([]);
    expect(logged).toContain('done in');
    expect([...WORDS, ...QUOTED].filter((word) => holds(logged, word))).toEqual([]);
    const kept = await stage.api.asOwner('SELECT email, reason FROM contacts.suppression');
    expect(kept).toEqual([{ email: null, reason: 'erased' }]);
  }, 120_000);

  const waitingMails = (): Promise<object[]> =>
    stage.api.asOwner(`SELECT id FROM jobs.outbox WHERE job = 'identity.send-system-mail' AND failed_at IS NULL`);
  const mailRow = (email: string): Promise<{ id: string; closed: boolean; refusal: string | null }[]> =>
    stage.api.asOwner(
      'SELECT id, closed_at IS NOT NULL AS closed, refusal FROM identity.system_mail WHERE recipient = $1',
      [email],
    );
  const reasons = async (email: string): Promise<unknown[]> => {
    const { id } = await contactOf(email);
    return stage.api.asOwner(
      `SELECT details->>'reason' AS reason FROM audit.entry WHERE action = 'contact.mail-not-sent' AND subject_id = $1`,
      [id],
    );
  };

  it('or suppressed is sent no mail that already waits, and the partner’s audit log has the reason, once', async () => {
    const email = 'waits@customer.example';
    const { form } = await launch((await stage.aList(owner)).id);
    refusal = LATER;
    await fillIn(form, email).expect(200);
    await until(async () => (await holding(['Recipient address deferred'])).includes(OUTBOX), 'the job to wait');
    await owner.post('/api/v1/suppressions', { email }).expect(201);
    refusal = null;
    await until(async () => (await waitingMails()).length === 0, 'the job');
    expect(relay.to(email)).toEqual([]);
    expect(await mailRow(email)).toEqual([]);
    expect(await reasons(email)).toEqual([{ reason: 'suppressed' }]);
  }, 60_000);

  it('or refused for good is not tried again: the mail is closed without an address, and deleted after 14 days', async () => {
    const email = 'refused@customer.example';
    const { form } = await launch((await stage.aList(owner)).id);
    refusal = POLICY;
    await fillIn(form, email).expect(200);
    await until(async () => (await mailRow(email))[0]?.closed === true, 'the mail to be closed');
    const [row] = await mailRow(email);
    expect(row!.refusal).toContain('Recipient address rejected');
    expect(row!.refusal).not.toContain(email);
    await until(async () => (await waitingMails()).length === 0, 'the job');
    expect(await reasons(email)).toEqual([{ reason: 'refused' }]);
    const mail = stage.api.app.get(SystemMail, { strict: false });
    stage.api.clock.advance(13 * DAY_MS);
    await mail.deleteUnsent();
    expect(await mailRow(email)).toHaveLength(1);
    stage.api.clock.advance(2 * DAY_MS);
    await mail.deleteUnsent();
    expect(await mailRow(email)).toEqual([]);
  }, 60_000);
});

const holds = (text: string, word: string): boolean => text.toLowerCase().includes(word.toLowerCase());
const OUTBOX = 'jobs.outbox: Recipient address deferred';
const EVENT_TYPES = ['form.submitted', 'lead.created', 'lead.accepted', 'lead.disclosed', 'message.bounced'];

function filesHolding(folder: string, words: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => {
      const bytes = readFileSync(path).toString('latin1').toLowerCase();
      return words.some((word) => bytes.includes(word.toLowerCase()));
    });
}
