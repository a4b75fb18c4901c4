import { type Seed, type SeedContact, seedContacts, type SeedPartner } from '../seed-file.js';
import type { ImportedPeople } from './history-plan.js';

/** People of a file of a partner: all have its time zone. Names are those of its customers, mixed. */
export function importedPeople(
  seed: Seed,
  partner: SeedPartner,
  { prefix, people }: Pick<ImportedPeople, 'prefix' | 'people'>,
): SeedContact[] {
  const known = seedContacts(seed, partner);
  return Array.from({ length: people }, (_, at) => known[at % known.length]).flatMap((one, at) => {
    const other = known[(at + 7) % known.length];
    if (one === undefined || other === undefined) return [];
    const email = `${prefix}${at + 1}${other.email.slice(other.email.indexOf('.'))}`;
    return [{ ...other, email, firstName: one.firstName, timeZone: null }];
  });
}

const COLUMNS = ['email', 'firstName', 'lastName', 'company', 'industry', 'language'] as const;
const HEADINGS = ['E-mail', 'First name', 'Last name', 'Company', 'Industry', 'Language', 'Country'];

/** The file, as a partner would export it from its CRM. */
export const csvOf = (people: readonly SeedContact[], countryCode: string): string =>
  [HEADINGS, ...people.map((person) => [...COLUMNS.map((column) => person[column]), countryCode])]
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\r\n');
