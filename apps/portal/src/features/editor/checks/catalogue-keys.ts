import { isNode } from 'yaml';
import { readYamlOnly, textsOf } from '../yaml-file';

/** The key of the text that begins on a line of a catalogue; null if there is none. */
export function keyAtLine(catalogue: string, line: number | null): string | null {
  const file = readYamlOnly(catalogue);
  if (!file.ok || line === null) return null;
  const found = textsOf(file.document).find(({ path }) => {
    const node = file.document.getIn(path, true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    return start !== undefined && catalogue.slice(0, start).split('\n').length === line;
  });
  return found?.path.join('.') ?? null;
}

/** The text of a key; null if the catalogue lacks it. */
export function textOfKey(catalogue: string, key: string): string | null {
  const file = readYamlOnly(catalogue);
  const text = file.ok ? file.document.getIn(key.split('.')) : null;
  return typeof text === 'string' ? text : null;
}

/** A key that a problem names in its text: "The key welcome.title is missing; …". */
export const namedKey = (message: string): string | null => /\bkey ([\w.-]*\w)/.exec(message)?.[1] ?? null;
