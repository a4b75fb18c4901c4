/** An attribute and where it stands. Offsets count UTF-16 units of the source. */
export interface SourceAttribute {
  readonly name: string;
  /** Start of the white space before it. */
  readonly from: number;
  readonly nameStart: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly end: number;
  /** Empty for a value without quotes, or without a value. */
  readonly quote: '"' | "'" | '';
}

/** An element and where it stands. Comments and text belong to its parent. */
export interface SourceElement {
  readonly name: string;
  readonly start: number;
  /** End of its start tag. */
  readonly openEnd: number;
  /** Start of its end tag; `end` if it has none. */
  readonly closeStart: number;
  readonly end: number;
  readonly selfClosing: boolean;
  readonly attributes: readonly SourceAttribute[];
  readonly children: readonly SourceElement[];
  readonly parent: SourceElement | null;
}

export interface SourceTree {
  /** Contains the elements of the file; its name is empty. */
  readonly root: SourceElement;
  /** Offsets of markup that could not be read. */
  readonly problems: readonly number[];
}

type Draft = { -readonly [Key in keyof SourceElement]: SourceElement[Key] } & {
  children: Draft[];
  attributes: SourceAttribute[];
  parent: Draft | null;
};

/** MJML's ending tags, and our slots: their content is text, not elements. */
const ENDING = new Set(
  (
    'mj-text mj-button mj-table mj-breakpoint mj-carousel-image mj-raw mj-title mj-preview mj-style mj-navbar-link ' +
    'mj-social-element mj-accordion-title mj-accordion-text tc-slot tc-button'
  ).split(' '),
);
const NAME = /[A-Za-z][\w:.-]*/y;
const SPACE = /\s*/y;

/**
 * Offsets of all elements of an MJML source. Nothing is normalised: the source
 * stays the only copy of the content.
 */
export const parseSource = (source: string): SourceTree => new Scanner(source).run();

/** Where `{{…}}` stand in a source. */
export function mustachesIn(source: string): { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let at = 0; ;) {
    const from = source.indexOf('{{', at);
    const to = from === -1 ? -1 : mustacheEnd(source, from);
    if (to === -1) return found;
    found.push({ from, to });
    at = to;
  }
}

/** `{{…}}` as letters of the same length: quotes and `<` in it are no markup. */
function masked(source: string): string {
  let out = '';
  let at = 0;
  for (const { from, to } of mustachesIn(source)) {
    out += source.slice(at, from) + source.slice(from, to).replaceAll(/[^\n\r]/g, 'x');
    at = to;
  }
  return out + source.slice(at);
}

function mustacheEnd(source: string, open: number): number {
  const comment = source.startsWith('{{!--', open) ? source.indexOf('--}}', open) : -1;
  if (comment !== -1) return comment + 4;
  const close = source.indexOf('}}', open + 2);
  if (close === -1) return -1;
  // After two braces, a third one closes a CSS rule.
  return source.startsWith('{{{', open) && source[close + 2] === '}' ? close + 3 : close + 2;
}

class Scanner {
  private readonly text: string;
  private readonly root: Draft;
  private open: Draft;
  private readonly problems: number[] = [];

  constructor(private readonly source: string) {
    this.text = masked(source);
    this.root = this.element('', 0, null);
    this.root.openEnd = 0;
    this.open = this.root;
  }

  run(): SourceTree {
    const { text } = this;
    for (let at = 0; at < text.length;) {
      const tag = text.indexOf('<', at);
      if (tag === -1) break;
      at = this.markup(tag);
    }
    while (this.open.parent !== null) {
      this.problems.push(this.open.start);
      this.open.closeStart = this.open.end = text.length;
      this.open = this.open.parent;
    }
    this.root.closeStart = this.root.end = text.length;
    return { root: this.root, problems: this.problems };
  }

  /** @returns the offset after the markup that begins here. */
  private markup(at: number): number {
    const { text } = this;
    if (text.startsWith('<!--', at)) return this.after('-->', at + 4, at);
    if (text.startsWith('<![CDATA[', at)) return this.after(']]>', at, at);
    if (text[at + 1] === '!' || text[at + 1] === '?') return this.after('>', at, at);
    if (text[at + 1] === '/') return this.endTag(at);
    return this.match(NAME, at + 1) === '' ? at + 1 : this.startTag(at);
  }

  private after(mark: string, from: number, at: number): number {
    const found = this.text.indexOf(mark, from);
    if (found !== -1) return found + mark.length;
    this.problems.push(at);
    return this.text.length;
  }

