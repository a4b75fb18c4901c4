const MUST_QUOTE = { ',': /[",;\t\r\n]/, ';': /[";\t\r\n]/ } as const;

/**
 * One cell of a CSV export (RFC 4180).
 * Text that a spreadsheet would run as a formula gets a leading apostrophe.
 * Source: OWASP, CSV injection.
 */
function csvCell(value: string | number | null, separator: ',' | ';'): string {
  if (value === null) return '';
  const text = String(value);
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return MUST_QUOTE[separator].test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Rows as CSV text with the line ends of RFC 4180. */
export function csvLines(rows: readonly (readonly (string | number | null)[])[], separator: ',' | ';' = ','): string {
  return rows.map((row) => `${row.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`).join('');
}
