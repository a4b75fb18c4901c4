/** What a hole may hold; each type has its own language. */
export const HOLE_TYPES = ['text', 'slot', 'colour', 'image', 'url', 'tracked', 'form', 'phone', 'email'] as const;
export type HoleType = (typeof HOLE_TYPES)[number];

export interface HoleLanguage {
  /** `words`: text for readers; `slot`: words in a slot's own elements; `address`: a web address; `pattern`: exactly that. */
  readonly form: 'words' | 'slot' | 'address' | 'pattern';
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
 * The one table of what each type of hole may say. Two pieces of code that share nothing else are written after it: the
 * renderer refuses what is not in it before a value goes in, the verifier refuses it where it stands in final bytes. A test
 * holds the two against each other.
 */
export const HOLE_LANGUAGES: Readonly<Record<HoleType, HoleLanguage>> = {
  text: { form: 'words', pattern: null, maxChars: null, hosts: null },
  slot: { form: 'slot', pattern: null, maxChars: null, hosts: 'partner' },
  colour: { form: 'pattern', pattern: /^#[0-9a-f]{6}$/, maxChars: 7, hosts: null },
  image: OWN_ADDRESS,
  tracked: OWN_ADDRESS,
  form: OWN_ADDRESS,
  // A typed address has 300 characters at most; percent-encoding makes up to nine of one.
  url: { form: 'address', pattern: /^https:\/\/[^\s"'<>]+$/, maxChars: 2_700, hosts: 'partner' },
  phone: { form: 'pattern', pattern: /^\+[0-9]{6,15}$/, maxChars: 16, hosts: null },
  email: {
    form: 'pattern',
    pattern: /^[A-Za-z0-9.!#$%*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i,
    maxChars: 254,
    hosts: null,
  },
};

/** First and last code point of every range that no words may contain: controls, bidi, invisible, private, tags. */
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
 * Kinds of letters that look like one another: a word of two kinds is read as what it is not (UTS #39, mixed-script confusables).
 * Scripts by name; Latin letters of double width, which belong to the script Latin, by their code points.
 */
export const ALIKE_SCRIPTS = ['Latin', 'Cyrillic', 'Greek'] as const;
export const WIDE_LATIN: readonly (readonly [from: number, to: number])[] = [
  [0xff21, 0xff3a],
  [0xff41, 0xff5a],
];
/** Greek letters that units have (kΩ, μm), between at most so many Latin ones on either side. */
export const UNIT_SIGNS = 'Ωμ';
export const UNIT_LETTERS = 2;

/** Combining marks in a row from which a letter covers its neighbours. */
export const COMBINING_FLOOD = 4;

/** Joiners, allowed in text that has a letter of one of the scripts that need them, or a pictograph. */
export const JOINERS: readonly number[] = [0x200c, 0x200d, 0xfe0f];
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
 * What a name within an internationalised host (`xn--`, RFC 5890) may be of, besides digits and hyphens: letters of one of these scripts, or of some
 * that are written together (UTS #39), or these Latin ones: those of languages, none of phonetics and no clicks, which look like bars.
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
/** Letters of other scripts that are taken for Latin ones: a name of these alone is another to the eye, unless the host ends in their script. */
export const LATIN_LOOKING = 'аысԁеԍһіюјӏкорԗԛѕԝхуъьҽпгѵѡαικνρυωηοτεχցհոսօզյք';

/** Endings by which words without a scheme are still taken for a web address. */
export const ADDRESS_ENDINGS = 'com net org io co info biz ru cn xyz top online site shop app dev example'.split(' ');
