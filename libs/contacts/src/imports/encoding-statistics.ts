import chardet from 'chardet';
import iconv from 'iconv-lite';
import { alphabetOf, LANGUAGE_OF_DOMAIN, MULTI_BYTE, SINGLE_BYTE } from './alphabets.data.js';
import { countColumnNames } from './csv-columns.js';

/** About 1,000 letters; 32 encodings are tried on them in 60 ms. */
const SAMPLE_BYTES = 4 * 1024;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Signs of typography that stand in lists in every language. */
const TYPOGRAPHY = new Set('’‘“”„‚–—…€£§©®™°·«»¿¡ºª№´\u00a0');
const LETTER = /\p{L}/u;
const MARK = /\p{M}/u;
const LATIN = /[A-Za-z]/;
const isUpper = (sign: string): boolean => sign !== sign.toLowerCase();
const isLower = (sign: string): boolean => sign !== sign.toUpperCase();

/** One sign beyond ASCII, with its neighbours. */
interface Sign {
  readonly sign: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The lines with bytes beyond ASCII, at most 4 KB of them: the ASCII of
 * addresses and numbers says nothing of the encoding.
 * @returns null if the file is ASCII.
 */
function linesBeyondAscii(bytes: Buffer): Buffer | null {
  const lines: Buffer[] = [];
  let size = 0;
  for (let at = 0; at < bytes.length && size < SAMPLE_BYTES; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const start = Math.max(lineStart(bytes, at), at - 500);
    let end = at;
    while (end < bytes.length && end - start < 1_000 && bytes[end] !== NEWLINE && bytes[end] !== RETURN) end += 1;
    lines.push(bytes.subarray(start, end), Buffer.from('\n'));
    size += end - start;
    at = end;
  }
  return size === 0 ? null : Buffer.concat(lines);
}

function lineStart(bytes: Buffer, at: number): number {
  let start = at;
  while (start > 0 && bytes[start - 1] !== NEWLINE && bytes[start - 1] !== RETURN) start -= 1;
  return start;
}

function signsOf(text: string): Sign[] {
  const signs: Sign[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign >= '\u0080') signs.push({ sign, before: text.charAt(at - 1), after: text.charAt(at + 1) });
  }
  return signs;
}

/** What speaks against a letter at its place, whatever the language is. */
function letterCost({ sign, before, after }: Sign): number {
  // "jÜrgen": a capital after a small letter.
  let cost = isUpper(sign) && LETTER.test(before) && isLower(before) ? 1.5 : 0;
  if (isLower(sign) && LATIN.test(after) && isUpper(after)) cost += 1;
  if (sign < '\u0370') return cost;
  // A letter of another script within a Latin word.
  if (LATIN.test(before) || LATIN.test(after)) cost += 1;
  // Names begin with a capital; lists in capitals are rarer.
  if (isLower(sign) && !LETTER.test(before)) cost += 0.6;
  if (isUpper(sign) && isUpper(before)) cost += 0.05;
  return cost;
}

/** The score of a sign that is no letter: between 0.3 and -4. */
function signScore({ sign, before, after }: Sign): number {
  if (sign === '\ufffd' || sign < '\u00a0') return -4;
  const isWithinWord = LETTER.test(before) && LETTER.test(after);
  if (TYPOGRAPHY.has(sign)) return isWithinWord && sign !== '’' && sign !== '·' ? -2 : 0.3;
  return isWithinWord ? -2 : -0.7;
}

const WEIGHTS = new Map<string, ReadonlyMap<string, number>>();

/** Letter → weight: 1 for the most frequent one, 0.6 for the rarest. */
function weightsOf(language: string): ReadonlyMap<string, number> {
  const known = WEIGHTS.get(language);
  if (known !== undefined) return known;
  const letters = [...alphabetOf(language)];
  const weights = new Map(letters.map((letter, rank) => [letter, 1 - (0.4 * rank) / letters.length]));
  // In Portuguese "õ" stands before "e"; Hungarian "ő" has the same byte.
  if (language === 'et') weights.set('õ alone', 0.9);
  // "İ" in lower case has two code points.
  if (language === 'tr') weights.set('i̇', 0.9);
  WEIGHTS.set(language, weights);
  return weights;
}

