import fc from 'fast-check';
import type { RecipientValues } from '#rendering';

/** What people have tried in fields of mails and pages. */
const ATTEMPTS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' style='display:none",
  '</td></tr></table><p>You have won</p>',
  '<!--',
  '-->',
  '<![endif]-->',
  '{{links.unsubscribe}}',
  '{{#when industry="x"}}',
  '</tc-lock>',
  '&lt;b&gt;',
  '&amp;amp;',
  '&#x3c;',
  'javascript:alert(1)',
  'www.evil.example',
  'https://evil.example/',
  'Reset your password at evil.com',
  '\u202Efdp.exe',
  '\u200Binvisible',
  'a\u0301\u0301\u0301\u0301\u0301',
  'Ju\u0308rgen',
  'Jürgen',
  'محمد',
  'नेहा',
  'नेहा\u200Dक',
  '王小明',
  '🧑‍💻 Kim',
  'Nоrthwind',
  'ΒRIGHTWATER',
  'ｎorthwind',
  '10 kΩ or 5 μm',
  'line\nbreak',
  'tab\tstop',
  'nul\u0000',
  '\uD800',
  '=3D=0D=0A',
  '=?UTF-8?B?SGVsbG8=?=',
  '\r\nBcc: everybody@example.com',
  '.',
  '  ',
  'x'.repeat(61),
  'é'.repeat(60),
  '&'.repeat(60),
  '"'.repeat(30),
];

/**
 * A value as a list might hold it: ordinary, strange, or meant to break
 * something.
 */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...ATTEMPTS),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ maxLength: 60 }),
  fc.tuple(fc.constantFrom(...ATTEMPTS), fc.string({ maxLength: 10 })).map(([one, other]) => `${other}${one}${other}`),
);

const orNothing = (value: fc.Arbitrary<string>): fc.Arbitrary<string | null> => fc.option(value, { freq: 4 });

/**
 * A recipient with hostile details; the address and the links are the product's
 * own, and well-formed.
 */
export const hostileRecipient: fc.Arbitrary<Omit<RecipientValues, 'links'>> = fc.record({
  firstName: orNothing(hostileText),
  lastName: orNothing(hostileText),
  company: orNothing(hostileText),
  email: fc.constantFrom('reader@customer.example', "o'neil+news@customer.example", 'a.b@sub.customer.example'),
  industry: orNothing(fc.constantFrom('finance', 'Insurance', 'healthcare', 'retail', 'manufacturing', '<b>')),
  persona: orNothing(fc.constantFrom('it', 'cfo', 'ceo', 'technical', 'finance')),
  stage: orNothing(fc.constantFrom('aware', 'customer')),
  segment: fc.constant(null),
  country: orNothing(fc.constantFrom('DE', 'GB', 'FR', 'US')),
});

/** Changes that an attacker might make to locked copy. */
const PLANTS = [
  ' ',
  '\n',
  '\u00A0',
  '\u200B',
  '\u202E',
  'x',
  '0',
  '-',
  'not ',
  '<',
  '>',
  '"',
  '&',
  ';',
  '<br>',
  '<p>Now at half the price</p>',
  '<div style="display:none">',
  '</div>',
  '<style>*{color:#ffffff}</style>',
  '<!--',
  '-->',
  '<a href="https://evil.example/">',
  'https://evil.example/',
  ' style="display:none"',
  ' hidden',
  '&nbsp;',
  '&#8203;',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '<!--[if mso]><p>Only in Outlook</p><![endif]-->',
];

/** One change to a text, at places that are shares of its length. */
export type Mutation = (text: string) => string;

// Not fc.double: that one gives mostly numbers next to nothing, and changes
// would all fall on the first character.
const share = fc.noBias(fc.nat({ max: 999_999 })).map((number) => number / 1_000_000);
const at = (text: string, place: number): number => Math.floor(place * (text.length + 1));

/**
 * Insertions, deletions, exchanges, repetitions: by one character and by whole
 * blocks.
 */
export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(share, fc.constantFrom(...PLANTS)).map(([place, plant]): Mutation => (text) => {
    const index = at(text, place);
    return text.slice(0, index) + plant + text.slice(index);
  }),
  fc.tuple(share, fc.constantFrom(...PLANTS)).map(([place, plant]): Mutation => (text) => {
    const index = at(text, place);
    return text.slice(0, index) + plant + text.slice(index + plant.length);
  }),
  fc.tuple(share, fc.integer({ min: 1, max: 300 })).map(([place, length]): Mutation => (text) => {
    const index = at(text, place);
    return text.slice(0, index) + text.slice(index + length);
  }),
  fc.tuple(share, share, fc.integer({ min: 1, max: 400 })).map(([from, to, length]): Mutation => (text) => {
    const [source, target] = [at(text, from), at(text, to)];
    return text.slice(0, target) + text.slice(source, source + length) + text.slice(target);
  }),
  fc
    .tuple(share, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }))
    .map(([place, other]): Mutation => (text) => {
      const index = at(text, place);
      return text.slice(0, index) + other + text.slice(index + 1);
    }),
  fc.tuple(share, fc.integer({ min: 1, max: 20 })).map(([place, length]): Mutation => (text) => {
    const index = at(text, place);
    const piece = text.slice(index, index + length);
    const other = piece.toUpperCase() === piece ? piece.toLowerCase() : piece.toUpperCase();
    return text.slice(0, index) + other + text.slice(index + length);
  }),
);

/** How often properties are tried: in the normal run, and with LONG=1. */
export const runs = (short: number, long: number): number => (process.env['LONG'] === '1' ? long : short);
