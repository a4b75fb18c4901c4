import type { BakedMaster } from './bake.js';
import { type Condition, type Hole, isHole, isWhen, type Program } from './master.js';
import { type Encoded, encodeValue, escapeHtml, type UrlPolicy, type ValueProblem } from './values.js';
import { isMet } from './variant.js';

/**
 * Values of one recipient. A partner's import supplied them, so they are
 * checked like any partner input.
 */
export interface RecipientValues {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
  readonly email: string;
  readonly industry: string | null;
  readonly persona: string | null;
  readonly stage: string | null;
  readonly segment: string | null;
  readonly country: string | null;
  /** Name → URL of this message. */
  readonly links: Readonly<Record<string, string>>;
  readonly phone?: string | null;
  /** See `greetingOf`; null or absent in a language without a rule. */
  readonly greeting?: string | null;
}

/** The reader of a page without a personal link. */
export const UNKNOWN_READER: Omit<RecipientValues, 'links'> = {
  firstName: null,
  lastName: null,
  company: null,
  email: '',
  industry: null,
  persona: null,
  stage: null,
  segment: null,
  country: null,
};

export interface Personal {
  readonly subject: string;
  readonly preheader: string;
  readonly html: string;
  readonly text: string;
}

export type Personalised =
  | { readonly ok: true; readonly message: Personal }
  | { readonly ok: false; readonly problems: readonly ValueProblem[] };

/**
 * Recipient stage: checks, encodes and concatenates.
 * A value that is missing or not acceptable is replaced by the hole's fallback.
 * Without a fallback, the message is refused with the field's name.
 */
export function personalise(baked: BakedMaster, recipient: RecipientValues, policy: UrlPolicy): Personalised {
  const filler = new RecipientFiller(baked.holes, recipient, policy);
  const message = {
    subject: filler.fill(baked.subject, 'text'),
    preheader: filler.fill(baked.preheader, 'text'),
    html: filler.fill(baked.html, 'html'),
    text: filler.fill(baked.text, 'text'),
  };
  return filler.problems.length === 0 ? { ok: true, message } : { ok: false, problems: filler.problems };
}

/** Fills one recipient's values into programs. Each hole is checked once. */
export class RecipientFiller {
  readonly problems: ValueProblem[] = [];
  /**
   * The conditions that were reached and true. They identify the recipient's
   * variant.
   */
  readonly held = new Set<Condition>();
  private readonly known: (Encoded | undefined)[] = [];

  constructor(
    private readonly holes: readonly Hole[],
    private readonly recipient: RecipientValues,
    private readonly policy: UrlPolicy,
  ) {}

  fill(program: Program, form: keyof Encoded): string {
    let out = '';
    for (const node of program) {
      if (typeof node === 'string') out += node;
      else if (isHole(node)) out += this.value(node.hole)[form];
      else if (isWhen(node)) out += this.fill(this.chosen(node.when) ? node.body : node.otherwise, form);
    }
    return out;
  }

  value(number: number): Encoded {
    return (this.known[number] ??= this.encode(number));
  }

  chosen(condition: Condition): boolean {
    const isChosen = isMet(condition, this.recipient);
    if (isChosen) this.held.add(condition);
    return isChosen;
  }

  private encode(number: number): Encoded {
    const hole = this.holes[number];
    if (hole === undefined) return { html: '', text: '' };
    const checked = encodeValue(hole, this.raw(hole.path), this.policy);
    if (checked.ok) return checked.value;
    if (hole.fallback !== null) return { html: escapeHtml(hole.fallback), text: hole.fallback };
    this.problems.push(checked.problem);
    return { html: '', text: '' };
  }

  private raw(path: string): unknown {
    if (path.startsWith('links.')) return this.recipient.links[path.slice('links.'.length)];
    return this.recipient[path.slice('recipient.'.length) as 'firstName'];
  }
}
