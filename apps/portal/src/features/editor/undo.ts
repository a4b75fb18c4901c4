import { useState } from 'react';
import type { Desk } from './edits';

/** How many changes can be taken back. */
const MOST_UNDONE = 50;
type Texts = Readonly<Record<string, string>>;

/** Writes files of the desk and takes it back, change by change; each is remembered with what stood there before. */
export function useUndo(desk: Desk) {
  const [past, setPast] = useState<readonly Texts[]>([]);
  return {
    canUndo: past.length > 0,
    write: (texts: Texts): void => {
      const before = Object.fromEntries(Object.keys(texts).map((path) => [path, desk.textOf(path)]));
      if (Object.entries(texts).every(([path, text]) => before[path] === text)) return;
      setPast([...past.slice(1 - MOST_UNDONE), before]);
      desk.write(texts);
    },
    undo: (): void => {
      const before = past.at(-1);
      if (before === undefined) return;
      setPast(past.slice(0, -1));
      desk.write(before);
    },
  };
}
