import { parseLocale } from '#kernel';
import { conditionOf } from './template.js';
import { type Findings, type RawSlot, SLOT_NAME } from './findings.js';
import { type Condition, WHEN_FIELDS } from './master.js';
import {
  type Draw,
  type MjmlComponent,
  type MjmlComponentClass,
  PlacedComponent,
  readWords,
} from './mjml-component.js';
import { HIDEABLE, type SlotOption } from './slot.js';
import type { Tokens } from './tokens.js';

/** Elements that a body or wrapper may contain. */
export const SECTIONS = ['mj-section', 'mj-wrapper', 'mj-hero'] as const;
/** Tags whose content not every recipient gets. They surround sections, or blocks of a column. */
export const BRANCHES = ['tc-when', 'tc-choice', 'tc-optional'] as const;
const BLOCKS = (
  'mj-accordion mj-button mj-carousel mj-divider mj-image mj-raw mj-social mj-spacer mj-table mj-text mj-navbar ' +
  'tc-slot tc-button tc-picture tc-partner-logo'
).split(' ');

/** For MJML, which does not know in which container a branch is. */
export const CONTAINED_IN_BRANCHES: Readonly<Record<string, string[]>> = {
  'tc-when': [...SECTIONS, ...BLOCKS, 'tc-choice', 'tc-optional', 'tc-else'],
  'tc-else': [...SECTIONS, ...BLOCKS, 'tc-choice', 'tc-optional'],
  'tc-optional': [...SECTIONS, ...BLOCKS, 'tc-when'],
  'tc-choice': ['tc-option'],
  'tc-option': [...SECTIONS, ...BLOCKS, 'tc-when'],
};

/** A condition whose `language` is none. */
export const notLanguages = (written: string) =>
  ({
    code: 'when-language',
    message: `language="${written}" does not name languages.`,
    remedy: 'Write language tags separated by |: <tc-when language="de|pt-BR">.',
  }) as const;

/** Content after an else would belong to it, which is easy to overlook. */
export const ELSE_NOT_LAST = {
  code: 'else-place',
  message: '<tc-else> is not the last element in a <tc-when>.',
  remedy: 'Write <tc-when …> … <tc-else> … </tc-else></tc-when>, with nothing after it.',
} as const;

/** HTML for recipients who meet a condition, and for the others, between markers. */
export function branched(tokens: Tokens, condition: Condition, body: string, otherwise: string | null): string {
  const mark = (marker: Parameters<Tokens['marker']>[0]): string => `<!--${tokens.marker(marker)}-->`;
  const alternative = otherwise === null ? '' : mark({ kind: 'else' }) + otherwise;
  return mark({ kind: 'when', condition, inline: false }) + body + alternative + mark({ kind: 'end' });
}

/** In a body or wrapper, sections draw themselves. */
const asSection: Draw = (component) => component.render();

/** A component whose children are drawn as its own container draws its children. */
abstract class Branch extends PlacedComponent {
  abstract draw(draw: Draw): string;

  override render(): string {
    return this.draw(asSection);
  }

  /** @param isShown whether a child is drawn at all. */
  protected drawChildren(draw: Draw, isShown: (child: MjmlComponent) => boolean = () => true): string {
    return this.renderChildren(undefined, { renderer: (child) => (isShown(child) ? drawn(child, draw) : '') });
  }
}

const drawn = (component: MjmlComponent, draw: Draw): string =>
  component instanceof Branch ? component.draw(draw) : draw(component);

/** Columns that draw the content of a branch in rows, like other content. */
export const withBranches = (components: readonly MjmlComponentClass[]): MjmlComponentClass[] =>
  components.map((component) => {
    if (component.componentName !== 'mj-column' && component.componentName !== 'mj-hero') return component;
    return class extends component {
      override renderChildren(...[children, options = {}]: Parameters<MjmlComponent['renderChildren']>): string {
        const draw = options.renderer;
        if (draw === undefined) return super.renderChildren(children, options);
        return super.renderChildren(children, { ...options, renderer: (child) => drawn(child, draw) });
      }
    };
  });

/** A choice as a slot: it decides about parts, and does not stand in any of them. */
export function choiceSlot(attribute: (name: string) => string | undefined, options: readonly SlotOption[]): RawSlot {
  const name = attribute('name') ?? '';
  return {
    name,
    label: attribute('label')?.trim() || name,
    help: attribute('help')?.trim() || null,
    format: 'choice',
    links: 'none',
    maxChars: 40,
    maxLines: 1,
    required: true,
    options,
    content: options[0]?.name ?? '',
  };
}

/** Path of a slot, also of one whose name is refused. */
export const slotPath = (name: string): `slot.${string}` => `slot.${SLOT_NAME.test(name) ? name : 'unnamed'}`;

/** Whether a condition's `de|fr` names the language of an e-mail, also one of a country: `de-AT`. */
export const isLanguage = (wanted: string, locale: string): boolean =>
  wanted
    .toLowerCase()
    .split('|')
    .some((tag) => [locale.toLowerCase(), locale.toLowerCase().split('-', 1)[0]].includes(tag.trim()));

/** Whether a condition names languages, each as a well-formed tag: `de|pt-BR`. */
export const areLanguages = (wanted: string): boolean =>
  wanted.split('|').every((tag) => parseLocale(tag.trim()) !== null);

