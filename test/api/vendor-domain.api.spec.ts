import { Resolver } from 'node:dns/promises';
import { authenticate } from 'mailauth';
import type { SendingSettings, VendorDomain, VendorSending } from '#contracts';
import { type NameServer, openNameServer } from '../support/name-server.js';
import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PATH = '/api/v1/vendor-sending';
const MAIL_DOMAIN = 'mail.throughline.example';
const RELAY_IP = '192.0.2.25';
const FIVE_MINUTES_MS = 5 * 60_000;

describe('a vendor’s sub-domain for its partners’ mail', () => {
  let stage: TestProduct;
  let names: NameServer;
  let owner: Browser;
  let domains = 0;
  let domain: string;

  beforeAll(async () => {
    names = await openNameServer();
    names.set('TXT', MAIL_DOMAIN, `v=spf1 ip4:${RELAY_IP} -all`);
    stage = await openTestProduct({ DNS_SERVERS: names.address });
    owner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
  });
  beforeEach(() => {
    stage.toWorkingHours();
    domain = `partners${domains++}.northwind.example`;
  });
  afterEach(() => owner.delete(`${PATH}/domain`));
  afterAll(async () => {
    await stage.close();
    await names.close();
  });

  const choose = async (): Promise<VendorDomain> =>
    (await owner.put(`${PATH}/domain`, { domain }).expect(200)).body as VendorDomain;
  const check = async (): Promise<VendorDomain> =>
    (await owner.post(`${PATH}/domain/check`).expect(200)).body as VendorDomain;
  const settings = async (): Promise<VendorSending> => (await owner.get(PATH).expect(200)).body as VendorSending;
  const verified = async (): Promise<VendorDomain> => {
    const chosen = await choose();
    for (const { type, name, value } of chosen.records) if (value !== null) names.set(type, name, value);
    const checked = await check();
    expect(checked.state).toBe('verified');
    return checked;
  };
  const sent = async (by: Browser) => {
    const { email } = await stage.running(by);
    const [mail] = await stage.mailTo(email);
    return { mail: mail!, returnPath: stage.mails.returnPathTo(email) };
  };
  const slugOf = async (partner: Browser): Promise<string> => {
    const { body } = await partner.get('/api/v1/sending').expect(200);
    return (body as SendingSettings).standardAddress.split('@')[0]!;
  };

  it('is used once its records are right: the partner in From and Reply-To, and all that receivers check passes', async () => {
    expect(await settings()).toEqual({
      standardDomain: MAIL_DOMAIN,
      domain: null,
      domainVersion: expect.any(String),
    });
    await choose();
    expect((await sent(stage.partner.owner)).mail.from?.text).toContain(`@${MAIL_DOMAIN}`);
    await verified();
    const { mail, returnPath } = await sent(stage.partner.owner);
    expect(mail.from?.text).toBe(`"Brightwater IT" <${await slugOf(stage.partner.owner)}@${domain}>`);
    expect(mail.replyTo?.text).toMatch(/^"Brightwater IT" <.*@brightwater\.example>$/);
    // The vendor owns the domain's DNS, so nothing comes back to it.
    expect(returnPath).toMatch(new RegExp(`@${MAIL_DOMAIN}$`));
    const resolver = new Resolver({ timeout: 1000, tries: 1 });
    resolver.setServers([names.address]);
    const result = await authenticate(mail.raw, {
      ip: RELAY_IP,
      helo: MAIL_DOMAIN,
      sender: returnPath,
      mta: 'mx.customer.example',
      resolver: (name, type) => resolver.resolve(name, type as 'TXT'),
    });
    const signatures = result.dkim.results as unknown as { status: { result: string; aligned?: string } }[];
    expect(signatures.map(({ status }) => [status.result, status.aligned])).toEqual([
      ['pass', domain],
      ['pass', domain],
    ]);
    expect(result.spf).toMatchObject({ status: { result: 'pass' } });
    expect(result.dmarc).toMatchObject({ status: { result: 'pass' } });
  });

  it('is each partner’s with a name of its own, and told to it; of another vendor it is nothing', async () => {
    await verified();
    const another = await stage.aCompletePartner(undefined, { name: 'Alpenblick IT' });
    const { mail } = await sent(another.owner);
    expect(mail.from?.text).toBe(`"Alpenblick IT" <${await slugOf(another.owner)}@${domain}>`);
    const { body } = await another.owner.get('/api/v1/sending').expect(200);
    expect((body as SendingSettings).vendorAddresses).toEqual([
      { vendor: expect.any(String), address: `${await slugOf(another.owner)}@${domain}`, isBroken: false },
    ]);
    const elsewhere = await stage.api.aVendor();
    const stranger = await stage.aCompletePartner(elsewhere, { name: 'Elsewhere IT' });
    const { body: theirs } = await stranger.owner.get('/api/v1/sending').expect(200);
    expect((theirs as SendingSettings).vendorAddresses).toEqual([]);
    const theirOwner = await stage.api.signIn(elsewhere.vendorId, 'owner');
    expect((await theirOwner.get(PATH).expect(200)).body).toEqual({
      standardDomain: MAIL_DOMAIN,
      domain: null,
      domainVersion: expect.any(String),
    });
  });

  it('gives way to a partner’s own verified domain', async () => {
    await verified();
    const own = await stage.aCompletePartner(undefined, { name: 'Own Domain IT' });
    const mine = `news${domains++}.own.example`;
    const { body } = await own.owner.put('/api/v1/sending/domain', { domain: mine, fromLocal: 'mia' }).expect(200);
    for (const { type, name, value } of (body as VendorDomain).records)
      if (value !== null) names.set(type, name, value);
    await own.owner.post('/api/v1/sending/domain/check').expect(200);
    expect((await sent(own.owner)).mail.from?.text).toBe(`"Own Domain IT" <mia@${mine}>`);
  });

  it('holds what would come from it while a record is wrong, tells its owner, and lets it go by itself', async () => {
    const { records } = await verified();
    const [rsa] = records;
    names.set('TXT', rsa!.name, 'v=DKIM1; k=rsa; p=AAAA');
    expect((await check()).state).toBe('broken');
    const letters = await stage.api.asOwner<{ subject: string; text: string }>(
      `SELECT subject, body_text AS text FROM identity.system_mail WHERE subject LIKE '%' || $1 || '%'`,
      [domain],
    );
    expect(letters.length).toBeGreaterThan(0);
    expect(letters[0]!.text).toContain(rsa!.name);

    const partner = await stage.aCompletePartner(undefined, { name: 'Waiting IT' });
    // A launch says so at once instead of beginning to wait.
    const { id: listId } = await stage.aList(partner.owner);
    const { versionId } = stage.campaign;
    const { body: problem } = await stage.launch(partner.owner, { versionId, listId }).expect(409);
    expect(JSON.stringify(problem)).toContain(domain);

    names.set('TXT', rsa!.name, rsa!.value!);
    expect((await check()).state).toBe('verified');
    expect((await sent(partner.owner)).mail.from?.text).toContain(`@${domain}`);
  });

  it('keeps mail that was under way when it broke, until it is mended or given up', async () => {
    const { records } = await verified();
    const partner = await stage.aCompletePartner(undefined, { name: 'Under Way IT' });
    const { id: listId, emails } = await stage.aList(partner.owner);
    const { versionId } = await stage.anotherCampaign();
    const startAt = new Date(stage.api.clock.now().getTime() + FIVE_MINUTES_MS).toISOString();
    await stage.launch(partner.owner, { versionId, listId, startAt }).expect(201);
    names.set('TXT', records[0]!.name, 'v=DKIM1; k=rsa; p=AAAA');
    expect((await check()).state).toBe('broken');
    stage.api.clock.advance(2 * FIVE_MINUTES_MS);
    await until(async () => {
      const waiting = await stage.api.asOwner(
        `SELECT 1 FROM delivery.message WHERE partner_id = $1 AND reason = 'identity-held'`,
        [partner.id],
      );
      return waiting.length > 0;
    });
    expect(stage.mails.mails.filter(({ to }) => JSON.stringify(to).includes(emails[0]!))).toEqual([]);
    await owner.delete(`${PATH}/domain`).expect(204);
    stage.api.clock.advance(2 * FIVE_MINUTES_MS);
    const [mail] = await stage.mailTo(emails[0]!);
    expect(mail!.from?.text).toContain(`@${MAIL_DOMAIN}`);
  });

  it('needs the partner’s consent while other servers than the installation’s receive its mail', async () => {
    names.set('MX', domain, 'mx.northwind.example');
    expect((await verified()).foreignMailHosts).toBe('mx.northwind.example');
    const partner = await stage.aCompletePartner(undefined, { name: 'Returns IT' });
    const list = await stage.aList(partner.owner);
    const launch = () => stage.launch(partner.owner, { versionId: stage.campaign.versionId, listId: list.id });
    const { body } = await launch().expect(409);
    expect(body).toMatchObject({ code: 'relay.consent' });
    expect((body as { detail: string }).detail).toContain(domain);
    await stage.agreeToServers(partner.owner);
    await launch().expect(201);
    await stage.mailTo(list.emails[0]!);
    expect(stage.mails.returnPathTo(list.emails[0]!)).toMatch(new RegExp(`@bounces\\.${domain}$`));

    names.set('MX', domain, MAIL_DOMAIN);
    expect((await check()).foreignMailHosts).toBeNull();
    const another = await stage.aCompletePartner(undefined, { name: 'No Returns IT' });
    await stage.running(another.owner);
    names.remove('MX', domain);
  });

  it('needs it, too, where DMARC reports go to the vendor', async () => {
    expect((await verified()).foreignMailHosts).toBeNull();
    names.set('TXT', `_dmarc.${domain}`, 'v=DMARC1; p=none; rua=mailto:agg@northwind.example');
    const checked = await check();
    expect(checked).toMatchObject({ state: 'verified', foreignMailHosts: 'northwind.example' });
    const partner = await stage.aCompletePartner(undefined, { name: 'Reports IT' });
    const list = await stage.aList(partner.owner);
    const { body } = await stage
      .launch(partner.owner, { versionId: stage.campaign.versionId, listId: list.id })
      .expect(409);
    expect(body).toMatchObject({ code: 'relay.consent' });
  });

  it('is chosen by an owner alone, and must be the vendor’s own', async () => {
    await stage.vendor.editor.put(`${PATH}/domain`, { domain }).expect(403);
    await stage.partner.owner.put(`${PATH}/domain`, { domain }).expect(403);
    for (const [bad, code] of [
      ['no domain', 'invalid'],
      ['gmail.com', 'freemail'],
      [`news.${MAIL_DOMAIN}`, 'platform'],
    ] as const) {
      const { body } = await owner.put(`${PATH}/domain`, { domain: bad }).expect(422);
      expect(body).toMatchObject({ code: `sending-domain.${code}` });
    }
    expect((await settings()).domain).toBeNull();
  });
});