  private endTag(at: number): number {
    const end = this.after('>', at, at);
    const name = this.match(NAME, at + 2);
    if (this.open.name !== name || this.open.parent === null) {
      this.problems.push(at);
      return end;
    }
    this.open.closeStart = at;
    this.open.end = end;
    this.open = this.open.parent;
    return end;
  }

  private startTag(at: number): number {
    const element = this.element(this.match(NAME, at + 1), at, this.open);
    this.open.children.push(element);
    const end = this.attributes(element, at + 1 + element.name.length);
    element.openEnd = end;
    if (element.selfClosing) {
      element.closeStart = element.end = end;
      return end;
    }
    if (ENDING.has(element.name)) return this.ending(element);
    this.open = element;
    return end;
  }

  /** Reads attributes. @returns the end of the start tag. */
  private attributes(element: Draft, from: number): number {
    const { text } = this;
    for (let at = from; ;) {
      const start = at + this.match(SPACE, at).length;
      if (start >= text.length) {
        this.problems.push(element.start);
        return text.length;
      }
      if (text[start] === '>') return start + 1;
      if (text.startsWith('/>', start)) {
        element.selfClosing = true;
        return start + 2;
      }
      const attribute = this.attribute(at, start);
      if (attribute === null) this.problems.push(start);
      else element.attributes.push(attribute);
      at = attribute === null ? start + 1 : attribute.end;
    }
  }

  private attribute(from: number, nameStart: number): SourceAttribute | null {
    const { text, source } = this;
    let nameEnd = nameStart;
    while (nameEnd < text.length && !/[\s=/>"']/.test(text.charAt(nameEnd))) nameEnd += 1;
    if (nameEnd === nameStart) return null;
    const name = source.slice(nameStart, nameEnd);
    const equals = nameEnd + this.match(SPACE, nameEnd).length;
    if (text[equals] !== '=')
      return { name, from, nameStart, valueStart: nameEnd, valueEnd: nameEnd, end: nameEnd, quote: '' };
    const value = equals + 1 + this.match(SPACE, equals + 1).length;
    const quote = text[value];
    if (quote === '"' || quote === "'") {
      const end = this.after(quote, value + 1, value);
      return { name, from, nameStart, valueStart: value + 1, valueEnd: end - 1, end, quote };
    }
    let end = value;
    while (end < text.length && !/[\s>]/.test(text.charAt(end))) end += 1;
    return { name, from, nameStart, valueStart: value, valueEnd: end, end, quote: '' };
  }

  /** Finds the end tag of an element whose content is text. */
  private ending(element: Draft): number {
    const { text } = this;
    let depth = 1;
    for (let at = element.openEnd; ;) {
      const tag = text.indexOf('<', at);
      if (tag === -1) break;
      at = text.startsWith('<!--', tag) ? this.after('-->', tag + 4, tag) : tag + 1;
      const isEnd = text[tag + 1] === '/';
      const nameStart = tag + (isEnd ? 2 : 1);
      if (this.match(NAME, nameStart) !== element.name) continue;
      at = this.after('>', tag, tag);
      depth += isEnd ? -1 : text[at - 2] === '/' ? 0 : 1;
      if (depth > 0) continue;
      element.closeStart = tag;
      element.end = at;
      return at;
    }
    this.problems.push(element.start);
    element.closeStart = element.end = text.length;
    return text.length;
  }

  private element(name: string, start: number, parent: Draft | null): Draft {
    return {
      name,
      start,
      openEnd: -1,
      closeStart: -1,
      end: -1,
      selfClosing: false,
      attributes: [],
      children: [],
      parent,
    };
  }

  private match(pattern: RegExp, at: number): string {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0] ?? '';
  }
}

/** The elements within an element, in the order of the source. */
export const elementsIn = (element: SourceElement): SourceElement[] =>
  element.children.flatMap((child) => [child, ...elementsIn(child)]);

/**
 * The written value of an attribute.
 * MJML reads the first of two attributes with one name.
 */
export function attributeOf(source: string, { attributes }: SourceElement, name: string): string | undefined {
  const found = attributes.find((attribute) => attribute.name === name);
  return found === undefined ? undefined : source.slice(found.valueStart, found.valueEnd);
}

/** What stands between the tags of an element. */
export const contentOf = (source: string, { openEnd, closeStart, selfClosing }: SourceElement): string =>
  selfClosing ? '' : source.slice(openEnd, closeStart);
