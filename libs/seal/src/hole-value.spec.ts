import fc from 'fast-check';
import { HOLE_LANGUAGES, HOLE_TYPES, type HoleType, type SealedSlot } from '#contracts';
import { checkSlot, unicodeHost, type SlotNodes } from '#rendering';
import { hostileText, runs } from '../../../test/support/hostile.js';
import { encodeSlot } from '../../rendering/src/slot.js';
import { cleanText, encodeValue } from '../../rendering/src/values.js';
import { HoleReader } from './hole-value.js';
import { isUnambiguousHost } from './unambiguous-host.js';
import { isReadable } from './text-rules.js';

const POLICY = {
  publicOrigin: 'https://go.northwind.example',
  partnerHosts: ['brightwater.example', 'xn--bcher-kva.example', 'xn--e1afmkfd.xn--p1ai', 'xn--80ak6aa92e.example'],
};
const HOSTS = { own: [POLICY.publicOrigin], partner: POLICY.partnerHosts };

/**
 * Labels of host names: letters of every script, other characters, and labels
 * that only look encoded.
 */
const hostName = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...'azıüßƒǀοаӏрхжщάλωոհאبकখ日本ひカー한ㄅ①∕・-0٠২\u0301\u200d'),
    minLength: 1,
    maxLength: 5,
  }),
  fc.stringMatching(/^xn--[a-z0-9-]{1,8}$/),
);

