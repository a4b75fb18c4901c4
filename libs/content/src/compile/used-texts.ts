import { usedKeys } from '#template-source';

/**
 * Texts of a catalogue that sources name, and those that these texts name.
 * @returns sorted by key, so that equal texts are equal input.
 */
export function usedTexts(
  catalogue: Readonly<Record<string, string>>,
  sources: readonly string[],
): Record<string, string> {
  const used = new Map<string, string>();
  const open = [...sources];
  for (let source = open.pop(); source !== undefined; source = open.pop())
    for (const key of usedKeys(source)) {
      const text = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
      if (text === undefined || used.has(key)) continue;
      used.set(key, text);
      open.push(text);
    }
  return Object.fromEntries([...used].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
