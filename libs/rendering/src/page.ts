import { defaultTreeAdapter as adapter, parse, parseFragment, serialize } from 'parse5';
import { areLanguages, branched, choiceSlot, ELSE_NOT_LAST, isLanguage, notLanguages, slotPath } from './branches.js';
import { buttonSlot, LINK_RULE, logoToken, readSlot } from './components.js';
import { type Findings, SLOT_NAME } from './findings.js';
import { type FormField, FORM_STYLE, type FormRule, formHtml, KNOWN_FIELDS } from './form.js';
import { missingLegalLinks } from './legal-links.js';
import { shareTags } from './share-tags.js';
import type { Condition, LogoNeed } from './master.js';
import {
  adoptFirst,
  appendHtml,
  attribute,
  child,
  type Element,
  markBlock,
  nameOf,
  type ParentNode,
  replaceBy,
} from './page-tree.js';
import { pictureHoles, pictureSlots, suggestedPicture } from './picture-slot.js';
import { HIDEABLE } from './slot.js';
import { conditionOf } from './template.js';
import type { Marker, Tokens } from './tokens.js';
import { escapeHtml } from './values.js';

export interface PageFrame {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** With tokens, as text. */
  readonly title: string;
  readonly form: FormRule | null;
  /** Its blocks have numbers, which become classes. */
  readonly isForCanvas: boolean;
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

const END: Marker = { kind: 'end' };
/** Elements that contain text only: a browser would end them before a `div`. */
const TEXTS = new Set('p h1 h2 h3 h4 h5 h6 a span strong b em i small address'.split(' '));
/** Attributes that a button of partners gives its link. */
const OF_LINK = /^(?:class|style|id|title|target|rel|lang|dir|aria-[a-z]+)$/;
/** Attributes that a picture of partners gives its `img`. */
const OF_PICTURE = /^(?:class|style|id|width|height|loading|lang|dir|aria-[a-z]+)$/;

class PageWriter {
  private forms = 0;

  constructor(
    private readonly frame: PageFrame,
    private readonly tokens: Tokens,
    private readonly findings: Findings,
  ) {}

  children(parent: ParentNode): void {
    for (const node of [...parent.childNodes]) {
      if ('tagName' in node) {
        if (this.frame.isForCanvas) markBlock(node);
        this.element(node);
      }
      // Comments are removed: they are not for readers, and could imitate markers.
      else if ('data' in node) adapter.detachNode(node);
    }
  }

  private element(element: Element): void {
    switch (element.tagName) {
      case 'tc-slot':
        this.slot(element);
        return;
      case 'tc-button':
        this.button(element);
        return;
      case 'tc-picture':
        this.picture(element);
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
        if (this.isDecided(element)) return;
        this.children(element);
        this.when(element);
        return;
      case 'tc-choice':
        this.children(element);
        this.choice(element);
        return;
      case 'tc-option':
        this.children(element);
        this.option(element);
        return;
      case 'tc-optional':
        this.children(element);
        this.unwrap(element, this.branch({ [this.choiceOf(element, HIDEABLE)]: ['shown'] }), END);
        return;
      default:
        this.children(element);
    }
  }

  private slot(element: Element): void {
    const slot = readSlot((name) => attribute(element, name), serialize(element));
    this.findings.slots.push(slot);
    const token = this.tokens.hole(slotPath(slot.name)) ?? '';
    const className = ['tc-slot', attribute(element, 'class')].filter((name) => name !== undefined).join(' ');
    const style = attribute(element, 'style');
    const look = `class="${escapeHtml(className)}"${style === undefined ? '' : ` style="${escapeHtml(style)}"`}`;
    const isInText = slot.format !== 'list' && TEXTS.has(nameOf(element.parentNode));
    const tag = isInText ? 'span' : 'div';
    replaceBy(element, `<${tag} ${look}>${token}</${tag}>`);
  }

  /** A link. Twice if partners may exchange it: with the vendor's address, and with theirs. */
  private button(element: Element): void {
    const read = readSlot((name) => attribute(element, name), serialize(element));
    const slot = buttonSlot(attribute(element, 'max-chars') === undefined ? { ...read, maxChars: 40 } : read);
    this.findings.slots.push(slot);
    const label = this.tokens.hole(slotPath(slot.name)) ?? '';
    const others = element.attrs
      .filter(({ name }) => OF_LINK.test(name))
      .map(({ name, value }) => ` ${name}="${escapeHtml(value)}"`)
      .join('');
    const link = (address: string): string => `<a href="${escapeHtml(address)}"${others}>${label}</a>`;
    const ofVendor = link(attribute(element, 'href') ?? '');
    if (read.links === 'none') {
      replaceBy(element, ofVendor);
      return;
    }
    const path = `${slotPath(slot.name)}.link` as const;
    this.findings.slots.push({ ...slot, name: `${slot.name}.link`, ...LINK_RULE });
    const ofPartner = link(this.tokens.hole(path) ?? '');
    replaceBy(element, branched(this.tokens, { [path]: [''] }, ofVendor, ofPartner));
  }

