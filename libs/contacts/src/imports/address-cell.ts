import { type EmailAddress, type EmailProblem, parseEmail } from '#contracts';
import { withoutEnds } from '../plain-letters.js';

/** Longer cells hold no address that people put there. */
const MAX_CELL = 1_000;
/** Punctuation around an address in a sentence or in code. */
const AROUND = '<>()[]{}"\'`“”„‘’«»*:;,';
const BEHIND = `${AROUND}.!?`;

/** The address alone: `mailto:`, its query, brackets and a last point go. */
function bareAddress(text: string): string {
  const trimmed = withoutEnds(text, BEHIND, AROUND).replace(/^(mailto|smtp|e-?mail|sip):\/{0,2}/i, '');
  const query = trimmed.indexOf('?', Math.max(0, trimmed.indexOf('@')));
  return withoutEnds(query === -1 ? trimmed : trimmed.slice(0, query), BEHIND, AROUND);
}

/** The texts of a cell that are meant as addresses, one each. */
function* meantAddresses(cell: string): Generator<string> {
  // A comma within quotes belongs to a name, as in "Vale, Ada" <ada@…>.
  const unquoted = cell.replace(/"[^"@]*"/g, ' ');
  for (const part of unquoted.split(/[\s,;|<>]+/)) if (part.includes('@')) yield bareAddress(part);
}

/**
 * The address of a cell: `ada@…`, `Ada Vale <ada@…>`, `mailto:ada@…`, `ada@….`.
 * Of several it is the first one that mail can be sent to.
 * @returns the address, or what is wrong with the cell.
 */
export function addressOfCell(cell: string): EmailAddress | EmailProblem {
  const text = cell.slice(0, MAX_CELL);
  const whole = parseEmail(text);
  if (typeof whole !== 'string') return whole;
  for (const meant of meantAddresses(text)) {
    const address = parseEmail(meant);
    if (typeof address !== 'string') return address;
  }
  return whole;
}

/**
 * Every address of a cell, and every text with an `@` that is none.
 * @returns one entry for each, in order; a cell without `@` gives none.
 */
export function addressesOfCell(
  cell: string,
): (EmailAddress | { readonly problem: EmailProblem; readonly text: string })[] {
  const whole = parseEmail(cell);
  if (typeof whole !== 'string') return [whole];
  return [...meantAddresses(cell)].map((meant) => {
    const address = parseEmail(meant);
    return typeof address === 'string' ? { problem: address, text: meant } : address;
  });
}
