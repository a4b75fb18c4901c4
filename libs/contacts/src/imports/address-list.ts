import { addressesIn } from '#kernel';
import { withoutEnds } from '../plain-letters.js';

/** Heading of the rows that are made of such a text. */
const HEADING = ['Name', 'E-mail'] as const;
/** The field of a mail from which people copy addresses. */
const FIELD = /^\s{0,20}(to|cc|bcc|from|an|von|kopie|à|de|pour|para|per|da|aan|til|till|od|do|komu|кому)\s{0,5}:/i;
const MAX_CHARS = 2_000_000;
const CHECKED_LINES = 20;

const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');

/** `Ada Vale <ada@…>`, `ada@…`, or several of them in a line. */
function isOfAddresses(line: string): boolean {
  const addresses = addressesIn(line.replaceAll("'", ' '));
  if (addresses.length === 0) return false;
  if (addresses.length > 1 && !line.includes('\t')) return true;
  const rest = withoutEnds(line.replace(FIELD, ''), ';,');
  return rest === addresses[0] || (rest.endsWith('>') && !/[\t|]/.test(rest));
}

/**
 * Whether a text is no table: a line of recipients from a mail, or one person in
 * each line as `Ada Vale <ada@…>`.
 */
export function isAddressList(text: string): boolean {
  const lines = linesOf(text.slice(0, 20_000));
  const checked = lines.slice(0, CHECKED_LINES);
  if (checked.length === 0 || text.length > MAX_CHARS || !checked.every(isOfAddresses)) return false;
  // Plain addresses, one in a line, are a table of one column.
  return checked.some((line) => line.includes('<') || addressesIn(line).length > 1);
}

/**
 * The people of such a text as rows of name and address, below a heading. A name
 * is the text between two addresses: `"Vale, Ada" <ada@…>; bo@…`.
 */
export function addressListRows(text: string): string[][] {
  const rows: string[][] = [[...HEADING]];
  for (const line of linesOf(text)) {
    let at = 0;
    const body = line.replace(FIELD, '');
    for (const address of addressesIn(body)) {
      const found = body.indexOf(address, at);
      rows.push([nameIn(body.slice(at, found)), address]);
      at = found + address.length;
    }
  }
  return rows;
}

const nameIn = (between: string): string =>
  withoutEnds(withoutEnds(withoutEnds(between, '', `>)]"';,`).replace(/mailto:$/i, ''), '<([', ''), `"'`);
