/**
 * `name="value"` in the attributes of a tag.
 * The value may contain `{{t "key"}}`: those quotes do not end it.
 */
const pattern = (name: string): RegExp =>
  new RegExp(`(\\s${name}\\s*=\\s*)(?:"((?:\\{\\{[^}]*\\}\\}|[^"])*)"|'([^']*)')`);

/** Raw value of an attribute; undefined if the tag does not have it. */
export function attribute(attributes: string, name: string): string | undefined {
  const [, , double, single] = pattern(name).exec(attributes) ?? [];
  return double ?? single;
}

/**
 * The attributes with one changed, or added at the end.
 * Everything else stays the same.
 */
export function withAttribute(attributes: string, name: string, value: string): string {
  if (pattern(name).test(attributes))
    return attributes.replace(pattern(name), (_, before: string) => `${before}"${value}"`);
  return `${attributes.trimEnd()} ${name}="${value}"`;
}
