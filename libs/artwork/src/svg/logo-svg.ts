import { refuse, type LogoRefusal } from '../logo-refusal.js';
import { escapeXml } from '../escape-xml.js';
import { type ActiveMarkup, SvgCss } from './svg-css.js';
import { textFindings, type TextFinding } from './svg-fonts.js';
import { inPixels, pixelsOf, viewBoxOf } from './svg-length.js';
import { parseSvg, type SvgElement } from './svg-tree.js';

/** A picture in an SVG: its base64, and where it stands. */
interface SvgPicture {
  readonly token: string;
  readonly base64: string;
  readonly element: string;
  readonly line: number;
}

/** An SVG of checked elements, without size. */
export interface LogoSvg {
  /** Attributes of the root that place its content: `viewBox` and others. */
  readonly viewBox: string;
  /** Width to height as its author sees it. */
  readonly width: number;
  readonly height: number;
  readonly preserveAspectRatio: string;
  /** The root's other attributes, and its content, with tokens for pictures. */
  readonly attributes: string;
  readonly content: string;
  readonly pictures: readonly SvgPicture[];
  readonly texts: readonly TextFinding[];
  /** Custom properties of CSS without a value. */
  readonly missing: readonly ActiveMarkup[];
}

/** Not drawn: descriptions, data of programs, movement. */
const OMITTED = new Set([
  'title',
  'desc',
  'metadata',
  'animate',
  'animateTransform',
  'animateMotion',
  'animateColor',
  'set',
]);
const ACTIVE = new Set([
  'script',
  'foreignObject',
  'iframe',
  'object',
  'embed',
  'audio',
  'video',
  'canvas',
  'html',
  'body',
]);
/** Attributes with a length. */
const LENGTHS =
  /^(?:x|y|width|height|r|rx|ry|cx|cy|fx|fy|x1|y1|x2|y2|dx|dy|stroke-width|stroke-dash(?:array|offset)|font-size|letter-spacing|word-spacing|startOffset|markerWidth|markerHeight|refX|refY|textLength)$/;
/** Read by programs only. */
const IGNORED =
  /^(?:data-.*|aria-.*|role|focusable|tabindex|lang|target|rel|download|requiredExtensions|version|baseProfile)$/;
const BASE64 = /^data:(image\/[\w.+-]+|)(?:;[\w=-]+)*;base64,/i;
/** The root of a file without any size: larger than logos of such files. */
const UNKNOWN_SIDE = 4096;
/** Longest quotation of a problem. */
const MAX_QUOTED = 60;

/**
 * Checks an SVG, and writes it again so that the drawing library reads it as a
 * browser does: whatever its prefixes, units, quotes and custom properties.
 * Refuses what would run or load something, with its line.
 */
export function logoSvg(text: string): LogoSvg | LogoRefusal {
  const root = parseSvg(text);
  if ('kind' in root)
    return root.kind === 'deep'
      ? refuse('logo-svg-too-heavy', `${root.message}.`, 'Simplify it, or upload a PNG.', { line: root.line })
      : refuse('logo-svg-syntax', `The SVG cannot be read on line ${root.line}: ${root.message}`, 'Export it again.', {
          line: root.line,
        });
  if (root.name.toLowerCase() !== 'svg')
    return refuse('logo-type', 'The file is not a PNG, JPEG, WebP or SVG picture.', 'Export your logo as SVG or PNG.');
  return new LogoSvgWriter(root).written();
}

class LogoSvgWriter {
  private readonly css = new SvgCss();
  private readonly sheets: string[] = [];
  private readonly pictures: SvgPicture[] = [];
  private readonly active: { readonly what: string; readonly line: number; readonly reason: string }[] = [];

  constructor(private readonly root: SvgElement) {}

  written(): LogoSvg | LogoRefusal {
    const { root, css } = this;
    const size = sizeOf(root.attributes);
    if (size === null)
      return refuse(
        'logo-svg-size',
        `The <svg> on line ${root.line} has a width, a height or a viewBox of 0.`,
        'Export it again with its size.',
        { line: root.line },
      );
    this.collect(root);
    const placing = new Set(['width', 'height', 'viewBox', 'preserveAspectRatio', 'x', 'y']);
    const attributes = this.attributes(this.withoutSizes(root), placing);
    const content = root.children.map((child) => this.node(child, false)).join('');
    const loading = css.active.map((found) => ({ ...found, reason: 'a reference to something outside the file' }));
    const [first] = [...this.active, ...loading].sort((a, b) => a.line - b.line);
    if (first !== undefined)
      return refuse(
        'logo-svg-active',
        `The SVG contains ${first.reason} on line ${first.line}: ${first.what}.`,
        'Export it as plain shapes ("SVG Tiny" or "optimised SVG"), or upload a PNG.',
        { line: first.line, what: first.what },
      );
    return {
      ...size,
      preserveAspectRatio: root.attributes.get('preserveAspectRatio') ?? 'xMidYMid meet',
      attributes,
      content,
      pictures: this.pictures,
      texts: textFindings(root, this.sheets),
      missing: css.missing,
    };
  }

