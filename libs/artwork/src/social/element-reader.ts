import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { escapeXml } from '../escape-xml.js';
import type { LogoPlace, TextPlace } from './picture-plan.js';
import { type Coordinates, type Place, coordinatesWithin, rootCoordinates, rootTags } from './place-matrix.js';
import { logoPlace, slotPlace, textPlace } from './read-slot.js';
import { inPixels } from '../svg/svg-length.js';
import type { SocialSource } from './read-source.js';
import { type CopyBox, MOST_COPIES, MOST_COPY_LETTERS } from './copy-layer.js';

const TAGS = new Set(
  (
    'svg g defs rect circle ellipse line polyline polygon path text tspan image use symbol ' +
    'lineargradient radialgradient stop clippath mask pattern title desc style filter fegaussianblur ' +
    'feoffset feblend feflood fecomposite femerge femergenode fecolormatrix feturbulence fedropshadow'
  ).split(' '),
);

/** Content of these is drawn elsewhere, or not at all. */
const UNPLACED = /^(?:defs|symbol|pattern|mask|clippath|lineargradient|radialgradient|filter)$/;
/** Attributes with a length. */
const LENGTHS = /^(?:x|y|width|height|r|rx|ry|cx|cy|x1|y1|x2|y2|dx|dy|stroke-width|font-size)$/;

export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/** A picture of the package that an `<image>` shows. */
export interface PictureReference {
  readonly path: string;
  readonly bytes: Buffer;
  readonly at: SourcePosition;
}

/** Placeholder for a picture's data in the SVG. */
export const pictureToken = (path: string): string => `tc-picture:${encodeURIComponent(path)}`;

