/** `name="value"` in the attributes of a tag; a value may hold `{{t "key"}}`, whose quotes are no end of it. */
const pattern = (name: string): RegExp =>
  new RegExp(`(\\s${name}\\s*=\\s*)(?:"((?:\\{\\{[^}]*\\}\\}|[^"])*)"|'([^']*)')`);

/** What an attribute says as it is written; undefined where the tag has none of that name. */
export function attribute(attributes: string, name: string): string | undefined {
  const [, , double, single] = pattern(name).exec(attributes) ?? [];
  return double ?? single;
}

/** The attributes with one of them written anew, or added at their end; nothing else changes. */
export function withAttribute(attributes: string, name: string, value: string): string {
  if (pattern(name).test(attributes))
    return attributes.replace(pattern(name), (_, before: string) => `${before}"${value}"`);
  return `${attributes.replace(/\s*$/, '')} ${name}="${value}"`;
}
