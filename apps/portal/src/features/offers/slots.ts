import type { OfferDetail } from '#contracts';
import { linesOf, type SlotNodes } from '../../shared/slot-nodes';

/** A slot that the partner can fill. */
export type Slot = OfferDetail['slots'][number];

/** An offer in one language with the partner's texts, as previews show it. */
export interface OfferWithTexts {
  readonly offer: OfferDetail;
  readonly locale: string;
  /** The partner's texts in that language, debounced. */
  readonly words: Readonly<Record<string, SlotNodes>>;
}

/** Slots with the vendor's text in one language. */
export const slotsIn = (slots: readonly Slot[], locale: string): Slot[] =>
  slots.map((slot) => ({ ...slot, default: slot.suggested[locale] ?? slot.default }));

/**
 * The partner's texts that one tactic uses.
 * Others do not change its preview.
 * @param tactic `documents.brochure`
 */
export const textsForTactic = (tactic: string, slots: readonly Slot[], words: Readonly<Record<string, SlotNodes>>) =>
  Object.fromEntries(
    slots.flatMap(({ name, usedIn }) => {
      const nodes = words[name];
      return nodes !== undefined && usedIn.includes(tactic) ? [[name, nodes]] : [];
    }),
  );

/**
 * Lines as content of the slot.
 * Blank lines are dropped.
 */
const nodesOf = (slot: Slot, lines: string): SlotNodes => ({
  kind: slot.default.kind,
  blocks: lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((text) => [{ text }]),
});

/** Why a text is invalid for a slot. */
export type SlotFault =
  | { readonly kind: 'tooLong'; readonly count: number }
  | { readonly kind: 'tooManyLines'; readonly count: number }
  | { readonly kind: 'required' | 'noLink' };

/** Length in Unicode characters, as the launch counts it. */
export const lengthOf = (slot: Slot, lines: string): number =>
  [...linesOf(nodesOf(slot, lines)).normalize('NFC')].length;

/** Why a launch would refuse the text; null if it is valid. */
export function faultOf(slot: Slot, lines: string): SlotFault | null {
  if (slot.format === 'link') return lines === '' || isWebAddress(lines) ? null : { kind: 'noLink' };
  const tooMany = nodesOf(slot, lines).blocks.length - slot.maxLines;
  const tooLong = lengthOf(slot, lines) - slot.maxChars;
  if (tooLong > 0) return { kind: 'tooLong', count: tooLong };
  if (tooMany > 0) return { kind: 'tooManyLines', count: tooMany };
  return slot.required && lines.trim() === '' ? { kind: 'required' } : null;
}

/** Which hosts are allowed is checked by the server. */
const isWebAddress = (text: string): boolean => URL.parse(text)?.protocol === 'https:';

/** Whether it is chosen once for all languages, or written in each. */
export const isOneForAll = ({ format }: Slot): boolean => ['choice', 'link', 'picture'].includes(format);

/** The slot for the alt text of a picture. */
export const altOf = ({ name }: Slot, slots: readonly Slot[]): Slot | undefined =>
  slots.find((slot) => slot.format === 'alt' && slot.name === name.replace(/\.picture$/, '.alt'));

/** Whether a picture of the partner has no words for readers who do not see it. */
export const lacksAlt = (picture: string, alt: string): boolean => picture !== '' && alt.trim() === '';

/** Slots with an invalid text, own or suggested. */
export function invalidSlots(slots: readonly Slot[], written: Readonly<Record<string, string>>): Slot[] {
  const linesIn = (slot: Slot): string => written[slot.name] ?? linesOf(slot.default);
  return slots.filter((slot) => {
    const alt = slot.format === 'picture' ? altOf(slot, slots) : undefined;
    return faultOf(slot, linesIn(slot)) !== null || (alt !== undefined && lacksAlt(linesIn(slot), linesIn(alt)));
  });
}

/**
 * Only texts that differ from the suggestion.
 * The others keep the vendor's formatting.
 */
export const changedSlots = (slots: readonly Slot[], written: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    slots.flatMap((slot) => {
      const lines = written[slot.name];
      return lines === undefined || lines === linesOf(slot.default) ? [] : [[slot.name, nodesOf(slot, lines)]];
    }),
  );
