import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';
import type { HoleType } from './master.js';

/** The position of a token in the tree. */
export interface TokenContext {
  readonly token: string;
  readonly kind:
    | 'text'
    | 'attribute'
    | 'style'
    | 'css'
    | 'comment'
    | 'condition'
    | 'tag-name'
    | 'attribute-name'
    | 'style-property';
  readonly element: string;
  /** Attribute or CSS property. */
  readonly name: string;
  /** The token is the whole value. */
  readonly whole: boolean;
  /** Text before the token in the attribute. */
  readonly prefix: string;
  /** In an element whose content a browser does not read as text. */
  readonly raw: boolean;
  /** Number of the parent element, the same for tokens with the same parent. */
  readonly parent: number;
}

type Node = DefaultTreeAdapterTypes.ChildNode;
const OUTLOOK = /^\[if([^\]]*)\]>([\s\S]*)<!\[endif\]$/;
const RAW_ELEMENTS = new Set(['script', 'noscript', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext']);

/**
 * Finds every token in a document's tree. Also parses the HTML in Outlook's
 * conditional comments.
 */
export function findContexts(html: string, pattern: RegExp): TokenContext[] {
  const walker = new Walker(pattern);
  for (const node of parse(html).childNodes) walker.visit(node, '#document', 0);
  return walker.found;
}

class Walker {
  readonly found: TokenContext[] = [];
  private elements = 0;

  constructor(private readonly pattern: RegExp) {}

  visit(node: Node, element: string, parent: number): void {
    if ('data' in node) this.comment(node.data, parent);
    else if ('value' in node)
      this.hits(node.value, {
        kind: element === 'style' ? 'css' : 'text',
        element,
        parent,
        raw: RAW_ELEMENTS.has(element),
      });
    else if ('tagName' in node) this.element(node);
  }

  private element(node: DefaultTreeAdapterTypes.Element): void {
    const number = ++this.elements;
    const element = node.tagName;
    this.hits(element, { kind: 'tag-name', element });
    for (const { name, value } of node.attrs) {
      this.hits(name, { kind: 'attribute-name', element });
      if (name === 'style') this.style(value, element);
      else this.hits(value, { kind: 'attribute', element, name });
    }
    const children =
      'content' in node ? (node as DefaultTreeAdapterTypes.Template).content.childNodes : node.childNodes;
    for (const child of children) this.visit(child, element, number);
  }

  private style(value: string, element: string): void {
    for (const declaration of value.split(';')) {
      const at = declaration.indexOf(':');
      this.hits(declaration.slice(0, Math.max(at, 0)), { kind: 'style-property', element });
      this.hits(declaration.slice(at + 1), {
        kind: 'style',
        element,
        name: declaration.slice(0, at).trim().toLowerCase(),
      });
    }
  }

  private comment(data: string, parent: number): void {
    const [, condition, inner] = OUTLOOK.exec(data) ?? [];
    if (inner === undefined) {
      this.hits(data, { kind: 'comment', element: '#comment', parent });
      return;
    }
    this.hits(condition ?? '', { kind: 'condition', element: '#comment' });
    for (const node of parseFragment(inner).childNodes) this.visit(node, '#outlook', parent);
  }

  private hits(text: string, where: Partial<TokenContext> & { kind: TokenContext['kind']; element: string }): void {
    for (const match of text.matchAll(this.pattern)) {
      const token = match[0];
      this.found.push({
        name: '',
        raw: false,
        parent: 0,
        ...where,
        token,
        whole: text.trim() === token,
        prefix: text.slice(0, match.index),
      });
    }
  }
}

const TEXT_ATTRIBUTES = new Set(['alt', 'title', 'aria-label', 'summary', 'content']);
const COLOUR_PROPERTIES =
  /^(?:color|background|background-color|border|border-(?:top|right|bottom|left|block|inline)(?:-color)?|border-color|outline|outline-color|text-decoration-color|accent-color)$/;
const COLOUR_ATTRIBUTES = new Set(['bgcolor', 'fillcolor', 'color', 'strokecolor']);

/** A field of the form, filled in for a reader who is known. */
const isInput = (at: TokenContext): boolean =>
  at.kind === 'attribute' && at.element === 'input' && at.name === 'value' && at.whole;

/**
 * Whether a value of this type is allowed in this context. Unlisted contexts
 * are refused.
 */
export function isAllowedIn(type: HoleType, at: TokenContext): boolean {
  const link = at.kind === 'attribute' && at.element === 'a' && at.name === 'href';
  const text = at.kind === 'text' && !at.raw;
  switch (type) {
    case 'colour':
      return (
        at.kind === 'css' ||
        (at.kind === 'style' && COLOUR_PROPERTIES.test(at.name)) ||
        (at.kind === 'attribute' && at.whole && COLOUR_ATTRIBUTES.has(at.name))
      );
    case 'text':
      return text || isInput(at) || (at.kind === 'attribute' && TEXT_ATTRIBUTES.has(at.name));
    case 'slot':
      return text && at.element !== 'title';
    case 'image':
      return (
        (at.kind === 'attribute' &&
          at.whole &&
          ((at.name === 'src' && (at.element === 'img' || at.element.startsWith('v:'))) ||
            (at.name === 'content' && at.element === 'meta') ||
            (at.name === 'background' && at.element === 'td') ||
            (at.name === 'background' && at.element === 'table'))) ||
        (at.kind === 'attribute' && at.name === 'srcset' && /(?:^|,)\s*$/.test(at.prefix)) ||
        (at.kind === 'style' && /^background(?:-image)?$/.test(at.name) && /url\(['"]?$/.test(at.prefix))
      );
    case 'url':
    case 'tracked':
      return link && at.whole;
    case 'form':
      return (
        at.kind === 'attribute' &&
        at.whole &&
        ((at.element === 'form' && at.name === 'action') || (at.element === 'meta' && at.name === 'content'))
      );
    case 'phone':
      return link && at.prefix === 'tel:';
    case 'email':
      return text || isInput(at) || (link && at.prefix === 'mailto:');
  }
}

/** Description of the context for the author. */
export function contextName(at: TokenContext): string {
  switch (at.kind) {
    case 'text':
      return `the text of <${at.element}>`;
    case 'attribute':
      return `${at.name} of <${at.element}>`;
    case 'style':
      return `the style property ${at.name}`;
    case 'css':
      return 'a style sheet';
    case 'comment':
    case 'condition':
      return 'a comment';
    case 'tag-name':
      return 'a tag’s name';
    case 'attribute-name':
    case 'style-property':
      return 'a name';
  }
}
