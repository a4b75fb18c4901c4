import { findContexts, isAllowedIn, contextName, type TokenContext } from './contexts.js';
import type { Hole } from './master.js';
import type { SourcePosition, SourceReport } from './position.js';
import { type RenderedComponent, writersOf } from './rendered-components.js';
import type { Tokens } from './tokens.js';

/** HTML with tokens, and the components that wrote it. */
export interface CompiledHtml {
  readonly html: string;
  readonly rendered: readonly RenderedComponent[];
  /** The author's position of a component. */
  readonly placeOf: (line: number, tag: string) => SourcePosition;
}

/**
 * Checks that the parser sees every token, and that its type is allowed there.
 */
export function checkFieldPlaces(compiled: CompiledHtml, tokens: Tokens, report: SourceReport): void {
  const { html } = compiled;
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
    if (hole !== undefined && !isAllowedIn(hole.type, at)) reportPlace(hole, at, compiled, tokens, report);
  }
}

/** At the component that wrote it; else where the field stands first. */
function reportPlace(
  hole: Hole,
  at: TokenContext,
  { rendered, placeOf }: CompiledHtml,
  tokens: Tokens,
  report: SourceReport,
): void {
  const isThere = (part: string): boolean =>
    part.includes(at.token) &&
    findContexts(part, tokens.pattern).some(
      ({ token, kind, name, prefix }) =>
        token === at.token && kind === at.kind && name === at.name && prefix === at.prefix,
    );
  const writers = writersOf(rendered, isThere);
  const message = `{{${hole.path}}} is in ${contextName(at)}, where a ${hole.type} is not allowed.`;
  if (writers.length === 0) report.error('field-place', report.recordedPosition(hole.path), message, PLACES[hole.type]);
  for (const { tag, line, name } of writers)
    if (tag === 'mj-social-element' && at.name === 'href' && name !== null)
      report.error(
        'share-address',
        placeOf(line, tag),
        `<mj-social-element name="${name}"> makes {{${hole.path}}} an address for sharing: ${at.prefix.slice(0, 60)}…`,
        `Write name="${name}-noshare" to link to it as it is.`,
      );
    else report.error('field-place', placeOf(line, tag), message, PLACES[hole.type]);
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
