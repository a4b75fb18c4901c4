/** The parts of a person's name as a greeting needs them. */
export interface PersonName {
  readonly salutation: string;
  readonly firstName: string;
  readonly lastName: string;
}

const wordsOf = (text: string): Set<string> => new Set(text.split(' '));

/** Forms of address and titles, without points. */
const SALUTATIONS = wordsOf(
  'mr mrs ms miss mx sir madam herr herrn frau hr fr m mme mlle monsieur madame mademoiselle sr sra srta señor señora señorita senor senora don doña signor signora signorina sig sigra dhr mevr mevrouw heer mw pan pani paní pán fru frk hra rva bay bayan úr dr prof professor doktor dott dottssa dottore drs ing mag maga mmag ddr di dkfm dipl-ing dipl-kfm dipl-kffr dipl-inf dipl-phys ingénieur rev fr hon hc habil med jur nat phil rer capt col gen lt maj sgt mgr bc mudr judr phdr inż дг господин госпожа г-н г-жа κος κα',
);
/** Degrees and generations after a name, without points. */
const SUFFIXES = wordsOf(
  'phd md mba msc ma ba bsc bs ms mphil dphil dba dds dvm jd llm llb esq esquire cpa cfa pmp cissp pe rn jr sr junior senior ii iii iv cse csc mcse phdr drsc mrics frics fcca acca aca bcom mcom beng meng mpa mph edd psyd med obe mbe cbe kbe qc kc bt fbcs',
);
/** Words that begin a family name of several words. */
const PARTICLES = wordsOf(
  "van von der den de del della dello degli dei di da do dos das du des la le les lo ten ter te zu zum zur vom und y e i bin ibn binti bint ben al el abu st san santa o' mac af av op 't in aan",
);

const bare = (word: string): string => word.toLowerCase().replaceAll('.', '').replace(/,$/, '');
const isSuffix = (word: string): boolean => SUFFIXES.has(bare(word).replace(/[()]/g, ''));

/** "Jane Smith, PhD, MBA" → "Jane Smith". A word is left in any case. */
function withoutSuffixes(text: string): string {
  const parts = text.split(',').map((part) => part.trim());
  while (parts.length > 1 && (parts.at(-1) ?? '').split(' ').every((word) => word === '' || isSuffix(word)))
    parts.pop();
  const words = parts.join(', ').split(' ');
  // "Ma", "Ba" and "Ing" are surnames too: two words must remain.
  while (words.length > 2 && isSuffix(words.at(-1) ?? '') && !isSurname(words.at(-1) ?? '')) words.pop();
  return words.join(' ').replace(/,$/, '');
}

/** "Ma" is a surname, "MA" and "M.A." are a degree. */
const isSurname = (word: string): boolean =>
  /^\p{Lu}\p{Ll}+$/u.test(word) && !/^(jr|sr|junior|senior|esq|phd)$/i.test(word);

/** Takes forms of address and titles from the beginning: "Frau Dr. Anna". */
function splitSalutation(text: string): [salutation: string, rest: string] {
  const words = text.split(' ');
  let count = 0;
  while (count < words.length - 1 && (isJoint(words, count) || isTitled(words, count))) count += 1;
  return [words.slice(0, count).join(' '), words.slice(count).join(' ')];
}

/** "Mr & Mrs Smith". */
const isJoint = (words: readonly string[], at: number): boolean =>
  at > 0 && /^(&|and|und|et|y|e|en)$/i.test(words[at] ?? '') && SALUTATIONS.has(bare(words[at + 1] ?? ''));

/** "M. Jean Martin" and "Don Draper": a single letter needs its point. */
const isTitled = (words: readonly string[], at: number): boolean => {
  const word = words[at] ?? '';
  if (!SALUTATIONS.has(bare(word))) return false;
  if (bare(word).length === 1) return word.endsWith('.') && words.length - at === 3;
  return (
    !['don', 'fr', 'bay', 'gen', 'hon', 'mag', 'maga', 'di', 'ms', 'max'].includes(bare(word)) ||
    word.endsWith('.') ||
    bare(word) === 'ms'
  );
};

const isUpper = (word: string): boolean => word.length > 1 && /\p{Lu}/u.test(word) && word === word.toUpperCase();

/** Index of the first word of the family name. */
function familyNameAt(words: readonly string[]): number {
  // French and Asian lists write the family name in capitals, and first.
  const capitals = words.findIndex((word) => !isUpper(word));
  if (capitals > 0 && words.slice(capitals).every((word) => !isUpper(word))) return -capitals;
  let at = words.length - 1;
  while (at > 1 && PARTICLES.has((words[at - 1] ?? '').toLowerCase()) && !isUpper(words[at - 1] ?? '')) at -= 1;
  return at;
}

/** Han, kana and Hangul names have the family name first. */
const isEastAsian = (text: string): boolean =>
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\s·・]+$/u.test(text);

/** "Nils Olsen (nils@example.com)" → "Nils Olsen"; an address alone stays. */
const withoutAddresses = (text: string): string =>
  text
    .split(' ')
    .filter((word) => !(word.includes('@') && /^[<([]/.test(word) && /[>)\]]$/.test(word)))
    .join(' ');

/**
 * Splits a whole name: "Lovelace, Ada", "Ada King Lovelace", "Ludwig van der
 * Rohe", "Frau Dr. Anna Weber", "Jane Smith, PhD", "DUPONT Marie". An address in
 * brackets is left out. A single word is the first name, which greetings use;
 * after a form of address it is the last name.
 */
export function splitName(fullName: string): PersonName {
  const text = withoutAddresses(fullName).replace(/\s+/g, ' ').trim();
  const plain = withoutSuffixes(text);
  const comma = plain.indexOf(',');
  if (comma > 0) {
    const [salutation, firstName] = splitSalutation(plain.slice(comma + 1).trim());
    const [before, lastName] = splitSalutation(plain.slice(0, comma).trim());
    return { salutation: salutation || before, firstName, lastName };
  }
  const [salutation, rest] = splitSalutation(plain);
  const words = rest.split(' ');
  if (words.length === 1)
    return salutation === '' || rest === ''
      ? { salutation, firstName: rest, lastName: '' }
      : { salutation, firstName: '', lastName: rest };
  if (isEastAsian(rest)) return { salutation, firstName: words.slice(1).join(' '), lastName: words[0] ?? '' };
  const at = familyNameAt(words);
  const [first, last] = at < 0 ? [words.slice(-at), words.slice(0, -at)] : [words.slice(0, at), words.slice(at)];
  return { salutation, firstName: first.join(' '), lastName: last.join(' ') };
}

/** A cell of a first or last name, without degrees and forms of address. */
export function withoutTitles(name: string): string {
  const [, rest] = splitSalutation(withoutSuffixes(name.replace(/\s+/g, ' ').trim()));
  return rest;
}

/** Whether a cell is a form of address and no job: "Ms.", "Frau Dr.". */
export const isSalutation = (cell: string): boolean =>
  cell
    .trim()
    .split(/\s+/)
    .every((word) => SALUTATIONS.has(bare(word)));
