import {
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter as adapter,
  html as names,
  parse,
  parseFragment,
  serialize,
} from 'parse5';
import { ELSE_NOT_LAST } from './branches.js';
import { logoToken, readSlot } from './components.js';
import { type Findings, SLOT_NAME } from './findings.js';
import { type FormField, FORM_STYLE, type FormRule, formHtml, KNOWN_FIELDS } from './form.js';
import { missingLegalLinks } from './legal-links.js';
import { shareTags } from './share-tags.js';
import type { LogoNeed } from './master.js';
import { conditionOf } from './template.js';
import type { Marker, Tokens } from './tokens.js';
import { escapeHtml } from './values.js';

type Element = DefaultTreeAdapterTypes.Element;
type ParentNode = DefaultTreeAdapterTypes.ParentNode;
type ChildNode = DefaultTreeAdapterTypes.ChildNode;

export interface PageFrame {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** With tokens, as text. */
  readonly title: string;
  readonly form: FormRule | null;
}

/** Turns an HTML master with tc- tags into HTML with tokens. */
export function framePage(source: string, frame: PageFrame, tokens: Tokens, findings: Findings): string {
  const document = parse(source, { sourceCodeLocationInfo: true });
  const html = child(document, 'html');
  const head = html && child(html, 'head');
  const body = html && child(html, 'body');
  if (html === null || head === null || body === null) throw new Error('A parsed document has html, head and body.');
  new PageWriter(frame, tokens, findings).children(body);
  appendHtml(body, missingLegalLinks('page', frame.language, serialize(html), tokens));
  html.attrs = [
    ...html.attrs.filter(({ name }) => name !== 'lang' && name !== 'dir'),
    { name: 'lang', value: frame.language },
    { name: 'dir', value: frame.direction },
  ];
  frameHead(head, frame);
  appendHtml(head, shareTags(body, frame.title, tokens));
  return serialize(document);
}

function appendHtml(parent: Element, html: string): void {
  for (const node of [...parseFragment(parent, html, {}).childNodes]) {
    adapter.detachNode(node);
    adapter.appendChild(parent, node);
  }
}

function frameHead(head: Element, frame: PageFrame): void {
  head.childNodes = head.childNodes.filter(
    (node) =>
      !('tagName' in node) ||
      (node.tagName !== 'title' &&
        !(node.tagName === 'meta' && node.attrs.some(({ name, value }) => name === 'charset' || value === 'viewport'))),
  );
  const style = frame.form === null ? '' : `<style>${FORM_STYLE}</style>`;
  const opening = parseFragment(
    head,
    `<meta charset="utf-8"><title>${escapeHtml(frame.title)}</title><meta name="viewport" content="width=device-width, initial-scale=1">${style}`,
    {},
  );
  for (const node of [...opening.childNodes].reverse()) adoptFirst(head, node);
}

function adoptFirst(parent: ParentNode, node: ChildNode): void {
  adapter.detachNode(node);
  const [first] = parent.childNodes;
  if (first === undefined) adapter.appendChild(parent, node);
  else adapter.insertBefore(parent, node, first);
}

const child = (parent: ParentNode, name: string): Element | null =>
  parent.childNodes.find((node): node is Element => 'tagName' in node && node.tagName === name) ?? null;
const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((attr) => attr.name === name)?.value;

class PageWriter {
  private forms = 0;

  constructor(
    private readonly frame: PageFrame,
    private readonly tokens: Tokens,
    private readonly findings: Findings,
  ) {}

  children(parent: ParentNode): void {
    for (const node of [...parent.childNodes]) {
      if ('tagName' in node) this.element(node);
      // Comments are removed: they are not for readers, and could imitate markers.
      else if ('data' in node) adapter.detachNode(node);
    }
  }

  private element(element: Element): void {
    switch (element.tagName) {
      case 'tc-slot':
        this.slot(element);
        return;
      case 'tc-partner-logo':
        this.logo(element);
        return;
      case 'tc-form':
        this.form(element);
        return;
      case 'tc-lock':
        this.children(element);
        this.unwrap(element, { kind: 'lock', name: this.lockName(element) }, { kind: 'unlock' });
        return;
      case 'tc-else':
        this.children(element);
        this.otherwise(element);
        return;
      case 'tc-when':
        this.children(element);
        this.when(element);
        return;
      default:
        this.children(element);
    }
  }

