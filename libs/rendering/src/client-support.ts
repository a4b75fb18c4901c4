import { type CssNode, generate, parse, walk } from 'css-tree';
import { UNSUPPORTED } from './client-support.data.js';
import type { CssProblem } from './css.js';

/** CSS without which an e-mail still reads well. No warning is given. */
const DISPENSABLE = new Set(
  (
    'accent-color border-radius border-spacing box-shadow box-sizing color-scheme cursor height ' +
    'hyphens max-height min-height min-width orphans outline outline-offset overflow overflow-wrap ' +
    'text-decoration-color text-decoration-style text-decoration-thickness text-shadow ' +
    'text-underline-offset text-wrap transition word-break'
  ).split(' '),
);

/**
 * CSS of the author that mail clients do not support
 * (https://www.caniemail.com), each feature once. Media queries are skipped:
 * they are optional additions.
 */
export function unsupportedCss(css: string, kind: 'stylesheet' | 'declarationList'): CssProblem[] {
  const found = new Map<string, number>();
  walk(parse(css, { context: kind, positions: true }), function (this: { atrule: unknown }, node: CssNode) {
    if (node.type !== 'Declaration' || this.atrule !== null) return;
    const offset = node.loc?.start.offset ?? 0;
    for (const feature of featuresOf(node.property.toLowerCase(), generate(node.value).toLowerCase()))
      if (feature in UNSUPPORTED && !DISPENSABLE.has(feature) && !found.has(feature)) found.set(feature, offset);
  });
  return [...found].map(([feature, offset]) => ({
    offset,
    message: `${feature.replace(/ unit$/, '')} has no effect in ${(UNSUPPORTED[feature] ?? []).join(', ')}.`,
  }));
}

/** A property, its value, and the functions and units in the value. */
function featuresOf(property: string, value: string): string[] {
  const calls = [...value.matchAll(/(?<![a-z-])([a-z-]+)\(/g)].map(([, name]) => `${name}()`);
  const units = [...value.matchAll(/\d([a-z]+)\b/g)].map(([, unit]) => `${unit} unit`);
  return [property, `${property}:${value}`, ...calls, ...units];
}
