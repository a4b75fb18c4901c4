/**
 * The link that calls a telephone number (RFC 3966): digits, and `+` in front of
 * a country code. "(0)" behind a country code is not dialled.
 */
export function phoneUrl(phone: string): string {
  const number = phone.trim();
  const isInternational = number.startsWith('+');
  const dialled = isInternational ? number.replace('(0)', '') : number;
  // An extension is dialled by hand.
  const [main = ''] = dialled.split(/[a-z]/i);
  return `tel:${isInternational ? '+' : ''}${main.replace(/\D/g, '')}`;
}
