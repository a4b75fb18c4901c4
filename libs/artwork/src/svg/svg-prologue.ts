/** A document type declaration at the start of a text. */
interface Doctype {
  /** With its delimiters. */
  readonly text: string;
  /** Between `[` and `]`; empty if there is none. */
  readonly subset: string;
}

/**
 * The text without its comments. One that does not end is kept.
 * Scanned by hand: a lazy pattern such as `<!--[\s\S]*?-->` takes quadratic
 * time if many comments begin and none ends.
 */
export function withoutComments(text: string): string {
  let [kept, done] = ['', 0];
  for (let start = text.indexOf('<!--'); start !== -1; start = text.indexOf('<!--', done)) {
    const end = text.indexOf('-->', start + 4);
    if (end === -1) break;
    kept += text.slice(done, start);
    done = end + 3;
  }
  return kept + text.slice(done);
}

/**
 * The document type declaration that begins at a position (XML 1.0, 2.8).
 * @returns null if it does not end.
 */
export function doctypeAt(text: string, start: number): Doctype | null {
  const bracket = text.indexOf('[', start);
  const close = text.indexOf('>', start);
  if (close === -1) return null;
  if (bracket === -1 || close < bracket) return { text: text.slice(start, close + 1), subset: '' };
  const subsetEnd = text.indexOf(']', bracket);
  if (subsetEnd === -1) return null;
  let end = subsetEnd + 1;
  while (/\s/.test(text.charAt(end))) end += 1;
  if (text.charAt(end) !== '>') return null;
  return { text: text.slice(start, end + 1), subset: text.slice(bracket + 1, subsetEnd) };
}

/**
 * Whether a text begins like an SVG file: declarations, processing
 * instructions, comments and a document type, then `<svg`, with any prefix. Each
 * part is read once.
 */
export function beginsLikeSvg(text: string): boolean {
  let at = 0;
  for (;;) {
    while (/\s|\uFEFF/.test(text.charAt(at))) at += 1;
    if (text.startsWith('<?', at)) {
      const end = text.indexOf('?>', at);
      if (end === -1) return false;
      at = end + 2;
    } else if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4);
      if (end === -1) return false;
      at = end + 3;
    } else if (/^<!DOCTYPE/i.test(text.slice(at, at + 9))) {
      const doctype = doctypeAt(text, at);
      if (doctype === null) return false;
      at += doctype.text.length;
    } else return /^<(?:[\w.-]{1,40}:)?svg[\s>]/i.test(text.slice(at, at + 60));
  }
}
