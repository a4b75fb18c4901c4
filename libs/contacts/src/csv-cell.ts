const MUST_QUOTE = { ',': /[",;\t\r\n]/, ';': /[";\t\r\n]/ } as const;

/** A spreadsheet takes it for a number, and runs nothing. */
const NEGATIVE_NUMBER = /^-\d+([.,]\d+)?$/;

/**
 * One cell of a CSV export (RFC 4180).
 * Text that a spreadsheet would run as a formula gets a leading apostrophe; also
 * text that begins with such an apostrophe, so that an import that takes one off
 * has the text again. Numbers stay numbers, below zero, too, also if they are written as text, such as amounts. Where `;` separates
 * cells, the decimal sign is a comma.
 * Source: OWASP, CSV injection.
 */
function csvCell(value: string | number | null, separator: ',' | ';'): string {
  if (value === null) return '';
  if (typeof value === 'number') return separator === ';' ? String(value).replace('.', ',') : String(value);
  const harmless = /^'*[=+\-@\t\r]/.test(value) && !NEGATIVE_NUMBER.test(value) ? `'${value}` : value;
  return MUST_QUOTE[separator].test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Rows as CSV text with the line ends of RFC 4180. */
export function csvLines(rows: readonly (readonly (string | number | null)[])[], separator: ',' | ';' = ','): string {
  return rows.map((row) => `${row.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`).join('');
}