/** Share of the addresses in a country where the language is spoken. */
function domainShares(ascii: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  let all = 0;
  for (const [, domain = ''] of ascii.matchAll(/@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.([a-z]{2,24})\b/gi)) {
    const language = LANGUAGE_OF_DOMAIN[domain.toLowerCase()] ?? domain.toLowerCase();
    counts.set(language, (counts.get(language) ?? 0) + 1);
    all += 1;
  }
  return new Map([...counts].map(([language, count]) => [language, count / all]));
}

/**
 * How well a text fits the languages of an encoding: the mean of its signs, and
 * a bonus for known names of columns and for addresses of the country.
 */
function fitOf(text: string, languages: string, domains: ReadonlyMap<string, number>): number {
  const signs = signsOf(text);
  const letters = signs.filter(({ sign }) => LETTER.test(sign) || MARK.test(sign));
  const others = signs.filter(({ sign }) => !LETTER.test(sign) && !MARK.test(sign));
  const costs = sumOf(others.map(signScore)) - sumOf(letters.map(letterCost));
  const low = letters.map(({ sign, after }) => (sign === 'õ' && after !== 'e' ? 'õ alone' : sign.toLowerCase()));
  const fits = languages.split(' ').map((language) => {
    const weights = weightsOf(language);
    const sum = costs + sumOf(low.map((letter) => weights.get(letter) ?? -1.5));
    return sum / signs.length + 0.3 * (domains.get(language) ?? 0);
  });
  const headings = text.split('\n', 3).flatMap((line) => line.split(/[;,\t|]/));
  const named = countColumnNames(headings.filter((cell) => /[^\p{ASCII}]/u.test(cell)));
  return Math.max(...fits) + Math.min(named, 3) * 0.4;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** Of encodings that fit alike the one that people use more. */
const RARITY = [
  [/^windows-1252$/, 0],
  [/^windows-/, 0.05],
  [/^(iso|koi)/, 0.06],
  [/^mac/, 0.08],
  [/^cp/, 0.12],
] as const;
const rarityOf = (encoding: string): number => RARITY.find(([name]) => name.test(encoding))?.[1] ?? 0;

/**
 * Names the encoding of a text of neither UTF-8 nor UTF-16, by its letters.
 * Encodings of one byte are judged by the alphabets of their languages; those of
 * several bytes by chardet, which knows their frequent signs.
 * @returns `windows-1252` for ASCII.
 */
export function encodingByLetters(bytes: Buffer): string {
  const sample = linesBeyondAscii(bytes);
  if (sample === null) return 'windows-1252';
  const domains = domainShares(bytes.subarray(0, 16 * 1024).toString('latin1'));
  let best = { encoding: 'windows-1252', fit: -Infinity };
  for (const [encoding, languages] of SINGLE_BYTE) {
    const fit = fitOf(iconv.decode(sample, encoding), languages, domains) - rarityOf(encoding);
    if (fit > best.fit + 1e-9) best = { encoding, fit };
  }
  const several = byChardet(sample);
  return several !== null && several.fit > best.fit ? several.encoding : best.encoding;
}

/** The encoding of several bytes that chardet prefers, if every byte fits it. */
function byChardet(sample: Buffer): { encoding: string; fit: number } | null {
  for (const { name, confidence } of chardet.analyse(sample)) {
    const encoding = MULTI_BYTE.find((one) => one === name.toLowerCase());
    if (encoding === undefined || iconv.decode(sample, encoding).includes('\ufffd')) continue;
    return { encoding, fit: confidence / 100 };
  }
  return null;
}
