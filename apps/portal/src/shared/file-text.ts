/**
 * The text of a file that a spreadsheet saved: UTF-8 where every byte is valid in it, with or without a mark, and else Windows-1252, in which
 * spreadsheets in western Europe save. Letters of theirs are hardly ever valid UTF-8 by chance. The import of contacts tells more encodings apart,
 * with tables that are too large for a browser.
 */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
