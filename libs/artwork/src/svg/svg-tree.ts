import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';

const SVG = 'http://www.w3.org/2000/svg';
const XHTML = 'http://www.w3.org/1999/xhtml';
const XLINK = 'http://www.w3.org/1999/xlink';
const XML = 'http://www.w3.org/XML/1998/namespace';
/** Drawing programs nest less. The parser looks up prefixes on every level. */
const MAX_DEPTH = 200;
/**
 * Mistakes that every browser, or the drawing library, reads over: an
 * undeclared prefix or entity, an attribute written twice.
 */
const HARMLESS = /unbound namespace prefix|undefined entity|duplicate attribute/i;

/** An element of SVG. Elements of other languages are left out. */
export interface SvgElement {
  readonly name: string;
  /** By local name. Of two forms of `href`, the newer one. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (SvgElement | string)[];
  readonly line: number;
}

/** Why a text is not a tree, with its line. */
export interface SvgFault {
  readonly kind: 'syntax' | 'deep';
  readonly line: number;
  readonly message: string;
}

interface OpenElement extends SvgElement {
  readonly children: (SvgElement | string)[];
}

/**
 * The elements of an SVG by their local names, so that prefixes, comments,
 * processing instructions and data of drawing programs are gone.
 */
export function parseSvg(text: string): SvgElement | SvgFault {
  const parser = new SaxesParser({ position: true, xmlns: true });
  const open: OpenElement[] = [];
  const found: { root: SvgElement | null; fault: SvgFault | null; skipped: number; line: number } = {
    root: null,
    fault: null,
    skipped: 0,
    line: 1,
  };
  parser.on('error', (error) => {
    const message = error.message.replace(/^\d+:\d+: /, '');
    if (!HARMLESS.test(message)) found.fault ??= { kind: 'syntax', line: parser.line, message };
  });
  parser.on('opentagstart', () => {
    found.line = parser.line;
  });
  parser.on('opentag', (tag) => {
    if (open.length + found.skipped >= MAX_DEPTH) {
      found.fault = { kind: 'deep', line: parser.line, message: `Elements are nested more than ${MAX_DEPTH} deep` };
      throw new TooDeep();
    }
    if (found.skipped > 0 || !isDrawn(tag)) {
      found.skipped += 1;
      return;
    }
    const element = { name: tag.local, attributes: attributesOf(tag), children: [], line: found.line };
    open.at(-1)?.children.push(element);
    found.root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    if (found.skipped > 0) found.skipped -= 1;
    else open.pop();
  });
  const onText = (part: string): void => {
    if (found.skipped === 0) open.at(-1)?.children.push(part);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  try {
    parser.write(text).close();
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
  }
  return found.fault ?? found.root ?? { kind: 'syntax', line: 1, message: 'there is no <svg>' };
}

class TooDeep extends Error {}

/** HTML is kept, so that it is refused by name. */
const isDrawn = ({ uri }: SaxesTagNS): boolean => uri === SVG || uri === '' || uri === XHTML;

function attributesOf(tag: SaxesTagNS): Map<string, string> {
  const attributes = new Map<string, string>();
  const all = Object.values(tag.attributes);
  // The old form first, so that the newer one replaces it.
  for (const attribute of [
    ...all.filter(({ prefix }) => prefix !== ''),
    ...all.filter(({ prefix }) => prefix === ''),
  ]) {
    const name = nameOf(attribute);
    if (name !== null) attributes.set(name, attribute.value);
  }
  return attributes;
}

/** null for declarations and for data of drawing programs. */
function nameOf({ prefix, local, uri, name }: SaxesAttributeNS): string | null {
  if (name === 'xmlns' || prefix === 'xmlns') return null;
  if (uri === XML) return `xml:${local}`;
  if (prefix === '' || uri === XLINK || (prefix === 'xlink' && uri === '')) return local;
  return null;
}
