import { mustachesIn } from './mustaches.js';
import { removeAttribute, setAttribute, type TextChange } from './source-edits.js';
import { attributeOf, type SourceElement } from './source-tree.js';

interface Declaration {
  readonly property: string;
  readonly value: string;
  /** In the style: from its name to the end of its value. */
  readonly from: number;
  readonly to: number;
  readonly valueFrom: number;
}

/** The value of a property of a `style` attribute. */
export function styleOf(source: string, element: SourceElement, property: string): string | undefined {
  const style = attributeOf(source, element, 'style');
  return style === undefined ? undefined : lastOf(style, property)?.value;
}

/** All properties of a `style` attribute; a later one replaces an earlier one. */
export const stylesOf = (source: string, element: SourceElement): ReadonlyMap<string, string> =>
  new Map(declarationsIn(attributeOf(source, element, 'style') ?? '').map(({ property, value }) => [property, value]));

/**
 * Sets properties of the `style` attribute; null removes one. Other
 * declarations keep their bytes.
 */
export function setStyles(
  source: string,
  element: SourceElement,
  values: Readonly<Record<string, string | null>>,
): TextChange[] {
  const before = attributeOf(source, element, 'style');
  const after = Object.entries(values).reduce(
    (style, [property, value]) => withDeclaration(style, property, value),
    before ?? '',
  );
  if (after === (before ?? '')) return [];
  return after.trim() === '' ? removeAttribute(element, 'style') : setAttribute(element, 'style', after);
}

function withDeclaration(style: string, property: string, value: string | null): string {
  const old = lastOf(style, property);
  if (old !== undefined && value !== null) return style.slice(0, old.valueFrom) + value + style.slice(old.to);
  if (old !== undefined) {
    const [rest = ''] = /^\s*;?\s*/.exec(style.slice(old.to)) ?? [];
    return style.slice(0, old.from) + style.slice(old.to + rest.length);
  }
  if (value === null) return style;
  const kept = style.trimEnd();
  const joint = kept === '' ? '' : kept.endsWith(';') ? ' ' : '; ';
  return `${kept}${joint}${property}: ${value}`;
}

const lastOf = (style: string, property: string): Declaration | undefined =>
  declarationsIn(style).findLast((declaration) => declaration.property === property);

/** A style of the product has no strings and no comments with `;` in them. */
function declarationsIn(style: string): Declaration[] {
  const masked = mustachesIn(style).reduce(
    (text, { from, to }) => text.slice(0, from) + 'x'.repeat(to - from) + text.slice(to),
    style,
  );
  let from = 0;
  return masked.split(';').flatMap((declaration) => {
    const start = from;
    from += declaration.length + 1;
    const colon = declaration.indexOf(':');
    const property = declaration.slice(0, Math.max(colon, 0)).trim();
    const value = declaration.slice(colon + 1);
    if (colon === -1 || !/^[\w-]+$/.test(property) || value.trim() === '') return [];
    const valueFrom = start + colon + 1 + value.length - value.trimStart().length;
    const to = valueFrom + value.trim().length;
    const name = start + declaration.length - declaration.trimStart().length;
    return [{ property: property.toLowerCase(), value: style.slice(valueFrom, to), from: name, to, valueFrom }];
  });
}
