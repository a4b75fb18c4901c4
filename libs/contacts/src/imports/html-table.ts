import { Parser } from 'htmlparser2';

const MAX_CELL = 2_000;

/** Encoding that the file states, as in `<meta charset=…>`; null: none. */
export function statedEncoding(beginning: string): string | null {
  return /charset\s{0,5}=\s{0,5}["']?([\w-]{3,20})/i.exec(beginning)?.[1]?.toLowerCase() ?? null;
}

/** Whether a text is HTML or XML. */
export const isMarkup = (beginning: string): boolean =>
  /^<(?:!doctype html|html|head|body|meta|table|style|script|title|div|p|\?xml|!--)/i.test(beginning.trimStart());

/** Whether a text is HTML or XML with a table, as Salesforce saves its `.xls`. */
export const isHtmlTable = (text: string): boolean => isMarkup(text) && /<table|<worksheet/i.test(text);

/**
 * The rows of all tables of an HTML file, and of a spreadsheet in XML 2003.
 * Nothing of it is run or loaded.
 */
export function htmlRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] | null = null;
  let cell: string | null = null;
  let isHidden = false;
  const endCell = (): void => {
    if (row !== null && cell !== null) row.push(cell.replace(/\s+/g, ' ').trim());
    cell = null;
  };
  const endRow = (): void => {
    endCell();
    if (row !== null) rows.push(row);
    row = null;
  };
  const parser = new Parser(
    {
      onopentagname(name) {
        const tag = name.replace(/^ss:/, '');
        if (tag === 'style' || tag === 'script') isHidden = true;
        if (tag === 'tr' || tag === 'row') {
          endRow();
          row = [];
        } else if (tag === 'td' || tag === 'th' || tag === 'cell') {
          endCell();
          cell = '';
        } else if (tag === 'br' && cell !== null) cell += ' ';
      },
      ontext(data) {
        if (cell !== null && !isHidden && cell.length < MAX_CELL) cell += data;
      },
      onclosetag(name) {
        const tag = name.replace(/^ss:/, '');
        if (tag === 'style' || tag === 'script') isHidden = false;
        if (tag === 'td' || tag === 'th' || tag === 'cell') endCell();
        if (tag === 'tr' || tag === 'row' || tag === 'table') endRow();
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(text);
  endRow();
  return rows;
}
