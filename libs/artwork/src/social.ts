import { SaxesParser } from 'saxes';
import sharp, { type OverlayOptions } from 'sharp';
import type { SourceProblem } from '#kernel';
import { type FontWeight, fontFile } from './fonts.js';

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

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
interface TextSlot extends Box {
  readonly name: string;
  readonly maxChars: number;
  readonly size: number;
  readonly colour: string;
  readonly weight: FontWeight;
  readonly align: 'left' | 'centre' | 'right';
}
interface LogoSlot extends Box {
  readonly surface: 'light' | 'dark';
}

interface Plan {
  readonly width: number;
  readonly height: number;
  readonly logo: LogoSlot | null;
  readonly texts: readonly TextSlot[];
  /** The vendor's layers, flattened once: PNG, base64. */
  readonly base: string;
}

export type PreparedSocial =
  | {
      readonly ok: true;
      readonly prepared: Buffer;
      readonly slots: readonly { readonly name: string; readonly maxChars: number }[];
      readonly usedKeys: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly SourceProblem[]; readonly usedKeys: readonly string[] };

const TAGS = new Set(
  'svg g defs rect circle ellipse line polyline polygon path text tspan image use symbol lineargradient radialgradient stop clippath mask pattern title desc style filter fegaussianblur feoffset feblend feflood fecomposite femerge femergenode fecolormatrix feturbulence fedropshadow'.split(
    ' ',
  ),
);

/** Checks a vendor's picture source, fills in its copy, and flattens its layers once. */
export async function prepareSocial(source: SocialSource): Promise<PreparedSocial> {
  const reading = readSource(source);
  if (reading.problems.length > 0) return { ok: false, problems: reading.problems, usedKeys: reading.usedKeys };
  try {
    const base = await sharp(Buffer.from(reading.svg), { limitInputPixels: 16_000_000 })
      .resize(source.width, source.height, { fit: 'fill' })
      .flatten({ background: '#ffffff' })
      .png()
      .toBuffer();
    const plan: Plan = {
      width: source.width,
      height: source.height,
      logo: reading.logo,
      texts: reading.texts,
      base: base.toString('base64'),
    };
    return {
      ok: true,
      prepared: Buffer.from(JSON.stringify(plan)),
      slots: reading.texts.map(({ name, maxChars }) => ({ name, maxChars })),
      usedKeys: reading.usedKeys,
    };
  } catch (error) {
    const message = `The picture cannot be drawn: ${error instanceof Error ? error.message : String(error)}`;
    return {
      ok: false,
      problems: [
        {
          code: 'social-broken',
          severity: 'error',
          file: source.file,
          line: null,
          column: null,
          message,
          wayOut: 'Open it in a drawing program and save it as plain SVG.',
        },
      ],
      usedKeys: reading.usedKeys,
    };
  }
}

interface Reading {
  readonly svg: string;
  readonly logo: LogoSlot | null;
  readonly texts: TextSlot[];
  readonly problems: SourceProblem[];
  readonly usedKeys: string[];
}

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

