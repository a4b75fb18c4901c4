import { readdirSync, readFileSync } from 'node:fs';
import type { Candidate } from './contact-candidate.js';
import { readCandidate } from './contact-candidate.js';
import { type CsvFile, inspectFile, NO_CHOICE } from './csv-file.js';
import { readOptOutList } from './opt-out-list.js';

const FOLDER = new URL('field-lists/', import.meta.url);
const bytesOf = (name: string): Buffer => readFileSync(new URL(name, FOLDER));

interface ReadFile {
  readonly file: CsvFile;
  readonly people: readonly Candidate[];
}

async function read(name: string): Promise<ReadFile> {
  const { file } = await inspectFile(bytesOf(name), NO_CHOICE);
  const people = file.sample.flatMap((row) => readCandidate(row, file.columns).candidate ?? []);
  return { file, people };
}

const detailsOf = async (name: string): Promise<object[]> =>
  (await read(name)).people.map(({ details }) =>
    Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null)),
  );

/** Lists as CRMs, address books and people wrote them. */
describe('a list from the field', () => {
  it('is read, whichever it is', async () => {
    for (const name of readdirSync(FOLDER)) expect((await read(name)).people.length).toBeGreaterThan(0);
  });

  it('may have titles above its heading', async () => {
    expect((await read('c02-title-rows.csv')).file).toMatchObject({ headingRows: 3, rows: 2 });
    expect(await detailsOf('c02-title-rows.csv')).toEqual([
      { firstName: 'Anja', lastName: 'Krämer', company: 'Krämer GmbH', country: 'DE' },
      { firstName: 'Bernd', lastName: 'Möller', company: 'Möller AG', country: 'AT' },
    ]);
  });

  it('of Salesforce has names, countries, salutations and who opted out', async () => {
    expect((await detailsOf('c03-salesforce-report.csv'))[0]).toEqual({
      firstName: 'Ada',
      lastName: 'Lovell',
      salutation: 'Ms.',
      persona: 'CIO',
      company: 'Harbour "East" Ltd',
      country: 'GB',
    });
    const { optOuts } = (await read('c03-salesforce-report.csv')).file;
    expect(optOuts).toMatchObject([{ header: 'Email Opt Out' }]);
    expect(optOuts[0]?.values).toContainEqual({ value: '1', rows: 1, meaning: 'opted-out' });
  });

  it('of HubSpot has companies, countries and who opted out', async () => {
    expect((await detailsOf('c04-hubspot-unsubscribed.csv'))[0]).toMatchObject({ company: 'Grant Ltd', country: 'IE' });
    expect((await read('c04-hubspot-unsubscribed.csv')).file.optOuts[0]?.values).toContainEqual({
      value: 'true',
      rows: 1,
      meaning: 'opted-out',
    });
  });

  it('of Outlook has jobs, companies and countries', async () => {
    expect((await detailsOf('c08-outlook.csv'))[0]).toEqual({
      firstName: 'Nils',
      lastName: 'Olsen',
      persona: 'CIO',
      company: 'Olsen AS',
      country: 'NO',
    });
  });

  it('may have addresses as mail programs show them', async () => {
    expect((await read('c09-address-forms.csv')).people.map(({ email }) => email)).toEqual([
      'rolf@c09.example',
      'sara@c09.example',
      'viggo@c09.example',
    ]);
    expect((await read('c16-addresses.csv')).people.map(({ email }) => email)).toEqual([
      "niamh.o'neil@c16.example",
      'uwe@xn--bcher-kva.example',
      'ivan@xn--e1afmkfd.xn--p1ai',
      'plus+tag@c16.example',
      'zero@c16.example',
      'nbsp@c16.example',
    ]);
  });

  it.each([
    ['c12-cp1250-czech.csv', 'Dvořáková'],
    ['c12-cp1251-russian.csv', 'Щербакова'],
    ['c12-cp1254-turkish.csv', 'Güneş'],
    ['c12-shift-jis.csv', '山田'],
    ['c13-utf16-tab.txt', 'Müller'],
  ])('%s has its letters', async (name, lastName) => {
    expect((await detailsOf(name))[0]).toMatchObject({ lastName });
  });

  it('may have placeholders, which are empty', async () => {
    expect(await detailsOf('c22-placeholders.csv')).toEqual([{}, {}, {}]);
  });

  it('may have degrees and titles in names', async () => {
    expect(await detailsOf('c23-name-suffixes.csv')).toEqual([
      { firstName: 'Jane', lastName: 'Smith' },
      { firstName: 'Karl', lastName: 'Weber', salutation: 'Dr.' },
      { firstName: 'Ada', lastName: 'Lovelace' },
    ]);
  });

  it('may name countries, languages and time zones in its own way', async () => {
    const values = async (name: string, field: 'country' | 'language' | 'timeZone'): Promise<(string | null)[]> =>
      (await read(name)).people.map(({ details }) => details[field]);
    expect(await values('c24-countries.csv', 'country')).toEqual('US US US GB DE NL CZ RU TR DK'.split(' '));
    expect(await values('c25-languages.csv', 'language')).toEqual(['en', 'en-US', 'en-US', 'de']);
    expect(await values('c25-time-zones.csv', 'timeZone')).toEqual([
      'Europe/Berlin',
      'Europe/Berlin',
      'America/New_York',
      'America/New_York',
    ]);
  });

  it('keeps companies named like a web address, and no soft hyphens', async () => {
    const details = await detailsOf('c27-names.csv');
    expect(details[0]).toMatchObject({ company: 'Booking.com' });
    expect(details.at(-1)).toMatchObject({ firstName: 'Softhyphen', company: 'Company' });
  });
});

describe('a list of opt-outs', () => {
  const emails = async (text: string): Promise<string[]> =>
    (await readOptOutList(Buffer.from(text), null)).addresses.map(({ email }) => email);

  it('has every address of a line', async () => {
    const { rows, addresses, unreadableRows } = await readOptOutList(bytesOf('c33-opt-outs-commas.txt'), null);
    expect([rows, addresses.length, unreadableRows]).toEqual([3, 3, 0]);
    expect(await emails('Ada Vale <ada@example.com>; Bo Carl <bo@example.com>; cy@example.com')).toEqual([
      'ada@example.com',
      'bo@example.com',
      'cy@example.com',
    ]);
  });

  it('has every address of a row, and names what is none', async () => {
    const text =
      'E-mail,Second e-mail\nada@example.com,bo@example.com\nx,cy@example\n,\n"di@example.com; ed@example.com",\n';
    const { addresses, unreadable } = await readOptOutList(Buffer.from(text), null);
    expect(addresses.map(({ email }) => email)).toEqual([
      'ada@example.com',
      'bo@example.com',
      'di@example.com',
      'ed@example.com',
    ]);
    expect(unreadable).toMatchObject([{ row: 3, value: 'cy@example' }]);
  });

  it('has only the chosen column, if one is chosen', async () => {
    const { addresses } = await readOptOutList(Buffer.from('a,b\nada@example.com,bo@example.com\n'), 1);
    expect(addresses.map(({ email }) => email)).toEqual(['bo@example.com']);
  });
});
