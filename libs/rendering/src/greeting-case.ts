import type { Locale } from '#kernel';
import { type Hole, isHole, isLock, type Program } from './master.js';
import type { SourceReport } from './position.js';

/** Languages whose letters go on with a capital after the salutation. */
const CAPITAL = new Set(['en', 'fr', 'es', 'nl', 'sv', 'da', 'nb', 'no', 'fi', 'hu', 'tr']);
/**
 * Languages that go on in lower case after its comma, and words that are neither
 * names nor nouns: others may have a capital of their own.
 */
const LOWER_CASE: Readonly<Partial<Record<string, ReadonlySet<string>>>> = {
  de: new Set('der die das den dem ein eine einen wir mit im in am auf für vor nach bei letzte heute'.split(' ')),
  it: new Set('il lo la i gli le un una nel nella con per questo questa oggi'.split(' ')),
};

/** On a line of its own: the salutation has one, too. */
const FIRST_WORD = /^[ \t]*\n[^\p{L}\p{N}]*(\p{L}+)/u;

/**
 * Warns of a text after `recipient.greeting` that does not begin as letters of
 * the language do. Another hole or a condition after it is not looked at.
 * @param program of the plain text.
 */
export function checkGreetingCase(
  locale: Locale,
  program: Program,
  holes: readonly Pick<Hole, 'path'>[],
  report: SourceReport,
): void {
  const language = locale.split('-')[0] ?? '';
  const word = FIRST_WORD.exec(textAfterGreeting(program, holes) ?? '')?.[1];
  if (word === undefined) return;
  const isLower = word.charAt(0) !== word.charAt(0).toLocaleUpperCase(locale);
  const needsCapital = isLower && CAPITAL.has(language);
  const needsLower = !isLower && LOWER_CASE[language]?.has(word.toLocaleLowerCase(locale)) === true;
  if (!needsCapital && !needsLower) return;
  report.warning(
    'greeting-case',
    report.recordedPosition('recipient.greeting'),
    `The text after the greeting begins with “${word}”.`,
    `In this language, a letter goes on with ${needsLower ? 'a lower-case' : 'a capital'} letter after the greeting.`,
  );
}

function textAfterGreeting(program: Program, holes: readonly Pick<Hole, 'path'>[]): string | null {
  const nodes = unlocked(program);
  const at = nodes.findIndex((node) => isHole(node) && holes[node.hole]?.path === 'recipient.greeting');
  const next = at === -1 ? undefined : nodes[at + 1];
  return typeof next === 'string' ? next : null;
}

const unlocked = (program: Program): Program =>
  program.flatMap((node) => (typeof node !== 'string' && isLock(node) ? unlocked(node.body) : [node]));
