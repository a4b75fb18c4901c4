import type { TemplateType } from '#contracts';
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
import { type Act, type Template, inserted, sourceOf } from './acts';
import { asHtml } from './as-html';
import { freshKey, type Texts, withCopy } from './email-copy';
import { formOf, newForm, withNext } from './form-acts';
import { inKitLook, legalTextFor } from './kit-look';
import { linkNames } from '../new-files';
import { socialMarkup } from './network-acts';
import { uploadIcons } from './network-icons';
import { PAGE_PALETTE } from './page-palette';
import type { NewText, Offered, PaletteBlock } from './palette-block';
import { type Starter, starterText } from './starter-texts';

const SECTION = '<mj-section background-color="#ffffff" padding="0 0 20px">';
const section = (...columns: readonly string[]): string =>
  `${SECTION}\n${columns.map((column) => `  ${column}`).join('\n')}\n</mj-section>`;
const column = (width: string | null, ...lines: readonly string[]): string =>
  `<mj-column${width === null ? '' : ` width="${width}"`}>\n${lines.map((line) => `    ${line}`).join('\n')}\n  </mj-column>`;
const columns = (text: NewText, ...widths: readonly string[]): string =>
  section(...widths.map((width) => column(width, `<mj-text>${text('text')}</mj-text>`)));
const heading = (text: NewText): string =>
  `<mj-text font-size="24px" line-height="30px" font-weight="bold">${text('heading')}</mj-text>`;
const BUTTON = 'background-color="{{brand.primary}}" color="{{brand.onPrimary}}"';
const button = (text: NewText): string =>
  `<mj-button ${BUTTON} href="{{links.viewInBrowser}}">${text('button')}</mj-button>`;
const picture = (text: NewText, { picture: path }: Offered): string =>
  path === null ? '<mj-spacer height="120px" />' : `<mj-image src="${path}" alt="${text('alt')}" />`;
const CONTACT =
  '<mj-text>{{partner.contact.name}}<br />{{partner.name}} · <a href="mailto:{{partner.contact.email}}" style="color:{{brand.link}};">{{partner.contact.email}}</a><br />{{partner.contact.phone}}</mj-text>';
/** Of a new `mj-social`. */
const FIRST_NETWORKS = ['linkedin', 'youtube'] as const;
const FINE = 'font-size="12px" line-height="18px" color="#5b6472"';

