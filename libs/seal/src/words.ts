import { ADDRESS_ENDINGS, COMBINING_FLOOD, FORBIDDEN_CODE_POINTS, JOINERS, JOINING_SCRIPTS } from '#contracts';

const escaped = (codePoint: number): string => `\\u{${codePoint.toString(16)}}`;
const FORBIDDEN = new RegExp(
  `[${FORBIDDEN_CODE_POINTS.map(([from, to]) => `${escaped(from)}-${escaped(to)}`).join('')}]|\\p{Mn}{${COMBINING_FLOOD},}`,
  'u',
);
const JOINER = new RegExp(JOINERS.map(escaped).join('|'), 'u');
const JOINS = new RegExp(
  `[${JOINING_SCRIPTS.map((script) => `\\p{Script=${script}}`).join('')}\\p{Extended_Pictographic}]`,
  'u',
);
const ADDRESS = new RegExp(`https?:|www\\.|://|\\b[\\p{L}\\p{N}-]{2,}\\.(?:${ADDRESS_ENDINGS.join('|')})\\b`, 'iu');

/** Whether text holds nothing that changes what a reader sees without being seen. Line breaks are judged elsewhere. */
export function isReadable(text: string): boolean {
  return text.isWellFormed() && !FORBIDDEN.test(text) && (!JOINER.test(text) || JOINS.test(text));
}

/** Whether mail programs would make a link of it by themselves. */
export const looksLikeAddress = (text: string): boolean => ADDRESS.test(text);

/** Characters as people count them for limits: code points. */
export const lengthOf = (text: string): number => [...text].length;

const MEANING: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/**
 * Reads text as it stands in HTML.
 * @returns null when it is not written in the one allowed way: five characters escaped, each in one form, nothing else.
 */
export function readEscaped(html: string): string | null {
  if (/[<>"']/.test(html)) return null;
  if (!html.includes('&')) return html;
  const text = html.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => MEANING[entity] ?? '');
  return writeEscaped(text) === html ? text : null;
}

/** Text as it has to stand in HTML. */
export function writeEscaped(text: string): string {
  let out = '';
  for (const char of text) {
    const entity = Object.entries(MEANING).find(([, meaning]) => meaning === char)?.[0];
    out += entity ?? char;
  }
  return out;
}
