/** Longest name of a group. */
const NAME_CHARS = 80;

/**
 * Names of partners as the name of their group, with a number if it is taken,
 * within the length of a group's name.
 */
export function freeName(names: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const end = number === 1 ? '' : ` (${number})`;
    const most = NAME_CHARS - end.length;
    const name = (names.length > most ? `${names.slice(0, most - 1).trimEnd()}…` : names) + end;
    if (!taken.has(name)) return name;
  }
}
