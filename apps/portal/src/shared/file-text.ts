/**
 * Decodes a file saved by a spreadsheet. Valid UTF-8 is read as UTF-8, with or
 * without a byte order mark. Anything else is read as Windows-1252, the default
 * of spreadsheets in western Europe. Such text is almost never valid UTF-8 by
 * chance. The import of contacts detects more encodings on the server, as the
 * tables are too large for a browser.
 */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
