import type { HoleStage, HoleType } from './master.js';

interface Field {
  readonly pattern: RegExp;
  readonly example: string;
  readonly type: HoleType;
  readonly stage: HoleStage;
  readonly maxChars: number;
  /** Empty for partners that do not have this value. */
  readonly mayBeEmpty?: true;
}

/**
 * Every path that templates may use, with its type. An unknown path prevents
 * publishing.
 */
const FIELDS: readonly Field[] = [
  {
    pattern: /^brand\.(primary|onPrimary|secondary|onSecondary|link)$/,
    example: 'brand.primary',
    type: 'colour',
    stage: 'brand',
    maxChars: 7,
  },
  {
    pattern: /^partner\.logo\.(light|dark|brand)\.w\d+h\d+(?:\.(?:center|right))?$/,
    example: '',
    type: 'image',
    stage: 'brand',
    maxChars: 200,
  },
  { pattern: /^asset\..+$/, example: '', type: 'image', stage: 'brand', maxChars: 200 },
  { pattern: /^partner\.website$/, example: 'partner.website', type: 'url', stage: 'brand', maxChars: 300 },
  { pattern: /^partner\.name$/, example: 'partner.name', type: 'text', stage: 'brand', maxChars: 80 },
  { pattern: /^partner\.legalName$/, example: 'partner.legalName', type: 'text', stage: 'brand', maxChars: 160 },
  {
    pattern: /^partner\.legalLine$/,
    example: 'partner.legalLine',
    type: 'text',
    stage: 'brand',
    maxChars: 600,
    mayBeEmpty: true,
  },
  { pattern: /^partner\.address$/, example: 'partner.address', type: 'text', stage: 'brand', maxChars: 240 },
  {
    pattern: /^partner\.contact\.(name|title)$/,
    example: 'partner.contact.name',
    type: 'text',
    stage: 'brand',
    maxChars: 80,
  },
  {
    pattern: /^partner\.contact\.phone$/,
    example: 'partner.contact.phone',
    type: 'text',
    stage: 'brand',
    maxChars: 80,
    mayBeEmpty: true,
  },
  {
    pattern: /^partner\.contact\.email$/,
    example: 'partner.contact.email',
    type: 'email',
    stage: 'brand',
    maxChars: 254,
  },
  {
    pattern: /^partner\.contact\.phoneE164$/,
    example: 'partner.contact.phoneE164',
    type: 'phone',
    stage: 'brand',
    maxChars: 16,
    mayBeEmpty: true,
  },
  // The partner's own address of a button; empty: the vendor's link.
  {
    pattern: /^slot\.[a-z][a-z0-9-]*\.link$/,
    example: '',
    type: 'url',
    stage: 'brand',
    maxChars: 300,
    mayBeEmpty: true,
  },
  // The partner's own picture and its alt text; empty: the vendor's picture.
  {
    pattern: /^slot\.[a-z][a-z0-9-]*\.picture$/,
    example: '',
    type: 'image',
    stage: 'brand',
    maxChars: 200,
    mayBeEmpty: true,
  },
  {
    pattern: /^slot\.[a-z][a-z0-9-]*\.alt$/,
    example: '',
    type: 'text',
    stage: 'brand',
    maxChars: 160,
    mayBeEmpty: true,
  },
  { pattern: /^slot\.[a-z][a-z0-9-]*$/, example: '', type: 'slot', stage: 'brand', maxChars: 0 },
  { pattern: /^page\.url$/, example: '', type: 'form', stage: 'brand', maxChars: 300 },
  { pattern: /^form\.action$/, example: '', type: 'form', stage: 'brand', maxChars: 300 },
  {
    pattern: /^recipient\.greeting$/,
    example: 'recipient.greeting',
    type: 'text',
    stage: 'recipient',
    maxChars: 160,
  },
  { pattern: /^recipient\.phone$/, example: 'recipient.phone', type: 'text', stage: 'recipient', maxChars: 40 },
  {
    pattern: /^recipient\.(firstName|lastName|industry)$/,
    example: 'recipient.firstName',
    type: 'text',
    stage: 'recipient',
    maxChars: 60,
  },
  { pattern: /^recipient\.company$/, example: 'recipient.company', type: 'text', stage: 'recipient', maxChars: 80 },
  { pattern: /^recipient\.email$/, example: 'recipient.email', type: 'email', stage: 'recipient', maxChars: 254 },
  {
    pattern: /^links\.[a-zA-Z][a-zA-Z0-9]*$/,
    example: 'links.unsubscribe',
    type: 'tracked',
    stage: 'recipient',
    maxChars: 300,
  },
];

/** Links that every e-mail may use without a declaration. */
export const BUILT_IN_LINKS = ['unsubscribe', 'preferences', 'viewInBrowser', 'privacy', 'imprint'] as const;

/**
 * Links to what the law wants readers to find. Following one says nothing about
 * their interest in the campaign.
 */
export const LEGAL_LINKS = ['privacy', 'imprint'] as const;

/**
 * A link that is invisible to readers and screen readers: only programs follow
 * it. Every published e-mail has one.
 */
export const DECOY_LINK = 'decoy';

/** Names that a campaign cannot give to its links. */
export const RESERVED_LINKS: readonly string[] = [...BUILT_IN_LINKS, DECOY_LINK];

/**
 * Maximum number of characters of a partner's field.
 * @param path of an existing field.
 */
export function maxCharsOf(path: string): number {
  const field = fieldOf(path);
  if (field === null) throw new Error(`There is no field ${path}.`);
  return field.maxChars;
}

/** The field behind a path, or null when there is none. */
export function fieldOf(path: string): Omit<Field, 'pattern' | 'example'> | null {
  return FIELDS.find(({ pattern }) => pattern.test(path)) ?? null;
}

/** Paths that an author may write, for messages and completion. */
export const FIELD_EXAMPLES: readonly string[] = FIELDS.flatMap(({ example }) => (example === '' ? [] : [example]));

/** Every path that a template may contain, without links. */
export const FIELD_PATHS: readonly string[] = FIELDS.flatMap(({ pattern, example }) => {
  const [, before = '', choices = ''] = /^\^([\w.\\]+?)\(([\w|]+)\)\$$/.exec(pattern.source) ?? [];
  if (choices !== '') return choices.split('|').map((choice) => before.replaceAll('\\', '') + choice);
  return example === '' || example.startsWith('links.') ? [] : [example];
});
