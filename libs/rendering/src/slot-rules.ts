import type { SlotPosition } from './allow-list.js';
import { type RawSlot, SLOT_NAME } from './findings.js';
import type { SourceReport } from './position.js';
import { checkSlot, slotFromText, type SlotNodes, type SlotRule } from './slot.js';
import { slotDefault } from './slot-default.js';
import type { Tokens } from './tokens.js';

/** The rules of a template's slots, one per name. Problems go to the report. */
export function slotRules(
  raw: readonly RawSlot[],
  places: readonly SlotPosition[],
  tokens: Tokens,
  report: SourceReport,
): SlotRule[] {
  return new SlotReader(raw, places, tokens, report).rules();
}

class SlotReader {
  constructor(
    private readonly raw: readonly RawSlot[],
    private readonly places: readonly SlotPosition[],
    private readonly tokens: Tokens,
    private readonly report: SourceReport,
  ) {}

  rules(): SlotRule[] {
    const rules = new Map<string, SlotRule>();
    for (const raw of this.raw) {
      const rule = this.rule(raw);
      if (rule === null) continue;
      const known = rules.get(raw.name);
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(rule))
        this.error(
          'slot-differs',
          raw,
          `The slot “${raw.name}” occurs twice with different rules.`,
          'Give both the same attributes and text.',
        );
      rules.set(raw.name, rule);
    }
    return [...rules.values()];
  }

  private rule(raw: RawSlot): SlotRule | null {
    if (raw.format === 'picture') return this.picture(raw);
    if (raw.format === 'alt') return SLOT_NAME.test(raw.name.replace(/\.alt$/, '')) ? ruleOf(raw, NO_TEXT) : null;
    if (raw.format === 'link') return SLOT_NAME.test(raw.name.replace(/\.link$/, '')) ? ruleOf(raw, NO_TEXT) : null;
    if (!SLOT_NAME.test(raw.name)) {
      this.error(
        'slot-name',
        raw,
        'A slot needs a name of lower-case letters, digits and hyphens.',
        'Write name="offer" and label="Your offer".',
      );
      return null;
    }
    if (raw.format === 'choice') return this.choice(raw);
    if (
      !Number.isInteger(raw.maxChars) ||
      raw.maxChars < 1 ||
      raw.maxChars > 4000 ||
      !Number.isInteger(raw.maxLines) ||
      raw.maxLines < 1 ||
      raw.maxLines > 60
    ) {
      this.error(
        'slot-limits',
        raw,
        `The limits of slot “${raw.name}” are not valid numbers.`,
        'Write max-chars from 1 to 4000 and max-lines from 1 to 60.',
      );
      return null;
    }
    const content = slotDefault(raw.content, raw.format);
    if (content === null || this.tokens.pattern.test(raw.content)) {
      this.error(
        'slot-default',
        raw,
        `The suggested text of slot “${raw.name}” contains more than text.`,
        'Use words, <b>, <i>, <br> or a list, and no fields.',
      );
      return null;
    }
    const rule = ruleOf(raw, content);
    for (const problem of checkSlot({ ...rule, required: false }, content, { publicOrigin: '', partnerHosts: [] }))
      this.error(problem.code, raw, `The suggested text does not fit: ${problem.message}`, problem.remedy);
    return rule;
  }

  private picture(raw: RawSlot): SlotRule | null {
    const { ratio, minWidth, suggested } = raw.picture ?? { ratio: null, minWidth: 0, suggested: null };
    if (!SLOT_NAME.test(raw.name.replace(/\.picture$/, ''))) {
      this.error(
        'slot-name',
        raw,
        'A picture of partners needs a name of lower-case letters, digits and hyphens.',
        'Write <tc-picture name="hero" label="Your picture" …>.',
      );
      return null;
    }
    const shape = ratio === null ? null : ratioOf(ratio);
    if (shape !== undefined && Number.isInteger(minWidth) && minWidth >= 1 && minWidth <= MAX_PICTURE_WIDTH)
      return { ...ruleOf(raw, NO_TEXT), picture: { ratio: shape, minWidth, suggested } };
    this.error(
      'picture-limits',
      raw,
      `The limits of the picture “${raw.name.replace(/\.picture$/, '')}” are not valid.`,
      `Write ratio="3:2", between 5:1 and 1:5, or leave it out for any shape; and min-width from 1 to ${MAX_PICTURE_WIDTH}.`,
    );
    return null;
  }

  private choice(raw: RawSlot): SlotRule | null {
    const names = (raw.options ?? []).map(({ name }) => name);
    if (names.length >= 2 && new Set(names).size === names.length && names.every((name) => SLOT_NAME.test(name)))
      return ruleOf(raw, slotFromText(raw.content));
    this.error(
      'choice-options',
      raw,
      `The choice “${raw.name}” needs two or more options with different names of lower-case letters, digits and hyphens.`,
      'Write <tc-option name="photo" label="Photo"> … </tc-option> for each of them.',
    );
    return null;
  }

  private error(code: string, raw: RawSlot, message: string, remedy: string): void {
    const at = this.places.find(({ name }) => name === raw.name);
    this.report.error(code, at?.position ?? null, message, remedy);
  }
}

/** Width of the largest picture that an e-mail or page has. */
const MAX_PICTURE_WIDTH = 1600;

/** `3:2` as numbers; undefined: it is no shape that a picture can have. */
function ratioOf(written: string): readonly [number, number] | undefined {
  const [, width = '0', height = '0'] = /^(\d{1,4}):(\d{1,4})$/.exec(written.trim()) ?? [];
  const shape = Number(width) / Number(height);
  return shape >= 0.2 && shape <= 5 ? [Number(width), Number(height)] : undefined;
}

const NO_TEXT: SlotNodes = { kind: 'paragraphs', blocks: [] };

function ruleOf(
  { name, label, help, format, links, maxChars, maxLines, required, options }: RawSlot,
  content: SlotNodes,
): SlotRule {
  return {
    name,
    label,
    ...(help === null ? {} : { help }),
    format,
    links,
    maxChars,
    maxLines,
    required,
    default: content,
    ...(options === undefined ? {} : { options }),
  };
}
