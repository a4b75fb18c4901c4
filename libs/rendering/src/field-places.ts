import { findContexts, isAllowedIn, contextName, type TokenContext } from './contexts.js';
import type { Hole } from './master.js';
import type { SourceReport } from './position.js';
import type { Tokens } from './tokens.js';

/**
 * Checks that the parser sees every token, and that its type is allowed there.
 */
export function checkFieldPlaces(html: string, tokens: Tokens, report: SourceReport): void {
  const contexts = findContexts(html, tokens.pattern);
  const hidden = hiddenToken(html, contexts, tokens);
  // If markup was refused, a field in it is hidden for that reason.
  if (hidden !== null && !report.failed)
    report.error(
      'field-hidden',
      report.recordedPosition(hidden) ?? report.recordedPosition('body'),
      'A field is in a position that no parser reads.',
      'Move it into text, an attribute or a style.',
    );
  for (const at of contexts) {
    if (tokens.markerOf(at.token) !== undefined) {
      if (at.kind !== 'text' && at.kind !== 'comment')
        report.error(
          'when-place',
          report.recordedPosition(at.token),
          `A condition is in ${contextName(at)}.`,
          'Put it around text, or use <tc-when> around a section.',
        );
      continue;
    }
    const hole = tokens.holes[tokens.holeNumber(at.token) ?? -1];
    if (hole !== undefined && !isAllowedIn(hole.type, at))
      report.error(
        'field-place',
        report.recordedPosition(hole.path),
        `{{${hole.path}}} is in ${contextName(at)}, where a ${hole.type} is not allowed.`,
        PLACES[hole.type],
      );
  }
}

/**
 * A field or condition that occurs more often in the bytes than in the tree;
 * null if there is none.
 */
function hiddenToken(html: string, contexts: readonly TokenContext[], tokens: Tokens): string | null {
  const seen = new Map<string, number>();
  for (const { token } of contexts) seen.set(token, (seen.get(token) ?? 0) + 1);
  for (const [token] of html.matchAll(tokens.pattern)) {
    const left = (seen.get(token) ?? 0) - 1;
    if (left < 0) return tokens.holes[tokens.holeNumber(token) ?? -1]?.path ?? token;
    seen.set(token, left);
  }
  return null;
}

const PLACES: Readonly<Record<Hole['type'], string>> = {
  text: 'Put it into text, alt or title.',
  slot: 'Put it into a column or text.',
  colour: 'Put it into a colour attribute or a colour property.',
  image: 'Put it into src or background-url.',
  url: 'Write it as the whole href of a link.',
  tracked: 'Write it as the whole href of a link or button.',
  form: 'Use <tc-form>.',
  phone: 'Write href="tel:{{partner.contact.phoneE164}}".',
  email: 'Put it into text, or write href="mailto:{{partner.contact.email}}".',
};
