import { generateKeyPairSync } from 'node:crypto';
import type { Manifest, SealedMaster } from '#contracts';
import {
  bake,
  type BakedMaster,
  buildMime,
  compileMaster,
  encodeText,
  personalise,
  prepareMime,
  slotFromText,
  withDiscovery,
} from '#rendering';
import { anEmail, aRecipient, partnerValues, POLICY, withSource } from '../../rendering/src/email.fixture.js';
import {
  type Finding,
  openManifest,
  prepareCopy,
  type PreparedCopy,
  readKeys,
  sealMaster,
  verifyBaked,
  verifyDom,
  verifyEmail,
  verifyFile,
  verifyParts,
} from './index.js';
import { signPayload, thumbprint } from './signature.js';

const ORIGINS = [POLICY.publicOrigin];

describe('the seal of an e-mail', () => {
  let sealed: SealedMaster;
  let baked: BakedMaster;
  let copy: PreparedCopy;
  let raw: Buffer;

  beforeAll(async () => {
    const compiled = await compileMaster(anEmail());
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
    sealed = sealMaster('welcome', compiled.master);
    const result = bake(compiled.master, partnerValues(), POLICY);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    baked = result.baked;
    copy = prepareCopy(sealed, { origins: ORIGINS, partner: { ...POLICY, values: baked.values } });
    raw = mailTo();
  });

  const mailTo = (changes: Parameters<typeof aRecipient>[0] = {}): Buffer => {
    const built = buildMime(prepareMime(baked), aRecipient(changes), POLICY, encodeText, {
      messageId: 'one@mail.example',
      headers: [['Message-ID', '<one@mail.example>']],
    });
    if (!built.ok) throw new Error(JSON.stringify(built.problems));
    return built.raw;
  };
  const findingIn = (from: string | RegExp, to: string): Finding | null => {
    const changed = raw.toString('latin1').replace(from, to);
    if (changed === raw.toString('latin1')) throw new Error(`${String(from)} is not in the mail.`);
    return verifyEmail(copy, Buffer.from(changed, 'latin1')).finding;
  };

  it('passes in every recipient’s message', () => {
    for (const changes of [{}, { firstName: null, industry: null, country: null }, { company: 'A <b> & "c"' }])
      expect(verifyEmail(copy, mailTo(changes)).finding).toBeNull();
  });

  it('holds in sections for some and in their alternative for others, by bytes and by tree, and in neither when it was changed', async () => {
    const section = (words: string): string =>
      `<mj-section><mj-column><mj-text>${words}</mj-text></mj-column></mj-section>`;
    const either = `<tc-when persona="engineer">${section('For engineers')}<tc-else>${section('For others')}</tc-else></tc-when>`;
    const compiled = await compileMaster(withSource((source) => source.replace('  </mj-body>', `${either}</mj-body>`)));
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
    const made = bake(compiled.master, partnerValues(), POLICY);
    if (!made.ok) throw new Error(JSON.stringify(made.problems));
    const partner = { ...POLICY, values: made.baked.values };
    const prepared = prepareCopy(sealMaster('welcome', compiled.master), { origins: ORIGINS, partner });
    for (const [persona, words] of [
      ['engineer', 'For engineers'],
      [null, 'For others'],
    ] as const) {
      const personal = personalise(made.baked, aRecipient({ persona }), POLICY);
      if (!personal.ok) throw new Error(JSON.stringify(personal.problems));
      const { message } = personal;
      expect(message.html).toContain(words);
      const { finding, choices } = verifyParts(prepared, message);
      expect([finding, verifyDom(prepared, message.html, choices)]).toEqual([null, null]);
      const changed = { ...message, html: message.html.replace(words, 'For buyers') };
      expect(verifyParts(prepared, changed).finding).not.toBeNull();
    }
  });

  it.each(['email', 'page'] as const)(
    'holds what a partner chose, hid and linked to, and nothing else that it could have chosen: %s',
    async (kind) => {
      const words = (text: string): string => (kind === 'email' ? `<mj-text>${text}</mj-text>` : `<p>${text}</p>`);
      const markup =
        `<tc-choice name="proof" label="P"><tc-option name="study">${words('A study')}</tc-option><tc-option name="quote">${words('A quote')}</tc-option></tc-choice>` +
        `<tc-optional name="extra" label="E">${words('An extra')}</tc-optional>` +
        '<tc-button name="cta" label="B" links="partner" href="{{links.demo}}">Book it</tc-button>' +
        '<tc-picture name="hero" label="H" src="images/hero.jpg" alt="A map"></tc-picture>';
      const page = { kind, requiredLocks: [], preheader: '', source: `<html><body><div>${markup}</div></body></html>` };
      const compiled = await compileMaster(
        kind === 'page' ? anEmail(page) : withSource((source) => source.replace('<tc-slot', `${markup}<tc-slot`)),
      );
      if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
      const picture = 'https://go.northwind.example/b/ee.jpg';
      const chosen = {
        proof: 'quote',
        extra: 'hidden',
        'cta.link': 'https://www.brightwater.example/offer',
        'hero.picture': picture,
        'hero.alt': 'Our team',
      };
      const slots = Object.fromEntries(Object.entries(chosen).map(([name, text]) => [name, slotFromText(text)]));
      const message = (values: ReturnType<typeof partnerValues>) => {
        const made = bake(compiled.master, values, POLICY);
        if (!made.ok) throw new Error(JSON.stringify(made.problems));
        const personal = personalise(made.baked, aRecipient(), POLICY);
        if (!personal.ok) throw new Error(JSON.stringify(personal.problems));
        const { html } = personal.message;
        return { made: made.baked, message: kind === 'page' ? { html } : personal.message };
      };
      const [own, asIs] = [message(partnerValues({ slots })), message(partnerValues())];
      const master = sealMaster('welcome', compiled.master);
      const copyOf = (partner: { partnerHosts: readonly string[]; values: Readonly<Record<string, string>> } | null) =>
        prepareCopy(master, { origins: ORIGINS, partner });
      const prepared = copyOf({ ...POLICY, values: own.made.values });
      expect([verifyBaked(prepared, own.made), verifyParts(prepared, own.message).finding]).toEqual([null, null]);
      expect(verifyDom(prepared, own.message.html)).toBeNull();
      expect(verifyParts(prepared, asIs.message).finding).not.toBeNull();
      expect(verifyBaked(prepared, asIs.made)).not.toBeNull();
      // Without the seal of the activation, each choice is one that the vendor allowed.
      for (const one of [own, asIs]) expect(verifyParts(copyOf(null), one.message).finding).toBeNull();
      const changed = (from: string, to: string) => ({ ...own.message, html: own.message.html.replace(from, to) });
      for (const [from, to] of [
        ['A quote', 'A claim'],
        ['https://www.brightwater.example/offer', 'http://www.brightwater.example/offer'],
        ['https://www.brightwater.example/offer', ''],
        [picture, 'https://evil.example/b/ee.jpg'],
        [picture, ''],
        [`src="${picture}"`, `src="${picture}" onload="a()"`],
      ] as const) {
        expect(own.message.html).toContain(from);
        expect(verifyParts(copyOf(null), changed(from, to)).finding).not.toBeNull();
      }
      for (const [from, to] of [
        [picture, picture.replace('ee', 'ff')],
        ['Our team', 'Their team'],
      ] as const) {
        expect(verifyParts(copyOf(null), changed(from, to)).finding).toBeNull();
        expect(verifyParts(prepared, changed(from, to)).finding).not.toBeNull();
      }
      for (const value of ['neither', ''])
        expect(() => copyOf({ ...POLICY, values: { ...own.made.values, 'slot.proof': value } })).toThrow('slot.proof');
      const elsewhere = { ...own.made.values, 'slot.cta.link': 'https://evil.example/' };
      expect(() => copyOf({ ...POLICY, values: elsewhere })).toThrow('slot.cta.link');
    },
  );

  it('tells what stands in its holes and which conditions were met', () => {
    const { values, choices } = verifyEmail(copy, raw);
    const byPath = Object.fromEntries([...values].map(([hole, { text }]) => [sealed.holes[hole]?.path, text]));
    expect(byPath).toMatchObject({ 'recipient.firstName': 'Jörg', 'recipient.company': 'Müller & Söhne' });
    expect([...choices.values()]).toEqual([true, true]);
  });

  it('names the lock that was broken, and where', () => {
    expect(findingIn('in our laboratory.</div>', 'in your laboratory.</div>')).toMatchObject({
      code: 'locked-copy',
      part: 'html',
      lock: 'legal',
      expected: expect.stringMatching(/^our laboratory/),
      found: expect.stringMatching(/^your laboratory/),
    });
  });

  it('finds copy that was changed outside of named locks, in the text part, and in the subject', () => {
    expect(findingIn(/See it(?=\s*<)/, 'Buy it')).toMatchObject({ part: 'html', lock: null });
    expect(findingIn('measured in our', 'guessed in our')).toMatchObject({ part: 'text' });
    expect(findingIn(/Subject: .*/, 'Subject: A subject for another reader, and more')).toMatchObject({
      part: 'subject',
    });
  });

  it('refuses another value in a partner’s hole, also one that could stand there', () => {
    expect(findingIn('Brightwater IT Ltd', 'Brightwater IT Inc')).toMatchObject({ code: 'locked-copy', part: 'text' });
  });

  it('refuses a recipient’s value that is not in its hole’s language, and one that differs between places', () => {
    expect(findingIn('https://go.northwind.example/l/abc', 'https://evil.example/l/abc')).not.toBeNull();
    expect(findingIn('J=C3=B6rg', 'Georg')).toMatchObject({ code: 'hole-value' });
  });

  it('refuses what is not pinned', () => {
    const pins = new Map([['recipient.firstName', 'Jörg']]);
    expect(verifyEmail(copy, raw, pins).finding).toBeNull();
    expect(verifyEmail(copy, mailTo({ firstName: 'Georg' }), pins).finding).toMatchObject({ code: 'hole-value' });
    expect(verifyEmail(copy, mailTo(), new Map([['recipient.firstName', null]])).finding).not.toBeNull();
  });

  it.each([
    [
      'a part more',
      (mail: string) =>
        mail.replace(/(--=_tl_[0-9a-f]+)--/, '$1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nMore\r\n$1--'),
    ],
    ['a second subject', (mail: string) => mail.replace('Subject:', 'Subject: Other\r\nSubject:')],
    [
      'a letter behind an encoded subject’s last',
      (mail: string) => mail.replace(/(Subject: =\?UTF-8\?B\?[\w+/]*=*)(?=\?=)/, '$1X'),
    ],
    ['a sign within it', (mail: string) => mail.replace(/(Subject: =\?UTF-8\?B\?\w{4})/, '$1!')],
    ['text before its parts', (mail: string) => mail.replace('\r\n\r\n--', '\r\n\r\nHello\r\n--')],
    ['text after its parts', (mail: string) => `${mail}Hello`],
    ['another character set', (mail: string) => mail.replace('text/html; charset=utf-8', 'text/html; charset=utf-7')],
    [
      'a header more in a part',
      (mail: string) => mail.replace('Content-Type: text/html', 'Content-Location: x\r\nContent-Type: text/html'),
    ],
    ['another type', (mail: string) => mail.replace('multipart/alternative', 'multipart/mixed')],
    [
      'a boundary within another parameter',
      (mail: string) => mail.replace(/;\s+boundary="([^"]+)"/, '; boundary="zz"; x="; boundary=$1;"'),
    ],
    ['two boundaries', (mail: string) => mail.replace(/;\s+(boundary="[^"]+")/, '; boundary="zz"; $1')],
    ['a continued boundary', (mail: string) => mail.replace(/boundary=("[^"]+")/, 'boundary*0=$1')],
    ['a comment in its type', (mail: string) => mail.replace('multipart/alternative', 'multipart/alternative (x)')],
    [
      'a carriage return within a header',
      (mail: string) => `X-A: 1\rSubject: Win a prize\rContent-Type: text/html\r\r<h1>Evil copy</h1>\r\n${mail}`,
    ],
    ['a line feed of another kind', (mail: string) => `X-A: 1\nX-B: 2\r\n${mail}`],
    ['a form feed within a header', (mail: string) => `X-A: 1\fSubject: Win a prize\r\n${mail}`],
    ['a line separator within a header', (mail: string) => `X-A: 1\xc2\x85Subject: Win a prize\r\n${mail}`],
    ['a continuation of white space alone', (mail: string) => `X-A: 1\r\n \r\n${mail}`],
    ['a second sender', (mail: string) => `From: a@b.example\r\nFrom: c@d.example\r\n${mail}`],
    ['a disposition', (mail: string) => `Content-Disposition: attachment\r\n${mail}`],
    ['no MIME version', (mail: string) => mail.replace(/MIME-Version: 1\.0\r\n/i, '')],
    [
      'a character set that does not fit the bytes',
      (mail: string) => mail.replaceAll('charset=utf-8', 'charset=us-ascii'),
    ],
    ['a delimiter that goes on', (mail: string) => mail.replace(/(--=_tl_[0-9a-f]+)\r\n/, '$1')],
    ['a raw subject beyond ASCII', (mail: string) => mail.replace(/Subject: .*/, 'Subject: M\xc3\xa4rz')],
    ['an encoded word within a word', (mail: string) => mail.replace('Subject: =?', 'Subject: a=?')],
  ])('refuses a mail with %s', (_, change) => {
    const changed = change(raw.toString('latin1'));
    expect(changed).not.toBe(raw.toString('latin1'));
    expect(verifyEmail(copy, Buffer.from(changed, 'latin1')).finding).toMatchObject({ code: 'mime' });
  });

  it('still holds when relays add headers, and when a mail program stores line ends as LF', () => {
    const relayed = `Received: from a by b\r\nX-Spam: no\r\n${raw.toString('latin1')}`;
    expect(verifyEmail(copy, Buffer.from(relayed, 'latin1')).finding).toBeNull();
    expect(verifyEmail(copy, Buffer.from(relayed.replaceAll('\r\n', '\n'), 'latin1')).finding).toBeNull();
  });

  it('holds in the baked program, and not in one that was changed by a letter', () => {
    expect(verifyBaked(copy, baked)).toBeNull();
    const html = baked.html.map((node) =>
      typeof node === 'string' ? node.replace('in our laboratory', 'in any laboratory') : node,
    );
    expect(verifyBaked(copy, { ...baked, html })).toMatchObject({
      lock: 'legal',
      found: expect.stringMatching(/^any/),
    });
    expect(verifyBaked(copy, { ...baked, html: [...baked.html, '<p>P.S.</p>'] })).not.toBeNull();
  });

  it('is not prepared with an approved value that may not stand in its hole', () => {
    const values = { ...baked.values, 'partner.name': '<b>Bold</b>' };
    expect(() => prepareCopy(sealed, { origins: ORIGINS, partner: { ...POLICY, values } })).toThrow('partner.name');
  });

  it('is not made of a lock that differs from what was approved', async () => {
    const compiled = await compileMaster(anEmail());
    if (!compiled.ok) throw new Error('It compiled before.');
    const html = compiled.master.html.map((node) =>
      typeof node !== 'string' && 'lock' in node ? { ...node, body: [...node.body, '!'] } : node,
    );
    expect(() => sealMaster('welcome', { ...compiled.master, html })).toThrow('The lock “legal”');
  });

  describe('in a file', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const x = publicKey.export({ format: 'jwk' }).x!;
    const keys = readKeys(publicKey.export({ type: 'spki', format: 'pem' }).toString());
    const manifest = (): Manifest => ({
      format: 'throughline/manifest@2',
      vendorId: '0199aaaa-0000-7000-8000-000000000001',
      campaign: {
        name: 'edge',
        campaignId: '0199aaaa-0000-7000-8000-000000000002',
        versionId: '0199aaaa-0000-7000-8000-000000000003',
        number: 1,
      },
      packageHash: 'a'.repeat(64),
      compiledHash: 'b'.repeat(64),
      sealedAt: '2026-05-01T09:00:00.000Z',
      origin: POLICY.publicOrigin,
      masters: [sealed],
      documents: [],
      pictures: [],
    });
    const signed = () => signPayload(manifest(), { keyId: thumbprint(x), privateKey });

    it('may have the link to its card if it is a page, and nothing else that is added', async () => {
      const source = '<html><body><main>Our offer</main></body></html>';
      const compiled = await compileMaster(anEmail({ kind: 'page', requiredLocks: [], preheader: '', source }));
      if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
      const made = bake(compiled.master, partnerValues(), POLICY);
      if (!made.ok) throw new Error(JSON.stringify(made.problems));
      const personal = personalise(made.baked, aRecipient(), POLICY);
      if (!personal.ok) throw new Error(JSON.stringify(personal.problems));
      const { html } = personal.message;
      const masters = [sealMaster('landing', compiled.master)];
      const manifestOfPage = signPayload({ ...manifest(), masters }, { keyId: thumbprint(x), privateKey });
      const findingIn = (page: string) => verifyFile(Buffer.from(page), { manifest: manifestOfPage, keys }).finding;
      expect(findingIn(html)).toBeNull();
      expect(findingIn(withDiscovery(html, 'https://app.example/oembed?format=json&url=x'))).toBeNull();
      for (const added of ['<link rel="stylesheet" href="x">', '<script></script>'])
        expect(findingIn(html.replace('</head>', `${added}</head>`))).not.toBeNull();
    });

    it('is verified with the manifest and the public key alone', () => {
      expect(verifyFile(raw, { manifest: signed(), keys })).toMatchObject({
        finding: null,
        of: 'email welcome (en)',
        locks: ['legal', 'footer'],
      });
      const broken = Buffer.from(
        raw.toString('latin1').replace('Good day', 'Bad day').replace('Guten', 'Guter'),
        'latin1',
      );
      expect(verifyFile(broken, { manifest: signed(), keys }).finding).not.toBeNull();
    });

    it('is not verified with a changed manifest, or one with a foreign signature', () => {
      const other = readKeys(
        generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      );
      expect(() => verifyFile(raw, { manifest: signed(), keys: other })).toThrow('not among the given keys');
      const forged = { ...signed(), payload: { ...manifest(), packageHash: 'c'.repeat(64) } };
      expect(() => verifyFile(raw, { manifest: forged, keys })).toThrow('changed afterwards');
    });

    it('is not verified with a manifest whose locks do not follow from its bytes, though it is signed', () => {
      const html = sealed.html.map((node) => (typeof node === 'string' ? `${node} ` : node));
      const contradictory = signPayload(
        { ...manifest(), masters: [{ ...sealed, html }] },
        { keyId: thumbprint(x), privateKey },
      );
      expect(() => openManifest(contradictory, keys)).toThrow('contradicts itself');
    });
  });
});
