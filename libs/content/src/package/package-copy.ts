import { isMap, isScalar, parseDocument } from 'yaml';
import { type CampaignPackage, packageProblem, type PackageReading, WHOLE_PACKAGE } from './campaign-package.js';

/**
 * Copies a package under another name and title. All else of `campaign.yaml`
 * stays byte for byte.
 * @param title the same in each language of the campaign.
 */
export function copyPackage(pkg: CampaignPackage, { name, title }: { name: string; title: string }): PackageReading {
  const text = (pkg.files.get(WHOLE_PACKAGE) ?? Buffer.alloc(0)).toString('utf8');
  const document = parseDocument(text);
  const titles = document.get('title', true);
  if (document.errors.length > 0 || !isMap(titles)) return { ok: false, problems: [unreadable] };
  const values = [
    { node: document.get('name', true), value: name },
    ...titles.items.map((pair) => ({ node: pair.value, value: title })),
  ];
  const edits: { from: number; to: number; value: string }[] = [];
  for (const { node, value } of values) {
    if (!isScalar(node) || !node.range) return { ok: false, problems: [unreadable] };
    const [from, to] = node.range;
    // A string of JSON is one of YAML, in braces too. A block text ends with
    // its line.
    edits.push({ from, to, value: JSON.stringify(value) + (text[to - 1] === '\n' ? '\n' : '') });
  }
  const copied = edits
    .sort((one, other) => other.from - one.from)
    .reduce((all, { from, to, value }) => all.slice(0, from) + value + all.slice(to), text);
  const files = new Map(pkg.files).set(WHOLE_PACKAGE, Buffer.from(copied));
  return { ok: true, pkg: { files }, warnings: [] };
}

const unreadable = packageProblem(
  'yaml-invalid',
  WHOLE_PACKAGE,
  'The campaign.yaml of this campaign cannot be read.',
  'Open it in the editor, correct what is listed there, and copy the campaign again.',
);
