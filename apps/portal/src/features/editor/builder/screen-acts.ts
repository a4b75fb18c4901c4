import {
  applyChanges,
  attributeOf,
  blocksOf,
  inheritedValue,
  parseSource,
  type SourceElement,
  unwrapElement,
  wrapContent,
} from '#template-source';
import { type Act, type Template, sourceOf, withAttributes } from './acts';

/** Screens that a block is hidden on (docs/authoring-language.md). */
export const HIDDEN_ON = ['hide-on-phone', 'hide-on-desktop'] as const;
type HiddenOn = (typeof HIDDEN_ON)[number];

const classesOf = (source: string, block: SourceElement): string[] => {
  const written = attributeOf(source, block, 'css-class');
  const value = written ?? inheritedValue(source, parseSource(source), block, 'css-class') ?? '';
  return value.split(/\s+/).filter((name) => name !== '');
};

export const hiddenOn = (source: string, block: SourceElement): HiddenOn | null =>
  HIDDEN_ON.find((name) => classesOf(source, block).includes(name)) ?? null;

/** Hides a block on phones or on other screens; null: shown on all. Other classes stay. */
export function withScreen(template: Template, block: SourceElement, screen: HiddenOn | null): Act {
  const source = sourceOf(template);
  const others = classesOf(source, block).filter((name) => !(HIDDEN_ON as readonly string[]).includes(name));
  const classes = screen === null ? others : [...others, screen];
  return withAttributes(template, block, { 'css-class': classes.length === 0 ? null : classes.join(' ') });
}

/** The columns of a row that stay side by side on phones; undefined: it has one column. */
export function groupOf(block: SourceElement): SourceElement | null | undefined {
  if (block.name !== 'mj-section') return undefined;
  const [only, ...others] = block.children;
  if (only?.name === 'mj-group' && others.length === 0) return only;
  return block.children.length > 1 && block.children.every(({ name }) => name === 'mj-column') ? null : undefined;
}

/** Stacks the columns of a row on phones, or keeps them side by side. */
export function withStack(template: Template, block: SourceElement, isStacked: boolean): Act | null {
  const group = groupOf(block);
  if (group === undefined || isStacked === (group === null)) return null;
  const source = sourceOf(template);
  const changes =
    group === null ? wrapContent(source, block, '<mj-group>', '</mj-group>') : unwrapElement(source, group);
  const select = blocksOf(parseSource(source)).findIndex(({ start }) => start === block.start);
  return { texts: { [template.file]: applyChanges(source, changes) }, select };
}
