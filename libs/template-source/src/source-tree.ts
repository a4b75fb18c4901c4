import {
  ENDING,
  ENDS_OPEN,
  ENDS_PARAGRAPH,
  HEADING,
  OPTIONAL_END,
  RAW_TEXT,
  TABLE_PARTS,
  TABLE_ROWS,
  VOID,
  WHOLE,
} from './element-names.js';
import { masked } from './mustaches.js';

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

/** Pages are HTML. E-mails, and whatever else is read here, are XML. */
export type SourceKind = 'email' | 'page';

/** An element and where it stands. Comments and text belong to its parent. */
export interface SourceElement {
  readonly kind: SourceKind;
  /** In lower case on a page. */
  readonly name: string;
  readonly start: number;
  /** End of its start tag. */
  readonly openEnd: number;
  /** Start of its end tag; `end` if it has none. */
  readonly closeStart: number;
  readonly end: number;
  readonly selfClosing: boolean;
  /**
   * It has text of its own, or an element without an end tag: it cannot be
   * divided into blocks.
   */
  readonly isLoose: boolean;
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

type Parts = 'children' | 'attributes' | 'parent';
type Draft = { -readonly [Key in Exclude<keyof SourceElement, Parts>]: SourceElement[Key] } & {
  children: Draft[];
  attributes: SourceAttribute[];
  parent: Draft | null;
};

const NAME = /[A-Za-z][\w:.-]*/y;
const SPACE = /\s*/y;
const TAG_OR_COMMENT = /<!--|<([a-z][\w:.-]*)/gi;

/**
 * Offsets of all elements of an MJML or HTML source. Nothing is normalised: the
 * source stays the only copy of the content. HTML is read as browsers do; what
 * they would move or close elsewhere is a problem.
 */
export const parseSource = (source: string): SourceTree => new Scanner(source).run();

/** MJML has `mjml` around all. Pictures of posts are XML as well, and are read alike. */
function kindOf(text: string): SourceKind {
  let commentEnd = 0;
  for (const { 1: name, index } of text.matchAll(TAG_OR_COMMENT)) {
    if (index < commentEnd) continue;
    if (name !== undefined) return /^(?:mj|tc-|svg$)/.test(name) ? 'email' : 'page';
    commentEnd = text.indexOf('-->', index);
    if (commentEnd === -1) break;
  }
  return 'email';
}

class Scanner {
  private readonly text: string;
  private readonly kind: SourceKind;
  private readonly root: Draft;
  private open: Draft;
  private readonly problems: number[] = [];

  constructor(private readonly source: string) {
    this.text = masked(source);
    this.kind = kindOf(this.text);
    this.root = this.element('', 0, null);
    this.root.openEnd = 0;
    this.open = this.root;
  }