/** Tags for content that some recipients get, and that partners choose or hide. */
export function branchingComponents(tokens: Tokens, findings: Findings, locale: string): MjmlComponentClass[] {
  /** Reports children that do not fit into the container of the branch. */
  abstract class CheckedBranch extends Branch {
    protected override drawChildren(draw: Draw, isShown?: (child: MjmlComponent) => boolean): string {
      const isSection = (name: string): boolean => (SECTIONS as readonly string[]).includes(name);
      const isInBody = draw === asSection;
      const wrong = (this.props.children ?? []).find(
        ({ tagName }) => !tagName.startsWith('tc-') && isSection(tagName) !== isInBody && tagName !== 'mj-raw',
      );
      const { line, tag } = this.place();
      if (wrong !== undefined)
        findings.problems.push({
          code: 'branch-content',
          line,
          tag,
          message: `<${wrong.tagName}> is in a <${tag}> ${isInBody ? 'between sections' : 'in a column'}.`,
          remedy: isInBody
            ? `Put whole sections into it, or move <${tag}> into the column.`
            : 'Put blocks of the column into it: texts, pictures, buttons.',
        });
      return super.drawChildren(draw, isShown);
    }

    protected addChoice(options: readonly SlotOption[]): `slot.${string}` {
      const slot = choiceSlot((name) => readWords(this.getAttribute(name)), options);
      findings.slots.push(slot);
      const path = slotPath(slot.name);
      tokens.hole(path);
      return path;
    }
  }

  class TcWhen extends CheckedBranch {
    static override readonly componentName = 'tc-when';
    static override readonly allowedAttributes = {
      industry: 'string',
      persona: 'string',
      stage: 'string',
      segment: 'string',
      country: 'string',
      language: 'string',
    };

    /** The language is known here: each has an e-mail of its own. */
    override draw(draw: Draw): string {
      const pairs = WHEN_FIELDS.flatMap((name) =>
        this.getAttribute(name) === undefined ? [] : [[name, this.getAttribute(name) ?? null] as const],
      );
      const inner = (this.props.children ?? []).map(({ tagName }) => tagName);
      if (inner.slice(0, -1).includes('tc-else')) findings.problems.push({ ...this.place(), ...ELSE_NOT_LAST });
      const language = this.getAttribute('language');
      if (language !== undefined && !areLanguages(language)) {
        findings.problems.push({ ...this.place(), ...notLanguages(language) });
        return this.drawChildren(draw);
      }
      if (language !== undefined && !isLanguage(language, locale))
        return this.renderChildren(undefined, {
          renderer: (child) => (child instanceof TcElse ? child.drawAlone(draw) : ''),
        });
      if (language !== undefined && pairs.length === 0)
        return this.drawChildren(draw, (child) => !(child instanceof TcElse));
      const condition = conditionOf(pairs);
      if (typeof condition === 'string') {
        findings.problems.push({
          code: 'when-condition',
          ...this.place(),
          message: condition,
          remedy: 'Write <tc-when industry="finance|insurance">.',
        });
        return this.drawChildren(draw);
      }
      return branched(tokens, condition, this.drawChildren(draw), null);
    }
  }

  class TcElse extends CheckedBranch {
    static override readonly componentName = 'tc-else';

    override draw(draw: Draw): string {
      return `<!--${tokens.marker({ kind: 'else' })}-->${this.drawChildren(draw)}`;
    }

    drawAlone(draw: Draw): string {
      return this.drawChildren(draw);
    }
  }

  class TcOptional extends CheckedBranch {
    static override readonly componentName = 'tc-optional';
    static override readonly allowedAttributes = { name: 'string', label: 'string', help: 'string' };

    override draw(draw: Draw): string {
      const path = this.addChoice(HIDEABLE);
      return branched(tokens, { [path]: ['shown'] }, this.drawChildren(draw), null);
    }
  }

  class TcOption extends CheckedBranch {
    static override readonly componentName = 'tc-option';
    static override readonly allowedAttributes = { name: 'string', label: 'string' };

    get option(): SlotOption {
      const name = this.getAttribute('name') ?? '';
      return { name, label: readWords(this.getAttribute('label'))?.trim() || name };
    }

    override draw(draw: Draw): string {
      return this.drawChildren(draw);
    }
  }

  class TcChoice extends CheckedBranch {
    static override readonly componentName = 'tc-choice';
    static override readonly allowedAttributes = { name: 'string', label: 'string', help: 'string' };

    override draw(draw: Draw): string {
      const options: (SlotOption & { html: string })[] = [];
      this.renderChildren(undefined, {
        renderer: (child) => {
          if (child instanceof TcOption) options.push({ ...child.option, html: child.draw(draw) });
          return '';
        },
      });
      const path = this.addChoice(options.map(({ name, label }) => ({ name, label })));
      // The last has no condition of its own, so that one of them is always shown.
      return (
        options.reduceRight<string | null>(
          (others, { name, html }) => (others === null ? html : branched(tokens, { [path]: [name] }, html, others)),
          null,
        ) ?? ''
      );
    }
  }

  return [TcWhen, TcElse, TcOptional, TcOption, TcChoice];
}
