import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listUnknown } from '../../apps/cli/src/unknown-commands.js';
import { explain } from '../../apps/cli/src/explain-command.js';
import type { SendingCommandServices } from '../../apps/cli/src/sending-commands.js';
import { addRelay, listRelays, removeRelay, setLookUp } from '../../apps/cli/src/relay-commands.js';
import { RelayRoutes, Relays, UnknownMessages, UnknownPolicies } from '#delivery';
import { OverdueSteps, SendingReports, StepOutcomes, UnknownEvidence, UnknownResolutions } from '#sequences';
import type { Browser } from '../support/api.js';
import { openMailSink, type MailSink } from '../support/mail-sink.js';
import { ProviderSearch } from '../support/provider-search.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';
import { ProviderApi } from '../../libs/delivery/src/look-up/provider-api.adapter.js';

type Provider = 'mailgun' | 'postmark' | 'sendgrid';

/** Messages that a relay left in doubt, looked up at the provider behind it. */
describe('the provider behind a relay', () => {
  let stage: TestProduct;
  let owner: Browser;
  let sink: MailSink;
  let search: ProviderSearch;
  let ask: () => Promise<number>;

  beforeAll(async () => {
    stage = await openTestProduct({ RELAY_PRIVATE_NETWORKS: '127.0.0.1/32' });
    owner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
    sink = await openMailSink();
    search = await new ProviderSearch().open();
    stage.api.app.get(ProviderApi, { strict: false }).get = search.reach;
    // The half-minute's look of the running scheduler must not come in between:
    // here only the test asks.
    const evidence = stage.api.app.get(UnknownEvidence, { strict: false });
    ask = evidence.lookUp.bind(evidence);
    evidence.lookUp = () => Promise.resolve(0);
  });
  beforeEach(() => {
    stage.toWorkingHours();
    search.asked.length = 0;
    search.known.clear();
    search.answer = null;
  });
  afterEach(async () => {
    for (const { id } of (await owner.get('/api/v1/relays').expect(200)).body.items)
      await owner.delete(`/api/v1/relays/${id}`);
    await stage.api.asOwner(
      `UPDATE delivery.message SET state = 'accepted', unknown_since = NULL WHERE unknown_since IS NOT NULL`,
    );
    forget();
  });
  afterAll(async () => {
    await stage.close();
    await sink.close();
    await search.close();
  });

  const forget = (): void => stage.api.app.get(RelayRoutes, { strict: false }).expire();
  const body = (lookUp: object | null): object => ({
    name: 'Provider',
    host: '127.0.0.1',
    port: Number(new URL(sink.url).port),
    tls: 'opportunistic',
    username: null,
    priority: 10,
    connections: 2,
    enabled: true,
    lookUp,
  });
  const placeOf = (provider: Provider, changes: object = {}): object => ({
    provider,
    region: 'us',
    scope: provider === 'mailgun' ? 'mg.example.com' : null,
    key: search.key,
    ...changes,
  });
  const aRelay = async (lookUp: object | null): Promise<string> => {
    const { id } = (await owner.post('/api/v1/relays', body(lookUp)).expect(201)).body as { id: string };
    await stage.agreeToServers();
    forget();
    return id;
  };
  /**
   * A mail that went by the vendor's relay, of which nobody knows it any more.
   */
  const anUnknown = async (
    changes = '',
  ): Promise<{ id: string; activationId: string; headers: Map<string, unknown> }> => {
    const { id: activationId, email } = await stage.running();
    await until(() => sink.to(email).length === 1, `a mail to ${email}`);
    const [mail] = sink.to(email);
    const id = mail!.messageId!.slice(1, 37);
    await until(async () => (await messageOf(id)).state === 'accepted');
    await stage.api.asOwner(
      `UPDATE delivery.message SET state = 'unknown', reason = 'no-answer-after-end-of-data', unknown_since = now()${changes} WHERE id = $1`,
      [id],
    );
    await stage.api.asOwner(
      `UPDATE sequences.step_execution SET outcome = 'failed', reason = 'no-answer-after-end-of-data' WHERE message_id = $1`,
      [id],
    );
    return { id, activationId, headers: mail!.headers };
  };
  /**
   * The same of a mail that went by SMTP_URL, where nobody wrote down by which
   * relay.
   */
  const anUnknownByHand = async (): Promise<{ id: string }> => {
    const { email } = await stage.running();
    const id = (await stage.mailTo(email))[0]!.messageId!.slice(1, 37);
    await until(async () => (await messageOf(id)).relay === 'SMTP_URL');
    await stage.api.asOwner(
      `UPDATE delivery.message SET state = 'unknown', unknown_since = now(), relay = NULL WHERE id = $1`,
      [id],
    );
    return { id };
  };
  const messageOf = async (id: string) =>
    (
      await stage.api.asOwner<{ state: string; relay: string | null; contactId: string }>(
        'SELECT state, relay, contact_id AS "contactId" FROM delivery.message WHERE id = $1',
        [id],
      )
    )[0]!;
  const lookUp = async (): Promise<number> => {
    // As after the pauses, which are the machine's.
    await stage.api.asOwner('UPDATE delivery.relay SET look_up_next_at = now()');
    await stage.api.asOwner('UPDATE delivery.look_up SET next_at = now()');
    return ask();
  };
  const desk = (): SendingCommandServices => {
    const of = <T>(type: new (...args: never[]) => T): T => stage.api.app.get(type, { strict: false });
    return {
      operations: undefined as never,
      reports: of(SendingReports),
      resolutions: of(UnknownResolutions),
      unknown: of(UnknownMessages),
      relays: of(Relays),
      policies: of(UnknownPolicies),
      stuck: of(OverdueSteps),
      subjects: undefined as never,
      halts: undefined as never,
    };
  };
  const printed = async (work: (print: (line: string) => void) => Promise<void>): Promise<string> => {
    const lines: string[] = [];
    await work((line) => void lines.push(line));
    return lines.join('\n');
  };

  it.each<[Provider, readonly string[], string, string]>([
    ['mailgun', ['accepted'], 'accepted', 'api.mailgun.net'],
    ['mailgun', ['delivered', 'accepted'], 'delivered', 'api.mailgun.net'],
    ['postmark', ['Sent'], 'accepted', 'api.postmarkapp.com'],
    ['sendgrid', ['processed'], 'accepted', 'api.sendgrid.com'],
    ['sendgrid', ['delivered'], 'delivered', 'api.sendgrid.com'],
  ])('%s: what it has (%s) is %s', async (provider, said, state, host) => {
    const relayId = await aRelay(placeOf(provider));
    const { id } = await anUnknown();
    expect(await messageOf(id)).toMatchObject({ state: 'unknown', relay: relayId });
    search.known.set(id, said);
    expect(await lookUp()).toBe(1);
    expect((await messageOf(id)).state).toBe(state);
    await stage.api.app.get(StepOutcomes, { strict: false }).catchUp();
    const [step] = await stage.api.asOwner('SELECT outcome FROM sequences.step_execution WHERE message_id = $1', [id]);
    expect(step).toEqual({ outcome: 'sent' });
    expect(search.asked).toMatchObject([{ host, key: search.key }]);
    const [event] = await stage.api.asOwner<{ source: string; excerpt: string }>(
      'SELECT source, kind, reporter, excerpt FROM delivery.message_event WHERE message_id = $1',
      [id],
    );
    expect(event).toMatchObject({ source: `${provider}-search`, reporter: provider });
    // Nobody is asked about what is known.
    expect(await lookUp()).toBe(0);
    expect(search.asked).toHaveLength(1);
  });

  it('finds its messages by a mark that they carry, where it gives them a Message-ID of its own', async () => {
    await aRelay(placeOf('postmark'));
    const postmark = await anUnknown();
    expect(postmark.headers.get('x-pm-metadata-message-id')).toBe(postmark.id);
    await aRelay(placeOf('sendgrid'));
    const both = await anUnknown();
    expect(JSON.parse(both.headers.get('x-smtpapi') as string)).toEqual({ unique_args: { message_id: both.id } });
    expect(both.headers.get('x-pm-metadata-message-id')).toBe(both.id);
  });

  it('decides nothing by not knowing a message; operators see where it was asked for in vain', async () => {
    await aRelay(placeOf('mailgun', { region: 'eu' }));
    const { id, activationId } = await anUnknown();
    for (let n = 0; n < 3; n += 1) expect(await lookUp()).toBe(0);
    expect(search.asked).toHaveLength(3);
    expect(search.asked[0]?.host).toBe('api.eu.mailgun.net');
    expect((await messageOf(id)).state).toBe('unknown');
    const unknown = await printed((print) => listUnknown(desk(), 10, print));
    expect(unknown).toMatch(new RegExp(`${id} .* not found at mailgun \\(Provider\\) 3 times, last \\d{4}-`));
    const { contactId } = await messageOf(id);
    expect(await printed((print) => explain(desk(), activationId, contactId, print))).toContain(', by Provider');
    // Asked again only when its time has come.
    await stage.api.asOwner('UPDATE delivery.relay SET look_up_next_at = now()');
    expect(await ask()).toBe(0);
    expect(search.asked).toHaveLength(3);
    search.known.set(id, ['accepted']);
    expect(await lookUp()).toBe(1);
    await lookUp();
    expect(await stage.api.asOwner('SELECT 1 FROM delivery.look_up WHERE message_id = $1', [id])).toEqual([]);
  });

  it.each<[string, { status: number; headers?: Record<string, string>; body?: string }, RegExp, number]>([
    ['refuses the key', { status: 401 }, /refuses the key \(401\)/, 60],
    ['knows no such domain', { status: 404 }, /no such domain/, 60],
    ['wants to be left alone', { status: 429, headers: { 'retry-after': '1800' } }, /asked too often/, 1800],
    ['cannot answer', { status: 503 }, /cannot answer now/, 60],
    ['answers no JSON', { status: 200, body: '<html>' }, /what its API does not/, 60],
    [
      'sends us elsewhere',
      { status: 302, headers: { location: 'https://thief.example/' } },
      /refuses the question/,
      60,
    ],
  ])('is left alone when it %s, and says so to whoever looks after the relay', async (_, answer, problem, seconds) => {
    await aRelay(placeOf('mailgun'));
    await anUnknown();
    await anUnknown();
    search.answer = answer;
    expect(await lookUp()).toBe(0);
    expect(search.asked).toHaveLength(1);
    const { items } = (await owner.get('/api/v1/relays').expect(200)).body;
    expect(items[0].lookUp).toMatchObject({
      provider: 'mailgun',
      problem: expect.stringMatching(problem),
      lookedUpAt: expect.any(String),
    });
    const [{ rest }] = (await stage.api.asOwner<{ rest: number }>(
      'SELECT extract(epoch FROM look_up_next_at - now())::float8 AS rest FROM delivery.relay WHERE look_up IS NOT NULL',
    )) as [{ rest: number }];
    expect(Math.abs(rest - seconds)).toBeLessThan(10);
    expect(await printed((print) => listRelays(desk(), print))).toMatch(problem);
    search.answer = null;
    await lookUp();
    expect((await owner.get('/api/v1/relays').expect(200)).body.items[0].lookUp.problem).toBeNull();
  });

  it('is asked by one process at a time, ten questions in a turn, and for its own messages alone', async () => {
    await aRelay(placeOf('mailgun'));
    const { id } = await anUnknown(`, relay = 'somebody-else', attempt = 1`);
    expect(await lookUp()).toBe(0);
    expect(search.asked).toEqual([]);
    // Where nobody wrote down which relay it was, each that it may have been is
    // asked.
    await stage.api.asOwner('UPDATE delivery.message SET relay = NULL WHERE id = $1', [id]);
    await stage.api.asOwner('UPDATE delivery.relay SET look_up_next_at = now()');
    await Promise.all([ask(), ask(), ask()]);
    expect(search.asked).toHaveLength(1);
  });

  it('is chosen by the vendor’s owners, whose key nobody sees again; another provider needs another key', async () => {
    const id = await aRelay(placeOf('mailgun'));
    const { text } = await owner.get('/api/v1/relays').expect(200);
    expect(text).not.toContain(search.key);
    const [row] = await stage.api.asOwner<{ row: string }>(
      'SELECT r::text AS row FROM delivery.relay r WHERE id = $1',
      [id],
    );
    expect(row!.row).not.toContain(Buffer.from(search.key).toString('hex'));
    // Kept where it is left out, and where the whole look-up is.
    const kept = { provider: 'mailgun', region: 'us', scope: 'other.example.com' };
    await owner.put(`/api/v1/relays/${id}`, body(kept)).expect(200, /other\.example\.com/);
    const without = Object.fromEntries(Object.entries(body(null)).filter(([name]) => name !== 'lookUp'));
    await owner.put(`/api/v1/relays/${id}`, without).expect(200, /other\.example\.com/);
    for (const lookUp of [
      { ...kept, region: 'eu' },
      { ...kept, provider: 'sendgrid' },
    ])
      await owner.put(`/api/v1/relays/${id}`, body(lookUp)).expect(({ status, text: said }) => {
        expect(status).toBeGreaterThanOrEqual(400);
        expect(said).toContain('relay.look-up-key-missing');
        expect(said).toContain('lookUp.key');
      });
    await owner.put(`/api/v1/relays/${id}`, body(null)).expect(200, /"lookUp":null/);
    const entries = await stage.api.asOwner<{ details: object }>(
      'SELECT details FROM audit.entry WHERE subject_id = $1',
      [id],
    );
    expect(JSON.stringify(entries)).toContain('"provider":"mailgun"');
    expect(JSON.stringify(entries)).not.toContain(search.key);
  });

  it.each<[string, object]>([
    ['lookUp.scope', { scope: null }],
    ['lookUp.scope', { scope: '../v4/keys' }],
    ['lookUp.region', { provider: 'postmark', region: 'eu' }],
    ['lookUp.provider', { provider: 'ses' }],
    ['lookUp.key', { key: 'two words' }],
  ])('is refused by name of the field: %s', async (field, changes) => {
    const { text } = await owner
      .post('/api/v1/relays', body(placeOf('mailgun', changes)))
      .expect(({ status }) => expect([400, 422]).toContain(status));
    expect(text).toContain(field);
  });

  it('of the installation is an operator’s to choose', async () => {
    const keyFile = join(stage.api.config.STORAGE_FOLDER, 'key');
    writeFileSync(keyFile, `${search.key}\n`);
    const options = { name: 'Spare', host: '127.0.0.1', tls: 'opportunistic', priority: 200, connections: 4 };
    const added = await printed((print) =>
      addRelay(desk(), { ...options, port: Number(new URL(sink.url).port) }, print),
    );
    const id = added.split(' ')[0]!;
    const set = (provider: string, changes: object = {}): Promise<string> =>
      printed((print) => setLookUp(desk(), id, provider, { region: 'eu', scope: 'mg.example.com', ...changes }, print));
    expect(await set('mailgun', { keyFile })).toContain('looks up at mailgun (eu)');
    await expect(set('ses', { keyFile })).rejects.toThrow('lookUp.provider');
    await expect(set('sendgrid')).rejects.toMatchObject({ code: 'relay.look-up-key-missing' });
    // Mail of a vendor without relays is the installation's.
    const { id: message } = await anUnknownByHand();
    search.known.set(message, ['accepted']);
    expect(await lookUp()).toBe(1);
    expect(await set('none')).not.toContain('looks up');
    await removeRelay(desk(), id, () => undefined);
  });
});
