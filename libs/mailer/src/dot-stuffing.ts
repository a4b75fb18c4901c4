const LINE_WITH_DOT = Buffer.from('\r\n.');
const LINE_END = Buffer.from('\r\n');
const DOT = 46;

/**
 * Doubles the dot at the start of lines (RFC 5321, 4.5.2), and terminates the
 * last line.
 * @param pieces of one message. Each starts at the start of a line; all but the
 *   last end with CRLF.
 */
export function dotStuffed(pieces: readonly Buffer[]): Buffer[] {
  const last = pieces.at(-1);
  const isEnded = last?.subarray(-2).equals(LINE_END) ?? false;
  return [...pieces.flatMap(stuffed), ...(isEnded ? [] : [LINE_END])];
}

function stuffed(piece: Buffer): Buffer[] {
  const out: Buffer[] = piece[0] === DOT ? [Buffer.from('.')] : [];
  let from = 0;
  for (let at = piece.indexOf(LINE_WITH_DOT); at !== -1; at = piece.indexOf(LINE_WITH_DOT, at + 2)) {
    out.push(piece.subarray(from, at + 3));
    from = at + 2;
  }
  out.push(piece.subarray(from));
  return out;
}
