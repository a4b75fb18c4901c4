const DAY_MS = 24 * 60 * 60 * 1000;
/** Day 0, so that day 61 is 1 March 1900: Excel counts a 29 February 1900. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const DAY_ZERO_1904 = Date.UTC(1904, 0, 1);

/** Whether a number format shows a date (ECMA-376, 18.8.30). */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)) return true;
  if (code === undefined) return false;
  const plain = formatLetters(code.slice(0, 200));
  return /[ymdhs]/i.test(plain) && !/^general$/i.test(plain);
}

/** A format without texts in quotes, colours in brackets and escaped signs. */
function formatLetters(code: string): string {
  let [plain, until] = ['', ''];
  for (let at = 0; at < code.length; at += 1) {
    const sign = code.charAt(at);
    if (until !== '') until = sign === until ? '' : until;
    else if (sign === '"') until = '"';
    else if (sign === '[') until = ']';
    else if (sign === '\\') at += 1;
    else plain += sign;
  }
  return plain;
}

/** A day number as `2026-11-26`, with a time of day if it has one. */
export function dateText(days: number, from1904: boolean): string {
  const at = new Date(Math.round((days * DAY_MS) / 1000) * 1000 + (from1904 ? DAY_ZERO_1904 : DAY_ZERO));
  if (Number.isNaN(at.getTime())) return '';
  const [date = '', time = ''] = at.toISOString().split('T');
  return time.startsWith('00:00:00') ? date : `${date} ${time.slice(0, 8)}`;
}
