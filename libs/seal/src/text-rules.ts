import {
  ADDRESS_ENDINGS,
  ALIKE_SCRIPTS,
  COMBINING_FLOOD,
  FORBIDDEN_CODE_POINTS,
  JOINERS,
  JOINING_SCRIPTS,
  KEYCAP,
  UNIT_LETTERS,
  UNIT_SIGNS,
  WIDE_LATIN,
} from '#contracts';

const escaped = (codePoint: number): string => `\\u{${codePoint.toString(16)}}`;
const ranges = (all: readonly (readonly [number, number])[]): string =>
  all.map(([from, to]) => `${escaped(from)}-${escaped(to)}`).join('');
const FORBIDDEN = new RegExp(`[${ranges(FORBIDDEN_CODE_POINTS)}]|\\p{Mn}{${COMBINING_FLOOD},}`, 'u');
const JOINER = new RegExp(JOINERS.map(escaped).join('|'), 'u');
const JOINS = new RegExp(
  `[${JOINING_SCRIPTS.map((script) => `\\p{Script=${script}}`).join('')}\\p{Extended_Pictographic}${escaped(KEYCAP)}]`,
  'u',
);
const ADDRESS = new RegExp(`https?:|www\\.|://|[\\p{L}\\p{N}-]{2}\\.(?:${ADDRESS_ENDINGS.join('|')})\\b`, 'iu');

const WIDE = new RegExp(`[${ranges(WIDE_LATIN)}]`, 'u');
/** Most text is Latin only: one test for it. */
const BESIDE_LATIN = new RegExp(
  `[${ranges(WIDE_LATIN)}${ALIKE_SCRIPTS.filter((script) => script !== 'Latin')
    .map((script) => `\\p{Script=${script}}`)
    .join('')}]`,
  'u',
);
const KINDS = ALIKE_SCRIPTS.map((script) => new RegExp(`\\p{Script=${script}}`, 'u'));
const LATIN = `\\p{Script=Latin}{0,${UNIT_LETTERS}}`;
const UNIT = new RegExp(`^${LATIN}[${UNIT_SIGNS}]${LATIN}$`, 'u');

/**
 * Whether text reads as it appears: no invisible characters that change it, and
 * no word with lookalike letters. Line breaks are checked elsewhere.
 */
export function isReadable(text: string): boolean {
  return (
    text.isWellFormed() &&
    !FORBIDDEN.test(text) &&
    (!JOINER.test(text) || JOINS.test(text)) &&
    (!BESIDE_LATIN.test(text) || !text.split(/[^\p{L}\p{M}]+/u).some(isDisguised))
  );
}

function isDisguised(word: string): boolean {
  const kinds = new Set(
    [...word].map((letter) => (WIDE.test(letter) ? 'wide' : KINDS.findIndex((kind) => kind.test(letter)))),
  );
  kinds.delete(-1);
  return kinds.size > 1 && !UNIT.test(word);
}

/** Whether mail clients would turn it into a link. */
export const looksLikeAddress = (text: string): boolean => ADDRESS.test(text);

const HOST_IN_NAME = /^["“„(]?(?!www\.)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+["”“),.]?$/iu;

/** Whether it is the name of a company that contains one host: `Booking.com`. */
export function isCompanyName(text: string): boolean {
  const hosts = text.split(/\s/).filter(looksLikeAddress);
  return hosts.length === 1 && hosts.every((host) => HOST_IN_NAME.test(host));
}

/** Length in code points, for limits. */
export const lengthOf = (text: string): number => [...text].length;

const ENTITY_CHARS: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/**
 * Reads text from HTML.
 * @returns null if it is not in canonical form: five characters escaped, each
 *   in one form, nothing else.
 */
export function readEscaped(html: string): string | null {
  if (/[<>"']/.test(html)) return null;
  if (!html.includes('&')) return html;
  const text = html.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITY_CHARS[entity] ?? '');
  return writeEscaped(text) === html ? text : null;
}

/** Text in HTML form. */
export function writeEscaped(text: string): string {
  let out = '';
  for (const char of text) {
    const entity = Object.entries(ENTITY_CHARS).find(([, meaning]) => meaning === char)?.[0];
    out += entity ?? char;
  }
  return out;
}
