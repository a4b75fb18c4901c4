import { createRequire } from 'node:module';
import { isText } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import { conditionOf } from './template.js';
import { type LogoNeed, logoName } from './master.js';
import { type SlotFormat } from './slot.js';
import type { RenderedComponent } from './rendered-components.js';
import type { Tokens } from './tokens.js';

/** The used part of MJML's classes. MJML is CommonJS without types for them. */
interface MjmlComponent {
  context: { globalData?: { defaultAttributes?: Record<string, Record<string, string> | undefined> } };
  attributes: Record<string, string>;
  props: { children?: readonly { readonly tagName: string }[] };
  getAttribute(name: string): string | undefined;
  getContent(): string;
  getBoxWidths(): { box: number };
  htmlAttributes(attributes: Record<string, unknown>): string;
  renderChildren(): string;
  render(): string;
  /** Of mj-navbar. */
  renderHamburger?(): string;
}
export interface MjmlComponentClass {
  new (data: unknown): MjmlComponent;
  readonly prototype: MjmlComponent;
  componentName: string;
  endingTag?: boolean;
  allowedAttributes?: Record<string, string>;
  defaultAttributes?: Record<string, string>;
}

const require = createRequire(import.meta.url);
const { BodyComponent } = require('mjml-core') as { BodyComponent: MjmlComponentClass };
const textModule = require('mjml-text') as { default?: MjmlComponentClass } & MjmlComponentClass;
const MjText: MjmlComponentClass = textModule.default ?? textModule;

/** Data that the components collect during a compilation. */
export interface Findings {
  /** What MJML's own components wrote; empty for a page. */
  readonly rendered: RenderedComponent[];
  readonly slots: RawSlot[];
  readonly logos: LogoNeed[];
  /**
   * The component's message, with its tag and its line in the expanded source.
   */
  readonly problems: {
    readonly code: string;
    readonly line: number;
    readonly tag: string;
    readonly message: string;
    readonly remedy: string;
  }[];
}

export interface RawSlot {
  readonly name: string;
  readonly label: string;
  readonly help: string | null;
  readonly format: SlotFormat;
  readonly links: 'none' | 'partner';
  readonly maxChars: number;
  readonly maxLines: number;
  readonly required: boolean;
  /** Inner HTML, possibly with tokens. */
  readonly content: string;
}

export const SLOT_NAME = /^[a-z][a-z0-9-]{0,39}$/;
const BLOCK_CHILDREN = ['mj-section', 'mj-wrapper', 'mj-hero'];

/** Content after an else would belong to it, which is easy to overlook. */
export const ELSE_NOT_LAST = {
  code: 'else-place',
  message: '<tc-else> is not the last element in a <tc-when>.',
  remedy: 'Write <tc-when …> … <tc-else> … </tc-else></tc-when>, with nothing after it.',
} as const;

const SLOT_ATTRIBUTES = {
  name: 'string',
  label: 'string',
  help: 'string',
  'max-chars': 'integer',
  'max-lines': 'integer',
  format: 'enum(plain,inline,list)',
  links: 'enum(none,partner)',
  required: 'boolean',
};
const SLOT_DEFAULTS = { 'max-chars': '280', 'max-lines': '6', format: 'plain', links: 'none', required: 'false' };

/**
 * An attribute's text. MJML returns strings, and booleans for "true" and
 * "false".
 */
const readWords = (written: string | boolean | undefined): string | undefined =>
  written === undefined
    ? undefined
    : parseDocument(String(written))
        .children.map((node) => (isText(node) ? node.data : ''))
        .join('');

/** Reads the attributes that a slot has in every medium. */
export function readSlot(attribute: (name: string) => string | undefined, content: string): RawSlot {
  const name = attribute('name') ?? '';
  return {
    name,
    label: attribute('label')?.trim() || name,
    help: attribute('help')?.trim() || null,
    format: (attribute('format') ?? 'plain') as SlotFormat,
    links: (attribute('links') ?? 'none') as 'none' | 'partner',
    maxChars: Number(attribute('max-chars') ?? 280),
    maxLines: Number(attribute('max-lines') ?? 6),
    required: attribute('required') === 'true' || attribute('required') === '',
    content,
  };
}

/**
 * Our MJML components for one compilation: they write tokens and collect
 * findings. Passed to MJML as a preset, so that nothing is shared between
 * compilations.
 */
