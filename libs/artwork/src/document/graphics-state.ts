/**
 * State of the graphics state stack at the end of a page's content (ISO
 * 32000-2, 8.4.2).
 */
export interface Balance {
  /** `Q` without a `q` before it. */
  readonly missing: number;
  /** `q` without a `Q` after it. */
  readonly open: number;
}

const END_OF_WORD = /[\s()<>[\]{}/%]/;

/**
 * Counts `q` and `Q` in a decoded content stream, outside strings, comments and
 * inline pictures. A page that does not restore its state would move and scale
 * everything that is drawn after it.
 */
export function balanceOf(content: string): Balance {
  let [depth, missing, at] = [0, 0, 0];
  while (at < content.length) {
    const char = content[at] ?? '';
    if (char === '%') at = after(content, /[\r\n]/g, at);
    else if (char === '(') at = afterString(content, at);
    else if (char === '<' && content[at + 1] !== '<') at = after(content, />/g, at);
    else if (END_OF_WORD.test(char)) at += char === '/' ? 1 + wordAt(content, at + 1).length : 1;
    else {
      const word = wordAt(content, at);
      at += word.length;
      if (word === 'q') depth += 1;
      else if (word === 'Q' && depth > 0) depth -= 1;
      else if (word === 'Q') missing += 1;
      // The bytes of an inline picture can contain any characters.
      else if (word === 'ID') at = after(content, /\sEI(?=\s|$)/g, at);
    }
  }
  return { missing, open: depth };
}

function wordAt(content: string, from: number): string {
  let to = from;
  while (to < content.length && !END_OF_WORD.test(content[to] ?? '')) to += 1;
  return content.slice(from, to);
}

function after(content: string, what: RegExp, from: number): number {
  what.lastIndex = from;
  return what.exec(content) === null ? content.length : what.lastIndex;
}

function afterString(content: string, from: number): number {
  let depth = 0;
  for (let at = from; at < content.length; at++) {
    if (content[at] === '\\') at += 1;
    else if (content[at] === '(') depth += 1;
    else if (content[at] === ')' && --depth === 0) return at + 1;
  }
  return content.length;
}
