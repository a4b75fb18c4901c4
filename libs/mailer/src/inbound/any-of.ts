/**
 * One expression that matches if any of `parts` does, so that long alternations
 * can be written in lines.
 * @param parts all with the flags of the first.
 */
export function anyOf(...parts: readonly RegExp[]): RegExp {
  return new RegExp(parts.map(({ source }) => source).join('|'), parts[0]?.flags);
}
