import { readableText } from '#contracts';
import { mergeTagIn } from './merge-tags.js';
import {
  checkPartnerUrl,
  cleanText,
  type Encoded,
  encodeValue,
  escapeHtml,
  type UrlPolicy,
  type ValueProblem,
} from './values.js';

/** Text in one style. Stored as data, never as HTML. */
export interface SlotRun {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly href?: string;
}

/** A partner's content of a slot: paragraphs, or list items. */
export interface SlotNodes {
  readonly kind: 'paragraphs' | 'list';
  readonly blocks: readonly (readonly SlotRun[])[];
}

/** Texts; one of several options; the address of a link; a picture of the partner, and its alt text. */
export type SlotFormat = 'plain' | 'inline' | 'list' | 'choice' | 'link' | 'picture' | 'alt';

/** What a partner's own picture must be. */
export interface PictureRule {
  /** Width by height: 3 by 2. Null: any shape. */
  readonly ratio: readonly [width: number, height: number] | null;
  /** Pixels. */
  readonly minWidth: number;
  /** Path in the package of the vendor's picture; null if it has none. */
  readonly suggested: string | null;
}

/** Formats whose value is one word without styles, and how messages name it. */
const BARE: Readonly<Partial<Record<SlotFormat, string>>> = {
  choice: 'the name of one option',
  link: 'one address',
  picture: 'the name of one of your pictures',
  alt: 'one text',
};
/** A picture by its content: `<SHA-256>.jpg`. */
const PICTURE_NAME = /^[0-9a-f]{64}\.(?:jpg|png)$/;

/** One of the options of a choice. */
export interface SlotOption {
  readonly name: string;
  /** Empty for the two options of a block that can be hidden. */
  readonly label: string;
}

/** The options of a block that a partner may hide. */
export const HIDEABLE: readonly SlotOption[] = [
  { name: 'shown', label: '' },
  { name: 'hidden', label: '' },
];

/** A vendor's limits for a slot. */
export interface SlotRule {
  readonly name: string;
  readonly label: string;
  /** One sentence of help; missing if the label is enough. */
  readonly help?: string;
  readonly format: SlotFormat;
  readonly links: 'none' | 'partner';
  readonly maxChars: number;
  readonly maxLines: number;
  readonly required: boolean;
  readonly default: SlotNodes;
  /** Of a choice. Missing for other formats. */
  readonly options?: readonly SlotOption[];
  /** Of a picture. Missing for other formats. */
  readonly picture?: PictureRule;
}

/** Converts typed text: each line is a paragraph or a list item. */
export function slotFromText(text: string, format: SlotFormat = 'plain'): SlotNodes {
  const lines = text
    .split(/\r?\n|[\u2028\u2029]/)
    .filter((line, at, all) => line.trim() !== '' || (at > 0 && at < all.length - 1));
  return {
    kind: format === 'list' ? 'list' : 'paragraphs',
    blocks: lines.map((line) => (line === '' ? [] : [{ text: line }])),
  };
}

/** The text without styles, one line per block. */
export function slotText(nodes: SlotNodes): string {
  return nodes.blocks.map((runs) => runs.map((run) => run.text).join('')).join('\n');
}

/**
 * Every reason why these nodes are not allowed in this slot; empty if they are.
 */
export function checkSlot(rule: Omit<SlotRule, 'help'>, nodes: SlotNodes, policy: UrlPolicy): ValueProblem[] {
  const path = `slot.${rule.name}`;
  const problems: ValueProblem[] = [];
  const what = rule.label;
  const add = (code: string, message: string, remedy: string, named: ValueProblem['named'] = {}): void =>
    void problems.push({ code, path, message, remedy, named: { what, ...named } });
  const runs = nodes.blocks.flat();
  const text = slotText(nodes);
  if (rule.format === 'choice') return checkBare(rule, nodes) ?? checkChoice(rule, text);
  if (rule.format === 'link') return checkBare(rule, nodes) ?? checkLink(rule, text, policy);
  if (rule.format === 'picture') return checkBare(rule, nodes) ?? checkPicture(rule, text);
  if (rule.format === 'alt') return checkBare(rule, nodes) ?? checkAlt(rule, text, policy);
  if (rule.required && text.trim() === '')
    add('slot-empty', `“${rule.label}” must not be empty.`, 'Write something, or keep the suggested text.');
  if (nodes.blocks.length > rule.maxLines)
    add(
      'slot-lines',
      `“${rule.label}” has ${nodes.blocks.length} lines; ${rule.maxLines} fit.`,
      `Take ${nodes.blocks.length - rule.maxLines} away.`,
      { lines: nodes.blocks.length, maxLines: rule.maxLines },
    );
  const cleaned = cleanText(path, text, rule.maxChars);
  if ('problem' in cleaned)
    problems.push({
      ...cleaned.problem,
      message: cleaned.problem.message.replace(path, `“${rule.label}”`),
      named: { what, ...cleaned.problem.named },
    });
  const tag = mergeTagIn(text);
  if (tag !== null)
    add(
      'slot-merge-tag',
      `“${rule.label}” contains the placeholder ${tag}, which is not filled here. Recipients would read it as it is.`,
      'Write the text without it. The campaign itself greets each person by name.',
      { tag },
    );
  if (runs.some((run) => run.text.includes('\n')))
    add('slot-run-lines', `A part of “${rule.label}” contains a line break.`, 'Divide it into two paragraphs.');
  if ((nodes.kind === 'list') !== (rule.format === 'list'))
    add(
      'slot-kind',
      `“${rule.label}” takes ${rule.format === 'list' ? 'a list' : 'paragraphs'}.`,
      'Use the other form.',
    );
  if (rule.format === 'plain' && runs.some((run) => run.bold === true || run.italic === true))
    add('slot-styled', `“${rule.label}” allows only plain text.`, 'Remove bold and italic.');
  for (const run of runs) {
    if (run.href === undefined) continue;
    if (rule.links === 'none' || rule.format === 'plain')
      add('slot-link', `“${rule.label}” does not allow links.`, 'Remove the link.');
    else {
      const checked = checkPartnerUrl(path, run.href, policy);
      if (!checked.ok) problems.push({ ...checked.problem, named: { what, ...checked.problem.named } });
    }
  }
  return problems;
}