  run(): SourceTree {
    const { text } = this;
    for (let at = 0; at < text.length;) {
      const tag = text.indexOf('<', at);
      if (text.slice(at, tag === -1 ? text.length : tag).trim() !== '') this.open.isLoose = true;
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
    if (text.startsWith('<!--', at)) return this.comment(at);
    if (text.startsWith('<![CDATA[', at) && this.kind === 'email') return this.after(']]>', at, at);
    if (text[at + 1] === '!' || text[at + 1] === '?') return this.after('>', at, at);
    if (text[at + 1] === '/') return this.endTag(at);
    if (this.match(NAME, at + 1) !== '') return this.startTag(at);
    this.open.isLoose = true;
    return at + 1;
  }

  private comment(at: number): number {
    // HTML ends these comments at once.
    const short = this.kind === 'page' ? /^<!--(?:-)?>/.exec(this.text.slice(at, at + 6)) : null;
    if (short !== null) return at + short[0].length;
    return this.after('-->', at + 4, at);
  }

  private after(mark: string, from: number, at: number): number {
    const found = this.text.indexOf(mark, from);
    if (found !== -1) return found + mark.length;
    this.problems.push(at);
    return this.text.length;
  }

  private endTag(at: number): number {
    const end = this.after('>', at, at);
    const name = this.nameAt(at + 2);
    while (ENDS_OPEN.has(name) && this.open.name !== name && this.mayBeOpen(this.open)) this.closeAt(at);
    if (name === '' || !this.isIn(name)) {
      this.problems.push(at);
      return end;
    }
    while (this.open.name !== name) {
      this.problems.push(this.open.start);
      this.closeAt(at);
    }
    this.open.closeStart = at;
    this.open.end = end;
    this.open = this.open.parent ?? this.root;
    return end;
  }

  /** A paragraph, for example, ends with the section around it, though not with a tag of ours. */
  private mayBeOpen({ name }: Draft): boolean {
    return this.kind === 'page' && OPTIONAL_END.has(name);
  }

  /** Ends the open element without an end tag. */
  private closeAt(at: number): void {
    const { open } = this;
    open.closeStart = open.end = at;
    open.isLoose = true;
    if (open.parent === null) return;
    open.parent.isLoose = true;
    this.open = open.parent;
  }

  /** Ends what a browser ends before a start tag, and reports what it would move. */
  private makeRoomFor(name: string, at: number): void {
    const isEnded = ({ name: open }: Draft): boolean =>
      (open === 'p' && ENDS_PARAGRAPH.has(name)) ||
      (open === 'li' && name === 'li') ||
      (/^d[td]$/.test(open) && /^d[td]$/.test(name));
    while (isEnded(this.open)) this.closeAt(at);
    const isMoved =
      (ENDS_PARAGRAPH.has(name) && this.isIn('p')) ||
      (name === 'a' && this.isIn('a')) ||
      (/^(?:li|d[td])$/.test(name) && this.isInItem(name)) ||
      (TABLE_ROWS.has(this.open.name) ? !TABLE_PARTS.has(name) : TABLE_PARTS.has(name) && !this.isIn('table')) ||
      (HEADING.test(name) && HEADING.test(this.open.name));
    if (isMoved) this.problems.push(at);
  }

  /** Whether a browser would end an item of a list here, through what is in it. */
  private isInItem(name: string): boolean {
    const isItem = ({ name: open }: Draft): boolean => (name === 'li' ? open === 'li' : open === 'dt' || open === 'dd');
    for (let around: Draft | null = this.open; around !== null; around = around.parent) {
      if (isItem(around)) return true;
      if (ENDS_OPEN.has(around.name) && !['div', 'address', 'p'].includes(around.name)) return false;
    }
    return false;
  }

  private isIn(name: string): boolean {
    for (let around: Draft | null = this.open; around !== null; around = around.parent)
      if (around.name === name) return true;
    return false;
  }

  private startTag(at: number): number {
    const name = this.nameAt(at + 1);
    if (this.kind === 'page') this.makeRoomFor(name, at);
    const element = this.element(name, at, this.open);
    this.open.children.push(element);
    const end = this.attributes(element, at + 1 + element.name.length);
    element.openEnd = end;
    if (this.kind === 'page') element.selfClosing = VOID.has(name);
    if (element.selfClosing) {
      element.closeStart = element.end = end;
      return end;
    }
    if (this.kind === 'page' && RAW_TEXT.has(name)) return this.rawText(element);
    if ((this.kind === 'page' ? WHOLE : ENDING).has(name)) return this.ending(element);
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
        // HTML ignores the slash; its elements without content are known by name.
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
    const written = source.slice(nameStart, nameEnd);
    const name = this.kind === 'page' ? written.toLowerCase() : written;
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

  /** Finds the end tag of an element whose content is no markup at all. */
  private rawText(element: Draft): number {
    const end = new RegExp(`</${element.name}[\\s/>]`, 'gi');
    end.lastIndex = element.openEnd;
    const found = end.exec(this.text);
    if (found === null) return this.unended(element);
    element.closeStart = found.index;
    element.end = this.after('>', found.index, element.start);
    return element.end;
  }

  private unended(element: Draft): number {
    this.problems.push(element.start);
    element.closeStart = element.end = this.text.length;
    return this.text.length;
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
      if (this.nameAt(nameStart) !== element.name) continue;
      at = this.after('>', tag, tag);
      depth += isEnd ? -1 : text[at - 2] === '/' && this.kind === 'email' ? 0 : 1;
      if (depth > 0) continue;
      element.closeStart = tag;
      element.end = at;
      return at;
    }
    return this.unended(element);
  }

  private nameAt(at: number): string {
    const name = this.match(NAME, at);
    return this.kind === 'page' ? name.toLowerCase() : name;
  }

  private element(name: string, start: number, parent: Draft | null): Draft {
    return {
      kind: this.kind,
      name,
      start,
      openEnd: -1,
      closeStart: -1,
      end: -1,
      selfClosing: false,
      isLoose: false,
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
