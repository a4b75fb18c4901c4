import type { CampaignSlot } from '#content';
import { slotFromText, type SlotNodes, slotText, type ValueProblem } from '#rendering';
import type { SlotTexts } from '../branding/slot-texts.js';

/** A value of the partner that the newer version does not take. */
export interface SlotConflict {
  readonly name: string;
  readonly value: SlotNodes;
  readonly problems: readonly ValueProblem[];
  /** A value that fits, made of the partner's; null: only the vendor's text does. */
  readonly suggestion: SlotNodes | null;
}

/** A partner's values in the slots of a newer version. */
export interface ValueMerge {
  readonly values: SlotTexts;
  /** Values whose slot is gone, or that were replaced. They come back with their slot. */
  readonly parked: SlotTexts;
  readonly conflicts: readonly SlotConflict[];
  /** New slots that the partner must fill before its campaign can move. */
  readonly missing: readonly string[];
}

export interface MergeInput {
  readonly before: readonly CampaignSlot[];
  readonly after: readonly CampaignSlot[];
  readonly values: SlotTexts;
  readonly parked: SlotTexts;
  /** What the partner has said about conflicts and missing values. */
  readonly answers: SlotTexts;
}

/** Every reason why a value does not fit a slot. */
type CheckValue = (slot: CampaignSlot, value: SlotNodes) => readonly ValueProblem[];

/**
 * Merges a partner's values into the slots of a newer version, by the names of
 * slots alone: texts are not compared. Locked copy is no input, so it is the
 * newer version's. Each value is kept, parked, or in conflict.
 */
export function mergeValues({ before, after, values, parked, answers }: MergeInput, check: CheckValue): ValueMerge {
  const known = new Set(before.map(({ name }) => name));
  const kept: Record<string, SlotNodes> = {};
  const stored = new Map(Object.entries({ ...parked, ...values }));
  const conflicts: SlotConflict[] = [];
  const missing: string[] = [];
  for (const slot of after) {
    const { name } = slot;
    const given = own(answers, name) ?? own(values, name) ?? fitting(slot, own(parked, name), check);
    if (given === undefined) {
      if (slot.required && !known.has(name)) missing.push(name);
      continue;
    }
    const problems = check(slot, given);
    if (problems.length > 0)
      conflicts.push({ name, value: given, problems, suggestion: suggestionFor(slot, given, check) });
    kept[name] = given;
    if (given === stored.get(name)) stored.delete(name);
  }
  return { values: kept, parked: Object.fromEntries(stored), conflicts, missing };
}

const own = (texts: SlotTexts, name: string): SlotNodes | undefined =>
  Object.hasOwn(texts, name) ? texts[name] : undefined;

/** A parked value that does not fit stays parked: the partner does not use it now. */
const fitting = (slot: CampaignSlot, value: SlotNodes | undefined, check: CheckValue): SlotNodes | undefined =>
  value !== undefined && check(slot, value).length === 0 ? value : undefined;

/** The partner's text as far as it fits, with its styles if the slot takes them; never an invention. */
function suggestionFor(slot: CampaignSlot, value: SlotNodes, check: CheckValue): SlotNodes | null {
  if (slot.format === 'choice' || slot.format === 'link' || slot.format === 'picture') return null;
  const blocks = value.blocks.filter((runs) => runs.some(({ text }) => text.trim() !== '')).slice(0, slot.maxLines);
  const text = shortenedTo(slotText({ kind: value.kind, blocks }), slot.maxChars);
  const plain = slotFromText(text, slot.format);
  const fits = (nodes: SlotNodes): boolean => nodes.blocks.length > 0 && check(slot, nodes).length === 0;
  return [{ kind: plain.kind, blocks: firstOf(blocks, [...text].length) }, plain].find(fits) ?? null;
}

/** So many characters of blocks with their styles. A line break is one, too. */
function firstOf(blocks: SlotNodes['blocks'], characters: number): SlotNodes['blocks'] {
  let left = characters;
  const kept: SlotNodes['blocks'][number][] = [];
  for (const runs of blocks) {
    if (left <= 0) break;
    const cut = runs.flatMap((run) => {
      const text = [...run.text].slice(0, Math.max(0, left)).join('');
      left -= [...run.text].length;
      return text === '' ? [] : [{ ...run, text }];
    });
    kept.push(cut);
    left -= 1;
  }
  return kept;
}

/** Ends at a sentence or else at a word, so that it reads as if it were written so. */
function shortenedTo(text: string, maxChars: number): string {
  const characters = [...text];
  if (characters.length <= maxChars) return text;
  const head = characters.slice(0, maxChars).join('');
  const sentence = /^[\s\S]*[.!?…](?=\s|$)/u.exec(head)?.[0] ?? '';
  const words = /^[\s\S]*(?=\s\S*$)/u.exec(head)?.[0] ?? '';
  return (sentence.length > head.length / 2 ? sentence : words).trimEnd().replace(/[,;:–-]{1,3}$/u, '');
}