/** Conditions compare the words of a choice or an address: they are one run without styles. */
function checkBare(
  { name, label, format }: Omit<SlotRule, 'help'>,
  { kind, blocks }: SlotNodes,
): ValueProblem[] | null {
  const runs = blocks.flat();
  const isPlain = runs.every(({ bold, italic, href }) => bold !== true && italic !== true && href === undefined);
  const isOne = blocks.length === 1 && runs.length === 1;
  const isEmpty = format !== 'choice' && runs.length === 0 && blocks.length <= 1;
  if (kind === 'paragraphs' && isPlain && (isOne || isEmpty)) return null;
  const one = BARE[format] ?? 'one text';
  return [
    {
      code: 'slot-bare',
      path: `slot.${name}`,
      message: `“${label}” (slot.${name}) takes ${one}, as one paragraph of one run without bold, italic or link.`,
      remedy: `Send ${one} without styles.`,
      named: { what: label },
    },
  ];
}

function checkChoice({ name, label, options = [] }: Omit<SlotRule, 'help'>, chosen: string): ValueProblem[] {
  const names = options.map((option) => option.name);
  if (names.includes(chosen)) return [];
  return [
    {
      code: 'slot-choice',
      path: `slot.${name}`,
      message: `“${label}” has no option “${chosen}”.`,
      remedy: `Choose one of: ${names.join(', ')}.`,
      named: { what: label, options: names.join(', ') },
    },
  ];
}

/** No address is allowed: then the vendor's link stays. */
function checkLink({ name, label }: Omit<SlotRule, 'help'>, address: string, policy: UrlPolicy): ValueProblem[] {
  const checked = address === '' ? null : checkPartnerUrl(`slot.${name}`, address, policy);
  return checked?.ok === false ? [{ ...checked.problem, named: { what: label, ...checked.problem.named } }] : [];
}

/** Whether the partner has such a picture is not known here. No name: the vendor's picture stays. */
function checkPicture({ name, label }: Omit<SlotRule, 'help'>, picture: string): ValueProblem[] {
  if (picture === '' || PICTURE_NAME.test(picture)) return [];
  return [
    {
      code: 'slot-picture',
      path: `slot.${name}`,
      message: `“${label}” is not the name of a picture.`,
      remedy: 'Upload a picture, cut it, and send the name that the cut has.',
      named: { what: label },
    },
  ];
}

/** The rules of a text in an attribute: one line without a web address. */
function checkAlt({ name, label, maxChars }: Omit<SlotRule, 'help'>, alt: string, policy: UrlPolicy): ValueProblem[] {
  const path = `slot.${name}`;
  const hole = { path, type: 'text', stage: 'brand', maxChars, fallback: '' } as const;
  const checked = alt === '' ? null : encodeValue(hole, alt, policy);
  return checked?.ok === false ? [{ ...checked.problem, named: { what: label, ...checked.problem.named } }] : [];
}

/**
 * An address in canonical form. Typed text may contain invisible characters.
 */
const addressOf = (href: string): string => new URL(href).href.replaceAll("'", '%27');

function encodeRun(run: SlotRun): string {
  let html = escapeHtml(readableText(run.text));
  if (run.italic === true) html = `<i>${html}</i>`;
  if (run.bold === true) html = `<b>${html}</b>`;
  if (run.href !== undefined) html = `<a href="${escapeHtml(addressOf(run.href))}">${html}</a>`;
  return html;
}

/** Encodes nodes that `checkSlot` has accepted. */
export function encodeSlot(nodes: SlotNodes): Encoded {
  const blocks = nodes.blocks.map((runs) => runs.map(encodeRun).join(''));
  const lines = nodes.blocks.map((runs) =>
    runs
      .map(({ text, href }) => (href === undefined ? readableText(text) : `${readableText(text)} [${addressOf(href)}]`))
      .join('')
      .normalize('NFC'),
  );
  if (nodes.kind === 'list')
    return {
      html: `<ul>${blocks.map((block) => `<li>${block}</li>`).join('')}</ul>`,
      text: lines.map((line) => `* ${line}`).join('\n'),
    };
  return { html: blocks.join('<br>'), text: lines.join('\n') };
}
