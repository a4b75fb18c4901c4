import { isMap, isScalar, parseDocument } from 'yaml';
import { hasBuiltInText } from '#contracts';
import { changeYaml, languagesOf, readYaml, withLanguage, withLanguageOrder, withoutLanguage } from '#template-source';
import { type CampaignPackage, packageProblem, type PackageReading, WHOLE_PACKAGE } from './campaign-package.js';

/** What a copy does not take from its original. */
interface CopyChanges {
  readonly name: string;
  /** The same in each language of the campaign. */
  readonly title: string;
  /** The first is the default; absent: those of the original. */
  readonly languages?: readonly string[] | undefined;
  readonly theme?: string | undefined;
}

/**
 * Copies a package under another name and title, and in other languages. All
 * else of `campaign.yaml` stays byte for byte. A language that the original
 * does not have begins with the texts of its first one.
 */
export function copyPackage(pkg: CampaignPackage, changes: CopyChanges): PackageReading {
  const text = (pkg.files.get(WHOLE_PACKAGE) ?? Buffer.alloc(0)).toString('utf8');
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isScalar(document.get('name', true)) || !isMap(document.get('title', true)))
    return { ok: false, problems: [unreadable] };
  const files = new Map(pkg.files).set(WHOLE_PACKAGE, Buffer.from(withThemeOf(text, changes.theme)));
  const inLanguages = changes.languages === undefined ? files : withLanguages(files, changes.languages);
  const titled = withTitle((inLanguages.get(WHOLE_PACKAGE) ?? Buffer.alloc(0)).toString('utf8'), changes);
  if (titled === null) return { ok: false, problems: [unreadable] };
  return { ok: true, pkg: { files: inLanguages.set(WHOLE_PACKAGE, Buffer.from(titled)) }, warnings: [] };
}

/** @returns null if a value has no place in the text. */
function withTitle(text: string, { name, title }: CopyChanges): string | null {
  const document = parseDocument(text);
  const titles = document.get('title', true);
  if (!isMap(titles)) return null;
  const values = [
    { node: document.get('name', true), value: name },
    ...titles.items.map((pair) => ({ node: pair.value, value: title })),
  ];
  const edits: { from: number; to: number; value: string }[] = [];
  for (const { node, value } of values) {
    if (!isScalar(node) || !node.range) return null;
    const [from, to] = node.range;
    // A string of JSON is one of YAML, in braces too. A block text ends with
    // its line.
    edits.push({ from, to, value: JSON.stringify(value) + (text[to - 1] === '\n' ? '\n' : '') });
  }
  return edits
    .sort((one, other) => other.from - one.from)
    .reduce((all, { from, to, value }) => all.slice(0, from) + value + all.slice(to), text);
}

const withThemeOf = (text: string, theme: string | undefined): string =>
  theme === undefined ? text : changeYaml(text, (document) => document.set('theme', theme));

/** Adds the languages that are new, then removes the others. */
function withLanguages(files: ReadonlyMap<string, Buffer>, wanted: readonly string[]): Map<string, Buffer> {
  const changed = new Map(files);
  const campaign = (): string => (changed.get(WHOLE_PACKAGE) ?? Buffer.alloc(0)).toString('utf8');
  const before = languagesOf(campaign());
  for (const tag of wanted.filter((one) => !before.includes(one))) {
    const texts = withLanguage(textsIn(changed), tag, (key) => hasBuiltInText(tag, key));
    for (const [path, text] of Object.entries(texts)) changed.set(path, Buffer.from(text));
  }
  for (const tag of before.filter((one) => !wanted.includes(one))) {
    const { campaign: without, unused } = withoutLanguage(campaign(), tag);
    changed.set(WHOLE_PACKAGE, Buffer.from(without));
    for (const path of unused) changed.delete(path);
  }
  const current = languagesOf(campaign());
  const isInOrder = current.every((tag, at) => tag === wanted[at]);
  if (!isInOrder) changed.set(WHOLE_PACKAGE, Buffer.from(withLanguageOrder(campaign(), wanted)));
  return changed;
}

/** `campaign.yaml` and the catalogues. */
const textsIn = (files: ReadonlyMap<string, Buffer>): Record<string, string> =>
  Object.fromEntries(
    [...files]
      .filter(([path]) => path.endsWith('.yaml') && readYaml(files.get(path)?.toString('utf8') ?? '').ok)
      .map(([path, bytes]) => [path, bytes.toString('utf8')]),
  );

const unreadable = packageProblem(
  'yaml-invalid',
  WHOLE_PACKAGE,
  'The campaign.yaml of this campaign cannot be read.',
  'Open it in the editor, correct what is listed there, and copy the campaign again.',
);
