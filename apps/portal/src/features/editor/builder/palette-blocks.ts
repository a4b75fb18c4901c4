import {
  blocksOf,
  bodyOf,
  canContain,
  levelOf,
  parseSource,
  type Place,
  type SourceElement,
  textReference,
} from '#template-source';
import type { BrandKit } from '#contracts';
import { type Act, type Email, inserted, sourceOf } from './acts';
import { asHtml } from './as-html';
import { freshKey, type Texts, withCopy } from './email-copy';
import { inKitLook, legalTextFor } from './kit-look';
import { socialMarkup } from './network-acts';
import { uploadIcons } from './network-icons';
import { type Starter, starterText } from './starter-texts';

type Text = (starter: Starter) => string;

/** A block that an author can insert. */
interface PaletteBlock {
  readonly level: 'section' | 'content';
  /** @param text the reference to a new text of the catalogues. */
  readonly markup: (text: Text, pictures: Pictures) => string;
}

interface Pictures {
  /** A picture of the package; null: there is none. */
  readonly first: string | null;
}

const SECTION = '<mj-section background-color="#ffffff" padding="0 0 20px">';
const section = (...columns: readonly string[]): string =>
  `${SECTION}\n${columns.map((column) => `  ${column}`).join('\n')}\n</mj-section>`;
const column = (width: string | null, ...lines: readonly string[]): string =>
  `<mj-column${width === null ? '' : ` width="${width}"`}>\n${lines.map((line) => `    ${line}`).join('\n')}\n  </mj-column>`;
const columns = (text: Text, ...widths: readonly string[]): string =>
  section(...widths.map((width) => column(width, `<mj-text>${text('text')}</mj-text>`)));
const heading = (text: Text): string =>
  `<mj-text font-size="24px" line-height="30px" font-weight="bold">${text('heading')}</mj-text>`;
const BUTTON = 'background-color="{{brand.primary}}" color="{{brand.onPrimary}}"';
const button = (text: Text): string =>
  `<mj-button ${BUTTON} href="{{links.viewInBrowser}}">${text('button')}</mj-button>`;
const picture = (text: Text, { first }: Pictures): string =>
  first === null ? '<mj-spacer height="120px" />' : `<mj-image src="${first}" alt="${text('alt')}" />`;
const CONTACT =
  '<mj-text>{{partner.contact.name}}<br />{{partner.name}} · <a href="mailto:{{partner.contact.email}}" style="color:{{brand.link}};">{{partner.contact.email}}</a><br />{{partner.contact.phone}}</mj-text>';
/** Of a new `mj-social`. */
const FIRST_NETWORKS = ['linkedin', 'youtube'] as const;
const FINE = 'font-size="12px" line-height="18px" color="#5b6472"';

const PALETTE = {
  heading: { level: 'content', markup: heading },
  text: { level: 'content', markup: (text) => `<mj-text>${text('text')}</mj-text>` },
  button: { level: 'content', markup: button },
  image: { level: 'content', markup: picture },
  list: { level: 'content', markup: (text) => `<mj-text>${text('list')}</mj-text>` },
  socialLinks: {
    level: 'content',
    markup: () =>
      `<mj-social mode="horizontal" icon-size="28px" align="center">\n  ${FIRST_NETWORKS.map(socialMarkup).join('\n  ')}\n</mj-social>`,
  },
  divider: {
    level: 'content',
    markup: () => '<mj-divider border-width="1px" border-color="#d0d7e2" />',
  },
  spacer: { level: 'content', markup: () => '<mj-spacer height="24px" />' },
  columns1: { level: 'section', markup: (text) => columns(text, '100%') },
  columns2: { level: 'section', markup: (text) => columns(text, '50%', '50%') },
  columns3: { level: 'section', markup: (text) => columns(text, '33.33%', '33.33%', '33.33%') },
  columns4: { level: 'section', markup: (text) => columns(text, '25%', '25%', '25%', '25%') },
  hero: {
    level: 'section',
    markup: (text, pictures) =>
      section(column(null, picture(text, pictures), heading(text), `<mj-text>${text('text')}</mj-text>`, button(text))),
  },
  card: {
    level: 'section',
    markup: (text) =>
      section(
        `<mj-column background-color="#f6f8fb" border-left="4px solid {{brand.primary}}" padding="10px 0">\n    ${heading(text)}\n    <mj-text>${text('text')}</mj-text>\n    ${button(text)}\n  </mj-column>`,
      ),
  },
  quote: {
    level: 'section',
    markup: (text) =>
      section(
        column(
          null,
          `<mj-text font-size="20px" line-height="30px" font-style="italic">${text('quote')}</mj-text>`,
          `<mj-text ${FINE}>${text('name')}</mj-text>`,
        ),
      ),
  },
  cobrand: {
    level: 'section',
    markup: (text, pictures) =>
      section(
        column('50%', picture(text, pictures).replace(' />', ' width="150px" align="left" />')),
        column('50%', '<tc-partner-logo width="160px" height="52px" align="right" surface="light" />'),
      ),
  },
  contact: { level: 'section', markup: () => section(column(null, CONTACT)) },
  offer: {
    level: 'content',
    markup: (text) =>
      `<tc-slot name="offer" label="${text('label')}" max-chars="240" max-lines="4" format="inline">${text('offer')}</tc-slot>`,
  },
  legal: { level: 'section', markup: (text) => section(column(null, `<mj-text ${FINE}>${text('legal')}</mj-text>`)) },
  footer: {
    level: 'section',
    markup: (text) =>
      section(
        column(
          null,
          `<mj-text ${FINE}>${text('sent')} {{recipient.email}} ${text('by')} {{partner.legalName}}, {{partner.address}}. <a href="{{links.unsubscribe}}">${text('unsubscribe')}</a></mj-text>`,
        ),
      ),
  },
} as const satisfies Record<string, PaletteBlock>;

