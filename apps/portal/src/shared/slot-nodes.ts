import type { OfferDetail } from '#contracts';

/** A partner's content of a slot: paragraphs or list items, of texts with their styles. */
export type SlotNodes = OfferDetail['slots'][number]['default'];
type Run = SlotNodes['blocks'][number][number];
type Style = Omit<Run, 'text'>;

/** A character with its style. A line break is one, too. */
interface StyledCharacter {
  readonly character: string;
  readonly style: Style;
}

const PLAIN: Style = {};

/** Content of a slot as lines: one per paragraph or list item. */
export const linesOf = (nodes: SlotNodes): string =>
  nodes.blocks.map((runs) => runs.map(({ text }) => text).join('')).join('\n');

/**
 * The content after typing: what stays keeps its style, such as a link.
 * What is new has the style of the text around it, if that is one; at the end of
 * a link or of bold words it is plain.
 * @param lines as `linesOf` gives them, edited.
 */
export function retyped(nodes: SlotNodes, lines: string): SlotNodes {
  const before = charactersOf(nodes);
  const after = [...lines];
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start]?.character === after[start]) start++;
  let end = 0;
  while (end < least - start && before.at(-1 - end)?.character === after.at(-1 - end)) end++;
  const [left, right] = [before[start - 1]?.style ?? PLAIN, before[before.length - end]?.style ?? PLAIN];
  // A word that is replaced as a whole keeps its style.
  const gone = before.slice(start, before.length - end).filter(({ character }) => character !== '\n');
  const [first] = gone;
  const around = first === undefined ? left : first.style;
  const isOne = first === undefined ? same(left, right) : gone.every(({ style }) => same(style, around));
  const style = isOne ? around : PLAIN;
  const typed = after.slice(start, after.length - end).map((character) => ({ character, style }));
  return {
    kind: nodes.kind,
    blocks: blocksOf([...before.slice(0, start), ...typed, ...before.slice(before.length - end)]),
  };
}

/** Without blank lines and spaces at the ends of lines: as it is sent. */
export const tidied = ({ kind, blocks }: SlotNodes): SlotNodes => ({
  kind,
  blocks: blocks.map(trimmed).filter((runs) => runs.length > 0),
});

function trimmed(runs: readonly Run[]): Run[] {
  const kept = runs.map((run) => ({ ...run }));
  while (kept[0] !== undefined && (kept[0].text = kept[0].text.trimStart()) === '') kept.shift();
  for (let last = kept.at(-1); last !== undefined && (last.text = last.text.trimEnd()) === ''; last = kept.at(-1))
    kept.pop();
  return kept;
}

const charactersOf = ({ blocks }: SlotNodes): StyledCharacter[] =>
  blocks.flatMap((runs, at) => [
    ...(at === 0 ? [] : [{ character: '\n', style: PLAIN }]),
    ...runs.flatMap(({ text, ...style }) => [...text].map((character) => ({ character, style }))),
  ]);

function blocksOf(characters: readonly StyledCharacter[]): SlotNodes['blocks'] {
  const blocks: Run[][] = [[]];
  for (const { character, style } of characters) {
    const runs = blocks.at(-1) ?? [];
    const last = runs.at(-1);
    if (character === '\n') blocks.push([]);
    else if (last !== undefined && same(last, style)) last.text += character;
    else runs.push({ text: character, ...style });
  }
  return blocks;
}

const same = (one: Style, other: Style): boolean =>
  one.bold === other.bold && one.italic === other.italic && one.href === other.href;
