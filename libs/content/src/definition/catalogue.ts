import { hasBuiltInText } from '#contracts';
import type { Locale, SourceProblem } from '#kernel';
import { type SourcePosition, YamlSource } from './yaml-source.js';

/** The vendor's copy in one locale: flat keys, `welcome.subject`. */
export interface Catalogue {
  readonly locale: Locale;
  readonly file: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly places: ReadonlyMap<string, SourcePosition>;
  /** Where a missing key would be: the position of the nearest existing key. */
  readonly positionForMissing: (key: string) => SourcePosition;
  /**
   * Set for a placeholder of a missing or unreadable catalogue. Every key
   * counts as present.
   */
  readonly isPlaceholder?: true;
}

export const catalogueFile = (locale: string): string => `locales/${locale}.yaml`;

/**
 * Replaces a catalogue that cannot be read, so that templates can be checked.
 * It is never published.
 */
export function placeholderCatalogue(locale: Locale): Catalogue {
  const gapAt = (): SourcePosition => ({ line: 1, column: 1 });
  return {
    locale,
    file: catalogueFile(locale),
    texts: {},
    places: new Map(),
    positionForMissing: gapAt,
    isPlaceholder: true,
  };
}

/**
 * Reads a catalogue.
 * @returns it, and a problem for each value that is not a text.
 */
export function readCatalogue(
  locale: Locale,
  bytes: Buffer,
): { catalogue: Catalogue | null; problems: readonly SourceProblem[] } {
  const file = catalogueFile(locale);
  const { source, problems } = YamlSource.read(file, bytes);
  if (source === null) return { catalogue: null, problems };
  const texts: Record<string, string> = Object.create(null) as Record<string, string>;
  const places = new Map<string, SourcePosition>();
  const mistakes: SourceProblem[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    const key = path.join('.');
    if (typeof value === 'string' && path.length > 0) {
      if (key in texts)
        mistakes.push(mistake(source, path, 'key-twice', `The key ${key} occurs twice.`, 'Remove one of the two.'));
      texts[key] = value;
      places.set(key, source.positionOf(path));
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [part, inner] of Object.entries(value)) walk(inner, [...path, part]);
    } else if (value !== null || path.length > 0) {
      mistakes.push(
        mistake(
          source,
          path,
          'text-expected',
          `${key === '' ? 'The file' : key} is not a text.`,
          'Write a text. Put numbers, true and false in quotes.',
        ),
      );
    }
  };
  walk(source.value, []);
  const gapAt = (key: string): SourcePosition => source.positionOf(key.split('.'));
  return {
    catalogue: { locale, file, texts, places, positionForMissing: gapAt },
    problems: [...problems, ...mistakes],
  };
}

/**
 * Every catalogue must contain the keys of all others. A missing key would be
 * missing text in an e-mail. Labels of form fields that the product has in the
 * language may be left out.
 */
export function missingKeys(catalogues: readonly Catalogue[]): SourceProblem[] {
  const all = new Map<string, Catalogue>();
  for (const catalogue of catalogues)
    for (const key of Object.keys(catalogue.texts)) if (!all.has(key)) all.set(key, catalogue);
  return catalogues.flatMap(({ locale, file, texts, positionForMissing: gapAt }) =>
    [...all]
      .filter(([key]) => !(key in texts) && !hasBuiltInText(locale, key))
      .map(([key, other]): SourceProblem => ({
        code: 'key-missing',
        severity: 'error',
        file,
        ...gapAt(key),
        message: `The key ${key} is missing; ${other.file} has it.`,
        remedy: `Add ${key} to ${file}.`,
      })),
  );
}

/** Keys that the campaign does not use, often because of a forgotten rename. */
export function unusedKeys(catalogue: Catalogue, used: ReadonlySet<string>): SourceProblem[] {
  return Object.keys(catalogue.texts)
    .filter((key) => !used.has(key))
    .map((key) => ({
      code: 'key-unused',
      severity: 'warning',
      file: catalogue.file,
      ...(catalogue.places.get(key) ?? { line: null, column: null }),
      message: `The text ${key} is not used.`,
      remedy: 'Use it, or remove it from every catalogue.',
    }));
}

function mistake(
  source: YamlSource,
  path: readonly string[],
  code: string,
  message: string,
  remedy: string,
): SourceProblem {
  return { code, severity: 'error', file: source.file, ...source.positionOf(path), message, remedy };
}
