import { mustachesIn } from './mustaches.js';

/** A catalogue text that stands in a source by itself: `{{t "welcome.title"}}`. */
export interface ContentKey {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

const KEY = /^\{\{\s*t\s+(?:"([^"]*)"|'([^']*)')\s*\}\}$/;
const ANY_KEY = /(?:\{\{|\()\s*t\s+(?:"([^"]*)"|'([^']*)')/g;

/** Catalogue texts of a content, in its order. Those within fallbacks are left out. */
export const keysIn = (content: string): ContentKey[] =>
  mustachesIn(content).flatMap(({ from, to }) => {
    const [, double, single] = KEY.exec(content.slice(from, to)) ?? [];
    const key = double ?? single;
    return key === undefined ? [] : [{ key, from, to }];
  });

/** Every use of a catalogue text in a source, also as a fallback. */
export const usedKeys = (source: string): string[] =>
  [...source.matchAll(ANY_KEY)].flatMap(([, double, single]) => double ?? single ?? []);

/** The key of a content that is one catalogue text and nothing else. */
export function onlyKeyOf(content: string): string | null {
  const [first, ...others] = keysIn(content);
  if (first === undefined || others.length > 0) return null;
  const rest = content.slice(0, first.from) + content.slice(first.to);
  return rest.trim() === '' ? first.key : null;
}

export const textReference = (key: string): string => `{{t "${key}"}}`;