export type PaletteName = keyof typeof PALETTE;
export const PALETTE_NAMES = Object.keys(PALETTE).filter((name): name is PaletteName => name in PALETTE);

/** The tag that decides where a block of the palette can be dropped. */
export const tagOfPalette = (name: PaletteName): string =>
  PALETTE[name].level === 'content' ? 'mj-text' : 'mj-section';

/**
 * Inserts a block of the palette, with its first texts in all languages.
 * @param at the place for it, as `tagOfPalette` allows; or the selected block,
 *   which it follows; null: the end of the content.
 * @param pictures paths of the package's pictures.
 * @param design of the vendor's brand kit; null: blocks have the e-mail's styles.
 */
export function withPaletteBlock(
  email: Email,
  name: PaletteName,
  at: Place | SourceElement | null,
  pictures: readonly string[],
  design: BrandKit['design'] | null = null,
): Act | null {
  const block: PaletteBlock = PALETTE[name];
  const source = sourceOf(email);
  const given = at !== null && !('attributes' in at) ? at : null;
  const selected = at !== null && 'attributes' in at ? at : null;
  const inColumn = block.level === 'content' ? (given ?? contentPlace(selected)) : null;
  const spot = given ?? inColumn ?? sectionPlace(source, selected);
  if (spot === null) return null;
  const keys = new Map<string, Starter>();
  const text: Text = (starter) => {
    const key = freshKey(email.texts, email.locales, `${email.key}.${starter}`, [...keys.keys()]);
    keys.set(key, starter);
    return textReference(key);
  };
  const plain = block.markup(text, { first: firstPicture(source) ?? pictures[0] ?? null });
  const markup = design === null ? plain : inKitLook(plain, design);
  const isLoose = block.level === 'content' && inColumn === null;
  const made = inserted(email, spot, isLoose ? section(column(null, markup)) : markup);
  return made === null ? null : { ...made, texts: { ...made.texts, ...starterTexts(email, keys, design) } };
}

/** Uploads the pictures that a block of the palette needs and the package does not have. */
export const preparePaletteBlock = (
  name: PaletteName,
  pictures: readonly string[],
  upload: (file: File) => Promise<string>,
): Promise<void> => uploadIcons(name === 'socialLinks' ? FIRST_NETWORKS : [], pictures, upload);

/**
 * Where markup goes after the selected block, and the markup with the row and
 * column that it needs there.
 * @param level of its outermost element.
 * @returns null: the e-mail has no body.
 */
export function placeForMarkup(
  source: string,
  selected: SourceElement | null,
  level: 'section' | 'content',
  markup: string,
): { readonly place: Place; readonly markup: string } | null {
  const inColumn = level === 'content' ? contentPlace(selected) : null;
  const place = inColumn ?? sectionPlace(source, selected);
  if (place === null) return null;
  return { place, markup: level === 'content' && inColumn === null ? section(column(null, markup)) : markup };
}

function starterTexts(email: Email, keys: ReadonlyMap<string, Starter>, design: BrandKit['design'] | null): Texts {
  const wordsOf = (locale: string, starter: Starter): string => {
    const legal = starter === 'legal' && design !== null ? legalTextFor(design, locale) : undefined;
    return legal === undefined ? starterText(locale, starter) : asHtml(legal);
  };
  return email.locales.reduce<Texts>((all, locale) => {
    const written = [...keys].reduce<Texts>(
      (texts, [key, starter]) => ({ ...texts, ...withCopy(texts, locale, key, wordsOf(locale, starter)) }),
      email.texts,
    );
    const file = `locales/${locale}.yaml`;
    return keys.size === 0 ? all : { ...all, [file]: written[file] ?? '' };
  }, {});
}

/** Beside content, or in the last column of a row; null: there is no column. */
function contentPlace(selected: SourceElement | null): Place | null {
  if (selected === null) return null;
  if (levelOf(selected) === 'content') return { beside: selected, after: true };
  const column = [selected, ...descendants(selected)].findLast((one) => canContain(one, 'mj-text'));
  return column === undefined ? null : { into: column };
}

const descendants = (element: SourceElement): SourceElement[] =>
  element.children.flatMap((child) => [child, ...descendants(child)]);

/** After the row of a block; without one, before the footer. */
function sectionPlace(source: string, selected: SourceElement | null): Place | null {
  for (let row = selected; row !== null; row = row.parent)
    if (row.parent?.name === 'mj-body') return { beside: row, after: true };
  const body = bodyOf(parseSource(source));
  if (body === undefined) return null;
  const last = body.children.findLast(
    (row) => row.name !== 'tc-lock' && !source.slice(row.start, row.end).includes('links.unsubscribe'),
  );
  const [first] = body.children;
  if (last !== undefined) return { beside: last, after: true };
  return first === undefined ? { into: body } : { beside: first, after: false };
}

/** The picture that the e-mail has already: a new one is exchanged for another. */
function firstPicture(source: string): string | null {
  const image = blocksOf(parseSource(source)).find(({ name }) => name === 'mj-image');
  const src = image?.attributes.find(({ name }) => name === 'src');
  return src === undefined ? null : source.slice(src.valueStart, src.valueEnd);
}