function readSource(source: SocialSource): Reading {
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

function readElements(
  svg: string,
  source: SocialSource,
  report: Report,
): { svg: string; logo: LogoSlot | null; texts: TextSlot[] } {
  const found: { logo: LogoSlot | null } = { logo: null };
  const texts: TextSlot[] = [];
  const slotTags: string[] = [];
  let out = svg;
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
  parser.on('opentag', (tag) => {
    const at = { line: parser.line, column: parser.column };
    const attributes = tag.attributes as Record<string, string>;
    const name = tag.name.replace(/^svg:/, '').toLowerCase();
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
      else if (/url\(\s*["']?(?!#)/i.test(value))
        report(
          'svg-refused',
          at,
          'A reference to something outside the file is not allowed.',
          'Use a gradient or a picture of the package.',
        );
    }
    const id = attributes['id'] ?? '';
    if (!id.startsWith('tc:')) return;
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
    else if (id.startsWith('tc:text:')) texts.push(textSlot(id.slice('tc:text:'.length), box, attributes));
    else report('slot-unknown', at, `There is no slot “${id}”.`, 'Use tc:logo or tc:text:<name>.');
  });
  parser.write(svg).close();
  if (found.logo === null)
    report(
      'logo-missing',
      null,
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

function boxOf(attributes: Readonly<Record<string, string>>): Box | null {
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

function textSlot(name: string, box: Box, attributes: Readonly<Record<string, string>>): TextSlot {
  const colour = attributes['data-color'] ?? '#111827';
  const align = attributes['data-align'];
  return {
    ...box,
    name,
    maxChars: Number(attributes['data-max'] ?? 80),
    size: Number(attributes['data-size'] ?? 48),
    colour: /^#[0-9a-f]{6}$/i.test(colour) ? colour : '#111827',
    weight: attributes['data-weight'] === 'bold' ? 'bold' : 'regular',
    align: align === 'center' || align === 'centre' ? 'centre' : align === 'right' ? 'right' : 'left',
  };
}

export interface SocialValues {
  /** The partner's logo variants, PNG. */
  readonly logos: { readonly light: Buffer; readonly dark: Buffer };
  /** By slot; a slot without text stays empty. */
  readonly texts: Readonly<Record<string, string>>;
}

export type ComposedSocial =
  | { readonly ok: true; readonly jpeg: Buffer }
  | {
      readonly ok: false;
      readonly problems: readonly {
        readonly code: string;
        readonly path: string;
        readonly message: string;
        readonly wayOut: string;
      }[];
    };

/** One partner's picture: logo and texts into their boxes, everything else as the vendor drew it. The same input gives the same bytes. */
export async function composeSocial(prepared: Buffer, values: SocialValues): Promise<ComposedSocial> {
  const plan = JSON.parse(prepared.toString('utf8')) as Plan;
  const problems = plan.texts.flatMap(({ name, maxChars }) => {
    const length = [...(values.texts[name] ?? '')].length;
    return length <= maxChars
      ? []
      : [
          {
            code: 'text-too-long',
            path: `slot.${name}`,
            message: `The text has ${length} characters; ${maxChars} fit on the picture.`,
            wayOut: `Shorten it by ${length - maxChars}.`,
          },
        ];
  });
  if (problems.length > 0) return { ok: false, problems };
  const layers: OverlayOptions[] = [];
  if (plan.logo !== null) layers.push(await logoLayer(plan.logo, values.logos));
  for (const slot of plan.texts) {
    const text = values.texts[slot.name]?.trim();
    if (text) layers.push(await textLayer(slot, text));
  }
  const jpeg = await sharp(Buffer.from(plan.base, 'base64'))
    .composite(layers)
    .jpeg({ quality: 85, mozjpeg: false, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return { ok: true, jpeg };
}

async function logoLayer(slot: LogoSlot, logos: SocialValues['logos']): Promise<OverlayOptions> {
  const input = await sharp(logos[slot.surface])
    .resize({
      width: slot.width,
      height: slot.height,
      fit: 'contain',
      position: 'left',
      background: { r: 0, g: 0, b: 0, alpha: 0 },
    })
    .png()
    .toBuffer();
  return { input, left: slot.x, top: slot.y };
}

async function textLayer(slot: TextSlot, text: string): Promise<OverlayOptions> {
  // Pango reads markup: what a partner wrote is text.
  const markup = `<span foreground="${slot.colour}" weight="${slot.weight === 'bold' ? 'bold' : 'normal'}">${escapeXml(text)}</span>`;
  for (let size = slot.size; ; size = Math.floor(size * 0.9)) {
    const image = await sharp({
      text: {
        text: markup,
        font: `Noto Sans ${size}`,
        fontfile: fontFile(slot.weight),
        width: slot.width,
        align: slot.align,
        dpi: 72,
        rgba: true,
        wrap: 'word',
      },
    })
      .png()
      .toBuffer({ resolveWithObject: true });
    if ((image.info.height <= slot.height && image.info.width <= slot.width) || size <= 12) {
      const input = await sharp(image.data)
        .extract({
          left: 0,
          top: 0,
          width: Math.min(image.info.width, slot.width),
          height: Math.min(image.info.height, slot.height),
        })
        .toBuffer();
      const left =
        slot.align === 'centre'
          ? slot.x + Math.floor((slot.width - Math.min(image.info.width, slot.width)) / 2)
          : slot.align === 'right'
            ? slot.x + slot.width - Math.min(image.info.width, slot.width)
            : slot.x;
      return { input, left, top: slot.y };
    }
  }
}