export function componentsFor(
  tokens: Tokens,
  findings: Findings,
): { components: MjmlComponentClass[]; dependencies: Record<string, string[]> } {
  class TcSlot extends MjText {
    static override readonly componentName = 'tc-slot';
    static override readonly endingTag = true;
    static override readonly allowedAttributes = { ...MjText.allowedAttributes, ...SLOT_ATTRIBUTES };
    static override readonly defaultAttributes = { ...MjText.defaultAttributes, ...SLOT_DEFAULTS };

    constructor(data: unknown) {
      super(data);
      // A slot inherits the template's text style unless it sets its own.
      const own = (data as { rawAttrs?: Record<string, string> }).rawAttrs ?? {};
      const defaults = this.context.globalData?.defaultAttributes ?? {};
      for (const [name, value] of Object.entries(defaults['mj-text'] ?? {})) {
        if (!(name in own) && !(name in (defaults['tc-slot'] ?? {}))) this.attributes[name] = value;
      }
    }

    override getContent(): string {
      const slot = readSlot((name) => readWords(this.getAttribute(name)), super.getContent());
      findings.slots.push(slot);
      return tokens.hole(`slot.${SLOT_NAME.test(slot.name) ? slot.name : 'unnamed'}`) ?? '';
    }
  }

  /** A component with its line. MJML passes the line to its constructor. */
  class PlacedComponent extends BodyComponent {
    private readonly line: number;

    constructor(data: unknown) {
      super(data);
      this.line = (data as { line?: number }).line ?? 1;
    }

    protected place(): { line: number; tag: string } {
      return { line: this.line, tag: (this.constructor as unknown as MjmlComponentClass).componentName };
    }
  }

  class TcPartnerLogo extends PlacedComponent {
    static override readonly componentName = 'tc-partner-logo';
    static override readonly endingTag = true;
    static override readonly allowedAttributes = {
      width: 'unit(px)',
      height: 'unit(px)',
      align: 'enum(left,right,center)',
      surface: 'enum(light,dark,brand)',
      padding: 'unit(px,%){1,4}',
      'padding-left': 'unit(px,%)',
      'padding-right': 'unit(px,%)',
      'padding-top': 'unit(px,%)',
      'padding-bottom': 'unit(px,%)',
      'container-background-color': 'color',
      'css-class': 'string',
    };
    static override readonly defaultAttributes = {
      width: '180px',
      height: '60px',
      align: 'left',
      surface: 'light',
      padding: '10px 25px',
    };

    override render(): string {
      const logo = {
        surface: this.getAttribute('surface') as LogoNeed['surface'],
        width: pixels(this.getAttribute('width')),
        height: pixels(this.getAttribute('height')),
        align: this.getAttribute('align') as NonNullable<LogoNeed['align']>,
      };
      const { box } = this.getBoxWidths();
      if (logo.width > box) {
        findings.problems.push({
          code: 'logo-too-wide',
          ...this.place(),
          message: `The partner logo is ${logo.width}px wide; its column has ${Math.floor(box)}px.`,
          remedy: `Write width="${Math.floor(box)}px" or less.`,
        });
      }
      findings.logos.push(logo);
      const { width, height } = logo;
      const image = `<img ${this.htmlAttributes({ src: logoToken(tokens, logo), alt: tokens.hole('partner.name') ?? '', width, height, style: { border: '0', display: 'block', outline: 'none', 'text-decoration': 'none', width: `${width}px`, height: `${height}px`, 'font-size': '13px' } })} />`;
      const cell = this.htmlAttributes({ style: { width: `${width}px` } });
      const table = this.htmlAttributes({
        border: '0',
        cellpadding: '0',
        cellspacing: '0',
        role: 'presentation',
        style: { 'border-collapse': 'collapse', 'border-spacing': '0px' },
      });
      return `<table ${table}><tbody><tr><td ${cell}>${image}</td></tr></tbody></table>`;
    }
  }

  class TcWhen extends PlacedComponent {
    static override readonly componentName = 'tc-when';
    static override readonly allowedAttributes = {
      industry: 'string',
      persona: 'string',
      stage: 'string',
      segment: 'string',
      country: 'string',
    };

    override render(): string {
      const pairs = Object.keys(TcWhen.allowedAttributes).flatMap((name) =>
        this.getAttribute(name) === undefined ? [] : [[name, this.getAttribute(name) ?? null] as const],
      );
      const condition = conditionOf(pairs);
      if (typeof condition === 'string') {
        findings.problems.push({
          code: 'when-condition',
          ...this.place(),
          message: condition,
          remedy: 'Write <tc-when industry="finance|insurance">.',
        });
        return this.renderChildren();
      }
      const inner = (this.props.children ?? []).map(({ tagName }) => tagName);
      if (inner.slice(0, -1).includes('tc-else')) findings.problems.push({ ...this.place(), ...ELSE_NOT_LAST });
      return `<!--${tokens.marker({ kind: 'when', condition, inline: false })}-->${this.renderChildren()}<!--${tokens.marker({ kind: 'end' })}-->`;
    }
  }

  class TcElse extends PlacedComponent {
    static override readonly componentName = 'tc-else';

    override render(): string {
      return `<!--${tokens.marker({ kind: 'else' })}-->${this.renderChildren()}`;
    }
  }

  class TcLock extends PlacedComponent {
    static override readonly componentName = 'tc-lock';
    static override readonly allowedAttributes = { name: 'string' };

    override render(): string {
      const name = this.getAttribute('name') ?? '';
      if (!SLOT_NAME.test(name))
        findings.problems.push({
          code: 'lock-name',
          ...this.place(),
          message: 'A lock needs a name.',
          remedy: 'Write <tc-lock name="legal">.',
        });
      return `<!--${tokens.marker({ kind: 'lock', name })}-->${this.renderChildren()}<!--${tokens.marker({ kind: 'unlock' })}-->`;
    }
  }

  return {
    components: [TcSlot, TcPartnerLogo, TcWhen, TcElse, TcLock],
    dependencies: {
      'mj-column': ['tc-slot', 'tc-partner-logo'],
      'mj-hero': ['tc-slot', 'tc-partner-logo'],
      'mj-body': ['tc-when', 'tc-lock'],
      'mj-wrapper': ['tc-when'],
      'tc-slot': [],
      'tc-partner-logo': [],
      'tc-when': [...BLOCK_CHILDREN, 'tc-else'],
      'tc-else': BLOCK_CHILDREN,
      'tc-lock': BLOCK_CHILDREN,
    },
  };
}

export const logoToken = (tokens: Tokens, logo: LogoNeed): string =>
  tokens.hole(`partner.logo.${logoName(logo)}`) ?? '';

const pixels = (value: string | undefined): number => Number.parseInt(value ?? '0', 10);
