import { addressesIn, maskAddresses } from '#kernel';

/** Fields of one group by lower-case name. Of repeated fields, the first. */
export type FieldGroup = ReadonlyMap<string, string>;

/** More fields than any report has. */
const MAX_FIELDS = 400;

/**
 * Parses groups of `Name: value` fields, separated by empty lines: delivery
 * status (RFC 3464, 2.1), feedback reports (RFC 5965, 3) and message headers.
 * Joins folded lines, and skips lines that are no field.
 */
export function parseFieldGroups(text: string): FieldGroup[] {
  const groups: Map<string, string>[] = [];
  let group: Map<string, string> | null = null;
  let name: string | null = null;
  for (const line of text.split(/\r?\n/).slice(0, MAX_FIELDS)) {
    const field = /^([!-9;-~]+)[ \t]*:(.*)/.exec(line);
    if (line.trim() === '') [group, name] = [null, null];
    else if (/^[ \t]/.test(line) && group !== null && name !== null)
      group.set(name, `${group.get(name) ?? ''} ${line.trim()}`.trim());
    else if (field?.[1] !== undefined) {
      if (group === null) groups.push((group = new Map<string, string>()));
      name = field[1].toLowerCase();
      if (group.has(name)) name = null;
      else group.set(name, (field[2] ?? '').trim());
    }
  }
  return groups;
}

/**
 * The value of a typed field such as `rfc822; ada@example.com` or `smtp; 550
 * 5.1.1 …` (RFC 3464, 2.3).
 */
export function typedValue(field: string | undefined): string | null {
  if (field === undefined) return null;
  const value = field.replace(/^\s*[\w.-]+\s*;\s*/, '').trim();
  return value === '' ? null : value;
}

/** The first address in a text, in lower case, without brackets. */
export function addressIn(text: string | null): string | null {
  if (text === null) return null;
  const withoutDot = (address: string): string => address.replace(/(?<!\.)\.+$/, '');
  return (
    addressesIn(text)
      .map(withoutDot)
      .find((address) => !address.endsWith('@'))
      ?.toLowerCase() ?? null
  );
}

/**
 * The text without addresses. The recipient is stored elsewhere, under
 * row-level security.
 */
export function withoutAddresses(text: string): string {
  return maskAddresses(text, '<address>');
}
