import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { BrandProfile, HostClaim, VerifiedHosts } from '#contracts';
import { VerifiedHosts as Hosts } from '#brand';
import { DAY_MS } from '#kernel';
import { verify } from '../../apps/cli/src/verify-command.js';
import { type Browser, openBrowser, PASSWORD } from '../support/api.js';
import { fillBrand } from '../support/campaigns.js';
import { type NameServer, openNameServer } from '../support/name-server.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';

const PATH = '/api/v1/verified-hosts';

describe('the verified hosts of a partner', () => {
  let stage: TestProduct;
  let names: NameServer;
  let partners = 0;

  beforeAll(async () => {
    names = await openNameServer();
    stage = await openTestProduct({ DNS_SERVERS: names.address });
  });
  beforeEach(() => {
    names.fail(false);
    stage.toWorkingHours();
  });
  afterAll(async () => {
    await stage.close();
    await names.close();
  });

  const invitationTo = async (email: string): Promise<string> => {
    const [letter] = await stage.api.asOwner<{ text: string }>(
      `SELECT set_config('throughline.system', 'on', false), body_text AS text FROM identity.system_mail WHERE recipient = $1`,
      [email],
    );
    return /\/invitation\/([\w-]+)/.exec(letter!.text)![1]!;
  };
  const accept = async (email: string): Promise<Browser> => {
    const path = `/api/v1/invitations/${await invitationTo(email)}/accept`;
    await stage.api.http.post(path).send({ name: 'Olivia', password: PASSWORD, sharesTotals: false }).expect(200);
    return openBrowser(stage.api.http, email);
  };
  /** A partner whose first person accepted an invitation at this address. */
  const whoAccepts = async (email: string): Promise<Browser> => {
    const facts = { organisationName: `Partner ${++partners}`, email, countryCode: 'GB', tier: 'gold', region: 'emea' };
    await stage.vendor.editor.post('/api/v1/partners/invitations', facts).expect(201);
    return accept(email);
  };
  const someone = (host: string): string => `olivia${++partners}@${host}`;
  const hosts = async (by: Browser): Promise<VerifiedHosts> => (await by.get(PATH).expect(200)).body as VerifiedHosts;
  const profile = async (by: Browser): Promise<BrandProfile> =>
    (await by.get('/api/v1/brand-profile').expect(200)).body as BrandProfile;
  const check = async (by: Browser, host: string): Promise<HostClaim> =>
    (await by.post(`${PATH}/${host}/check`).expect(200)).body as HostClaim;
  const publish = ({ record }: HostClaim): void => names.set('TXT', record.name, 'v=spf1 -all', record.value);
  const launching = async (by: Browser, changes: object = {}) => {
    const list = await stage.aList(by);
    return {
      email: list.emails[0]!,
      answer: await stage.launch(by, { versionId: stage.campaign.versionId, listId: list.id, ...changes }),
    };
  };

  it('come with the mailbox that accepted an invitation: such a partner launches without another step', async () => {
    const owner = await whoAccepts(someone('mail.quayside.co.uk'));
    await fillBrand(owner, { name: 'Quayside IT', website: 'https://WWW.Quayside.co.uk/about' });
    expect(await hosts(owner)).toEqual({
      hosts: [{ host: 'quayside.co.uk', letters: 'quayside.co.uk', how: 'mailbox', since: expect.any(String) }],
      claims: [],
      unprovenWebsite: null,
    });
    expect(await profile(owner)).toMatchObject({
      verifiedHosts: ['quayside.co.uk'],
      website: 'https://www.quayside.co.uk/about',
      isComplete: true,
    });
    expect((await launching(owner)).answer.status).toBe(201);
  });

  it.each([
    ['a mailbox that anybody can have', 'gmail.com', 'https://gmail-shop.example'],
    ['one at a look-alike of the website', 'evil-kessler.example', 'https://www.kessler.example'],
    ['one at a longer name', 'kessler.example.evil.example', 'https://www.kessler.example'],
    ['one where others give names away', 'github.io', 'https://kessler.github.io'],
    ['one at the provider that the website names', 'web.de', 'https://web.de/kessler'],
  ])('do not come with %s, and the launch says why and what to do', async (_, mailHost, website) => {
    const owner = await whoAccepts(someone(mailHost));
    await fillBrand(owner, { website });
    const { isComplete, missing } = await profile(owner);
    expect({ isComplete, missing }).toEqual({
      isComplete: false,
      missing: [{ field: 'website.host', sentence: expect.stringContaining('DNS record') }],
    });
    const { answer } = await launching(owner);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      code: 'brand.incomplete',
      field: 'website.host',
      detail: 'Your brand profile lacks: Confirmation of your website.',
      problems: [
        {
          field: 'website.host',
          message: expect.stringContaining('invite a person with an e-mail address at that domain'),
        },
      ],
    });
  });

  it('come with the record that stands there from the moment that the website is saved, once DNS has it', async () => {
    const owner = await whoAccepts(someone('gmail.com'));
    await fillBrand(owner, { website: 'https://www.alpenblick.example' });
    const [claim] = (await hosts(owner)).claims;
    expect(claim).toMatchObject({
      host: 'alpenblick.example',
      state: 'pending',
      isChecked: false,
      record: {
        type: 'TXT',
        name: '_throughline.alpenblick.example',
        value: expect.stringMatching(/^throughline-host=[0-9a-f]{40}$/),
      },
    });
    expect(await check(owner, 'alpenblick.example')).toMatchObject({
      state: 'pending',
      problem: 'missing',
      fix: `Add a TXT record at ${claim!.record.name} with the value: ${claim!.record.value}`,
    });
    names.set('TXT', claim!.record.name, 'throughline-host=of-somebody-else');
    expect(await check(owner, 'alpenblick.example')).toMatchObject({ problem: 'other-value', state: 'pending' });
    names.fail(true);
    expect(await check(owner, 'alpenblick.example')).toMatchObject({ problem: 'unreachable', state: 'pending' });
    names.fail(false);
    publish(claim!);
    expect(await check(owner, 'alpenblick.example')).toMatchObject({ problem: null, state: 'verified', fix: null });
    expect((await profile(owner)).isComplete).toBe(true);
    expect((await hosts(owner)).hosts).toMatchObject([{ host: 'alpenblick.example', how: 'dns' }]);
    expect((await launching(owner)).answer.status).toBe(201);
  });

  it('are another partner’s only with another record', async () => {
    const [first, second] = [await whoAccepts(someone('gmail.com')), await whoAccepts(someone('gmail.com'))];
    for (const owner of [first, second]) await fillBrand(owner, { website: 'https://shared.example' });
    const [claim] = (await hosts(first)).claims;
    publish(claim!);
    expect((await check(first, 'shared.example')).state).toBe('verified');
    expect((await check(second, 'shared.example')).problem).toBe('other-value');
    expect((await profile(second)).verifiedHosts).toEqual([]);
  });

  it('come with a colleague who has a mailbox there, and with a sending domain while it is verified', async () => {
    const owner = await whoAccepts(someone('gmx.de'));
    await fillBrand(owner, { website: 'https://team.example' });
    const colleague = someone('team.example');
    await owner.post('/api/v1/team/invitations', { email: colleague, role: 'marketer' }).expect(202);
    expect((await profile(owner)).isComplete).toBe(false);
    await accept(colleague);
    expect((await profile(owner)).isComplete).toBe(true);
    const { records } = (
      await owner.put('/api/v1/sending/domain', { domain: 'news.sender.example', fromLocal: 'mia' }).expect(200)
    ).body as { records: { type: 'TXT' | 'CNAME'; name: string; value: string | null }[] };
    for (const { type, name, value } of records) if (value !== null) names.set(type, name, value);
    names.set('TXT', stage.api.config.MAIL_DOMAIN.toLowerCase(), 'v=spf1 -all');
    await owner.post('/api/v1/sending/domain/check').expect(200);
    expect((await profile(owner)).verifiedHosts).toEqual(['news.sender.example', 'team.example']);
    await owner.delete('/api/v1/sending/domain').expect(204);
    expect((await profile(owner)).verifiedHosts).toEqual(['team.example']);
  });

  it('are all that a partner’s own links may lead to', async () => {
    const { owner } = stage.partner;
    const slot = (href: string) => ({ offer: { kind: 'paragraphs', blocks: [[{ text: 'Ask us', href }]] } });
    const told = async (href: string) => (await launching(owner, { slots: slot(href) })).answer;
    for (const href of [
      'https://evil-brightwater.example/',
      'https://brightwater.example.evil.example/',
      'https://brightwater.example@evil.example/',
      'https://user@brightwater.example/',
      'https://brightwater.example:8443/',
      'https://brightwater.example./',
      'https://brіghtwater.example/',
      'https://xn--brghtwater-t2i.example/',
      'https://co.uk/',
      'https://evil.example#.brightwater.example',
      'https://evil.example?.brightwater.example',
      '//brightwater.example/',
      'http://brightwater.example/',
      'javascript:alert(1)//brightwater.example',
      'data:text/html,brightwater.example',
    ]) {
      const { status, body } = await told(href);
      expect({ href, status, code: body.code, field: body.field }).toEqual({
        href,
        status: 422,
        code: 'brand.unusable',
        field: 'slot.offer',
      });
    }
    const elsewhere = (await told('https://evil.example/')).body;
    expect(elsewhere.problems).toMatchObject([{ named: { host: 'evil.example', hosts: 'brightwater.example' } }]);
    expect(elsewhere.detail).toBe(
      'evil.example is not one of your verified hosts (brightwater.example). Link to one of them, or verify this host in your brand profile.',
    );
    expect((await told('https://SHOP.Brightwater.example/offer')).status).toBe(201);
    // Read as browsers read it, and written so that nobody reads it otherwise.
    const { body } = await owner
      .post(`/api/v1/offers/${stage.campaign.versionId}/preview/emails/last-call`, {
        slots: slot('https:\\\\brightwater.example\\@evil.example/'),
      })
      .expect(200);
    expect(body.html).toContain('href="https://brightwater.example/@evil.example/"');
  });

  it('with letters of their own are linked to once they are proved, and the copy is verified with the network off', async () => {
    const owner = await whoAccepts(someone('xn--bcher-kva.example'));
    await fillBrand(owner, { website: 'https://www.bücher.example/' });
    expect((await hosts(owner)).hosts).toMatchObject([{ host: 'xn--bcher-kva.example', letters: 'bücher.example' }]);
    const slot = (href: string) => ({ offer: { kind: 'paragraphs', blocks: [[{ text: 'Ask us', href }]] } });
    for (const href of [
      'https://münchen.example/',
      'https://xn--mnchen-3ya.example/',
      'https://bücher.example.evil.example/',
      // Of Cyrillic letters in part.
      'https://bоok.bücher.example/',
    ])
      expect({ href, ...(await launching(owner, { slots: slot(href) })).answer.body }).toMatchObject({
        href,
        code: 'brand.unusable',
        field: 'slot.offer',
      });
    const folder = await mkdtemp(join(tmpdir(), 'throughline-hosts-'));
    const file = async (name: string, content: string | Buffer): Promise<string> => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    };
    const download = async (path: string, by = owner): Promise<string> =>
      file(
        `${by === owner ? 'own' : 'other'}-${basename(path)}`,
        JSON.stringify((await by.get(path).expect(200)).body),
      );
    const key = await download(`/api/v1/vendors/${stage.vendor.vendorId}/signing-keys`);
    const theirs = (await launching(stage.partner.owner)).answer.body as { id: string };
    const sealOfOthers = await download(`/api/v1/activations/${theirs.id}/seal`, stage.partner.owner);
    for (const href of ['https://Bücher.example/für', 'https://shop.xn--bcher-kva.example/f%C3%BCr']) {
      const { email, answer } = await launching(owner, { slots: slot(href) });
      expect(answer.status).toBe(201);
      await stage.mailTo(email);
      await stage.booked();
      // The second mail has the slot.
      stage.api.clock.advance(7 * DAY_MS);
      const [first, second] = await stage.mailTo(email, 2);
      expect(second!.html).toContain(`<a href="${new URL(href).href}">Ask us</a>`);
      expect(second!.text?.replace(/\s+/g, ' ')).toContain(`Ask us [${new URL(href).href}]`);
      const path = `/api/v1/activations/${(answer.body as { id: string }).id}`;
      const [manifest, seal] = [await download(`${path}/manifest`), await download(`${path}/seal`)];
      const copy = await file('mail.eml', second!.raw);
      for (const papers of [{ manifest }, { manifest, seal }]) await verify(copy, { ...papers, key }, () => undefined);
      await expect(verify(copy, { manifest, seal: sealOfOthers, key }, () => undefined)).rejects.toThrow();
      const links = [...String(first!.html).matchAll(/href="[^"]*(\/l\/[^"]+)"/g)].map(([, link]) => link!);
      const answers = await Promise.all(links.map((link) => stage.api.http.get(link).expect(302)));
      expect(answers.map(({ headers }) => headers['location'])).toContainEqual(
        expect.stringMatching(/^https:\/\/www\.xn--bcher-kva\.example\//),
      );
    }
    await rm(folder, { recursive: true });
  });

  it('refuse to be named where they can be nobody’s own, or are no host, by field and with the way out', async () => {
    const { owner } = stage.partner;
    const refused = async (host: string) => (await owner.post(PATH, { host }).expect(422)).body;
    for (const [host, code] of [
      ['gmail.com', 'mailbox-provider'],
      ['mail.GMX.de.', 'mailbox-provider'],
      ['co.uk', 'public-suffix'],
      ['github.io', 'public-suffix'],
      [stage.api.config.MAIL_DOMAIN, 'platform'],
      ['https://brightwater.example', 'invalid'],
      ['brightwater.example:443', 'invalid'],
      ['a@brightwater.example', 'invalid'],
      ['127.0.0.1', 'invalid'],
      ['2130706433', 'invalid'],
      ['localhost', 'invalid'],
      ['brightwater.example/../x', 'invalid'],
      ['*.brightwater.example', 'invalid'],
    ] as const)
      expect(await refused(host)).toMatchObject({
        code: `verified-host.${code}`,
        field: 'host',
        ...(code === 'invalid' ? {} : { details: { host: host.toLowerCase().replace(/\.$/, '') } }),
      });
    const { body } = await owner.post(PATH, { host: ' WWW.Bücher.example. ' }).expect(200);
    expect(body.host).toBe('xn--bcher-kva.example');
    expect((await owner.post(PATH, { host: 'bücher.example' }).expect(200)).body.record).toEqual(body.record);
    await owner.delete(`${PATH}/${body.host}`).expect(204);
    await owner.post(`${PATH}/${body.host}/check`).expect(404);
    await owner.delete(`${PATH}/${body.host}`).expect(404);
  });

  it('are named twenty at most, and the claim of a website that was given up makes room', async () => {
    const owner = await whoAccepts(someone('gmail.com'));
    await fillBrand(owner, { website: 'https://first.example' });
    await fillBrand(owner, { website: 'https://second.example' });
    expect((await hosts(owner)).claims.map(({ host }) => host)).toEqual(['second.example']);
    for (let at = 1; at < 20; at++) await owner.post(PATH, { host: `h${at}.example` }).expect(200);
    expect((await owner.post(PATH, { host: 'h20.example' }).expect(409)).body.code).toBe('verified-host.too-many');
    // Saving is not kept from anybody for that.
    await fillBrand(owner, { website: 'https://third.example' });
    expect((await hosts(owner)).unprovenWebsite).toBe('third.example');
  });

  it('lapse when the record is certainly gone, not while name servers are silent, and come back with it', async () => {
    const owner = await whoAccepts(someone('gmail.com'));
    await fillBrand(owner, { website: 'https://lapsing.example' });
    const [claim] = (await hosts(owner)).claims;
    publish(claim!);
    await check(owner, 'lapsing.example');
    const { email, answer } = await launching(owner);
    expect(answer.status).toBe(201);
    await stage.mailTo(email);

    const sweep = async (): Promise<string> => {
      stage.api.clock.advance(61 * 60_000);
      while (await stage.api.app.get(Hosts).checkDue());
      return (await hosts(owner)).claims[0]!.state;
    };
    names.fail(true);
    expect(await sweep()).toBe('verified');
    names.fail(false);
    names.remove('TXT', claim!.record.name);
    expect(await sweep()).toBe('broken');
    expect((await profile(owner)).missing.map(({ field }) => field)).toEqual(['website.host']);
    expect((await launching(owner)).answer.body.code).toBe('brand.incomplete');
    const [mail] = stage.mails.to(email);
    const links = [...(mail!.html as string).matchAll(/href="[^"]*(\/l\/[\w-]+)"/g)].map(([, path]) => path!);
    for (const path of links) await stage.api.http.get(path).redirects(0).expect(302);
    publish(claim!);
    expect((await check(owner, 'lapsing.example')).state).toBe('verified');
    const audited = await stage.api.asOwner<{ action: string }>(
      `SELECT action FROM audit.entry WHERE action LIKE 'host-claim.%' AND details ->> 'domain' = 'lapsing.example' ORDER BY id`,
    );
    expect(audited.map(({ action }) => action)).toEqual([
      'host-claim.claimed',
      'host-claim.verified',
      'host-claim.broken',
      'host-claim.verified',
    ]);
  });

  it('show a partner its mails before anything is proved, and nothing to anybody else', async () => {
    const owner = await whoAccepts(someone('gmail.com'));
    await fillBrand(owner, { website: 'https://unproved.example' });
    const preview = `/api/v1/offers/${stage.campaign.versionId}/preview/emails/last-call`;
    await owner.post(preview, { slots: {} }).expect(200);
    const elsewhere = { offer: { kind: 'paragraphs', blocks: [[{ text: 'x', href: 'https://evil.example/' }]] } };
    expect((await owner.post(preview, { slots: elsewhere }).expect(422)).body.code).toBe('brand.unusable');
  });

  it('are seen by a viewer and changed by editors only', async () => {
    const id = await stage.api.aPartner(stage.vendor, { name: 'Viewed', mailHost: 'viewed.example' });
    const viewer = await stage.api.signIn(id, 'viewer');
    expect((await hosts(viewer)).hosts.map(({ host }) => host)).toEqual(['viewed.example']);
    await viewer.post(PATH, { host: 'viewed.example' }).expect(403);
  });

  // The last one: it moves years ahead.
  it('hold a partner that changes its website to the new one’s proof, and leave what runs as it was launched', async () => {
    const owner = await whoAccepts(someone('moving.example'));
    await fillBrand(owner, { website: 'https://www.moving.example/old' });
    const { email, answer } = await launching(owner);
    expect(answer.status).toBe(201);
    await fillBrand(owner, { website: 'https://www.elsewhere.example' });
    expect((await launching(owner)).answer.body.field).toBe('website.host');
    const [mail] = await stage.mailTo(email);
    const links = [...(mail!.html as string).matchAll(/href="[^"]*(\/l\/[\w-]+)"/g)].map(([, path]) => path!);
    expect(links.length).toBeGreaterThan(2);
    stage.api.clock.advance(2000 * DAY_MS);
    const led = await Promise.all(
      links.map(
        async (path) => (await stage.api.http.get(path).redirects(0).expect(302)).headers['location'] as string,
      ),
    );
    expect(led).toContain('https://www.moving.example/old');
    expect(led.filter((url) => url.includes('elsewhere'))).toEqual([]);
  });
});
