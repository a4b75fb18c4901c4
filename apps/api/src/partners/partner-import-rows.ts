import { countryNamed, dateIn, type DayOrder, dayOrderOf, type ListTable } from '#contacts';
import { type AttributeValue, USER_LANGUAGES, type UserLanguage } from '#contracts';
import { DomainError, type PartnerAttributeId } from '#kernel';
import { type ImportedPartner, type ImportField, type PartnerAttribute, type RowFault } from '#organisations';
import { type DecimalSign, decimalSignOf, keyOf, numberIn } from '../http/table-numbers.js';

/** Partners of a table, and headings that mean nothing here. */
export interface TableOfPartners {
  readonly rows: readonly ImportedPartner[];
  readonly ignoredColumns: readonly string[];
}

type Column = ImportField | 'language';

/** Names of columns in small letters and digits alone; those of the partner list as CSV are among them. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  partnerId: ['partnerid'],
  externalId: [
    'externalid',
    'externeid',
    'externalnumber',
    'partnernumber',
    'partnernummer',
    'customernumber',
    'kundennummer',
  ],
  organisationName: [
    'organisationname',
    'organizationname',
    'company',
    'companyname',
    'partner',
    'name',
    'firma',
    'unternehmen',
  ],
  email: ['email', 'emailaddress', 'mail', 'emailadresse', 'maincontactsemail'],
  countryCode: ['countrycode', 'country', 'land', 'landescode'],
  tier: ['tier', 'level', 'stufe'],
  region: ['region', 'gebiet'],
  language: ['language', 'sprache'],
};

/** Answers of yes and no in lists, as `keyOf` writes them. */
const YES = ['yes', 'y', 'true', 'ja', 'j', '1', 'x', 'wahr', 'oui', 'si'];
const NO = ['no', 'n', 'false', 'nein', '0', 'falsch', 'non'];

/** Of a file without any known column, in its error. */
const SHOWN_HEADINGS = 20;

/** Words of a cell that take a value away; an empty cell leaves it as it is. */
const AWAY = '-';

/**
 * Reads a table whose headings are names of fields and of the vendor's
 * attributes. An empty cell changes nothing; a hyphen takes the value of an
 * attribute away.
 * @throws DomainError `import.columns-unknown` if no heading is the name of one.
 */
export function partnersOfTable(
  { headings, decimalSign, rows }: ListTable,
  attributes: readonly PartnerAttribute[],
): TableOfPartners {
  const columns = headings.map((heading) => columnNamed(heading, attributes));
  if (columns.every((column) => column === null))
    throw new DomainError(
      'import.columns-unknown',
      'No column of this file is known. Its first row must name the columns, such as “name”, “email” and “country”. Download your partners as CSV to see the names.',
      { field: 'file', headings: headings.slice(0, SHOWN_HEADINGS) },
    );
  const readers = columns.map((column, at) => {
    if (typeof column !== 'object' || column === null) return null;
    const cells = rows.map((row) => row.cells[at] ?? '');
    return valueReader(column, { days: dayOrderOf(cells), decimalSign: decimalSign ?? decimalSignOf(cells) });
  });
  return {
    rows: rows.map(({ number, cells }) => partnerOfRow(number, cells, columns, readers)),
    ignoredColumns: headings.filter((heading, at) => columns[at] === null && heading !== ''),
  };
}

type Meaning = Column | PartnerAttribute | null;
type ValueReader = (cell: string) => AttributeValue | null | undefined;
/** What the cells of a column decide together; null: nothing does. */
interface Habits {
  readonly days: DayOrder | null;
  readonly decimalSign: DecimalSign | null;
}

/** An attribute goes before a field of the same name. */
function columnNamed(heading: string, attributes: readonly PartnerAttribute[]): Meaning {
  const key = keyOf(heading);
  const attribute = attributes.find(({ id, name }) => keyOf(name) === key || keyOf(id) === key);
  return attribute ?? (Object.keys(NAMES) as Column[]).find((column) => NAMES[column].includes(key)) ?? null;
}

function partnerOfRow(
  line: number,
  cells: readonly string[],
  columns: readonly Meaning[],
  readers: readonly (ValueReader | null)[],
): ImportedPartner {
  const faults: RowFault[] = [];
  const values = new Map<PartnerAttributeId, AttributeValue | null>();
  const fields: Partial<Record<ImportField, string>> = {};
  let language: UserLanguage | undefined;
  for (const [at, column] of columns.entries()) {
    const cell = cells[at] ?? '';
    if (cell === '' || column === null) continue;
    if (typeof column === 'object') {
      const value = readers[at]?.(cell);
      if (value === undefined) faults.push(fault('value-invalid', column.name, cell));
      else values.set(column.id, value);
    } else if (column === 'language') language = languageNamed(cell);
    else if (column === 'countryCode') {
      const code = countryNamed(cell);
      if (code === null) faults.push(fault('country-unknown', column, cell));
      else fields.countryCode = code;
    } else fields[column] = cell;
  }
  return { ...fields, line, language, attributes: values, faults };
}

const fault = (reason: RowFault['reason'], field: string, value: string): RowFault => ({
  reason,
  field,
  value,
  otherLine: null,
});

/** Of the installation's languages; another one is left to the country. */
const languageNamed = (cell: string): UserLanguage | undefined =>
  USER_LANGUAGES.find((language) => cell.toLowerCase().startsWith(language));

/** Reads cells of an attribute: undefined for what is no value of it, null for one that is taken away. */
function valueReader(attribute: PartnerAttribute, habits: Habits): ValueReader {
  const read = readerOf(attribute, habits);
  return (cell) => (cell === AWAY ? null : read(cell));
}

function readerOf({ kind, options }: PartnerAttribute, { days, decimalSign }: Habits): ValueReader {
  const optionOf = (text: string): string | undefined =>
    options.find(({ key, label }) => key === text || keyOf(label) === keyOf(text))?.key;
  switch (kind) {
    case 'text':
      return (cell) => cell;
    case 'choice':
      return optionOf;
    case 'choices':
      return (cell) => {
        const keys = (optionOf(cell) === undefined ? cell.split(/[;,|]/) : [cell]).map((part) => optionOf(part.trim()));
        return keys.every((key) => key !== undefined) ? keys : undefined;
      };
    case 'number':
      return (cell) => numberIn(cell, decimalSign);
    case 'date':
      return (cell) => dayIn(cell, days);
    case 'yes-no':
      return (cell) => (YES.includes(keyOf(cell)) ? true : NO.includes(keyOf(cell)) ? false : undefined);
    case 'certification':
      return (cell) => certificationIn(cell, days);
  }
}

function dayIn(cell: string, order: DayOrder | null): string | undefined {
  const read = dateIn(cell, order);
  return 'value' in read ? read.value : undefined;
}

/** `yes`, a last day, or a number and a last day: `NW-17 31.12.2027`. */
function certificationIn(cell: string, order: DayOrder | null): AttributeValue | undefined {
  if (YES.includes(keyOf(cell))) return { number: null, expiresOn: null };
  const whole = dayIn(cell, order);
  if (whole !== undefined) return { number: null, expiresOn: whole };
  const at = cell.lastIndexOf(' ');
  const before = cell.slice(0, Math.max(0, at)).trim();
  const number = before.endsWith(',') || before.endsWith(';') ? before.slice(0, -1).trim() : before;
  const day = dayIn(cell.slice(at + 1), order);
  return number === '' || day === undefined ? undefined : { number, expiresOn: day };
}
