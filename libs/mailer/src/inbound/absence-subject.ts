import { ABSENCE_PHRASES, ABSENCE_WORDS, REPLY_PREFIXES } from './absence-phrases.data.js';

/** More is no subject of a person or a mail program. */
const MAX_CHARS = 500;
const MAX_PREFIXES = 10;

/** Without accents and in lower case, so that `Automatická` and `automaticka` are equal. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ı', 'i')
    .replace(/[\s\u200b-\u200f]+/gu, ' ')
    .trim();

const PHRASES = ABSENCE_PHRASES.map(plain);
const WORDS = ABSENCE_WORDS.map(plain);
const PREFIXES = new Set(REPLY_PREFIXES.map(plain));

interface OpenedSubject {
  /** Whether a mail program marked it as an answer: `Re:`, `AW:`, `Odp:`. */
  readonly isReply: boolean;
  readonly rest: string;
}

/**
 * Takes the marks of answers off, and those that gateways put before them:
 * `[EXTERNAL] Re[2]: …`.
 */
function openSubject(subject: string): OpenedSubject {
  let rest = plain(subject.slice(0, MAX_CHARS));
  let isReply = false;
  for (let taken = 0; taken < MAX_PREFIXES; taken += 1) {
    const tagEnd = rest.startsWith('[') ? rest.indexOf(']') : -1;
    const colon = rest.search(/[:：]/);
    const mark = rest
      .slice(0, Math.max(colon, 0))
      .replace(/[[(]\d{1,3}[\])]$/, '')
      .trim();
    if (tagEnd > 0 && tagEnd <= 30) rest = rest.slice(tagEnd + 1).trim();
    else if (mark !== '' && PREFIXES.has(mark)) {
      isReply = true;
      rest = rest.slice(colon + 1).trim();
    } else break;
  }
  return { isReply, rest };
}

/** Whether a mail program marked the subject as an answer, in its language. */
export const hasReplyPrefix = (subject: string): boolean => openSubject(subject).isReply;

const CONTINUES_WORD = /^[\p{L}\p{N}]/u;
/** Thai, Chinese, Japanese and Korean have no spaces between words, or endings. */
const ENDS_IN_LETTER =
  /[\p{L}\p{N}](?<![\p{Script=Thai}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])$/u;

/** What may follow a phrase that is the whole notice: `Absence: 3–7 August`. */
const ENDS_NOTICE = /^\s*($|[:：(（!.,–—-]|(re|bis|until|till|from|vom|ab|au|du|al|do|od|re|aw)\b|\d)/;

/**
 * Whether a subject alone says that its mail is an absence notice or another
 * automatic reply, in the languages of mail programs. A person's answer has the
 * mark of an answer, and perhaps a campaign's subject that begins like a notice
 * (`Re: Automated patching`): then only a phrase that is the whole subject, or
 * has a colon, counts.
 */
export function absenceIn(subject: string): boolean {
  const { isReply, rest } = openSubject(subject);
  const after = (phrase: string): string | null => (rest.startsWith(phrase) ? rest.slice(phrase.length) : null);
  const isPhrase = PHRASES.some((phrase) => {
    const tail = after(phrase);
    if (tail === null) return false;
    return isReply ? /^\s*($|[:：(（])/.test(tail) : !(CONTINUES_WORD.test(tail) && ENDS_IN_LETTER.test(phrase));
  });
  const isWord =
    !isReply &&
    WORDS.some((word) => {
      const tail = after(word);
      return tail !== null && ENDS_NOTICE.test(tail);
    });
  return isPhrase || isWord || (!isReply && / is (currently )?out of (the )?office\b/.test(rest));
}

/**
 * The same, of an answer to a message whose subject is known: that is taken off
 * first.
 * @param isOwn whether a text is the subject of the message that was answered.
 */
export function isAbsenceSubject(subject: string, isOwn: (text: string) => boolean): boolean {
  const text = subject.slice(0, MAX_CHARS).trim();
  const starts = [0, ...[...text.matchAll(/[:：\]]\s*/g)].map(({ 0: mark, index }) => index + mark.length)];
  const own = starts.slice(0, MAX_PREFIXES + 1).find((start) => isOwn(text.slice(start)));
  if (own === undefined) return absenceIn(text);
  return own > 0 && absenceIn(text.slice(0, own));
}
