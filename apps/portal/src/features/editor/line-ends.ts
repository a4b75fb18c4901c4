/** A text with line feeds only, as editors and forms use it. */
export const withLineFeeds = (text: string): string => text.replaceAll('\r\n', '\n');

/**
 * The text with the line ends of the file that it was made from. A line that
 * has not changed keeps its own; a new line gets those of most lines.
 * @param before the file as it is stored.
 * @param after its new text, with line feeds.
 */
export function withLineEndsOf(before: string, after: string): string {
  if (!before.includes('\r\n')) return after;
  const old = before.split('\n');
  const lines = after.split('\n');
  const most = Math.min(old.length, lines.length);
  const isSame = (at: number, other: number): boolean => withoutReturn(old[at] ?? '') === lines[other];
  let first = 0;
  while (first < most && isSame(first, first)) first += 1;
  let last = 0;
  while (last < most - first && isSame(old.length - 1 - last, lines.length - 1 - last)) last += 1;
  const returns = old.filter((line) => line.endsWith('\r')).length;
  const usual = returns * 2 >= old.length - 1 ? '\r' : '';
  const changed = lines.slice(first, lines.length - last).map((line) => `${line}${usual}`);
  const kept = [...old.slice(0, first), ...changed, ...old.slice(old.length - last)];
  const text = kept.join('\n');
  // What has no line after it ends without a line end.
  return text.endsWith('\r') && !after.endsWith('\r') ? text.slice(0, -1) : text;
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
