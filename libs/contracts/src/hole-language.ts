/** What a hole may hold; each type has its own language. */
export const HOLE_TYPES = ['text', 'slot', 'colour', 'image', 'url', 'tracked', 'form', 'phone', 'email'] as const;
export type HoleType = (typeof HOLE_TYPES)[number];

export interface HoleLanguage {
  /**
   * `words`: text for readers.
   * `slot`: text in a slot's own elements.
   * `address`: a web address.
   * `pattern`: exactly that pattern.
   * `email`: an e-mail address in its canonical form, see `parseEmail`.
   */
  readonly form: 'words' | 'slot' | 'address' | 'pattern' | 'email';
  /** Anchored at both ends; null where the form says it all. */
  readonly pattern: RegExp | null;
  /** Characters at most; null where the hole or its slot names the limit. */
  readonly maxChars: number | null;
  /** Whose hosts an address may name. */
  readonly hosts: 'own' | 'partner' | null;
}

const OWN_ADDRESS: HoleLanguage = {
  form: 'address',
  pattern: /^https?:\/\/[A-Za-z0-9:/._~?=&%+-]+$/,
  maxChars: 500,
  hosts: 'own',
};

/**
 * The values that each type of hole allows.
 * Two independent implementations follow this table.
 * The renderer refuses another value before it inserts it.
 * The verifier refuses it in the final bytes.
 * A test compares the two.
 */
export const HOLE_LANGUAGES: Readonly<Record<HoleType, HoleLanguage>> = {
  text: { form: 'words', pattern: null, maxChars: null, hosts: null },
  slot: { form: 'slot', pattern: null, maxChars: null, hosts: 'partner' },
  colour: { form: 'pattern', pattern: /^#[0-9a-f]{6}$/, maxChars: 7, hosts: null },
  image: OWN_ADDRESS,
  tracked: OWN_ADDRESS,
  form: OWN_ADDRESS,
  // A typed URL has 300 characters at most; percent-encoding makes up to nine
  // of one.
  url: { form: 'address', pattern: /^https:\/\/[^\s"'<>]+$/, maxChars: 2_700, hosts: 'partner' },
  phone: { form: 'pattern', pattern: /^\+[0-9]{6,15}$/, maxChars: 16, hosts: null },
  email: { form: 'email', pattern: null, maxChars: 254, hosts: null },
};

/**
 * First and last code point of every range forbidden in text.
 * Controls, bidi, invisible, private use, tags.
 */
export const FORBIDDEN_CODE_POINTS: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe0e],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xfffe, 0xffff],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
  [0xf0000, 0x10ffff],
];

/**
 * Scripts with similar letters: a mixed word misleads (UTS #39, mixed-script
 * confusables). Scripts by name; full-width Latin letters, of script Latin, by
 * code point.
 */
export const ALIKE_SCRIPTS = ['Latin', 'Cyrillic', 'Greek'] as const;
export const WIDE_LATIN: readonly (readonly [from: number, to: number])[] = [
  [0xff21, 0xff3a],
  [0xff41, 0xff5a],
];
/**
 * Greek letters of units (kΩ, μm), between at most so many Latin ones on either
 * side.
 */
export const UNIT_SIGNS = 'Ωμ';
export const UNIT_LETTERS = 2;

/**
 * Characters that are taken out of typed text: soft hyphen, zero-width space,
 * marks of direction, word joiner, byte order mark, and the selector of a
 * pictograph as text. They come with copied text and change nothing that a
 * reader sees.
 */
const TAKEN_OUT = /[\u00ad\u200b\u200e\u200f\u2060\ufe0e\ufeff]/g;
/** Tabs and line separators (U+2028) are spaces. */
const SPACES = /[\t\u2028\u2029]/g;

/** Typed text as readers see it: NFC, without the characters above. */
export const readableText = (typed: string): string =>
  typed.replace(TAKEN_OUT, '').replace(SPACES, ' ').normalize('NFC');

/** Combining marks in a row from which a letter covers its neighbours. */
export const COMBINING_FLOOD = 4;

/**
 * Joiners, allowed in text with a pictograph or a letter of a script that needs
 * them.
 */
export const JOINERS: readonly number[] = [0x200c, 0x200d, 0xfe0f];
/** Encloses a digit in a keycap (1️⃣): the emoji selector U+FE0F stands before it. */
export const KEYCAP = 0x20e3;
export const JOINING_SCRIPTS = [
  'Arabic',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
] as const;

/**
 * Letters allowed in a label of an internationalised host (`xn--`, RFC 5890),
 * besides digits and hyphens: of one script, or of scripts that are written
 * together (UTS #39). Latin is limited to letters of languages: no phonetics,
 * no clicks, which look like bars.
 */
export const HOST_SCRIPTS: readonly (readonly string[])[] = [
  ...'Cyrillic Greek Armenian Hebrew Arabic Thaana Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Thai Lao Khmer Myanmar Tibetan Georgian Ethiopic'
    .split(' ')
    .map((script) => [script]),
  ['Han', 'Hiragana', 'Katakana'],
  ['Han', 'Hangul'],
  ['Han', 'Bopomofo'],
];
export const HOST_LATIN: readonly (readonly [from: number, to: number])[] = [
  [0x61, 0x7a],
  [0xdf, 0xf6],
  [0xf8, 0x17f],
  [0x1a1, 0x1a1],
  [0x1b0, 0x1b0],
  [0x219, 0x219],
  [0x21b, 0x21b],
  [0x1e80, 0x1e85],
  [0x1ea1, 0x1ef9],
];
/**
 * Letters of other scripts that look Latin.
 * A label of these alone is misleading, unless the host ends in their script.
 */
export const LATIN_LOOKING = 'аысԁеԍһіюјӏкорԗԛѕԝхуъьҽпгѵѡαικνρυωηοτεχցհոսօզյք';

/**
 * Text holes with the name of a company, which may be that of its website:
 * Check24.com GmbH. Only one such word, without path: no link to a page.
 */
export const COMPANY_NAMES: readonly string[] = [
  'partner.name',
  'partner.legalName',
  'partner.legalLine',
  'recipient.company',
];

/**
 * Domain endings: text with one of them is read as a web address even without a
 * scheme.
 */
export const ADDRESS_ENDINGS = 'com net org io co info biz ru cn xyz top online site shop app dev example'.split(' ');
