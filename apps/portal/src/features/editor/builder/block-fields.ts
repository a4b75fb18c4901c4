import { type PageBlockKind, pageBlockKind, type SourceElement } from '#template-source';

/** How the inspector edits an attribute. */
export type FieldKind = 'length' | 'colour' | 'align' | 'position' | 'valign' | 'link' | 'picture' | 'alt' | 'surface';

export interface BlockField {
  readonly name: string;
  readonly kind: FieldKind;
  /** A property of the `style` attribute. */
  readonly isStyle?: true;
}

const PADDING: BlockField = { name: 'padding', kind: 'length' };
const ALIGN: BlockField = { name: 'align', kind: 'align' };
const LINK: BlockField = { name: 'href', kind: 'link' };
const TEXT: readonly BlockField[] = [
  ALIGN,
  { name: 'font-size', kind: 'length' },
  { name: 'color', kind: 'colour' },
  { name: 'container-background-color', kind: 'colour' },
  PADDING,
];

const BUTTON: readonly BlockField[] = [
  LINK,
  ALIGN,
  { name: 'background-color', kind: 'colour' },
  { name: 'color', kind: 'colour' },
  { name: 'border-radius', kind: 'length' },
  PADDING,
];

const IMAGE: readonly BlockField[] = [
  { name: 'src', kind: 'picture' },
  { name: 'alt', kind: 'alt' },
  LINK,
  { name: 'width', kind: 'length' },
  ALIGN,
  PADDING,
];

/** What the inspector offers for a block of an e-mail. The code has all that MJML knows. */
const EMAIL_FIELDS: Readonly<Record<string, readonly BlockField[]>> = {
  'mj-text': TEXT,
  'tc-slot': TEXT,
  'mj-button': BUTTON,
  'tc-button': BUTTON,
  'mj-image': IMAGE,
  'tc-picture': IMAGE,
  'mj-divider': [{ name: 'border-color', kind: 'colour' }, { name: 'border-width', kind: 'length' }, PADDING],
  'mj-social': [ALIGN, { name: 'icon-size', kind: 'length' }, PADDING],
  'mj-spacer': [{ name: 'height', kind: 'length' }],
  'mj-section': [{ name: 'background-color', kind: 'colour' }, PADDING],
  'mj-wrapper': [{ name: 'background-color', kind: 'colour' }, PADDING],
  'mj-column': [
    { name: 'width', kind: 'length' },
    { name: 'background-color', kind: 'colour' },
    { name: 'vertical-align', kind: 'valign' },
    PADDING,
  ],
  'tc-partner-logo': [
    ALIGN,
    { name: 'width', kind: 'length' },
    { name: 'height', kind: 'length' },
    { name: 'surface', kind: 'surface' },
    PADDING,
  ],
};

const style = (name: string, kind: FieldKind): BlockField => ({ name, kind, isStyle: true });
const PAGE_TEXT = [
  style('text-align', 'align'),
  style('font-size', 'length'),
  style('color', 'colour'),
  style('background-color', 'colour'),
  style('margin', 'length'),
];
const PAGE_BUTTON = [
  LINK,
  style('margin', 'position'),
  style('background-color', 'colour'),
  style('color', 'colour'),
  style('border-radius', 'length'),
  style('padding', 'length'),
];
const PAGE_IMAGE: readonly BlockField[] = [
  { name: 'src', kind: 'picture' },
  { name: 'alt', kind: 'alt' },
  style('width', 'length'),
  style('margin', 'position'),
  style('border-radius', 'length'),
];
const PAGE_SECTION = [
  style('background-color', 'colour'),
  style('color', 'colour'),
  style('padding', 'length'),
  style('text-align', 'align'),
  style('border-radius', 'length'),
];

/** The same for a page. Most is in the `style` attribute. */
const PAGE_FIELDS: Readonly<Partial<Record<PageBlockKind, readonly BlockField[]>>> = {
  section: PAGE_SECTION,
  columns: [style('gap', 'length'), ...PAGE_SECTION],
  column: [style('flex-basis', 'length'), ...PAGE_SECTION],
  text: PAGE_TEXT,
  heading: PAGE_TEXT,
  list: PAGE_TEXT,
  item: PAGE_TEXT,
  slot: PAGE_TEXT,
  button: PAGE_BUTTON,
  partnerButton: PAGE_BUTTON,
  image: PAGE_IMAGE,
  partnerPicture: PAGE_IMAGE,
  divider: [style('border-top-color', 'colour'), style('border-top-width', 'length'), style('margin', 'length')],
  spacer: [style('height', 'length')],
  logo: [
    { name: 'width', kind: 'length' },
    { name: 'height', kind: 'length' },
    { name: 'surface', kind: 'surface' },
  ],
};

/** What the inspector offers for a block. */
export const fieldsOf = (source: string, block: SourceElement): readonly BlockField[] =>
  block.kind === 'page' ? (PAGE_FIELDS[pageBlockKind(source, block)] ?? []) : (EMAIL_FIELDS[block.name] ?? []);

const LENGTH = /^\d{1,4}(?:\.\d{1,2})?(?:px|%)?$/;

/** `16 32` as `16px 32px`; null if it is no length in pixels or per cent. */
export function lengthOf(written: string): string | null {
  const parts = written.trim().split(/\s+/);
  if (parts.length > 4 || !parts.every((part) => LENGTH.test(part))) return null;
  return parts.map((part) => (/[x%]$/.test(part) ? part : `${part}px`)).join(' ');
}
