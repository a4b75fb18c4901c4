import { codeFaults, type Translation, type TranslationState, translationState } from '#translation';
import { refusal } from './refusal.js';
import type { XliffDocument, XliffUnit } from './read-xliff.js';
import { OWN_STATES, unitId } from './write-xliff.js';

/**
 * What an import does with a text. `outdated`: it is taken, but its source has
 * changed since the export. `restated`: the text stays, its state changes.
 */
const IMPORT_OUTCOMES = ['new', 'changed', 'restated', 'outdated', 'unchanged', 'empty', 'unknown', 'error'] as const;
type ImportOutcome = (typeof IMPORT_OUTCOMES)[number];

/** Why a text is refused. */
interface UnitProblem {
  readonly code: 'code-missing' | 'code-unknown' | 'code-unpaired' | 'unit-twice';
  readonly line: number;
  /** The codes that it is about. */
  readonly codes: readonly string[];
}

export interface ImportedText {
  readonly key: string;
  readonly outcome: ImportOutcome;
  /** The source that was translated. */
  readonly source: string;
  readonly before: string | null;
  readonly text: string | null;
  readonly isReviewed: boolean;
  /** It has more characters than fit. */
  readonly isTooLong: boolean;
  readonly problems: readonly UnitProblem[];
}

interface ImportTarget {
  readonly campaign: string;
  readonly sourceLocale: string;
  readonly locale: string;
  readonly translations: readonly Translation[];
}

/**
 * Compares a file with the campaign, and says what its import would do.
 * @throws DomainError `xliff.other-campaign`, `xliff.other-language`,
 *   `xliff.empty`.
 */
export function checkImport(document: XliffDocument, target: ImportTarget): ImportedText[] {
  requireSame(document, target);
  const byId = new Map(target.translations.map((translation) => [unitId(translation.key), translation]));
  const byKey = new Map(target.translations.map((translation) => [translation.key, translation]));
  const seen = new Set<string>();
  return document.units.map((unit) => {
    const translation = byId.get(unit.id) ?? byKey.get(unit.name ?? '');
    if (translation === undefined) return unknownText(unit);
    const isTwice = seen.has(translation.key);
    seen.add(translation.key);
    return importedText(unit, translation, isTwice);
  });
}

function requireSame({ sourceLocale, locale, originals, units }: XliffDocument, target: ImportTarget): void {
  const other = originals.find((original) => original !== '' && original !== target.campaign);
  if (other !== undefined)
    throw refusal(
      'other-campaign',
      `The file has texts of the campaign "${other}", not of "${target.campaign}". Choose the file that was exported from this campaign.`,
      { campaign: other },
    );
  if (locale !== null && !isSameTag(locale, target.locale))
    throw refusal(
      'other-language',
      `The file translates into ${locale}, not into ${target.locale}. Choose that language first, or another file.`,
      { locale },
    );
  if (!isSameTag(sourceLocale, target.sourceLocale))
    throw refusal(
      'other-language',
      `The file translates from ${sourceLocale === '' ? 'no language' : sourceLocale}, and the campaign is written in ${target.sourceLocale}. Export it again.`,
      { locale: sourceLocale },
    );
  if (units.length === 0) throw refusal('empty', 'The file has no texts. Export it again.');
}

const isSameTag = (one: string, other: string): boolean =>
  one.replaceAll('_', '-').toLowerCase() === other.toLowerCase();

const unknownText = ({ id, name, source, target }: XliffUnit): ImportedText => ({
  key: name ?? id,
  outcome: 'unknown',
  source,
  before: null,
  text: target,
  isReviewed: false,
  isTooLong: false,
  problems: [],
});

function importedText(unit: XliffUnit, translation: Translation, isTwice: boolean): ImportedText {
  const text = unit.target === null || (unit.target.trim() === '' && unit.source.trim() !== '') ? null : unit.target;
  const isReviewed = unit.state === 'reviewed' || unit.state === 'final';
  const most = Math.min(...translation.places.map(({ maxChars }) => maxChars ?? Infinity));
  const outcome = outcomeOf(unit, text, translation, isReviewed);
  const problems = problemsOf(unit, text, beforeOf(unit, translation, outcome), isTwice);
  return {
    key: translation.key,
    outcome: problems.length > 0 ? 'error' : outcome,
    source: unit.source,
    before: translation.text,
    text,
    isReviewed,
    isTooLong: text !== null && [...text.replaceAll(/\{\{[^{}]*\}\}/g, 'x'.repeat(10))].length > most,
    problems,
  };
}

type Before = Parameters<typeof codeFaults>[2];

/** The translation that an import replaces, with its source. */
function beforeOf(unit: XliffUnit, translation: Translation, outcome: ImportOutcome): Before {
  const { state, text, source, sourceBefore } = translation;
  if (state === 'missing' || text === null) return null;
  // An outdated text that nobody has touched may lack what its source has got since.
  const isLeft = outcome === 'unchanged' || outcome === 'empty';
  return { text, source: isLeft ? unit.source : (sourceBefore ?? source) };
}

/** Compared with the source of the file: that is what the translator saw. */
function problemsOf(unit: XliffUnit, text: string | null, before: Before, isTwice: boolean): UnitProblem[] {
  const { line, source, unknownCodes } = unit;
  const faults = text === null ? null : codeFaults(source, text, before);
  const all: UnitProblem[] = [
    { code: 'code-missing', line, codes: faults?.missing ?? [] },
    { code: 'code-unknown', line, codes: [...(faults?.unknown ?? []), ...unknownCodes] },
    { code: 'code-unpaired', line, codes: faults?.unpaired ?? [] },
  ];
  const found = all.filter(({ codes }) => codes.length > 0);
  return isTwice ? [...found, { code: 'unit-twice', line, codes: [] }] : found;
}

function outcomeOf(
  unit: XliffUnit,
  text: string | null,
  { source, text: now, state }: Translation,
  isReviewed: boolean,
): ImportOutcome {
  if (text === null) return 'empty';
  const isTouched = unit.state !== 'initial' && unit.subState?.startsWith(`${OWN_STATES}:`) !== true;
  if (text === now && !isTouched) return state === 'missing' ? 'empty' : 'unchanged';
  // A tool that fills targets with the source has not translated them.
  if (text === unit.source && unit.state === 'initial') return 'empty';
  if (source !== unit.source) return text === now && state === 'outdated' ? 'unchanged' : 'outdated';
  if (text !== now) return state === 'missing' ? 'new' : 'changed';
  return stateAfter(source, text, isReviewed) === state || state === 'reviewed' ? 'unchanged' : 'restated';
}

const stateAfter = (source: string, text: string, isReviewed: boolean): TranslationState =>
  translationState({ source, text, isUntranslated: false, record: { source, text, isReviewed } });
