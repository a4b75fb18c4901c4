import { SaxesParser } from 'saxes';
import type { SourceProblem } from '#kernel';
import type { LogoPlace, PicturePlan, PixelBox, TextPlace } from './picture-plan.js';

export interface SocialSource {
  readonly file: string;
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** Catalogue texts, for `{{t "key"}}`. */
  readonly texts: Readonly<Record<string, string>>;
  readonly catalogueFile: string;
  /** Pictures of the package by path, for <image href="images/…">. */
  readonly images: Readonly<Record<string, Buffer>>;
}

const TAGS = new Set(
  'svg g defs rect circle ellipse line polyline polygon path text tspan image use symbol lineargradient radialgradient stop clippath mask pattern title desc style filter fegaussianblur feoffset feblend feflood fecomposite femerge femergenode fecolormatrix feturbulence fedropshadow'.split(
    ' ',
  ),
);

/** A vendor's source with its copy filled in and its places taken out. */
export interface Reading extends Pick<PicturePlan, 'logo' | 'texts'> {
  readonly svg: string;
  readonly problems: SourceProblem[];
  readonly usedKeys: string[];
}

/** A reference to anything but a part of the same file. */
const FOREIGN = /url\(\s*(?!["']?\s*#)/i;

/** For text that is read as markup: XML here, Pango's elsewhere. */
export const escapeXml = (text: string): string => text.replace(/[&<>"'\n]/g, (char) => `&#${char.charCodeAt(0)};`);

/** Checks a vendor's SVG, fills in its copy, and finds the places of logo and texts. */
export function readSource(source: SocialSource): Reading {
  const problems: SourceProblem[] = [];
  const usedKeys: string[] = [];
  const report = (code: string, at: { line: number; column: number } | null, message: string, wayOut: string): void => {
    problems.push({
      code,
      severity: 'error',
      file: source.file,
      line: at?.line ?? null,
      column: at === null ? null : at.column + 1,
      message,
      wayOut,
    });
  };
  const filled = source.svg.replace(/\{\{\s*t\s+["']([^"']+)["']\s*\}\}/g, (whole, key: string, offset: number) => {
    usedKeys.push(key);
    const text = source.texts[key];
    if (text === undefined) {
      const before = source.svg.slice(0, offset).split('\n');
      report(
        'copy-missing',
        { line: before.length, column: before.at(-1)?.length ?? 0 },
        `The catalogue ${source.catalogueFile} has no text "${key}".`,
        `Add the key ${key} to ${source.catalogueFile}.`,
      );
      return whole;
    }
    return escapeXml(text);
  });
  const found = readElements(filled, source, report);
  return { svg: found.svg, logo: found.logo, texts: found.texts, problems, usedKeys };
}

type Report = (code: string, at: { line: number; column: number } | null, message: string, wayOut: string) => void;

function readElements(svg: string, source: SocialSource, report: Report): Pick<Reading, 'svg' | 'logo' | 'texts'> {
  const found: { logo: LogoPlace | null } = { logo: null };
  const texts: TextPlace[] = [];
  const slotTags: string[] = [];
  let root = { line: 1, column: 0 };
  let out = svg;
  let inStyle = false;
  const parser = new SaxesParser({ position: true });
  parser.on('error', (error) =>
    report(
      'svg-syntax',
      { line: parser.line, column: parser.column },
      `The SVG cannot be read: ${error.message.replace(/^.*?:\d+:\d+: /, '')}`,
      'Close every tag and quote every attribute.',
    ),
  );
  parser.on('doctype', () =>
    report('svg-refused', { line: parser.line, column: 0 }, 'A document type is not allowed.', 'Take it away.'),
  );
  parser.on('text', (text) => {
    if (!inStyle || !(FOREIGN.test(text) || /@import|expression|\\/i.test(text))) return;
    report(
      'svg-refused',
      { line: parser.line, column: parser.column },
      'A style that loads something is not allowed.',
      'Use plain rules, gradients and pictures of the package.',
    );
  });
  parser.on('closetag', () => {
    inStyle = false;
  });
  parser.on('opentag', (tag) => {
    const at = { line: parser.line, column: parser.column };
    const attributes = tag.attributes as Record<string, string>;
    const name = tag.name.replace(/^svg:/, '').toLowerCase();
    inStyle = name === 'style';
    if (name === 'svg' && slotTags.length === 0) root = at;
    if (!TAGS.has(name))
      report(
        'svg-refused',
        at,
        `<${tag.name}> is not allowed in a picture.`,
        'Use shapes, text and pictures of the package.',
      );
    for (const [attribute, value] of Object.entries(attributes)) {
      if (/^on/i.test(attribute))
        report('svg-refused', at, `The handler ${attribute} is not allowed.`, 'Take it away.');
      else if (/(?:^|:)href$/i.test(attribute) && !value.startsWith('#'))
        out = inlineImage(out, value, source, () =>
          report(
            'picture-missing',
            at,
            `The package has no picture “${value.slice(0, 60)}”.`,
            'Put it into images/ and name it so.',
          ),
        );
      else if (FOREIGN.test(value))
        report(
          'svg-refused',
          at,
          'A reference to something outside the file is not allowed.',
          'Use a gradient or a picture of the package.',
        );
    }
    const id = attributes['id'] ?? '';
    if (!id.startsWith('tc:')) return;
    if (slotTags.includes(id))
      report('slot-twice', at, `The slot “${id}” stands twice.`, 'Give the second another name.');
    slotTags.push(id);
    const box = boxOf(attributes);
    if (name !== 'rect' || box === null)
      report(
        'slot-shape',
        at,
        `The slot “${id}” is no rectangle with x, y, width and height.`,
        `Write <rect id="${id}" x="…" y="…" width="…" height="…" />.`,
      );
    else if (id === 'tc:logo')
      found.logo = { ...box, surface: attributes['data-surface'] === 'dark' ? 'dark' : 'light' };
    else if (box.x < 0 || box.y < 0 || box.x + box.width > source.width || box.y + box.height > source.height)
      report(
        'slot-outside',
        at,
        `The slot “${id}” is not wholly on the picture.`,
        `Keep it within ${source.width} × ${source.height} pixels.`,
      );
    else if (id.startsWith('tc:text:'))
      texts.push(
        textPlace(id.slice('tc:text:'.length), box, attributes, (attribute, wayOut) => {
          report('slot-attribute', at, `${attribute} of “${id}” is not what it may be.`, wayOut);
        }),
      );
    else report('slot-unknown', at, `There is no slot “${id}”.`, 'Use tc:logo or tc:text:<name>.');
  });
  parser.write(svg).close();
  if (found.logo === null)
    report(
      'logo-missing',
      root,
      'The picture has no place for the partner’s logo.',
      'Add <rect id="tc:logo" x="…" y="…" width="…" height="…" />.',
    );
  // The rectangles mark places; they are not part of the picture.
  for (const id of slotTags)
    out = out.replace(
      new RegExp(`<rect\\b[^>]*\\bid="${id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"[^>]*?(?:/>|>\\s*</rect>)`),
      '',
    );
  return { svg: out, logo: found.logo, texts };
}

function inlineImage(svg: string, path: string, { images }: SocialSource, missing: () => void): string {
  const bytes = images[path.replace(/^(?:\.\.?\/)+/, '')];
  if (bytes === undefined) {
    missing();
    return svg;
  }
  const type = bytes[0] === 0xff ? 'jpeg' : 'png';
  return svg.replaceAll(`href="${path}"`, `href="data:image/${type};base64,${bytes.toString('base64')}"`);
}

function boxOf(attributes: Readonly<Record<string, string>>): PixelBox | null {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) =>
    Number(attributes[name] ?? (name === 'x' || name === 'y' ? 0 : NaN)),
  );
  if (
    x === undefined ||
    y === undefined ||
    width === undefined ||
    height === undefined ||
    !(width > 0) ||
    !(height > 0)
  )
    return null;
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

const ALIGN: Readonly<Record<string, TextPlace['align']>> = {
  left: 'start',
  start: 'start',
  center: 'centre',
  centre: 'centre',
  right: 'end',
  end: 'end',
};

function textPlace(
  name: string,
  box: PixelBox,
  attributes: Readonly<Record<string, string>>,
  wrong: (attribute: string, wayOut: string) => void,
): TextPlace {
  const number = (attribute: string, otherwise: number, from: number, to: number): number => {
    const value = Number(attributes[attribute] ?? otherwise);
    if (Number.isInteger(value) && value >= from && value <= to) return value;
    wrong(attribute, `Write a whole number from ${from} to ${to}.`);
    return otherwise;
  };
  const choice = <T extends string>(attribute: string, otherwise: string, choices: Readonly<Record<string, T>>): T => {
    const value = choices[attributes[attribute] ?? otherwise];
    if (value === undefined) wrong(attribute, `Write one of ${Object.keys(choices).join(', ')}.`);
    return value ?? (choices[otherwise] as T);
  };
  const colour = attributes['data-color'] ?? '#111827';
  if (!/^#[0-9a-f]{6}$/i.test(colour)) wrong('data-color', 'Write six hexadecimal digits, for example #111827.');
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name))
    wrong('id', 'Name it in lower-case letters, digits and hyphens: tc:text:headline.');
  const size = number('data-size', 48, 8, 400);
  return {
    ...box,
    name,
    maxChars: number('data-max', 80, 1, 2000),
    size,
    minSize: number('data-min-size', Math.max(8, Math.round(size * 0.4)), 8, size),
    colour,
    weight: choice('data-weight', 'regular', { regular: 'regular', normal: 'regular', bold: 'bold' }),
    align: choice('data-align', 'start', ALIGN),
  };
}