  /** Twice: with the vendor's picture, and with the partner's. */
  private picture(element: Element): void {
    const suggested = suggestedPicture(this.tokens, attribute(element, 'src'));
    const { picture, alt } = pictureSlots((name) => attribute(element, name), suggested);
    this.findings.slots.push(picture, alt);
    const others = element.attrs
      .filter(({ name }) => OF_PICTURE.test(name))
      .map(({ name, value }) => ` ${name}="${escapeHtml(value)}"`)
      .join('');
    const image = (src: string, words: string): string =>
      `<img src="${escapeHtml(src)}" alt="${escapeHtml(words)}"${others}>`;
    const holes = pictureHoles(this.tokens, attribute(element, 'name') ?? '');
    const ofVendor = image(attribute(element, 'src') ?? '', attribute(element, 'alt') ?? '');
    replaceBy(element, branched(this.tokens, { [holes.path]: [''] }, ofVendor, image(holes.src, holes.alt)));
  }

  /** Variants, each in place of the one before it. The last has no condition, so that one is shown. */
  private choice(element: Element): void {
    const options = element.childNodes.filter((node): node is Element => nameOf(node) === 'tc-option');
    const other = element.childNodes.find((node) => 'tagName' in node && node.tagName !== 'tc-option');
    if (other !== undefined)
      this.problem(
        element,
        'branch-content',
        `<${nameOf(other)}> is in a <tc-choice>.`,
        'Put it into one of its <tc-option>.',
      );
    const path = this.choiceOf(
      element,
      options.map((option) => {
        const name = attribute(option, 'name') ?? '';
        return { name, label: attribute(option, 'label')?.trim() || name };
      }),
    );
    for (const option of options.slice(0, -1))
      this.unwrap(option, this.branch({ [path]: [attribute(option, 'name') ?? ''] }), { kind: 'else' });
    const last = options.at(-1);
    if (last !== undefined) this.unwrap(last, null, null);
    options.slice(1).forEach(() => this.mark(element, END));
    this.unwrap(element, null, null);
  }

  private option(element: Element): void {
    if (nameOf(element.parentNode) === 'tc-choice') return;
    this.problem(
      element,
      'branch-content',
      '<tc-option> is not in a <tc-choice>.',
      'Write <tc-choice> around the variants.',
    );
    this.unwrap(element, null, null);
  }

  private choiceOf(element: Element, options: Parameters<typeof choiceSlot>[1]): `slot.${string}` {
    const slot = choiceSlot((name) => attribute(element, name), options);
    this.findings.slots.push(slot);
    const path = slotPath(slot.name);
    this.tokens.hole(path);
    return path;
  }

  private branch(condition: Condition): Marker {
    return { kind: 'when', condition, inline: false };
  }

  private mark(parent: Element, marker: Marker): void {
    adapter.appendChild(parent, adapter.createCommentNode(this.tokens.marker(marker)));
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
    replaceBy(
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
    const className = escapeHtml(['tc-form', attribute(element, 'class') ?? ''].join(' ').trim());
    const html = form === null ? '' : this.filledForm(form);
    replaceBy(element, this.frame.isForCanvas ? html.replace('"tc-form"', `"${className}"`) : html);
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
    const condition = conditionOf(
      element.attrs.filter(({ name }) => name !== 'language').map(({ name, value }) => [name, value] as const),
    );
    if (typeof condition === 'string')
      this.problem(element, 'when-condition', condition, 'Write <tc-when industry="finance|insurance">.');
    else this.unwrap(element, this.branch(condition), END);
  }

  /**
   * Decides about the language of the reader, which is known here: each has a
   * page of its own.
   * @returns whether nothing else decides about the content.
   */
  private isDecided(element: Element): boolean {
    const language = attribute(element, 'language');
    if (language === undefined) return false;
    if (!areLanguages(language)) {
      const { code, message, remedy } = notLanguages(language);
      this.problem(element, code, message, remedy);
      return false;
    }
    const isMet = isLanguage(language, this.frame.language);
    if (isMet && element.attrs.some(({ name }) => name !== 'language')) return false;
    const otherwise = element.childNodes.find((node) => nameOf(node) === 'tc-else');
    for (const node of [...element.childNodes]) if ((node === otherwise) === isMet) adapter.detachNode(node);
    if (!isMet && otherwise !== undefined && 'tagName' in otherwise) this.unwrap(otherwise, null, null);
    this.children(element);
    this.unwrap(element, null, null);
    return true;
  }

  private otherwise(element: Element): void {
    const { parentNode } = element;
    const after = parentNode?.childNodes.slice(parentNode.childNodes.indexOf(element) + 1) ?? [];
    const isLast = after.every((node) => 'value' in node && node.value.trim() === '');
    if (parentNode === null || !('tagName' in parentNode) || parentNode.tagName !== 'tc-when' || !isLast)
      this.problem(element, ELSE_NOT_LAST.code, ELSE_NOT_LAST.message, ELSE_NOT_LAST.remedy);
    else this.unwrap(element, { kind: 'else' }, null);
  }

  private unwrap(element: Element, open: Marker | null, close: Marker | null): void {
    const { parentNode } = element;
    if (parentNode === null) return;
    if (open !== null) adapter.insertBefore(parentNode, adapter.createCommentNode(this.tokens.marker(open)), element);
    for (const node of [...element.childNodes]) {
      adapter.detachNode(node);
      adapter.insertBefore(parentNode, node, element);
    }
    if (close !== null) adapter.insertBefore(parentNode, adapter.createCommentNode(this.tokens.marker(close)), element);
    adapter.detachNode(element);
  }

  private problem(element: Element, code: string, message: string, remedy: string): void {
    const line = element.sourceCodeLocation?.startLine ?? 1;
    this.findings.problems.push({ code, line, tag: element.tagName, message, remedy });
  }
}
