import {
  CAMPAIGN_FILE,
  type CampaignTexts,
  campaignTexts,
  catalogueFile,
  isInCampaignFile,
  type Translation,
  type TranslationState,
} from '#translation';
import type { TranslationDeskView } from '#contracts';
import { changeYaml } from '../yaml-file';

type Texts = Readonly<Record<string, string>>;

/** A file that decides about texts or shows them. */
const isRelevant = (path: string): boolean => /\.(?:yaml|mjml|html|svg)$/.test(path);

let last: { readonly of: string; readonly texts: CampaignTexts } | null = null;

/** Texts of the files. The last ones are kept: each render asks, and each reading takes 20 ms. */
export function textsOfFiles(files: Texts): CampaignTexts {
  const relevant = Object.entries(files).filter(([path]) => isRelevant(path));
  const of = relevant.flat().join('\n');
  if (last?.of !== of) last = { of, texts: campaignTexts(Object.fromEntries(relevant)) };
  return last.texts;
}

/** `open`: every state but reviewed. */
export type StateFilter = TranslationState | 'open' | 'all';

interface Search {
  readonly filter: StateFilter;
  readonly search: string;
  /** Keys that are shown although they no longer match. */
  readonly stays: ReadonlySet<string>;
  /** Key of the text that is open: a person may be typing in it. Null: none is. */
  readonly chosen: string | null;
}

/** Translations that match, in their order, with the one that is open. */
export function matching(
  translations: readonly Translation[],
  { filter, search, stays, chosen }: Search,
): readonly Translation[] {
  const sought = search.trim().toLowerCase();
  return translations.filter(
    ({ key, source, text, state }) =>
      key === chosen ||
      stays.has(key) ||
      ((filter === 'all' || state === filter || (filter === 'open' && state !== 'reviewed')) &&
        [key, source, text ?? ''].some((words) => words.toLowerCase().includes(sought))),
  );
}

type Desk = Pick<TranslationDeskView, 'rule' | 'records'>;

/**
 * Texts that wait for a review and that this person may release: if own
 * reviews are refused, those that another person is known to have translated.
 */
export function releasable(
  translations: readonly Translation[],
  desk: Desk | undefined,
  locale: string,
): readonly Translation[] {
  const waiting = translations.filter(({ state }) => state === 'draft' || state === 'new');
  if (desk === undefined || desk.rule.ownReview === 'allowed') return waiting;
  const records = new Map(desk.records.filter((one) => one.locale === locale).map((one) => [one.key, one]));
  return waiting.filter(({ key, text }) => records.get(key)?.text === text && records.get(key)?.isYours === false);
}

/**
 * The next text that waits for someone, after one and then from the first.
 * @returns null if none does.
 */
export function nextOpen(
  translations: readonly Translation[],
  after: string | null,
  isReviewing: boolean,
): string | null {
  const at = translations.findIndex(({ key }) => key === after);
  const inTurn = [...translations.slice(at + 1), ...translations.slice(0, Math.max(at, 0))];
  const isWaiting = ({ state }: Translation): boolean =>
    isReviewing ? state === 'draft' || state === 'new' : state === 'missing' || state === 'outdated' || state === 'new';
  return inTurn.find(isWaiting)?.key ?? null;
}

/** The server takes 1 MB and 2,000 texts in a request; smaller ones say sooner how far they are. */
const MOST_TEXTS = 300;
const MOST_BYTES = 400_000;
const sizeOf = (text: unknown): number => new TextEncoder().encode(JSON.stringify(text)).length;

/** Texts in the portions in which they are sent, in their order. A text that is too large alone has its own. */
export function portionsOf<Said>(texts: readonly Said[]): Said[][] {
  const portions: Said[][] = [];
  let bytes = 0;
  for (const text of texts) {
    const size = sizeOf(text);
    const last = portions.at(-1);
    if (last === undefined || last.length >= MOST_TEXTS || bytes + size > MOST_BYTES) {
      portions.push([text]);
      bytes = size;
    } else {
      last.push(text);
      bytes += size;
    }
  }
  return portions;
}

interface Checked {
  readonly key: string;
  /** The translation when the file was checked. */
  readonly before: string | null;
  readonly text: string | null;
}

/**
 * Texts of a file that can be imported now, and those that another person has
 * changed since the file was checked. The summary did not show what the file would
 * replace there.
 */
export function importable<One extends Checked>(checked: readonly One[], translations: readonly Translation[]) {
  const texts = new Map(translations.map(({ key, text }) => [key, text]));
  const all = checked.map((one) => ({ ...one, now: texts.get(one.key) ?? null, isKnown: texts.has(one.key) }));
  // The text of the file itself: an import broke off, and is repeated.
  const isTaken = ({ isKnown, now, before, text }: (typeof all)[number]): boolean =>
    isKnown && (now === before || now === text);
  return { taken: all.filter(isTaken), left: all.filter((one) => !isTaken(one)) };
}

interface Written {
  readonly key: string;
  readonly path: readonly string[];
  readonly text: string;
}

/** The files with texts of a language, new or changed. Each file is read once. */
export function withTexts(files: Texts, locale: string, written: readonly Written[]): Texts {
  const inCampaign = written.filter(({ key }) => isInCampaignFile(key));
  const inCatalogue = written.filter(({ key }) => !isInCampaignFile(key));
  const changed = (file: string, texts: readonly Written[], pathOf: (one: Written) => readonly string[]): Texts =>
    texts.length === 0
      ? {}
      : {
          [file]: changeYaml(files[file] ?? '', (document) => {
            for (const one of texts) document.setIn(pathOf(one).map(indexOrKey), one.text);
          }),
        };
  return {
    ...changed(catalogueFile(locale), inCatalogue, ({ path }) => path),
    ...changed(CAMPAIGN_FILE, inCampaign, ({ path }) => [...path, locale]),
  };
}

/** Items of a list have numbers. */
const indexOrKey = (part: string): string | number => (/^\d+$/.test(part) ? Number(part) : part);

/** Characters as readers count them; a field counts as ten. */
export const lengthOf = (text: string): number =>
  [...new Intl.Segmenter().segment(text.replaceAll(/\{\{[^{}]*\}\}/g, 'x'.repeat(10)).replaceAll(/<[^<>]*>/g, ''))]
    .length;

const RIGHT_TO_LEFT = ['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm'];

/** Direction of a language: `sr-Latn` and `az-Arab` by their script. */
export const directionOfLanguage = (locale: string): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.includes(new Intl.Locale(locale).maximize().script ?? '') ? 'rtl' : 'ltr';