  private slot(element: Element): void {
    const slot = readSlot((name) => attribute(element, name), serialize(element));
    this.findings.slots.push(slot);
    const token = this.tokens.hole(`slot.${SLOT_NAME.test(slot.name) ? slot.name : 'unnamed'}`) ?? '';
    const className = ['tc-slot', attribute(element, 'class')].filter((name) => name !== undefined).join(' ');
    this.replace(element, `<div class="${escapeHtml(className)}">${token}</div>`);
  }

  private logo(element: Element): void {
    const size = (name: string, fallback: number): number =>
      Number.parseInt(attribute(element, name) ?? '', 10) || fallback;
    const surface = attribute(element, 'surface') ?? 'light';
    if (!['light', 'dark', 'brand'].includes(surface))
      this.problem(
        element,
        'logo-surface',
        `There is no surface called “${surface}”.`,
        'Write surface="light", "dark" or "brand".',
      );
    const logo: LogoNeed = {
      surface: surface as LogoNeed['surface'],
      width: size('width', 180),
      height: size('height', 60),
      align: this.frame.direction === 'rtl' ? 'right' : 'left',
    };
    this.findings.logos.push(logo);
    const className = escapeHtml(attribute(element, 'class') ?? 'tc-logo');
    this.replace(
      element,
      `<img class="${className}" src="${logoToken(this.tokens, logo)}" alt="${this.tokens.hole('partner.name') ?? ''}" width="${logo.width}" height="${logo.height}">`,
    );
  }

  private form(element: Element): void {
    const { form } = this.frame;
    this.forms += 1;
    if (form === null)
      this.problem(
        element,
        'form-undeclared',
        'The page has a form, but campaign.yaml describes none.',
        'Add form: { fields, submit, consent, thanks } to the page.',
      );
    else if (this.forms > 1) this.problem(element, 'form-twice', 'The page has two forms.', 'Keep one <tc-form>.');
    this.replace(element, form === null ? '' : this.filledForm(form));
  }

  /** Fields show the values of the reader, if a personal link names one. */
  private filledForm(form: FormRule): string {
    const known: readonly FormField[] = form.texts == null ? [] : KNOWN_FIELDS;
    return formHtml(form, this.tokens.hole('form.action') ?? '', this.frame.language, {
      valueOf: (field) =>
        known.includes(field) ? (this.tokens.hole(`recipient.${field}`, '') ?? undefined) : undefined,
    });
  }

  private lockName(element: Element): string {
    const name = attribute(element, 'name') ?? '';
    if (!SLOT_NAME.test(name))
      this.problem(element, 'lock-name', 'A lock needs a name.', 'Write <tc-lock name="legal">.');
    return name;
  }

  private when(element: Element): void {
    const condition = conditionOf(element.attrs.map(({ name, value }) => [name, value] as const));
    if (typeof condition === 'string')
      this.problem(element, 'when-condition', condition, 'Write <tc-when industry="finance|insurance">.');
    else this.unwrap(element, { kind: 'when', condition, inline: false }, { kind: 'end' });
  }

  private otherwise(element: Element): void {
    const { parentNode } = element;
    const after = parentNode?.childNodes.slice(parentNode.childNodes.indexOf(element) + 1) ?? [];
    const isLast = after.every((node) => 'value' in node && node.value.trim() === '');
    if (parentNode === null || !('tagName' in parentNode) || parentNode.tagName !== 'tc-when' || !isLast)
      this.problem(element, ELSE_NOT_LAST.code, ELSE_NOT_LAST.message, ELSE_NOT_LAST.remedy);
    else this.unwrap(element, { kind: 'else' }, null);
  }

  private unwrap(element: Element, open: Marker, close: Marker | null): void {
    const { parentNode } = element;
    if (parentNode === null) return;
    adapter.insertBefore(parentNode, adapter.createCommentNode(this.tokens.marker(open)), element);
    for (const node of [...element.childNodes]) {
      adapter.detachNode(node);
      adapter.insertBefore(parentNode, node, element);
    }
    if (close !== null) adapter.insertBefore(parentNode, adapter.createCommentNode(this.tokens.marker(close)), element);
    adapter.detachNode(element);
  }

  private replace(element: Element, html: string): void {
    const { parentNode } = element;
    if (parentNode === null) return;
    const context = adapter.createElement('div', names.NS.HTML, []);
    for (const node of [...parseFragment(context, html, {}).childNodes]) {
      adapter.detachNode(node);
      adapter.insertBefore(parentNode, node, element);
    }
    adapter.detachNode(element);
  }

  private problem(element: Element, code: string, message: string, remedy: string): void {
    const line = element.sourceCodeLocation?.startLine ?? 1;
    this.findings.problems.push({ code, line, tag: element.tagName, message, remedy });
  }
}
