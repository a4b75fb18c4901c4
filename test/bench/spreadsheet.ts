const COMPANIES = [
  'Müller & Söhne GmbH',
  'Harbour Logistics',
  'Atlas "Prime" Bank',
  'Ironbridge; Works',
  'Société Lumière',
];
const FIRST_NAMES = ['Anna', 'Bjørn', 'Chloé', 'David', 'Émile', 'Fatma', 'Grace', 'Jürgen'];
const LAST_NAMES = ['Schmidt', 'Larsen', 'Dubois', 'O’Neil', 'Yılmaz', 'Kowalski', 'Rossi', 'Öztürk'];

const quoted = (cell: string): string => (/[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const pick = (from: readonly string[], at: number): string => from[at % from.length] ?? '';

/**
 * A list as Excel saves it in Europe: byte order mark, semicolons, CRLF, quotes
 * where needed. One row in fifty repeats an earlier address, one in a hundred
 * has no valid address.
 * @param series distinguishes the contacts of several lists.
 */
export function spreadsheet(rows: number, series: string): Buffer {
  const lines = ['E-Mail;Vorname;Nachname;Firma;Land;Sprache;Branche'];
  for (let at = 0; at < rows; at += 1) {
    const address =
      at % 100 === 99 ? `person${at} at example` : `person${at % 50 === 49 ? at - 7 : at}.${series}@crowd.example`;
    const cells = [
      address,
      pick(FIRST_NAMES, at),
      pick(LAST_NAMES, at * 3),
      pick(COMPANIES, at),
      'DE',
      'de',
      'Logistics',
    ];
    lines.push(cells.map(quoted).join(';'));
  }
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);
}

/** The few contacts of an ordinary list. */
export function people(count: number, series: string): string[] {
  return Array.from({ length: count }, (_, at) => `reader${at}.${series}@crowd.example`);
}
