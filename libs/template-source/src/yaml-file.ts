import { type Document, isMap, isPair, isScalar, parseDocument, visit } from 'yaml';
import { changedSource, parsedSource } from './yaml-source.js';

export type YamlPath = readonly string[];

/** A YAML file to edit, or the position of its syntax error. */
export type YamlFile =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly line: number };

export function readYaml(text: string): YamlFile {
  const document = parseDocument(text);
  const [mistake] = document.errors;
  if (mistake !== undefined) return { ok: false, line: mistake.linePos?.[0].line ?? 1 };
  const line = text.includes('*') ? lineWithoutAnchor(text, document) : null;
  return line === null ? { ok: true, document } : { ok: false, line };
}

/** Of the first alias without an anchor: the library finds it only when the file is read as values, and throws. */
function lineWithoutAnchor(text: string, document: Document): number | null {
  const found: number[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined) found.push(alias.range?.[0] ?? 0);
    },
  });
  const [from] = found;
  return from === undefined ? null : text.slice(0, from).split('\n').length;
}

const lastRead = new Map<string, YamlFile>();
const MOST_READ = 4;

/**
 * The same for a reader that changes nothing. The last files are kept: each
 * render of the editor reads `campaign.yaml` several times, 4 ms each.
 */
export function readYamlOnly(text: string): YamlFile {
  const known = lastRead.get(text);
  if (known !== undefined) return known;
  if (lastRead.size >= MOST_READ) lastRead.clear();
  const file = readYaml(text);
  lastRead.set(text, file);
  return file;
}

/**
 * The file with a change. All other lines stay byte for byte: indentation,
 * quotes, blank lines and comments of an author who writes otherwise.
 * @throws Error for a file that cannot be read.
 */
export function changeYaml(text: string, change: (document: Document) => void): string {
  const file = readYaml(text);
  if (!file.ok) throw new Error(`This YAML cannot be read: line ${file.line}.`);
  const { document } = file;
  const source = parsedSource(text, document);
  change(document);
  const changed = changedSource(source, document.contents);
  if (changed !== null && saysTheSame(changed, document)) return changed;
  // Constructs that have no place of their own, such as anchors: the library
  // writes the whole file anew, with its comments.
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function saysTheSame(text: string, document: Document): boolean {
  const file = readYaml(text);
  return file.ok && JSON.stringify(file.document.toJS()) === JSON.stringify(document.toJS());
}

/** All texts of a file with their paths, in file order. */
export function textsOf(document: Document): { readonly path: YamlPath; readonly text: string }[] {
  const found: { path: YamlPath; text: string }[] = [];
  const read = (node: unknown, path: YamlPath): void => {
    if (isScalar(node) && typeof node.value === 'string') found.push({ path, text: node.value });
    if (!isMap(node)) return;
    for (const pair of node.items)
      if (isPair(pair) && isScalar(pair.key)) read(pair.value, [...path, String(pair.key.value)]);
  };
  read(document.contents, []);
  return found;
}