/** Blocks of an e-mail. */
const EMAIL_PALETTE = {
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

export type PaletteName = keyof typeof EMAIL_PALETTE | keyof typeof PAGE_PALETTE;
const PALETTES: Readonly<Record<TemplateType, Readonly<Partial<Record<PaletteName, PaletteBlock>>>>> = {
  email: EMAIL_PALETTE,
  page: PAGE_PALETTE,
};

const isPaletteName = (name: string): name is PaletteName => name in EMAIL_PALETTE || name in PAGE_PALETTE;

/** The blocks that an author can insert into an e-mail or page. */
export const paletteNames = (kind: TemplateType): PaletteName[] => Object.keys(PALETTES[kind]).filter(isPaletteName);

/** Blocks that only a campaign of a partner can fill. */
const OF_PARTNERS: readonly PaletteName[] = ['cobrand', 'contact', 'offer'];

/** The blocks of a newsletter, which comes from the vendor. */
export const newsletterPalette = (kind: TemplateType): PaletteName[] =>
  paletteNames(kind).filter((name) => !OF_PARTNERS.includes(name));

const TAGS = {
  email: { content: 'mj-text', section: 'mj-section' },
  page: { content: 'p', section: 'section' },
} as const;

/** The tag that decides where a block of the palette can be dropped. */
export const tagOfPalette = (kind: TemplateType, name: PaletteName): string =>
  TAGS[kind][PALETTES[kind][name]?.level ?? 'content'];

/** Whether a block of the palette may be on the page only once, and is. */
export const isTaken = (blocks: readonly SourceElement[], name: PaletteName): boolean =>
  name === 'form' && blocks.some((block) => block.name === 'tc-form');

/**
 * Inserts a block of the palette, with its first texts in all languages.
 * @param at the place for it, as `tagOfPalette` allows; or the selected block,
 *   which it follows; null: the end of the content.
 * @param pictures paths of the package's pictures.
 * @param design of the vendor's brand kit; null: blocks have the e-mail's styles.
 */
export function withPaletteBlock(
  template: Template,
  name: PaletteName,
  at: Place | SourceElement | null,
  pictures: readonly string[],
  design: BrandKit['design'] | null = null,
): Act | null {
  const block = PALETTES[template.kind][name];
  const source = sourceOf(template);
  if (block === undefined || isTaken(blocksOf(parseSource(source)), name)) return null;
  const { keys, keyOf } = newKeys(template);
  const markup = firstMarkup(template, block, keyOf, pictures, design);
  const spot = isPlace(at)
    ? { place: at, markup }
    : placeForMarkup(source, at, block.level, markup, template.kind === 'email');
  const made = spot === null ? null : inserted(template, spot.place, spot.markup);
  const form = name === 'form' ? newForm(template, keyOf) : {};
  return made === null ? null : { ...made, texts: { ...made.texts, ...form, ...starterTexts(template, keys, design) } };
}

const isPlace = (at: Place | SourceElement | null): at is Place => at !== null && !('attributes' in at);

/** Keys for the texts of one act, each with its first text. */
function newKeys(template: Template): {
  readonly keys: ReadonlyMap<string, Starter>;
  readonly keyOf: (starter: Starter) => string;
} {
  const keys = new Map<string, Starter>();
  return {
    keys,
    keyOf: (starter) => {
      const key = freshKey(template.texts, template.locales, `${template.key}.${starter}`, [...keys.keys()]);
      keys.set(key, starter);
      return key;
    },
  };
}

/** The markup of a block of the palette, in the look of the vendor's brand kit. */
function firstMarkup(
  template: Template,
  block: PaletteBlock,
  keyOf: (starter: Starter) => string,
  pictures: readonly string[],
  design: BrandKit['design'] | null,
): string {
  const text: NewText = (starter) => textReference(keyOf(starter));
  const plain = block.markup(text, {
    picture: firstPicture(sourceOf(template)) ?? pictures[0] ?? null,
    link: linkNames(template.texts)[0] ?? 'privacy',
  });
  return design === null ? plain : inKitLook(plain, design);
}

/** Describes the form of a page whose `<tc-form>` has none yet. */
export function setUpForm(template: Template, select: number | null): Act {
  const { keys, keyOf } = newKeys(template);
  const form = newForm(template, keyOf);
  return { texts: { ...form, ...starterTexts(template, keys, null) }, select };
}

/** Offers a link after the form of a page was sent, with a first label; null: no longer. */
export function withNextStep(template: Template, select: number | null, link: string | null): Act {
  const key = freshKey(template.texts, template.locales, `${template.key}.form.next`);
  const isNew = link !== null && formOf(template.texts, template.key)?.next === null;
  const first = isNew ? starterTexts(template, new Map<string, Starter>([[key, 'next']]), null) : {};
  return { texts: { ...withNext(template, link, key), ...first }, select };
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
  isEmail: boolean,
): { readonly place: Place; readonly markup: string } | null {
  const tag = /^<([a-z][\w-]*)/.exec(markup)?.[1] ?? 'mj-text';
  const inColumn = level === 'content' ? contentPlace(selected, tag) : null;
  const place = inColumn ?? sectionPlace(source, selected);
  if (place === null) return null;
  const isLoose = level === 'content' && inColumn === null && isEmail;
  return { place, markup: isLoose ? section(column(null, markup)) : markup };
}

function starterTexts(
  template: Template,
  keys: ReadonlyMap<string, Starter>,
  design: BrandKit['design'] | null,
): Texts {
  const wordsOf = (locale: string, starter: Starter): string => {
    const legal = starter === 'legal' && design !== null ? legalTextFor(design, locale) : undefined;
    return legal === undefined ? starterText(locale, starter) : asHtml(legal);
  };
  return template.locales.reduce<Texts>((all, locale) => {
    const written = [...keys].reduce<Texts>(
      (texts, [key, starter]) => ({ ...texts, ...withCopy(texts, locale, key, wordsOf(locale, starter)) }),
      template.texts,
    );
    const file = `locales/${locale}.yaml`;
    return keys.size === 0 ? all : { ...all, [file]: written[file] ?? '' };
  }, {});
}

/** Beside content, or in the last column of a row; null: there is no column. */
function contentPlace(selected: SourceElement | null, tag: string): Place | null {
  if (selected === null) return null;
  if (selected.kind === 'page' && canContain(selected, tag)) return { into: selected };
  for (let at: SourceElement | null = selected; at !== null; at = at.parent)
    if (levelOf(at) === 'content' && canContain(at.parent, tag)) return { beside: at, after: true };
  const column = [selected, ...descendants(selected)].findLast((one) => canContain(one, tag));
  return column === undefined ? null : { into: column };
}

const descendants = (element: SourceElement): SourceElement[] =>
  element.children.flatMap((child) => [child, ...descendants(child)]);

/** What contains the rows of an e-mail or page. */
const ROOMS = ['mj-body', 'body', 'main'];

/** After the row of a block; without one, before the footer. */
function sectionPlace(source: string, selected: SourceElement | null): Place | null {
  for (let row = selected; row !== null; row = row.parent)
    if (row.parent !== null && ROOMS.includes(row.parent.name)) return { beside: row, after: true };
  const whole = bodyOf(parseSource(source));
  if (whole === undefined) return null;
  const body = whole.children.find(({ name }) => name === 'main') ?? whole;
  const last = body.children.findLast(
    (row) =>
      row.name !== 'tc-lock' &&
      row.name !== 'footer' &&
      !source.slice(row.start, row.end).includes('links.unsubscribe'),
  );
  const [first] = body.children;
  if (last !== undefined) return { beside: last, after: true };
  return first === undefined ? { into: body } : { beside: first, after: false };
}

/** The picture that the e-mail or page has already: a new one is exchanged for another. */
function firstPicture(source: string): string | null {
  const image = blocksOf(parseSource(source)).find(({ name }) => name === 'mj-image' || name === 'img');
  const src = image?.attributes.find(({ name }) => name === 'src');
  return src === undefined ? null : source.slice(src.valueStart, src.valueEnd);
}