const PLAUSIBLE: Readonly<Record<Exclude<HoleType, 'slot'>, fc.Arbitrary<string>>> = {
  text: hostileText,
  colour: fc.stringMatching(/^#[0-9a-fA-F]{3,8}$/),
  image: fc.webPath().map((path) => `https://go.northwind.example${path}`),
  tracked: fc.webPath().map((path) => `https://go.northwind.example/${path}`),
  form: fc.constantFrom(
    'https://go.northwind.example',
    'https://go.northwind.example/',
    'https://go.northwind.example.evil.com/p',
  ),
  url: fc.oneof(
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.webPath().map((path) => `https://sub.brightwater.example${path}`),
    hostileText.map((text) => `https://brightwater.example/${text}`),
    hostName.map((name) => `https://${name}.brightwater.example/`),
    hostName.map((name) => `https://${name}.пример.рф/`),
    hostName
      .map((name) => `https://${name}.bücher.example/`)
      .map((typed) => (URL.canParse(typed) ? new URL(typed).href : typed)),
    fc.constantFrom(
      'https://brightwater.example',
      'https://user@brightwater.example/',
      'https://brightwater.example:8443/',
      'https://xn--brghtwater-q9a.example/',
      'https://bücher.example/Preise?für=alle',
      'https://xn--bcher-kva.example/',
      'https://xn--80ak6aa92e.example/',
      'https://evilbrightwater.example/',
      'HTTPS://BRIGHTWATER.EXAMPLE/a',
    ),
  ),
  phone: fc.stringMatching(/^\+?[0-9]{4,17}$/),
  email: fc.oneof(
    fc.emailAddress(),
    hostileText,
    fc.constantFrom(
      'a@b',
      'a@b.c',
      'a b@c.de',
      "o'n@c.de",
      'r&s@c.de',
      'i@пример.рф',
      'i@xn--e1afmkfd.xn--p1ai',
      'i@xn--a.de',
      'A@C.de',
    ),
  ),
};

const holeOf = (type: HoleType) => ({ path: 'x.y', type, stage: 'brand' as const, maxChars: 60, fallback: null });

describe('the languages of holes, written twice after one table', () => {
  it.each(HOLE_TYPES.filter((type) => type !== 'slot'))('are the same to renderer and verifier: %s', (type) => {
    const hole = holeOf(type);
    const reader = new HoleReader([hole], [], HOSTS);
    let taken = 0;
    const property = fc.property(fc.oneof(PLAUSIBLE[type], hostileText), (raw) => {
      const checked = encodeValue(hole, raw, POLICY);
      // Input is normalised. The bytes contain the result.
      if (checked.ok) {
        taken += 1;
        expect(reader.fromHtml(0, checked.value.html)).toEqual(checked.value);
        expect(reader.fromText(0, checked.value.text)).toEqual(checked.value);
      } else expect([raw, reader.fromText(0, raw)]).toEqual([raw, null]);
    });
    fc.assert(property, { numRuns: runs(1_000, 20_000) });
    expect(taken).toBeGreaterThan(0);
  });

  it('are the same for names of companies, which may have one host', () => {
    const hole = { ...holeOf('text'), path: 'recipient.company' };
    const reader = new HoleReader([hole], [], HOSTS);
    const word = fc.constantFrom(
      'Booking.com',
      'ASP.NET',
      'GmbH',
      'www.a.com',
      'a.com/b',
      '(a.io)',
      'https://a',
      'a.com,b.net',
      'a.b.com.',
      'x@a.com',
      'Co.',
    );
    const told = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(' ', '\u00a0', '-'),
        (words, space) => {
          const text = words.join(space);
          const isTaken = encodeValue(hole, text, POLICY).ok;
          told[isTaken ? 'taken' : 'refused'] += 1;
          expect([text, reader.fromText(0, text) !== null]).toEqual([text, isTaken]);
        },
      ),
      { numRuns: runs(1_000, 20_000) },
    );
    expect(Math.min(told.taken, told.refused)).toBeGreaterThan(50);
  });

  it('know the same characters that no reader sees, of all that there are', () => {
    const differing: string[] = [];
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
      const text = String.fromCodePoint(codePoint);
      // Normalisation changes this character.
      if (text.normalize('NFC') !== text) continue;
      const cleaned = cleanText('x', text, 60);
      // Some characters are taken out: then the text is another one.
      const isTaken = 'text' in cleaned && cleaned.text === text;
      if (isTaken !== isReadable(text)) differing.push(codePoint.toString(16));
    }
    expect(differing).toEqual([]);
  });

  it('know the same words of letters that only look alike', () => {
    // Letters of every script, marks, digits, and letters without lookalikes.
    const letters = fc.constantFrom(...'aZkmΩμβΑаЯжｎＡ\u0301\u0345ª1-. عह王ᴀͰ');
    const told = { readable: 0, disguised: 0 };
    fc.assert(
      fc.property(fc.string({ unit: letters, minLength: 1, maxLength: 6 }), (raw) => {
        const text = raw.normalize('NFC');
        const isTaken = 'text' in cleanText('x', text, 60);
        told[isTaken ? 'readable' : 'disguised'] += 1;
        expect([text, isReadable(text)]).toEqual([text, isTaken]);
      }),
      { numRuns: runs(5_000, 100_000) },
    );
    expect(Math.min(told.readable, told.disguised)).toBeGreaterThan(500);
  });

  it.each([
    ['https://xn--bcher-kva.example/a', true],
    ['https://xn--shop-0ra.xn--bcher-kva.example/', true],
    ['https://xn--e1afmkfd.xn--p1ai/', true],
    // These hosts are not verified.
    ['https://xn--mnchen-3ya.example/', false],
    ['https://xn--bcher-kva.example.evil.example/', false],
    // Verified, but it looks like another name: Cyrillic lookalikes of Latin
    // letters.
    ['https://xn--80ak6aa92e.example/', false],
    // Latin and Cyrillic letters mixed.
    ['https://xn--pple-43d.brightwater.example/', false],
    // Symbols, and non-canonical forms.
    ['https://xn--n3h.brightwater.example/', false],
    ['https://xn--abc-.brightwater.example/', false],
    ['https://bücher.example/a', false],
  ])('let a slot link to %s: %s', (address, isTaken) => {
    const slot: SealedSlot = {
      name: 'offer',
      format: 'inline',
      links: 'partner',
      maxChars: 120,
      maxLines: 3,
      required: false,
    };
    const reader = new HoleReader([{ ...holeOf('slot'), path: 'slot.offer' }], [slot], HOSTS);
    const read = reader.fromHtml(0, `<a href="${address}">x</a>`);
    expect(read?.text ?? null).toBe(isTaken ? `x [${address}]` : null);
  });

  it('know the same hosts that are read as others', () => {
    const told = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(hostName, fc.constantFrom('example', 'рф', 'ελ', 'հայ', '한국'), (name, ending) => {
        const host = URL.canParse(`https://${name}.${ending}/`) ? new URL(`https://${name}.${ending}/`).hostname : '';
        if (!/(?:^|\.)xn--/.test(host)) return;
        const isTaken = unicodeHost(host) !== null;
        told[isTaken ? 'taken' : 'refused'] += 1;
        expect([host, isUnambiguousHost(host)]).toEqual([host, isTaken]);
      }),
      { numRuns: runs(5_000, 100_000) },
    );
    expect(Math.min(told.taken, told.refused)).toBeGreaterThan(300);
  });

  it('have no value that could leave its place in HTML', () => {
    for (const type of HOLE_TYPES) expect(HOLE_LANGUAGES[type].pattern?.test('a"><b>') ?? false).toBe(false);
    const reader = new HoleReader([holeOf('text')], [], HOSTS);
    for (const html of ['<b>', 'a > b', '"', "'", '&', '&nbsp;', '&#60;', '&AMP;', '&amp', '&quot'])
      expect([html, reader.fromHtml(0, html)]).toEqual([html, null]);
  });

  const run = fc.record(
    { text: hostileText, bold: fc.boolean(), italic: fc.boolean(), href: fc.option(PLAUSIBLE.url, { nil: undefined }) },
    { requiredKeys: ['text'] },
  );
  const nodes = fc.record({
    kind: fc.constantFrom('paragraphs' as const, 'list' as const),
    blocks: fc.array(fc.array(run, { maxLength: 3 }), { maxLength: 4 }),
  });

  it.each(['plain', 'inline', 'list'] as const)('are the same for slots: %s', (format) => {
    const slot: Omit<SealedSlot, 'options'> = {
      name: 'offer',
      format,
      links: 'partner',
      maxChars: 120,
      maxLines: 3,
      required: false,
    };
    const reader = new HoleReader([{ ...holeOf('slot'), path: 'slot.offer' }], [slot], HOSTS);
    let taken = 0;
    const property = fc.property(nodes, (given) => {
      const value = withoutUndefined(given);
      if (checkSlot({ ...slot, label: 'Offer', default: value }, value, POLICY).length > 0) return;
      taken += 1;
      const encoded = encodeSlot(value);
      expect(reader.fromHtml(0, encoded.html)).toEqual(encoded);
    });
    fc.assert(property, { numRuns: runs(4_000, 40_000) });
    expect(taken).toBeGreaterThan(20);
  });

  it.each([
    ['an element that slots do not have', '<u>x</u>'],
    ['an attribute', '<b class="x">x</b>'],
    ['elements the other way round', '<i><b>x</b></i>'],
    ['an element that is not closed', '<b>x'],
    ['a link to a foreign host', '<a href="https://evil.example/">x</a>'],
    ['a link with more than an address', '<a href="https://brightwater.example/" target="_blank">x</a>'],
    ['too many lines', 'a<br>b<br>c<br>d'],
    ['too many characters', 'x'.repeat(121)],
    ['a bare quote', 'a "b"'],
    ['an entity in another form', 'a&nbsp;b'],
  ])('do not let into a slot %s', (_, html) => {
    const slot: SealedSlot = {
      name: 'offer',
      format: 'inline',
      links: 'partner',
      maxChars: 120,
      maxLines: 3,
      required: false,
    };
    expect(new HoleReader([{ ...holeOf('slot'), path: 'slot.offer' }], [slot], HOSTS).fromHtml(0, html)).toBeNull();
  });
});

function withoutUndefined({
  kind,
  blocks,
}: {
  kind: SlotNodes['kind'];
  blocks: readonly (readonly object[])[];
}): SlotNodes {
  return JSON.parse(JSON.stringify({ kind, blocks })) as SlotNodes;
}
