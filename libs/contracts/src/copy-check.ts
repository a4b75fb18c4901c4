/**
 * Checks of copy that compare words, for the compiler and for the editor.
 */

/** Problems that a version must not have when it is submitted. */
export const MUST_CORRECT: readonly string[] = ['text-placeholder'];
/** Problems that a person confirms to be right, or corrects. */
export const MUST_CONFIRM: readonly string[] = ['text-untranslated', 'text-from-template', 'file-from-template'];

/** Copy of one language: texts by key. */
type Copy = Readonly<Record<string, string>>;

const FIELD = /\{\{[^{}]*\}\}/g;
const WEB_ADDRESS = /^[("„“]?(?:https?:\/\/|www\.)/i;
const WORD = /\p{L}[\p{L}\p{M}\p{Nd}'’-]*/gu;
/** After these a capital letter says nothing about a word. */
const SENTENCE_ENDS = '.!?:…–—("„“”«»';
/** Languages that write every noun with a capital letter. */
const CAPITAL_NOUNS: readonly string[] = ['de', 'lb'];

const plain = (text: string): string =>
  text
    .replace(FIELD, ' ')
    .split(/(\s+)/)
    .filter((token) => !token.includes('@') && !WEB_ADDRESS.test(token))
    .join('');
const endsSentence = (text: string): boolean => text.includes('\n') || SENTENCE_ENDS.includes(text.trimEnd().slice(-1));
/** Words without fields, addresses and numbers. */
const wordsOf = (text: string): string[] => plain(text).match(WORD) ?? [];
const isCapital = (word: string): boolean => word.charAt(0) !== word.charAt(0).toLowerCase();
const isAcronym = (word: string): boolean => word.length > 1 && word === word.toUpperCase() && isCapital(word);
const languageOf = (locale: string): string => locale.split('-', 1)[0]?.toLowerCase() ?? locale;
const sameWords = (a: string, b: string): boolean =>
  a.trim().replace(/\s+/g, ' ').toLowerCase() === b.trim().replace(/\s+/g, ' ').toLowerCase();

/** Whether two locales are of one language, such as `en-GB` and `en-US`. */
export const isSameLanguage = (a: string, b: string): boolean => languageOf(a) === languageOf(b);

/**
 * A check for texts that are still in the first language.
 * The same text is right where it consists of names, numbers, addresses, or of
 * words that the other texts of the language have, too: "Cloud", "Webinar".
 * @param first the copy in the first language of the campaign.
 * @param other the copy that was translated from it.
 * @returns whether the text of a key is not translated. False for keys that one
 *   of the two lacks, and for two locales of one language.
 */
export function untranslatedIn(
  first: { readonly locale: string; readonly texts: Copy },
  other: { readonly locale: string; readonly texts: Copy },
): (key: string) => boolean {
  if (isSameLanguage(first.locale, other.locale)) return () => false;
  const { names, lowerCase } = wordsByCase(first);
  const own = new Set(
    Object.entries(other.texts).flatMap(([key, text]) =>
      sameWords(text, first.texts[key] ?? '') ? [] : wordsOf(text).map((word) => word.toLowerCase()),
    ),
  );
  return (key) => {
    const [source, text] = [first.texts[key], other.texts[key]];
    if (source === undefined || text === undefined || !sameWords(source, text)) return false;
    const words = wordsOf(text);
    const foreign = words.filter(
      (word) => word.length > 1 && !isAcronym(word) && !names.has(word) && !own.has(word.toLowerCase()),
    );
    const isName =
      words.length > 1 &&
      words.every(isCapital) &&
      (words.every((word) => !lowerCase.has(word.toLowerCase())) || isQuotedIn(first.texts, text));
    return foreign.length > 0 && !isName;
  };
}

/** Whether another text has these words, written so: "what Northwind Edge does". */
const isQuotedIn = (texts: Copy, words: string): boolean =>
  Object.values(texts).some((text) => text.length > words.length && text.includes(words.trim()));

/** Words that the copy always writes as names, and words in lower case. */
function wordsByCase({ locale, texts }: { readonly locale: string; readonly texts: Copy }) {
  const lowerCase = new Set<string>();
  const within = new Set<string>();
  for (const text of Object.values(texts)) {
    const source = plain(text);
    for (const { 0: word, index } of source.matchAll(WORD)) {
      const before = source.slice(Math.max(0, index - 3), index);
      if (!isCapital(word)) lowerCase.add(word.toLowerCase());
      else if (before.trim() !== '' && !endsSentence(before)) within.add(word);
    }
  }
  const names = CAPITAL_NOUNS.includes(languageOf(locale))
    ? new Set<string>()
    : new Set([...within].filter((word) => !lowerCase.has(word.toLowerCase())));
  return { names, lowerCase };
}

/** What the editor writes into a new e-mail, and other text to be replaced. */
const PLACEHOLDERS: readonly RegExp[] = [
  /^The subject of this e-mail$|^Der Betreff dieser E-Mail$/i,
  /^Preview text beside the subject, about 40 characters$|^Vorschautext neben dem Betreff, etwa 40 Zeichen$/i,
  /^What this e-mail is about$|^Worum es in dieser E-Mail geht$/i,
  /^What your readers should know\.?$|^Was Ihre Leser wissen sollen\.?$/i,
  /\b(?:lorem ipsum|dolor sit amet)\b/i,
  /^(?:todo|tbd|tba|tbc|fixme|x{3,}|placeholder|platzhalter|blindtext|sample text|beispieltext)\.?$/i,
  /^(?:your|ihr|insert|add|enter) (?:text|headline|title|subject|copy)(?: (?:here|hier))?\.?$/i,
  /^(?:text|headline|titel|betreff|überschrift) (?:here|hier)\.?$/i,
  /\b(?:todo|fixme):/i,
  /\[(?:your|ihre?|insert|company|name|firma|firmenname|vorname|nachname|datum|date|link|url|product|produkt|city|stadt)\b[^[\]]{0,60}\]/i,
];

/** Whether a text is one that its author meant to replace. */
export const isPlaceholder = (text: string): boolean => PLACEHOLDERS.some((pattern) => pattern.test(text.trim()));

/** Fewest words of a text whose author would not write it the same again. */
const MIN_OWN_WORDS = 4;

/** Whether a text is still that of the template, and more than a label. */
export const isFromTemplate = (text: string, template: string | undefined): boolean =>
  template !== undefined && sameWords(text, template) && wordsOf(text).length >= MIN_OWN_WORDS;

/**
 * Whether literal text is copy, and not a name: two words, one of them in lower
 * case or in a script without cases.
 */
export function isCopy(text: string): boolean {
  const words = wordsOf(text);
  return words.length > 1 && words.some((word) => !isCapital(word) && word.length > 1);
}
