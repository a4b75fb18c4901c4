import { Resolver } from 'node:dns/promises';
import { authenticate } from 'mailauth';
import type { SendingDomain, SendingSettings } from '#contracts';
import { HOUR_MS } from '#kernel';
import { freePort } from '../../apps/standalone/src/embedded-postgres.js';
import { type NameServer, openNameServer } from '../support/name-server.js';
import { aBounce, InboundMail } from '../support/inbound-mail.js';
import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PATH = '/api/v1/sending';
const MAIL_DOMAIN = 'mail.throughline.example';
const RELAY_IP = '192.0.2.25';

/** What the verifier tells beside what its types say. */
interface Signature {
  readonly algo: string;
  readonly status: { readonly result: string; readonly aligned?: string };
  readonly signingHeaders: { readonly keys: string };
}

describe('the sending settings', () => {
  let stage: TestProduct;
  let names: NameServer;
  let office: InboundMail;
  let resolver: Resolver;
  let owner: Browser;
  let domain: string;
  let domains = 0;

  beforeAll(async () => {
    names = await openNameServer();
    names.set('TXT', MAIL_DOMAIN, `v=spf1 ip4:${RELAY_IP} -all`);
    resolver = new Resolver({ timeout: 1000, tries: 1 });
    resolver.setServers([names.address]);
    const port = await freePort();
    stage = await openTestProduct({ DNS_SERVERS: names.address, INBOUND_SMTP_PORT: String(port) });
    office = new InboundMail(port);
  });
  beforeEach(async () => {
    names.fail(false);
    stage.toWorkingHours();
    ({ owner } = await stage.aCompletePartner(undefined, { name: 'Alpenblick IT' }));
    domain = `news${domains++}.alpenblick.example`;
  });
  afterAll(async () => {
    await office.close();
    await stage.close();
    await names.close();
  });

  const choose = async (): Promise<SendingDomain> =>
    (await owner.put(`${PATH}/domain`, { domain, fromLocal: 'mia' }).expect(200)).body as SendingDomain;
  const publish = ({ records }: SendingDomain): void => {
    for (const { type, name, value } of records) if (value !== null) names.set(type, name, value);
  };
  const check = async (): Promise<SendingDomain> =>
    (await owner.post(`${PATH}/domain/check`).expect(200)).body as SendingDomain;
  const settings = async (): Promise<SendingSettings> => (await owner.get(PATH).expect(200)).body as SendingSettings;
  const lettersTo = async (email: string): Promise<string[]> =>
    (
      await stage.api.asOwner<{ text: string }>(
        'SELECT body_text AS text FROM identity.system_mail WHERE recipient = $1',
        [email],
      )
    ).map(({ text }) => text);
  const verified = async (): Promise<SendingDomain> => {
    const chosen = await choose();
    publish(chosen);
    expect((await check()).state).toBe('verified');
    return chosen;
  };
  const sent = async () => {
    const { email } = await stage.running(owner);
    const [mail] = await stage.mailTo(email);
    return { email, mail: mail!, returnPath: stage.mails.returnPathTo(email) };
  };

  it('tell every record exactly, and send from the standard address until they are there', async () => {
    const { records, state } = await choose();
    expect(state).toBe('pending');
    expect(records.map(({ purpose, type, name, value }) => [purpose, type, name, value])).toEqual([
      [
        'dkim-rsa',
        'TXT',
        expect.stringMatching(new RegExp(`^tl-r-[0-9a-f]{8}\\._domainkey\\.${domain}$`)),
        expect.stringMatching(/^v=DKIM1; k=rsa; p=[A-Za-z0-9+/]{390,}=*$/),
      ],
      [
        'dkim-ed25519',
        'TXT',
        expect.stringMatching(/^tl-e-/),
        expect.stringMatching(/^v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=$/),
      ],
      ['return-path', 'CNAME', `bounces.${domain}`, MAIL_DOMAIN],
      ['spf', 'TXT', `bounces.${domain}`, null],
      ['dmarc', 'TXT', `_dmarc.${domain}`, 'v=DMARC1; p=none'],
    ]);
    const { mail } = await sent();
    expect(mail.from?.text).toContain(`@${MAIL_DOMAIN}`);
  });

  it('show no private key, and keep none readable', async () => {
    expect(JSON.stringify(await choose())).not.toMatch(/PRIVATE|sealed/i);
    const rows = await stage.api.asOwner<{ sealed: Buffer }>('SELECT sealed_private_key AS sealed FROM brand.dkim_key');
    // What every key in clear has: rsaEncryption (RFC 8017) or id-Ed25519 (RFC
    // 8410).
    const names = ['06092a864886f70d010101', '06032b6570'].map((hex) => Buffer.from(hex, 'hex'));
    for (const { sealed } of rows) expect(names.some((name) => sealed.includes(name))).toBe(false);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('say of each record what is wrong and what to do', async () => {
    const chosen = await choose();
    publish(chosen);
    names.set('TXT', chosen.records[0]!.name, 'v=DKIM1; k=rsa; p=AAAA');
    names.remove('TXT', `_dmarc.${domain}`);
    const { state, records } = await check();
    expect(state).toBe('pending');
    expect(records.map(({ problem }) => problem)).toEqual(['other-key', null, null, null, 'missing']);
    expect(records[0]!.fix).toContain(chosen.records[0]!.value!);
    expect(records[4]!.fix).toContain(`_dmarc.${domain}`);
  });

  it('send from the verified domain: SPF, both signatures and DMARC pass for an independent verifier', async () => {
    await verified();
    const { mail, returnPath } = await sent();
    expect(mail.from?.text).toBe(`"Alpenblick IT" <mia@${domain}>`);
    expect(returnPath).toMatch(new RegExp(`@bounces\\.${domain}$`));
    const result = await authenticate(mail.raw, {
      ip: RELAY_IP,
      helo: MAIL_DOMAIN,
      sender: returnPath,
      mta: 'mx.customer.example',
      resolver: (name, type) => resolver.resolve(name, type as 'TXT'),
    });
    const signatures = result.dkim.results as unknown as Signature[];
    expect(signatures.map(({ algo, status }) => [algo, status.result, status.aligned])).toEqual([
      ['rsa-sha256', 'pass', domain],
      ['ed25519-sha256', 'pass', domain],
    ]);
    expect(result.spf).toMatchObject({ status: { result: 'pass' } });
    expect(result.dmarc).toMatchObject({
      status: { result: 'pass' },
      alignment: { spf: { result: expect.any(String) } },
    });
    for (const { signingHeaders } of signatures)
      expect(signingHeaders.keys.split(': ')).toEqual(
        expect.arrayContaining(['List-Unsubscribe', 'List-Unsubscribe-Post']),
      );
  });

  it('take what comes back to the return path under the partner’s own domain', async () => {
    await verified();
    const { email, returnPath } = await sent();
    const bounce = aBounce({ to: email, status: '5.1.1', said: '550 5.1.1 no such user' });
    // What comes before its message is written down as sent is asked to come
    // again, and does.
    await until(async () => (await office.deliver(returnPath, bounce)).kind === 'accepted', 'the bounce to be taken');
    const { body } = await owner.get(`/api/v1/suppressions?q=${encodeURIComponent(email)}`).expect(200);
    expect(body.items).toMatchObject([{ reason: 'bounced' }]);
  });

  it('hold all mail of a domain whose record goes, tell its owner, and go on when it is back', async () => {
    const chosen = await verified();
    const { name, value } = chosen.records[0]!;
    names.remove('TXT', name);
    expect((await check()).state).toBe('broken');
    expect((await settings()).stops).toMatchObject([{ cause: 'identity', resumableFrom: null }]);
    stage.wake('notify of halts');
    await until(async () => (await lettersTo(owner.email)).length > 0, 'the letter to the owner');
    expect(await lettersTo(owner.email)).toEqual([
      expect.stringContaining(`Add a TXT record at ${name} with the value: ${value}`),
    ]);
    await owner.post('/api/v1/activations', {}).expect(422);
    names.set('TXT', name, value!);
    stage.api.clock.advance(HOUR_MS / 2);
    stage.wake('check sending domains');
    await until(async () => (await settings()).stops.length === 0, 'the end of the stop');
    expect((await sent()).mail.from?.text).toContain(`@${domain}`);
  });

  it('let mail that was launched before the break wait, and lose none of it', async () => {
    const chosen = await verified();
    const list = await stage.aList(owner);
    await stage
      .launch(owner, { versionId: stage.campaign.versionId, listId: list.id, startAt: stage.inDays(1) })
      .expect(201);
    names.remove('CNAME', `bounces.${domain}`);
    expect((await check()).state).toBe('broken');
    stage.api.clock.advance(25 * HOUR_MS);
    stage.toWorkingHours();
    await until(async () => (await settings()).domain?.checkedAt !== null, 'a check');
    expect(stage.mails.to(list.emails[0]!)).toEqual([]);
    publish(chosen);
    expect((await check()).state).toBe('verified');
    expect((await stage.mailTo(list.emails[0]!))[0]!.from?.text).toContain(`@${domain}`);
  });

  it('take name servers that are away for no break', async () => {
    await verified();
    names.fail(true);
    const { state, records } = await check();
    expect(state).toBe('verified');
    expect(records[0]).toMatchObject({ problem: 'unreachable' });
    expect((await settings()).stops).toEqual([]);
  });

  it('go back to the standard address, and let go what waited for the domain', async () => {
    await verified();
    names.remove('TXT', `_dmarc.${domain}`);
    expect((await check()).state).toBe('broken');
    await owner.delete(`${PATH}/domain`).expect(204);
    expect(await settings()).toMatchObject({ domain: null, stops: [] });
    expect((await sent()).mail.from?.text).toContain(`@${MAIL_DOMAIN}`);
  });

  it.each([
    ['gmail.com', 'freemail'],
    [MAIL_DOMAIN, 'platform'],
    ['not a domain', 'invalid'],
  ])('refuse %s', async (bad, code) => {
    const { body } = await owner.put(`${PATH}/domain`, { domain: bad, fromLocal: 'mia' }).expect(422);
    expect(body).toMatchObject({ code: `sending-domain.${code}` });
    expect((await settings()).domain).toBeNull();
  });

  it('show a vendor the states of its partners, and nobody of whom they write to', async () => {
    await verified();
    const { email } = await sent();
    const vendor = await stage.api.signIn(stage.vendor.vendorId, 'analyst');
    const { body, text } = await vendor.get('/api/v1/partner-sending?limit=200').expect(200);
    expect(body.counts.ownDomain).toBeGreaterThanOrEqual(1);
    expect(body.items.at(-1)).toMatchObject({ name: 'Alpenblick IT', domainState: 'verified', stops: [] });
    expect(text).not.toContain(email);
    expect(text).not.toContain(domain);
  });
});
