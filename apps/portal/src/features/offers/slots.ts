import type { OfferDetail } from '#contracts';

/** A place that the partner may fill with its own words. */
export type Slot = OfferDetail['slots'][number];
export type SlotNodes = Slot['default'];

/** An offer in one language with the partner's own words, as all its previews show it. */
export interface OfferWithTexts {
  readonly offer: OfferDetail;
  readonly locale: string;
  /** What the partner wrote in that language, once it has paused. */
  readonly words: Readonly<Record<string, SlotNodes>>;
}

/** The places with the vendor's text in one language. */
export const slotsIn = (slots: readonly Slot[], locale: string): Slot[] =>
  slots.map((slot) => ({ ...slot, default: slot.suggested[locale] ?? slot.default }));

/** Of a partner's words those that stand on one tactic: others change nothing there. @param tactic `documents.brochure` */
export const textsForTactic = (tactic: string, slots: readonly Slot[], words: Readonly<Record<string, SlotNodes>>) =>
  Object.fromEntries(
    slots.flatMap(({ name, usedIn }) => {
      const nodes = words[name];
      return nodes !== undefined && usedIn.includes(tactic) ? [[name, nodes]] : [];
    }),
  );

/** A slot's content as lines to write in: one line a paragraph or an item. */
export const linesOf = (nodes: SlotNodes): string =>
  nodes.blocks.map((runs) => runs.map(({ text }) => text).join('')).join('\n');

/** What was written, as the slot's content. Blank lines fall away. */
const nodesOf = (slot: Slot, lines: string): SlotNodes => ({
  kind: slot.default.kind,
  blocks: lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((text) => [{ text }]),
});

/** Why words may not stand in a place. */
export type SlotFault =
  | { readonly kind: 'tooLong'; readonly count: number }
  | { readonly kind: 'tooManyLines'; readonly count: number }
  | { readonly kind: 'required' };

/** What was written as it goes out, in Unicode characters: what a launch counts. */
export const lengthOf = (slot: Slot, lines: string): number =>
  [...linesOf(nodesOf(slot, lines)).normalize('NFC')].length;

/** Why a launch would refuse what was written; null where it fits. */
export function faultOf(slot: Slot, lines: string): SlotFault | null {
  const tooMany = nodesOf(slot, lines).blocks.length - slot.maxLines;
  const tooLong = lengthOf(slot, lines) - slot.maxChars;
  if (tooLong > 0) return { kind: 'tooLong', count: tooLong };
  if (tooMany > 0) return { kind: 'tooManyLines', count: tooMany };
  return slot.required && lines.trim() === '' ? { kind: 'required' } : null;
}

/** The places whose words do not fit, as they stand or as they are suggested. */
export const invalidSlots = (slots: readonly Slot[], written: Readonly<Record<string, string>>): Slot[] =>
  slots.filter((slot) => faultOf(slot, written[slot.name] ?? linesOf(slot.default)) !== null);

/** Only what differs from the suggested text: the rest stays the vendor's, with its own emphasis. */
export const changedSlots = (slots: readonly Slot[], written: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    slots.flatMap((slot) => {
      const lines = written[slot.name];
      return lines === undefined || lines === linesOf(slot.default) ? [] : [[slot.name, nodesOf(slot, lines)]];
    }),
  );
