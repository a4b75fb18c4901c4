import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { parseEmail } from '#contracts';
import { anEmail, aRecipient, partnerValues, POLICY, withSource } from './email.fixture.js';
import {
  bake,
  type BakedMaster,
  buildMime,
  checkSlot,
  cleanText,
  compileMaster,
  contrast,
  encodeText,
  formatAddress,
  mergeTagIn,
  type Master,
  personalise,
  prepareMime,
  slotFromText,
} from './index.js';
import { encodeSlot } from './slot.js';

let master: Master;
let baked: BakedMaster;
beforeAll(async () => {
  const compiled = await compileMaster(anEmail());
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  master = compiled.master;
  const result = bake(master, partnerValues(), POLICY);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  baked = result.baked;
});

const problems = (values: ReturnType<typeof partnerValues>): string[] => {
  const result = bake(master, values, POLICY);
  return result.ok ? [] : result.problems.map(({ code, path }) => `${code} ${path}`);
};
const partner = (change: object) => ({ partner: { ...partnerValues().partner, ...change } });
const brand = (change: object) => ({ brand: { ...partnerValues().brand, ...change } });

describe('a partner’s values', () => {
  it('may lack a telephone number: there is no link then', async () => {
    const compiled = await compileMaster(
      withSource((source) =>
        source.replace(
          '<tc-slot',
          '<mj-text><a href="tel:{{partner.contact.phoneE164}}">{{partner.contact.phone}}</a></mj-text><tc-slot',
        ),
      ),
    );
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
    const contact = { ...partnerValues().partner.contact, phone: '' };
    const result = bake(compiled.master, partnerValues(partner({ contact })), POLICY);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const sent = personalise(result.baked, aRecipient(), POLICY);
    expect(sent.ok && sent.message.html).not.toContain('tel:');
    const known = bake(compiled.master, partnerValues(), POLICY);
    const shown = known.ok ? personalise(known.baked, aRecipient(), POLICY) : known;
    expect(shown.ok && shown.message.html).toMatch(/<a href="tel:\+\d+"[^>]*>[^<]+<\/a>/);
    expect(sent.ok && sent.message.text).not.toContain('tel:');
  });

  it.each([
    [
      'a colour with more in it',
      partnerValues(brand({ primary: '#0b5cad;display:none' })),
      'colour-form brand.primary',
    ],
    ['a transparent colour', partnerValues(brand({ primary: 'transparent' })), 'colour-form brand.primary'],
    ['colours that cannot be read', partnerValues(brand({ onPrimary: '#0b5cae' })), 'contrast-low brand.onPrimary'],
    [
      'a direction override in a name',
      partnerValues(partner({ name: 'Bright\u202Ewater' })),
      'text-invisible-at partner.name',
    ],
    ['Cyrillic letters in a Latin name', partnerValues(partner({ name: 'Nоrthwind' })), 'text-disguised partner.name'],
    ['a Greek letter in a Latin name', partnerValues(partner({ name: 'ΒRIGHTWATER' })), 'text-disguised partner.name'],
    ['a letter of double width', partnerValues(partner({ name: 'ｎorthwind' })), 'text-disguised partner.name'],
    [
      'an object replacement character',
      partnerValues(partner({ legalName: 'Bright\uFFFBwater' })),
      'text-invisible-at partner.legalName',
    ],
    ['two web addresses in a name', partnerValues(partner({ name: 'evil.com evil.net' })), 'text-url partner.name'],
    ['a page in a name', partnerValues(partner({ name: 'Pay at evil.com/pay' })), 'text-url partner.name'],
    [
      'a web address in a postal address',
      partnerValues(partner({ address: 'Pay at evil.com' })),
      'text-url partner.address',
    ],
    [
      'a placeholder of another tool in a slot',
      partnerValues({ slots: { offer: slotFromText('Dear *|FNAME|*, hello') } }),
      'slot-merge-tag slot.offer',
    ],
    ['a web address in a name', partnerValues(partner({ name: 'Go to www.evil.example' })), 'text-url partner.name'],
    ['a name that is too long', partnerValues(partner({ name: 'x'.repeat(81) })), 'text-too-long partner.name'],
    [
      'a flood of combining marks',
      partnerValues(partner({ name: `Z\u0301\u0302\u0303\u0304\u0305` })),
      'text-invisible-at partner.name',
    ],
    ['half a character', partnerValues(partner({ name: 'a\uD800' })), 'text-broken partner.name'],
    ['no address', partnerValues(partner({ address: '' })), 'value-missing partner.address'],
    [
      'a picture from elsewhere',
      partnerValues({ logos: { 'light.w180h60': 'https://evil.example/x.png' } }),
      'url-not-own partner.logo.light.w180h60',
    ],
    [
      'a slot with markup styles it may not have',
      partnerValues({ slots: { offer: { kind: 'list', blocks: [[{ text: 'x' }]] } } }),
      'slot-kind slot.offer',
    ],
    [
      'a slot link to a foreign host',
      partnerValues({
        slots: { offer: { kind: 'paragraphs', blocks: [[{ text: 'x', href: 'https://evil.example' }]] } },
      }),
      'url-host-unknown slot.offer',
    ],
    [
      'a slot link that runs',
      partnerValues({
        slots: { offer: { kind: 'paragraphs', blocks: [[{ text: 'x', href: 'javascript:alert(1)' }]] } },
      }),
      'url-not-https slot.offer',
    ],
    [
      'a slot that is too long',
      partnerValues({ slots: { offer: slotFromText('x'.repeat(201)) } }),
      'text-too-long slot.offer',
    ],
  ])('refuses %s', (_, values, expected) => {
    expect(problems(values)).toContain(expected);
  });

  it('reports all of them at once', () => {
    expect(problems(partnerValues({ ...brand({ primary: 'red' }), ...partner({ name: '', address: '' }) }))).toEqual(
      expect.arrayContaining([
        'colour-form brand.primary',
        'value-missing partner.name',
        'value-missing partner.address',
      ]),
    );
  });

  it.each([
    'Отдел IT-безопасности',
    'Ελλάδα & Co',
    'До 10 kΩ, 5 μm',
    'ＮＴＴ 東日本',
    'Ћирилица и latinica',
    '日本語ABC',
  ])('lets honest words of several scripts through: %s', (name) => {
    expect(problems(partnerValues(partner({ name })))).toEqual([]);
  });

  it.each(['Check24.com GmbH', 'Amazon.com Services LLC', 'ASP.NET Experts Ltd', 'Booking.com'])(
    'lets the name of a company through: %s',
    (name) => {
      expect(problems(partnerValues(partner({ name, legalName: name })))).toEqual([]);
    },
  );

  it.each([
    '1️⃣ Call us',
    'Com\u00ADpany',
    'Call\u200Bus',
    '\uFEFFCall us',
    'Call\u2028us',
    'Call\tus',
    '☎\uFE0E Call us',
  ])('takes out or lets through what readers do not see: %j', (text) => {
    const slots = { offer: slotFromText(text) };
    expect(problems(partnerValues({ slots }))).toEqual([]);
    expect(JSON.stringify(encodeSlot(slots.offer))).not.toMatch(/[\u00AD\u200B\uFEFF\u2028\t\uFE0E]/);
  });

  it('names the character that no reader sees, and its place', () => {
    const checked = cleanText('x', 'Ring \u{1F514}\u202Eus', 60);
    expect('problem' in checked && checked.problem.named).toEqual({ at: 7, codePoint: 'U+202E' });
  });

  it.each([
    '{{recipient.firstName}}',
    '*|FNAME|*',
    '%%first%%',
    '[[name]]',
    '%FIRSTNAME%',
    '{% if a %}',
    '<<Name>>',
    '${name}',
    '{!Contact.Name}',
    '{first_name}',
  ])('knows the placeholder %s', (tag) => {
    expect(mergeTagIn(`Dear ${tag}, hello`)).toBe(tag);
  });

  it.each(['100% sure, 50 % off', 'a {note}', '[1] and [2]', '5 * 3 | 4', 'x << 2', '$5 {each}'])(
    'takes no other text for a placeholder: %s',
    (text) => {
      expect(mergeTagIn(text)).toBeNull();
    },
  );

  it('lets a link to a verified host through', () => {
    expect(
      problems(
        partnerValues({
          slots: {
            offer: {
              kind: 'paragraphs',
              blocks: [[{ text: 'Our offer', href: 'https://www.brightwater.example/offer?a=1&b=2' }]],
            },
          },
        }),
      ),
    ).toEqual([]);
  });

  it('can never leave its place, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom('name', 'legalName', 'address'),
        (text, field) => {
          const result = bake(master, partnerValues(partner({ [field]: text })), POLICY);
          if (!result.ok) return;
          const value = result.baked.values[`partner.${field}`] ?? '';
          expect(value).not.toMatch(/[<>"'\n\u202A-\u202E\u2066-\u2069]/u);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a recipient’s values', () => {
  it('are refused by name when nothing can stand in for them', () => {
    const result = personalise(baked, aRecipient({ email: 'not an address' }), POLICY);
    expect(result.ok ? [] : result.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'email-form recipient.email',
    ]);
  });

  it('may be in any script', () => {
    const result = personalise(baked, aRecipient({ firstName: 'محمد' }), POLICY);
    expect(result.ok && result.message.html.includes('محمد')).toBe(true);
  });

  it('refuses links that are not the product’s own', () => {
    const result = personalise(
      baked,
      aRecipient({ links: { demo: 'https://evil.example/l/x', unsubscribe: 'https://go.northwind.example/u/abc' } }),
      POLICY,
    );
    expect(result.ok).toBe(false);
  });
});

describe('a slot', () => {
  it('counts characters as people do', () => {
    const rule = {
      name: 'a',
      label: 'A',
      format: 'plain',
      links: 'none',
      maxChars: 2,
      maxLines: 1,
      required: true,
      default: slotFromText(''),
    } as const;
    expect(checkSlot(rule, slotFromText('🙂🙂'), POLICY)).toEqual([]);
    expect(checkSlot(rule, slotFromText(''), POLICY).map(({ code }) => code)).toEqual(['slot-empty']);
  });
});

describe('a MIME message', () => {
  const built = (recipient = aRecipient()) =>
    buildMime(prepareMime(baked), recipient, POLICY, encodeText, {
      messageId: 'x@mail.example',
      headers: [
        ['From', formatAddress({ name: 'Brightwater & Söhne', address: 'brightwater@mail.northwind.example' })],
        ['To', formatAddress({ name: '', address: recipient.email })],
      ],
    });

  it('is read by an independent parser as what was personalised', async () => {
    const mime = built();
    const plain = personalise(baked, aRecipient(), POLICY);
    if (!mime.ok || !plain.ok) throw new Error('refused');
    const parsed = await simpleParser(mime.raw);
    expect(parsed.subject).toBe(plain.message.subject);
    expect(parsed.from?.text).toBe('"Brightwater & Söhne" <brightwater@mail.northwind.example>');
    expect((parsed.html || '').trimEnd()).toBe(plain.message.html.trimEnd());
    expect(parsed.text?.trimEnd()).toBe(plain.message.text.trimEnd());
  });

  it('shows every address that a list may hold, in its text and in To', () => {
    const label = fc.stringMatching(/^[a-z0-9а-яüéß例え]([a-z0-9а-яüéß例え-]{0,20}[a-z0-9а-яüéß例え])?$/);
    const local = fc.stringMatching(/^[\w!#$%&'*+/=?^`{|}~-]{1,20}(\.[\w!#$%&'*+/=?^`{|}~-]{1,20}){0,2}$/);
    const written = fc
      .tuple(local, label, fc.constantFrom('example', 'рф', 'xn--p1ai', 'museum', '中国'))
      .map(([name, host, ending]) => `${name}@${host}.${ending}`);
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(written, fc.emailAddress()), (input) => {
        const address = parseEmail(input);
        if (typeof address === 'string') return;
        taken += 1;
        const mime = built(aRecipient({ email: address.email }));
        if (!mime.ok) throw new Error(JSON.stringify(mime.problems));
        expect(mime.raw.toString()).toContain(`<${address.email}>`);
        const shown = personalise(baked, aRecipient({ email: address.email }), POLICY);
        expect(shown.ok && shown.message.text).toContain(address.email);
      }),
      { numRuns: 60 },
    );
    expect(taken).toBeGreaterThan(30);
  });

  it('has no line over 76 characters in its parts and no bare line break', () => {
    const mime = built();
    if (!mime.ok) throw new Error('refused');
    const text = mime.raw.toString('latin1');
    expect(text.split('\r\n').filter((line) => line.length > 78)).toEqual([]);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('is the same for the same message', () => {
    const [one, two] = [built(), built()];
    expect(one.ok && two.ok && one.raw.equals(two.raw)).toBe(true);
  });

  it('refuses a header that would begin another', () => {
    expect(() =>
      buildMime(prepareMime(baked), aRecipient(), POLICY, encodeText, {
        messageId: 'x',
        headers: [['X', 'a\r\nBcc: b@example.com']],
      }),
    ).toThrow('line break');
    expect(() => formatAddress({ name: 'x', address: 'a@b.example>\r\nBcc: c@d.example' })).toThrow(RangeError);
  });
});

describe('contrast', () => {
  it('follows WCAG', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });
});
