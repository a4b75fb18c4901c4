import { readableText } from '#contracts';
import { mergeTagIn } from './merge-tags.js';
import { checkPartnerUrl, cleanText, type Encoded, escapeHtml, type UrlPolicy, type ValueProblem } from './values.js';

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

/** Texts; one of several options; or the address of a link. */
export type SlotFormat = 'plain' | 'inline' | 'list' | 'choice' | 'link';

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
  const isEmpty = format === 'link' && runs.length === 0 && blocks.length <= 1;
  if (kind === 'paragraphs' && isPlain && (isOne || isEmpty)) return null;
  const one = format === 'choice' ? 'the name of one option' : 'one address';
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