  /** Sizes in the root's style would replace the size that is drawn. */
  private withoutSizes(root: SvgElement): SvgElement {
    const style = root.attributes.get('style');
    if (style === undefined) return root;
    const declarations = style
      .split(';')
      .filter((part) => !/^\s*(?:(?:min-|max-)?(?:width|height)|x|y|overflow)\s*:/i.test(part));
    return { ...root, attributes: new Map(root.attributes).set('style', declarations.join(';')) };
  }

  /** Custom properties are known before the first one is used. */
  private collect(element: SvgElement): void {
    if (element.name === 'style') {
      const sheet = textOf(element);
      this.sheets.push(sheet);
      this.css.collect(sheet, 'stylesheet');
    }
    this.css.collect(element.attributes.get('style') ?? '', 'declarationList');
    for (const child of element.children) if (typeof child !== 'string') this.collect(child);
  }

  private node(node: SvgElement | string, inSwitch: boolean): string {
    if (typeof node === 'string') return escapeXml(node);
    const { name, line, children } = node;
    // Illustrator writes its own data beside a drawing for everyone else.
    if (OMITTED.has(name) || (inSwitch && name === 'foreignObject')) return '';
    if (ACTIVE.has(name)) {
      this.active.push({ what: `<${name}>`, line, reason: name === 'script' ? 'a script' : 'embedded content' });
      return '';
    }
    const content =
      name === 'style'
        ? escapeXml(this.css.clean(textOf(node), 'stylesheet', line))
        : children.map((child) => this.node(child, name === 'switch')).join('');
    return `<${name}${this.attributes(node, new Set())}>${content}</${name}>`;
  }

  private attributes(element: SvgElement, without: ReadonlySet<string>): string {
    return [...element.attributes]
      .map(([name, value]) => (without.has(name) || IGNORED.test(name) ? '' : this.attribute(name, value, element)))
      .join('');
  }

  private attribute(name: string, value: string, element: SvgElement): string {
    const { line } = element;
    if (/^on/i.test(name)) {
      this.active.push({ what: name, line, reason: 'an event handler' });
      return '';
    }
    if (name === 'href' || name === 'src') return this.href(name, value.trim(), element);
    return ` ${name}="${escapeXml(this.value(name, value, line))}"`;
  }

  private value(name: string, value: string, line: number): string {
    if (name === 'style') return this.css.clean(value, 'declarationList', line);
    if (/\b(?:url|var)\(/i.test(value)) return this.css.clean(value, 'value', line);
    return LENGTHS.test(name) ? inPixels(value) : value;
  }

  private href(name: string, value: string, { name: element, line }: SvgElement): string {
    // A link of a logo leads nowhere in a picture.
    if (element === 'a' || value === '') return '';
    if (value.startsWith('#')) return ` ${name}="${escapeXml(value)}"`;
    const [head, type = ''] = BASE64.exec(value) ?? [];
    if (head === undefined || type.toLowerCase() === 'image/svg+xml') {
      this.active.push({ what: value.slice(0, MAX_QUOTED), line, reason: 'a reference to something outside the file' });
      return '';
    }
    const token = `tc-picture-${this.pictures.length}-`;
    this.pictures.push({ token, base64: unescaped(value.slice(head.length)), element, line });
    return ` href="${token}"`;
  }
}

const textOf = ({ children }: SvgElement): string => children.filter((child) => typeof child === 'string').join('');

/** Base64 in a URL may have line breaks, and escapes of "+" and "/". */
const unescaped = (base64: string): string =>
  base64
    .replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\s+/g, '');

/** null if a side is 0 or less. */
function sizeOf(attributes: ReadonlyMap<string, string>): Pick<LogoSvg, 'viewBox' | 'width' | 'height'> | null {
  const box = viewBoxOf(attributes.get('viewBox'));
  const [width, height] = [pixelsOf(attributes.get('width')), pixelsOf(attributes.get('height'))];
  if ((width !== null && width <= 0) || (height !== null && height <= 0)) return null;
  if (box === null && attributes.has('viewBox') && (width === null || height === null)) return null;
  const [, , boxWidth, boxHeight] = box ?? [0, 0, UNKNOWN_SIDE, UNKNOWN_SIDE];
  const viewBox = (box ?? [0, 0, width ?? UNKNOWN_SIDE, height ?? UNKNOWN_SIDE]).join(' ');
  if (width !== null && height !== null) return { viewBox, width, height };
  if (box === null) return { viewBox, width: width ?? UNKNOWN_SIDE, height: height ?? UNKNOWN_SIDE };
  if (width !== null) return { viewBox, width, height: (width * boxHeight) / boxWidth };
  if (height !== null) return { viewBox, width: (height * boxWidth) / boxHeight, height };
  return { viewBox, width: boxWidth, height: boxHeight };
}
