import iconv from 'iconv-lite';

/** Heading of the rows that are made of cards. */
const HEADING = [
  'Salutation',
  'First name',
  'Last name',
  'Full name',
  'Company',
  'Job title',
  'E-mail',
  'Phone',
  'Country',
  'Language',
  'Time zone',
];

/** One property of a card (RFC 6350, 3.3; vCard 2.1 leaves out names of types). */
interface Property {
  readonly name: string;
  /** In capitals: `TYPE=WORK`, `WORK`, `ENCODING=QUOTED-PRINTABLE`. */
  readonly parameters: readonly string[];
  readonly value: string;
}

export const isVcard = (beginning: string): boolean => /^[\s\ufeff]*begin:vcard\b/i.test(beginning);

/** Unfolds lines; those in quoted-printable go on after a last `=` (vCard 2.1). */
function* logicalLines(text: string): Generator<string> {
  let line = '';
  for (const raw of text.split(/\r\n|\r|\n/)) {
    if (/^[ \t]/.test(raw)) line += raw.slice(1);
    else if (line.endsWith('=') && isQuotedPrintable(line)) line = line.slice(0, -1) + raw;
    else {
      if (line !== '') yield line;
      line = raw;
    }
  }
  if (line !== '') yield line;
}

const isQuotedPrintable = (line: string): boolean =>
  line
    .slice(0, Math.max(0, line.indexOf(':')))
    .toUpperCase()
    .includes('QUOTED-PRINTABLE');

function propertyOf(line: string): Property | null {
  const colon = line.indexOf(':');
  if (colon < 1) return null;
  const [name = '', ...parameters] = line.slice(0, colon).toUpperCase().split(';');
  const raw = line.slice(colon + 1);
  // Apple writes "item1.EMAIL".
  const property = { name: name.slice(name.lastIndexOf('.') + 1), parameters, value: raw };
  return isQuotedPrintable(line) ? { ...property, value: fromQuotedPrintable(raw, parameters) } : property;
}

/** RFC 2045, 6.7, in the character set that the property states. */
function fromQuotedPrintable(value: string, parameters: readonly string[]): string {
  const charset = parameters.find((one) => one.startsWith('CHARSET='))?.slice(8) ?? 'utf-8';
  const bytes: number[] = [];
  for (let at = 0; at < value.length; at += 1) {
    const hex = value.charAt(at) === '=' ? /^[0-9A-Fa-f]{2}/.exec(value.slice(at + 1, at + 3))?.[0] : undefined;
    if (hex === undefined) bytes.push(...Buffer.from(value.charAt(at), 'utf-8'));
    else {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    }
  }
  return iconv.decode(Buffer.from(bytes), iconv.encodingExists(charset) ? charset : 'utf-8');
}

/** Parts of a structured value; escaped semicolons are text (RFC 6350, 3.4). */
function parts(value: string): string[] {
  const found: string[] = [];
  let part = '';
  for (let at = 0; at < value.length; at += 1) {
    const sign = value.charAt(at);
    if (sign === ';') {
      found.push(part.trim());
      part = '';
    } else if (sign === '\\') {
      at += 1;
      part += value.charAt(at).toLowerCase() === 'n' ? ' ' : value.charAt(at);
    } else part += sign;
  }
  return [...found, part.trim()];
}

const text = (value: string | undefined): string => (value === undefined ? '' : parts(value).join(';'));

/** The preferred one of several, else the first: `PREF`, `TYPE=PREF`, `PREF=1`. */
function best(card: readonly Property[], name: string): string | undefined {
  const all = card.filter((property) => property.name === name && property.value.trim() !== '');
  const preferred = all.find(({ parameters }) => parameters.some((one) => /(^|[=,"])PREF(=1)?($|[,"])/.test(one)));
  return (preferred ?? all[0])?.value;
}

function rowOf(card: readonly Property[]): string[] {
  const [lastName = '', firstName = '', , prefix = ''] = parts(best(card, 'N') ?? '');
  const [company = ''] = parts(best(card, 'ORG') ?? '');
  const address = parts(best(card, 'ADR') ?? '');
  return [
    prefix,
    firstName,
    lastName,
    text(best(card, 'FN')),
    company,
    text(best(card, 'TITLE')) || text(best(card, 'ROLE')),
    text(best(card, 'EMAIL')).replace(/^mailto:/i, ''),
    text(best(card, 'TEL')).replace(/^tel:/i, ''),
    address[6] ?? '',
    text(best(card, 'LANG')),
    zoneIn(text(best(card, 'TZ'))),
  ];
}

/** Cards may have an offset, which does not know summer time. */
const zoneIn = (zone: string): string => (/[A-Za-z]{3}/.test(zone) ? zone : '');

/**
 * The people of an address book (vCard 2.1, RFC 2426, RFC 6350), one row each,
 * below a heading.
 */
export function vcardRows(file: string): string[][] {
  const rows = [HEADING];
  let card: Property[] | null = null;
  for (const line of logicalLines(file)) {
    const property = propertyOf(line);
    if (property === null) continue;
    const kind = property.value.trim().toUpperCase();
    if (property.name === 'BEGIN' && kind === 'VCARD') card = [];
    else if (property.name === 'END' && kind === 'VCARD') {
      if (card !== null) rows.push(rowOf(card));
      card = null;
    } else card?.push(property);
  }
  return rows;
}
