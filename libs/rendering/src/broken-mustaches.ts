import Handlebars from 'handlebars';
import type { SourceReport } from './position.js';

interface Mustache {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Reports every invalid `{{…}}` and every unclosed block with its position, and
 * replaces it by spaces.
 * One broken brace then does not hide other mistakes.
 * @returns a source of the same length, line for line.
 */
export function blankBrokenMustaches(source: string, report: SourceReport): string {
  const { pieces, unclosed } = findMustaches(source);
  const open: Mustache[] = [];
  const broken: Mustache[] = unclosed;
  const lost: Mustache[] = [];
  for (const piece of pieces) {
    const [, sign = '', name = ''] = /^\{\{~?\s*([#/^]?)\s*([\w.-]*)/.exec(piece.text) ?? [];
    if (piece.text.startsWith('{{!')) continue;
    if (sign === '#') {
      if (isParsable(`${piece.text}{{/${name}}}`)) open.push(piece);
      else broken.push(piece);
    } else if (sign === '/') {
      const opened = open.at(-1);
      if (opened !== undefined && nameOf(opened) === name) open.pop();
      else lost.push(piece);
    } else if (sign === '^' || /^\{\{~?\s*else\b/.test(piece.text)) {
      if (open.length === 0) lost.push(piece);
    } else if (!isParsable(piece.text)) broken.push(piece);
  }
  // The end of a broken opening tag is not a mistake of its own.
  const orphans = lost.filter(({ text }) => !broken.some((piece) => text === `{{/${nameOf(piece)}}}`));
  for (const { start } of broken)
    report.error(
      'template-syntax',
      start,
      'Braces do not match here.',
      'Write fields as {{partner.name}}, and in styles leave a space or semicolon between }} and }.',
    );
  for (const { start, text } of open)
    report.error('template-syntax', start, `${text} is not closed.`, `Write {{/${nameOf({ text })}}} where it ends.`);
  for (const { start, text } of orphans)
    report.error('template-syntax', start, `${text} closes or divides nothing.`, 'Open it by {{#when industry="…"}}.');
  const gone = [...broken, ...open, ...lost];
  for (const { start } of gone) report.suppressConsequences(start);
  return blank(source, gone);
}

const nameOf = ({ text }: Pick<Mustache, 'text'>): string => /^\{\{~?\s*#\s*([\w.-]*)/.exec(text)?.[1] ?? '';

/** Whether it parses on its own. Its meaning is checked later. */
function isParsable(text: string): boolean {
  try {
    Handlebars.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Everything between double braces, and unclosed double braces. */
function findMustaches(source: string): { pieces: Mustache[]; unclosed: Mustache[] } {
  const pieces: Mustache[] = [];
  const unclosed: Mustache[] = [];
  const piece = (start: number, end: number): Mustache => ({ start, end, text: source.slice(start, end) });
  let at = source.indexOf('{{');
  while (at !== -1) {
    const ending = source.startsWith('{{!--', at) ? '--}}' : '}}';
    const close = source.indexOf(ending, at + 2);
    const next = source.startsWith('{{!', at) ? -1 : source.indexOf('{{', at + 3);
    if (close === -1 || (next !== -1 && next < close)) {
      unclosed.push(piece(at, Math.min(at + 2, source.length)));
      at = source.indexOf('{{', at + 2);
      continue;
    }
    // Handlebars includes a third brace.
    const end = close + ending.length + (source[close + ending.length] === '}' ? 1 : 0);
    pieces.push(piece(at, end));
    at = source.indexOf('{{', end);
  }
  return { pieces, unclosed };
}

/** Replaces by spaces. A brace that closes a style rule stays. */
function blank(source: string, pieces: readonly Mustache[]): string {
  let blanked = source;
  for (const { start, end, text } of pieces) {
    const kept = text.endsWith('}}}') && !text.startsWith('{{{') ? '}' : '';
    const spaces = text.slice(0, text.length - kept.length).replace(/[^\n]/g, ' ');
    blanked = `${blanked.slice(0, start)}${spaces}${kept}${blanked.slice(end)}`;
  }
  return blanked;
}
