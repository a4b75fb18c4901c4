import { isMap, isNode, isPair, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import { hasBuiltInText, untranslatedIn } from '#contracts';
import { placesOf, type TextPlace } from './text-places.js';
import { type TranslationRecord, type TranslationState, translationState } from './translation-state.js';

export const CAMPAIGN_FILE = 'campaign.yaml';
/** Names of the texts that `campaign.yaml` itself has in each language. */
const CAMPAIGN_PREFIX = `${CAMPAIGN_FILE}:`;
/** Fields of `campaign.yaml` with one value per language that is a text. */
const SAID_IN_EACH: readonly string[] = ['title', 'summary', 'label', 'help'];

/** A text of a campaign in all its languages. */
interface CampaignText {
  /** `welcome.subject`; `campaign.yaml:summary` for a text of that file. */
  readonly key: string;
  /** Its keys in the file, without the language. */
  readonly path: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
  /** Where readers and partners see it. */
  readonly places: readonly TextPlace[];
  /** The author's comment above it in the catalogue of the first language. */
  readonly note: string | null;
}

export interface CampaignTexts {
  /** The first is the source of all others. */
  readonly locales: readonly string[];
  readonly texts: readonly CampaignText[];
  /** Files that cannot be read. Their texts are left out. */
  readonly broken: readonly { readonly file: string; readonly line: number }[];
}

/** Text files of a package by path. */
type Files = Readonly<Record<string, string>>;

export const catalogueFile = (locale: string): string => `locales/${locale}.yaml`;
/** Whether a text stands in `campaign.yaml` and in no catalogue. */
export const isInCampaignFile = (key: string): boolean => key.startsWith(CAMPAIGN_PREFIX);

/**
 * All texts of a campaign that are translated: those of the catalogues in the
 * order of the first language, then those of `campaign.yaml`.
 */
export function campaignTexts(files: Files): CampaignTexts {
  const broken: { file: string; line: number }[] = [];
  const read = (file: string): Document | null => {
    const document = parseDocument(files[file] ?? '');
    const [mistake] = document.errors;
    if (mistake === undefined) return document;
    broken.push({ file, line: mistake.linePos?.[0].line ?? 1 });
    return null;
  };
  const campaign = read(CAMPAIGN_FILE);
  const locales = localesOf(campaign);
  const rows = new Map<string, { path: readonly string[]; texts: Record<string, string>; note: string | null }>();
  for (const [index, locale] of locales.entries())
    for (const { path, text, note } of wordsIn(read(catalogueFile(locale))?.contents)) {
      const key = path.join('.');
      const row = rows.get(key) ?? { path, texts: {}, note: index === 0 ? note : null };
      row.texts[locale] = text;
      rows.set(key, row);
    }
  const places = placesOf(files, campaign?.toJS() as unknown, [...rows.keys()]);
  const own = saidInEach(campaign?.contents, locales).map(({ path, texts }): CampaignText => {
    const at = path.join('.');
    return { key: `${CAMPAIGN_PREFIX}${at}`, path, texts, places: [{ kind: 'campaign', key: at }], note: null };
  });
  const inCatalogues = [...rows].map(([key, row]) => ({ key, ...row, places: places.get(key) ?? [] }));
  return { locales, texts: [...inCatalogues, ...own], broken };
}

/** A text, its translation, and the state of that. */
export interface Translation {
  readonly key: string;
  readonly path: readonly string[];
  readonly source: string;
  /** Null: there is none. */
  readonly text: string | null;
  readonly state: TranslationState;
  /** The source that the present text translates, if that has changed; else null. */
  readonly sourceBefore: string | null;
  readonly places: readonly TextPlace[];
  readonly note: string | null;
}

/**
 * The texts of a campaign in one language with their states. Labels of forms
 * that the product has in the language are left out, unless the campaign has
 * its own.
 * @param records of any language.
 */
export function translationsInto(
  { locales, texts }: CampaignTexts,
  locale: string,
  records: readonly TranslationRecord[],
): Translation[] {
  const [first = ''] = locales;
  const copyOf = (tag: string) => ({
    locale: tag,
    texts: Object.fromEntries(
      texts.flatMap(({ key, texts: said }) => (said[tag] === undefined ? [] : [[key, said[tag]] as const])),
    ),
  });
  const isUntranslated = untranslatedIn(copyOf(first), copyOf(locale));
  const known = new Map(records.filter((record) => record.locale === locale).map((record) => [record.key, record]));
  return texts.flatMap(({ key, path, texts: said, places, note }) => {
    const source = said[first];
    const text = said[locale] ?? null;
    if (source === undefined || (text === null && hasBuiltInText(locale, key))) return [];
    const record = known.get(key) ?? null;
    // A title is a name: it may be the same in each language.
    const isSame = path.at(-1) === 'title' && isInCampaignFile(key) ? false : isUntranslated(key);
    const state = translationState({ source, text, isUntranslated: isSame, record });
    const sourceBefore = state === 'outdated' ? (record?.source ?? null) : null;
    return [{ key, path, source, text, state, sourceBefore, places, note }];
  });
}

/** Number of texts in each state. */
export function countByState(translations: readonly Pick<Translation, 'state'>[]): Record<TranslationState, number> {
  const counts = { missing: 0, outdated: 0, new: 0, draft: 0, reviewed: 0 };
  for (const { state } of translations) counts[state] += 1;
  return counts;
}

function localesOf(campaign: Document | null): string[] {
  const locales = campaign?.get('locales');
  return isSeq(locales) ? locales.items.flatMap((item) => (isScalar(item) ? [String(item.value)] : [])) : [];
}

/** Texts of a catalogue with their paths and the comments above them. */
function wordsIn(contents: unknown) {
  const found: { path: readonly string[]; text: string; note: string | null }[] = [];
  const visit = (node: unknown, path: readonly string[], note: string | null): void => {
    if (isScalar(node) && typeof node.value === 'string') found.push({ path, text: node.value, note });
    if (!isMap(node)) return;
    for (const pair of node.items)
      if (isPair(pair) && isScalar(pair.key))
        visit(pair.value, [...path, String(pair.key.value)], commentOf(pair.key, pair.value));
  };
  visit(contents, [], null);
  return found;
}

/** Comment lines above a key, or behind its text. */
function commentOf(key: Node, value: unknown): string | null {
  const lines = [key.commentBefore, isNode(value) ? value.comment : null].filter(
    (line): line is string => typeof line === 'string' && line.trim() !== '',
  );
  return lines.length === 0 ? null : lines.map((line) => line.trim().replaceAll(/\s+/g, ' ')).join(' ');
}

/** Texts per language in `campaign.yaml`. */
function saidInEach(contents: unknown, locales: readonly string[]) {
  const found: { path: readonly string[]; texts: Record<string, string> }[] = [];
  const visit = (node: unknown, path: readonly string[]): void => {
    if (isSeq(node)) node.items.forEach((item, index) => visit(item, [...path, String(index)]));
    if (!isMap(node)) return;
    for (const pair of node.items) {
      if (!isScalar(pair.key)) continue;
      const inner = [...path, String(pair.key.value)];
      const texts = SAID_IN_EACH.includes(String(pair.key.value)) ? textsByLocale(pair.value, locales) : null;
      if (texts === null) visit(pair.value, inner);
      else found.push({ path: inner, texts });
    }
  };
  visit(contents, []);
  return found;
}

/** @returns null for a map of something else. */
function textsByLocale(node: unknown, locales: readonly string[]): Record<string, string> | null {
  if (!isMap(node)) return null;
  const entries = node.items.flatMap(({ key, value }) =>
    isScalar(key) && isScalar(value) && typeof value.value === 'string'
      ? [[String(key.value), value.value] as const]
      : [],
  );
  const texts = Object.fromEntries(entries.filter(([locale]) => locales.includes(locale)));
  return Object.keys(texts).length === 0 ? null : texts;
}
