import { type Document, isMap, isPair, isScalar, isSeq, visit, type YAMLMap } from 'yaml';
import { changeYaml, readYaml, textsOf } from './yaml-file.js';

const CAMPAIGN = 'campaign.yaml';
/** Fields of `campaign.yaml` with one value per language. */
const LOCALISED_FIELDS = ['title', 'summary', 'label', 'help', 'source'];

/** Texts of a package by path. */
type Texts = Readonly<Record<string, string>>;

const catalogueOf = (tag: string): string => `locales/${tag}.yaml`;

/** Languages that `campaign.yaml` declares, the first one first; empty if it cannot be read. */
export function languagesOf(campaign: string): string[] {
  const file = readYaml(campaign);
  const locales = file.ok ? file.document.get('locales') : null;
  return isSeq(locales) ? locales.items.flatMap((item) => (isScalar(item) ? [String(item.value)] : [])) : [];
}

/**
 * Adds a language: a copy of the first language's catalogue, and the values in
 * `campaign.yaml`.
 * @param isBuiltIn keys that the product has in this language: they are left
 *   out.
 * @returns the changed files.
 */
export function withLanguage(texts: Texts, tag: string, isBuiltIn: (key: string) => boolean): Texts {
  const campaign = texts[CAMPAIGN] ?? '';
  const [first = ''] = languagesOf(campaign);
  return {
    [CAMPAIGN]: changeYaml(campaign, (document) => {
      const locales = document.get('locales');
      if (isSeq(locales)) locales.add(tag);
      for (const field of localisedFields(document))
        if (field.has(first) && !field.has(tag)) field.set(tag, field.get(first));
    }),
    [catalogueOf(tag)]: withoutKeys(texts[catalogueOf(first)] ?? '', isBuiltIn),
  };
}

function withoutKeys(catalogue: string, isLeftOut: (key: string) => boolean): string {
  const file = readYaml(catalogue);
  if (!file.ok) return catalogue;
  const leftOut = textsOf(file.document).filter(({ path }) => isLeftOut(path.join('.')));
  if (leftOut.length === 0) return catalogue;
  return changeYaml(catalogue, (document) => leftOut.forEach(({ path }) => document.deleteIn(path)));
}

/**
 * Removes a language from `campaign.yaml`. Its catalogue, and documents of this
 * language only, are no longer used.
 * @returns the changed `campaign.yaml`, and paths of files to delete.
 */
export function withoutLanguage(
  campaign: string,
  tag: string,
): { readonly campaign: string; readonly unused: string[] } {
  const unused = new Set([catalogueOf(tag)]);
  const changed = changeYaml(campaign, (document) => {
    const locales = document.get('locales');
    if (isSeq(locales)) locales.items = locales.items.filter((item) => !isScalar(item) || item.value !== tag);
    for (const field of localisedFields(document)) {
      const removed = field.get(tag);
      field.delete(tag);
      if (isSourcePath(removed)) unused.add(removed);
    }
    // Another language or document may have the same file.
    visit(document, { Scalar: (_, { value }) => void unused.delete(String(value)) });
  });
  return { campaign: changed, unused: [...unused] };
}

/**
 * `campaign.yaml` without texts of a language that it does not declare. What is
 * said in no other language stays.
 */
export const withoutTextsOf = (campaign: string, tag: string): string =>
  changeYaml(campaign, (document) => {
    for (const field of localisedFields(document)) if (field.has(tag) && field.items.length > 1) field.delete(tag);
  });

const isSourcePath = (value: unknown): value is string => typeof value === 'string' && value.startsWith('documents/');

/** Puts the languages in this order: the first is the default of the campaign. */
export const withLanguageOrder = (campaign: string, tags: readonly string[]): string =>
  changeYaml(campaign, (document) => {
    const locales = document.get('locales');
    if (!isSeq(locales)) return;
    const place = (item: unknown): number => tags.indexOf(isScalar(item) ? String(item.value) : '');
    locales.items = locales.items.toSorted((one, other) => place(one) - place(other));
  });

/** Every map of a text, or file, by language. */
function localisedFields(document: Document): YAMLMap[] {
  const found: YAMLMap[] = [];
  const collect = (node: unknown): void => {
    if (isSeq(node)) node.items.forEach(collect);
    if (!isMap(node)) return;
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const isLocalised = isScalar(pair.key) && LOCALISED_FIELDS.includes(String(pair.key.value));
      if (isLocalised && isMap(pair.value)) found.push(pair.value);
      // Also in it: a slot or document may be called "title".
      collect(pair.value);
    }
  };
  collect(document.contents);
  return found;
}