/** A reference to anything except a part of the same file. */
const FOREIGN = /url\(\s*(?!["']?\s*#)/i;

export type Report = (code: string, at: SourcePosition | null, message: string, remedy: string) => void;
type Attributes = Readonly<Record<string, SaxesAttributeNS>>;

const SVG = 'http://www.w3.org/2000/svg';
/**
 * Styles must not load other files, or contain escapes that could hide file
 * names.
 */
const LOADING = /@import|expression|\\/i;

/** Drawing programs nest less. The parser looks up prefixes on every level. */
const MAX_DEPTH = 200;

class TooDeep extends Error {}

/**
 * Checks the elements of an SVG and writes them again, so that only checked
 * markup is drawn. Slot rectangles mark positions and are omitted from the
 * picture.
 */
export class ElementReader {
  readonly texts: TextPlace[] = [];
  readonly copies: CopyBox[] = [];
  readonly pictures: PictureReference[] = [];
  logo: LogoPlace | null = null;
  private readonly parser = new SaxesParser({ position: true, xmlns: true });
  private readonly slotTags: string[] = [];
  /** Around the children of the open elements; null where nothing is placed. */
  private readonly coordinates: (Coordinates | null)[] = [];
  private readonly ids = new Set<string>();
  private readonly references: { readonly id: string; readonly at: SourcePosition; readonly element: string }[] = [];
  private root: SourcePosition | null = null;
  private styles = 0;
  private depth = 0;
  /** Depth within a slot's rectangle; 0 outside. */
  private omitted = 0;
  private out = '';

  constructor(
    private readonly source: SocialSource,
    private readonly report: Report,
  ) {}

  read(svg: string): string {
    const { parser } = this;
    parser.on('error', (error) =>
      this.report(
        'svg-syntax',
        this.spot,
        `The SVG cannot be read: ${error.message.replace(/^.*?:\d+:\d+: /, '')}`,
        'Close every tag and quote every attribute.',
      ),
    );
    parser.on('doctype', () =>
      this.report('svg-refused', { ...this.spot, column: 0 }, 'A document type is not allowed.', 'Remove it.'),
    );
    parser.on('text', (text) => this.text(text));
    parser.on('cdata', (text) => this.text(text));
    parser.on('opentag', (tag) => this.open(tag));
    parser.on('closetag', (tag) => this.close(tag));
    try {
      parser.write(svg).close();
    } catch (error) {
      if (!(error instanceof TooDeep)) throw error;
      this.report(
        'svg-refused',
        this.spot,
        `Elements are nested more than ${MAX_DEPTH} deep.`,
        'Remove groups that are not needed.',
      );
    }
    const root = this.root ?? { line: 1, column: 0 };
    if (!this.slotTags.includes('tc:logo'))
      this.report(
        'logo-missing',
        root,
        'The picture has no placeholder for the partner’s logo.',
        'Add <rect id="tc:logo" x="…" y="…" width="…" height="…" />.',
      );
    for (const { id, at, element } of this.references)
      if (!this.ids.has(id))
        this.report(
          'svg-reference',
          at,
          `<${element}> refers to #${id.slice(0, 60)}, which does not exist in the file. Nothing would be drawn.`,
          'Use an id of this file, or remove the element.',
        );
    return this.out;
  }

  private get spot(): SourcePosition {
    return { line: this.parser.line, column: this.parser.column };
  }

  private text(text: string): void {
    if (this.omitted > 0) return;
    if (this.styles > 0) this.style(text);
    // Text outside the root is white space, or was reported.
    if (this.depth > 0) this.out += escapeXml(text);
  }

  private style(text: string): void {
    if (!FOREIGN.test(text) && !LOADING.test(text)) return;
    this.report(
      'svg-refused',
      this.spot,
      'A style that loads something is not allowed.',
      'Use plain rules, gradients and pictures of the package.',
    );
  }

  private open(tag: SaxesTagNS): void {
    const { spot: at } = this;
    const name = tag.local.toLowerCase();
    if ((this.depth += 1) > MAX_DEPTH) throw new TooDeep();
    if (name === 'style') this.styles += 1;
    this.root ??= at;
    if (!TAGS.has(name) || tag.uri !== SVG)
      this.report(
        'svg-refused',
        at,
        tag.uri === '' ? `<${tag.name}> is not an SVG element.` : `<${tag.name}> is not allowed in a picture.`,
        tag.uri === '' ? `Write <svg xmlns="${SVG}">.` : 'Use shapes, text and pictures of the package.',
      );
    const attributes = Object.values(tag.attributes).map((attribute) => this.attribute(attribute, tag, at));
    if (name === 'image' && hrefOf(tag.attributes) === undefined)
      this.report('picture-missing', at, '<image> has no href.', 'Write href="images/name.png".');
    const id = tag.attributes['id']?.value ?? '';
    if (id.startsWith('tc:')) this.slot(id, tag, at);
    else if (id !== '') this.ids.add(id);
    if (this.omitted > 0 || (id.startsWith('tc:') && name === 'rect')) this.omitted += 1;
    else if (this.coordinates.length === 0) this.out += this.rootTag(tag);
    else this.out += `<${tag.name}${attributes.join('')}>`;
    this.coordinates.push(this.within(name, tag, at));
  }

  /** The root has the picture's size, and the file's coordinates. */
  private rootTag(tag: SaxesTagNS): string {
    const { width, height } = this.source;
    const others = Object.values(tag.attributes).filter(
      ({ name }) => !/^(?:x|y|width|height|viewBox|preserveAspectRatio)$/.test(name),
    );
    const written = others.map(({ name, value }) => ` ${name}="${escapeXml(value)}"`).join('');
    return rootTags(tag.name, written, readerOf(tag.attributes), width, height);
  }

  private within(name: string, { attributes }: SaxesTagNS, at: SourcePosition): Coordinates | null {
    const around = this.coordinates.at(-1);
    if (around === null || UNPLACED.test(name)) return null;
    const read = readerOf(attributes);
    try {
      return around === undefined
        ? rootCoordinates(read, this.source.width, this.source.height)
        : coordinatesWithin(name, read, around);
    } catch {
      this.report(
        'svg-refused',
        at,
        `The transform “${(read('transform') ?? '').slice(0, 60)}” cannot be read.`,
        'Write it as matrix(…), translate(…), scale(…) or rotate(…).',
      );
      return null;
    }
  }

  private close(tag: SaxesTagNS): void {
    this.depth -= 1;
    this.coordinates.pop();
    if (tag.local.toLowerCase() === 'style') this.styles -= 1;
    if (this.omitted > 0) this.omitted -= 1;
    else this.out += `</${tag.name}>${this.coordinates.length === 0 ? `</${tag.name}>` : ''}`;
  }

  /** Checks one attribute. @returns it is written, with a blank before it. */
  private attribute({ name, local, value }: SaxesAttributeNS, tag: SaxesTagNS, at: SourcePosition): string {
    if (/^on/i.test(local)) this.report('svg-refused', at, `The handler ${name} is not allowed.`, 'Remove it.');
    else if (local.toLowerCase() === 'href') return this.href(value, tag, at);
    else if (FOREIGN.test(value))
      this.report(
        'svg-refused',
        at,
        'A reference to something outside the file is not allowed.',
        'Use a gradient or a picture of the package.',
      );
    else if (local === 'style') this.style(value);
    return ` ${name}="${escapeXml(LENGTHS.test(local) ? inPixels(value) : value)}"`;
  }

  private href(value: string, tag: SaxesTagNS, at: SourcePosition): string {
    // If both forms of href are present, readers use the newer one.
    if (hrefOf(tag.attributes) !== value) return '';
    const isPicture = tag.local.toLowerCase() === 'image';
    if (!isPicture && value.startsWith('#')) this.references.push({ id: value.slice(1), at, element: tag.name });
    else if (!isPicture)
      this.report(
        'svg-refused',
        at,
        `<${tag.name}> refers to “${value.slice(0, 60)}”, which is outside the file.`,
        'Refer to a part of the same file; pictures of the package are shown by <image>.',
      );
    else return this.picture(value, at);
    return ` href="${escapeXml(value)}"`;
  }

  private picture(value: string, at: SourcePosition): string {
    const path = value.replace(/^(?:\.\.?\/)+/, '');
    const bytes = this.source.images[path];
    if (bytes === undefined) {
      this.report(
        'picture-missing',
        at,
        `The package has no picture “${value.slice(0, 60)}”.`,
        'Add it to images/ under this name.',
      );
      return '';
    }
    this.pictures.push({ path, bytes, at });
    return ` href="${pictureToken(path)}"`;
  }

  private slot(id: string, tag: SaxesTagNS, at: SourcePosition): void {
    const { attributes } = tag;
    const { source, report } = this;
    if (this.slotTags.includes(id))
      report('slot-twice', at, `The slot “${id}” stands twice.`, 'Rename the second one.');
    this.slotTags.push(id);
    const place = slotPlace(
      { id, tag: tag.local, read: readerOf(attributes), at },
      this.coordinates.at(-1) ?? null,
      report,
    );
    if (place === null) return;
    const { box, unit } = place;
    const isOutside = box.x < 0 || box.y < 0 || box.x + box.width > source.width || box.y + box.height > source.height;
    if (isOutside)
      report(
        'slot-outside',
        at,
        `The slot “${id}” is not completely on the picture: it is ${box.width} × ${box.height} pixels at ${box.x}, ${box.y}.`,
        `Keep it within ${source.width} × ${source.height} pixels.`,
      );
    else if (id === 'tc:logo')
      this.logo = logoPlace(box, readerOf(attributes), (remedy) => {
        report('slot-attribute', at, `data-align of “${id}” has an invalid value.`, remedy);
      });
    else if (id.startsWith('tc:text:'))
      this.texts.push(
        textPlace(id.slice('tc:text:'.length), { box, unit }, attributes, (attribute, remedy) => {
          report('slot-attribute', at, `${attribute} of “${id}” has an invalid value.`, remedy);
        }),
      );
    else if (id.startsWith(COPY)) this.copy(id, place, attributes, at);
    else report('slot-unknown', at, `There is no slot “${id}”.`, 'Use tc:logo, tc:text:<name> or tc:copy:<name>.');
  }

  /** A box with a text of the vendor. */
  private copy(id: string, place: Place, attributes: Attributes, at: SourcePosition): void {
    const text = attributes['data-text']?.value;
    if (text === undefined) this.report('slot-attribute', at, `“${id}” has no text.`, 'Write data-text="{{t "key"}}".');
    const look = textPlace(id.slice(COPY.length), place, attributes, (attribute, remedy) => {
      this.report('slot-attribute', at, `${attribute} of “${id}” has an invalid value.`, remedy);
    });
    this.copies.push({ place: { ...look, maxChars: MOST_COPY_LETTERS }, text: text ?? '', at });
    if (this.copies.length === MOST_COPIES + 1)
      this.report(
        'svg-refused',
        at,
        `The picture has more than ${MOST_COPIES} boxes with texts.`,
        'Join texts in one box.',
      );
  }
}

const COPY = 'tc:copy:';

const readerOf =
  (attributes: Attributes) =>
  (name: string): string | undefined =>
    attributes[name]?.value;
const hrefOf = (attributes: Attributes): string | undefined =>
  (attributes['href'] ?? Object.values(attributes).find(({ local }) => local === 'href'))?.value;
