import { branched, BRANCHES, branchingComponents, CONTAINED_IN_BRANCHES, SECTIONS } from './branches.js';
import { type LogoNeed, logoName } from './master.js';
import {
  inheritStyle,
  MjButton,
  type MjmlComponentClass,
  MjText,
  PlacedComponent,
  readWords,
} from './mjml-component.js';
import { type Findings, type RawSlot, SLOT_NAME } from './findings.js';
import { pictureComponent } from './picture-slot.js';
import { type SlotFormat } from './slot.js';
import type { Tokens } from './tokens.js';

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
const BUTTON_ATTRIBUTES = {
  label: 'string',
  help: 'string',
  'max-chars': 'integer',
  required: 'boolean',
  links: 'enum(none,partner)',
};
const BUTTON_DEFAULTS = { 'max-chars': '40', links: 'none', required: 'false' };
/** The address of a button as a slot. `checkPartnerUrl` has the same limit. */
export const LINK_RULE = { format: 'link', content: '', maxChars: 300, links: 'partner', required: false } as const;
const SLOT_DEFAULTS = { 'max-chars': '280', 'max-lines': '6', format: 'plain', links: 'none', required: 'false' };

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

/** The label of a button as a slot: one line of text. */
export const buttonSlot = (read: RawSlot): RawSlot => ({ ...read, format: 'plain', maxLines: 1, links: 'none' });

/**
 * Our MJML components for one compilation: they write tokens and collect
 * findings. Passed to MJML as a preset, so that nothing is shared between
 * compilations.
 */
export function componentsFor(
  tokens: Tokens,
  findings: Findings,
  locale: string,
): { components: MjmlComponentClass[]; dependencies: Record<string, string[]> } {
  class TcSlot extends MjText {
    static override readonly componentName = 'tc-slot';
    static override readonly endingTag = true;
    static override readonly allowedAttributes = { ...MjText.allowedAttributes, ...SLOT_ATTRIBUTES };
    static override readonly defaultAttributes = { ...MjText.defaultAttributes, ...SLOT_DEFAULTS };

    constructor(data: unknown) {
      super(data);
      inheritStyle(this, data, 'mj-text', 'tc-slot');
    }

    override getContent(): string {
      const slot = readSlot((name) => readWords(this.getAttribute(name)), super.getContent());
      findings.slots.push(slot);
      return tokens.hole(`slot.${SLOT_NAME.test(slot.name) ? slot.name : 'unnamed'}`) ?? '';
    }
  }

  class TcButton extends MjButton {
    static override readonly componentName = 'tc-button';
    static override readonly endingTag = true;
    static override readonly allowedAttributes = { ...MjButton.allowedAttributes, ...BUTTON_ATTRIBUTES };
    static override readonly defaultAttributes = { ...MjButton.defaultAttributes, ...BUTTON_DEFAULTS };
    private readonly slot: RawSlot;
    private readonly slotLinks: RawSlot['links'];

    constructor(data: unknown) {
      super(data);
      inheritStyle(this, data, 'mj-button', 'tc-button');
      const read = readSlot((name) => readWords(this.getAttribute(name)), super.getContent());
      this.slot = buttonSlot(read);
      this.slotLinks = read.links;
      // MJML writes the name of a button as that of an anchor.
      delete this.attributes['name'];
    }

    override getContent(): string {
      return tokens.hole(`slot.${this.knownName}`) ?? '';
    }

    /** Twice if partners may exchange the link: with the vendor's, and with theirs. */
    override render(): string {
      findings.slots.push(this.slot);
      const ofVendor = super.render();
      if (this.slotLinks === 'none') return ofVendor;
      const path = `slot.${this.knownName}.link` as const;
      findings.slots.push({ ...this.slot, name: `${this.slot.name}.link`, ...LINK_RULE });
      this.attributes = { ...this.attributes, href: tokens.hole(path) ?? '' };
      return branched(tokens, { [path]: [''] }, ofVendor, super.render());
    }

    private get knownName(): string {
      return SLOT_NAME.test(this.slot.name) ? this.slot.name : 'unnamed';
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

  const branching = branchingComponents(tokens, findings, locale);
  return {
    components: [TcSlot, TcButton, pictureComponent(tokens, findings), TcPartnerLogo, TcLock, ...branching],
    dependencies: {
      'mj-column': ['tc-slot', 'tc-button', 'tc-picture', 'tc-partner-logo', ...BRANCHES],
      'mj-hero': ['tc-slot', 'tc-button', 'tc-picture', 'tc-partner-logo', ...BRANCHES],
      'mj-body': [...BRANCHES, 'tc-lock'],
      'mj-wrapper': [...BRANCHES],
      'tc-slot': [],
      'tc-button': [],
      'tc-picture': [],
      'tc-partner-logo': [],
      'tc-lock': [...SECTIONS],
      ...CONTAINED_IN_BRANCHES,
    },
  };
}

export const logoToken = (tokens: Tokens, logo: LogoNeed): string =>
  tokens.hole(`partner.logo.${logoName(logo)}`) ?? '';

const pixels = (value: string | undefined): number => Number.parseInt(value ?? '0', 10);
