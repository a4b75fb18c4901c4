import Papa from 'papaparse';
import { parseEmail } from '#contracts';
import { countryCodes } from '../../shared/countries';

export const FIELDS = ['organisationName', 'email', 'countryCode', 'tier', 'region'] as const;
type Field = (typeof FIELDS)[number];
export type InvitationRow = Readonly<Record<Field, string>>;

/** Common column names, in lower case without punctuation. */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  organisationName: ['organisationname', 'organizationname', 'company', 'partner', 'name', 'firma', 'unternehmen'],
  email: ['email', 'emailaddress', 'mail', 'emailadresse'],
  countryCode: ['countrycode', 'country', 'land', 'landescode'],
  tier: ['tier', 'level', 'stufe'],
  region: ['region', 'gebiet'],
};

export interface ReadInvitations {
  readonly rows: readonly InvitationRow[];
  /** Columns that the heading lacks. */
  readonly missing: readonly Field[];
}

/**
 * Partners of a CSV file with a heading.
 * Any delimiter and column order.
 */
export function readInvitations(text: string): ReadInvitations {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' });
  const [heading = [], ...lines] = data;
  const called = heading.map((name) => name.toLowerCase().replace(/\P{L}/gu, ''));
  const at = (field: Field) => called.findIndex((name) => NAMES[field].includes(name));
  const rows = lines.map(
    (cells) =>
      Object.fromEntries(
        FIELDS.map((field) => {
          const cell = (cells[at(field)] ?? '').trim();
          return [field, field === 'countryCode' ? cell.toUpperCase() : cell];
        }),
      ) as InvitationRow,
  );
  return { rows, missing: FIELDS.filter((field) => at(field) === -1) };
}

/**
 * A problem of a field.
 * Its row is not sent.
 */
export interface Fault {
  readonly field: Field;
  readonly why: 'empty' | 'noCountry' | 'noAddress' | 'twice';
}

/**
 * Problems of a row: empty fields, an invalid country or address, and a
 * duplicate address.
 */
export function faultsOf(row: InvitationRow, earlier: readonly InvitationRow[]): Fault[] {
  return FIELDS.flatMap((field) => {
    const why = faultOf(field, row[field], earlier);
    return why === null ? [] : [{ field, why }];
  });
}

function faultOf(field: Field, value: string, earlier: readonly InvitationRow[]): Fault['why'] | null {
  if (value === '') return 'empty';
  if (field === 'countryCode') return countryCodes.includes(value) ? null : 'noCountry';
  if (field !== 'email') return null;
  const address = normalisedEmail(value);
  if (address === null) return 'noAddress';
  return earlier.some(({ email }) => normalisedEmail(email) === address) ? 'twice' : null;
}

function normalisedEmail(value: string): string | null {
  const address = parseEmail(value);
  return typeof address === 'string' ? null : address.normalised;
}
