import type { Template } from './acts';

/** Names of what partners can change. One name is one slot in the whole campaign. */
const NAMES = /<tc-(?:slot|button|picture|choice|optional)\b[^<>]*?\bname="([^"]*)"/g;
const MOST_CHARS = 40;

/** A name that no slot of the campaign has: `welcome-3`. */
export function freshName({ texts, key }: Pick<Template, 'texts' | 'key'>, taken: readonly string[] = []): string {
  const known = new Set([
    ...taken,
    ...Object.values(texts).flatMap((text) => [...text.matchAll(NAMES)].map(([, name]) => name)),
  ]);
  for (let at = 1; ; at += 1) {
    const name = `${key.slice(0, MOST_CHARS - 6)}-${at}`;
    if (!known.has(name)) return name;
  }
}
