/** How the inspector edits an attribute. */
export type FieldKind = 'length' | 'colour' | 'align' | 'valign' | 'link' | 'picture' | 'alt' | 'surface';

export interface BlockField {
  readonly name: string;
  readonly kind: FieldKind;
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

/** What the inspector offers for a block. The code has all that MJML knows. */
export const BLOCK_FIELDS: Readonly<Record<string, readonly BlockField[]>> = {
  'mj-text': TEXT,
  'tc-slot': TEXT,
  'mj-button': BUTTON,
  'tc-button': BUTTON,
  'mj-image': [
    { name: 'src', kind: 'picture' },
    { name: 'alt', kind: 'alt' },
    LINK,
    { name: 'width', kind: 'length' },
    ALIGN,
    PADDING,
  ],
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

const LENGTH = /^\d{1,4}(?:\.\d{1,2})?(?:px|%)?$/;

/** `16 32` as `16px 32px`; null if it is no length in pixels or per cent. */
export function lengthOf(written: string): string | null {
  const parts = written.trim().split(/\s+/);
  if (parts.length > 4 || !parts.every((part) => LENGTH.test(part))) return null;
  return parts.map((part) => (/[x%]$/.test(part) ? part : `${part}px`)).join(' ');
}
