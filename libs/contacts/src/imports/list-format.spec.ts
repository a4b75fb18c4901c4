import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { readCandidate } from './contact-candidate.js';
import { type CsvFile, inspectFile, type InspectionChoice, NO_CHOICE } from './csv-file.js';
import { workbookOf } from './workbook.fixture.js';

const inspect = async (file: Buffer | string, choice: Partial<InspectionChoice> = {}): Promise<CsvFile> =>
  (await inspectFile(Buffer.from(file), { ...NO_CHOICE, ...choice })).file;

/** Address and filled fields of each person. */
const people = ({ sample, columns }: CsvFile): object[] =>
  sample.map((row) => {
    const { candidate } = readCandidate(row, columns);
    const fields = Object.entries(candidate?.details ?? {}).filter(([, value]) => value !== null);
    return { email: candidate?.email, ...Object.fromEntries(fields) };
  });

describe('an Excel workbook', () => {
  const workbook = workbookOf([
    { name: 'Notes', rows: [['Read me first']] },
    {
      name: 'Kunden',
      rows: [
        ['Kundenliste 2026'],
        [],
        ['Anrede', 'Vorname', 'Nachname', 'E-Mail', 'Kunde seit', 'Abgemeldet am', 'Telefon'],
        ['Frau', 'Änne', 'Groß & Co', 'a@example.com', { day: 46352 }, '', '+49 30 12345'],
        ['Herr', 'Bo', { formula: 'A1', value: 'Li' }, 'b@example.com', 3, { day: 46352.5 }, 3012345],
      ],
    },
    { name: 'Old', rows: [['x@example.com']], isHidden: true },
  ]);

  it('is read from the first visible sheet with addresses', async () => {
    const file = await inspect(await workbook);
    expect(file).toMatchObject({
      format: 'xlsx',
      sheets: ['Notes', 'Kunden'],
      sheet: 'Kunden',
      headingRows: 2,
      rows: 2,
    });
    expect(people(file)).toEqual([
      { email: 'a@example.com', firstName: 'Änne', lastName: 'Groß & Co', salutation: 'Frau', phone: '+49 30 12345' },
      { email: 'b@example.com', firstName: 'Bo', lastName: 'Li', salutation: 'Herr', phone: '3012345' },
    ]);
  });

  it('has dates as dates, and rows with the numbers that Excel shows', async () => {
    const { sample } = await inspect(await workbook);
    expect(sample.map(({ number, cells }) => [number, cells[4], cells[5]])).toEqual([
      [4, '2026-11-26', ''],
      [5, '3', '2026-11-26 12:00:00'],
    ]);
  });

  it('says who opted out', async () => {
    expect((await inspect(await workbook)).optOuts).toMatchObject([
      { header: 'Abgemeldet am', values: [{ value: '*', rows: 1, meaning: 'opted-out' }, { value: '' }] },
    ]);
  });

  it('is refused with the sheets it has, if the chosen one is missing', async () => {
    await expect(inspect(await workbook, { sheet: 'Nope' })).rejects.toMatchObject({
      code: 'import.sheet-unknown',
      details: { sheets: ['Notes', 'Kunden'] },
    });
  });

  it('is refused with a way out if all its sheets are hidden', async () => {
    const hidden = await workbookOf([{ name: 'Old', rows: [['x@example.com']], isHidden: true }]);
    for (const sheet of [null, 'Old'])
      await expect(inspect(hidden, { sheet })).rejects.toMatchObject({
        code: 'import.sheet-missing',
        message: expect.stringMatching(/shows no worksheet: .*Unhide/),
      });
  });

  it('is refused when it is damaged, or a zip of another kind', async () => {
    await expect(inspect((await workbook).subarray(0, 500))).rejects.toMatchObject({
      code: 'import.workbook-unreadable',
    });
    await expect(inspect('PK\u0003\u0004')).rejects.toMatchObject({ code: 'import.workbook-unreadable' });
  });
});

describe('an address book', () => {
  it('is read in vCard 2.1, 3.0 and 4.0', async () => {
    const file = await inspect(
      [
        'BEGIN:VCARD',
        'VERSION:2.1',
        'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6=',
        'rg;;Dr.',
        'EMAIL;INTERNET:private@example.com',
        'EMAIL;INTERNET;PREF:joerg@example.com',
        'TEL;WORK;VOICE:+49 30 1234567',
        'ORG:Müller GmbH;IT',
        'ADR;WORK:;;Str. 1;Berlin;;10115;Germany',
        'END:VCARD',
        'BEGIN:VCARD',
        'VERSION:3.0',
        'N:Vale;Ada;;;',
        'FN:Ada Vale',
        'item1.EMAIL;type=INTERNET:ada@example.com',
        'ORG:Vale\\, Sons\\; Co',
        'END:VCARD',
        'BEGIN:VCARD',
        'VERSION:4.0',
        'FN:Bo van der Carl',
        'EMAIL;PREF=1:bo@',
        ' example.com',
        'TEL;VALUE=uri:tel:+1-555-0100',
        'LANG:fr',
        'END:VCARD',
      ].join('\r\n'),
    );
    expect(file.format).toBe('vcard');
    expect(people(file)).toEqual([
      {
        email: 'joerg@example.com',
        firstName: 'Jörg',
        lastName: 'Müller',
        salutation: 'Dr.',
        company: 'Müller GmbH',
        phone: '+49 30 1234567',
        country: 'DE',
      },
      { email: 'ada@example.com', firstName: 'Ada', lastName: 'Vale', company: 'Vale, Sons; Co' },
      { email: 'bo@example.com', firstName: 'Bo', lastName: 'van der Carl', phone: '+1-555-0100', language: 'fr' },
    ]);
  });
});

describe('a list', () => {
  it.each([
    [
      'a web page without a table',
      '<!DOCTYPE html>\n<html><body><h1>Our partners</h1><p>a@example.com</p></body></html>',
    ],
    ['a fragment of a page', '\n  <div>a@example.com</div>\n<p>b@example.com</p>'],
    ['JSON', '[{ "email": "a@example.com" }, { "email": "b@example.com" }]'],
  ])('is none where the file is %s', async (_, text) => {
    await expect(inspect(text)).rejects.toMatchObject({ code: 'import.not-csv', details: { field: 'file' } });
  });

  it('may be far below the head of its page', async () => {
    const page = `<html><head><style>${'p { color: red }'.repeat(2_000)}</style></head><body><table><tr><td>Email</td></tr><tr><td>a@example.com</td></tr></table></body></html>`;
    expect((await inspect(page)).format).toBe('html');
  });

  it('may be Salesforce’s .xls, which is HTML', async () => {
    const file = await inspect(
      '<html><head><meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"></head><body><table>' +
        '<tr><th>First Name</th><th>Mailing Country</th><th>Email</th></tr>' +
        '<tr><td>J&uuml;rgen</td><td>Germany</td><td>a@example.com</td></tr></table></body></html>',
    );
    expect(file.format).toBe('html');
    expect(people(file)).toEqual([{ email: 'a@example.com', firstName: 'Jürgen', country: 'DE' }]);
  });

  it.each([
    ['a To: line', 'To: "Vale, Ada" <ada@example.com>; Bo Carl <bo@example.com>, cy@example.com'],
    ['lines', 'Ada Vale <ada@example.com>\nBo Carl <bo@example.com>\ncy@example.com\n'],
    ['Outlook’s names', 'Vale, Ada <ada@example.com>; Carl, Bo <bo@example.com>; cy@example.com'],
  ])('may be %s', async (_, text) => {
    expect(people(await inspect(text))).toEqual([
      { email: 'ada@example.com', firstName: 'Ada', lastName: 'Vale' },
      { email: 'bo@example.com', firstName: 'Bo', lastName: 'Carl' },
      { email: 'cy@example.com' },
    ]);
  });

  it('of LinkedIn has notes above its heading', async () => {
    const file = await inspect(
      'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing."\n\n' +
        'First Name,Last Name,URL,Email Address,Company,Position,Connected On\n' +
        'Bo,Carl,https://example.com/bo,bo@example.com,Carl Ltd,CEO,02 Nov 2026\n',
    );
    expect(people(file)).toEqual([
      { email: 'bo@example.com', firstName: 'Bo', lastName: 'Carl', company: 'Carl Ltd', persona: 'CEO' },
    ]);
  });

  it('is read in the encoding that the user chooses', async () => {
    const bytes = Buffer.from('Name,Email\nJ\u00fcrgen,a@example.com\n', 'latin1');
    expect((await inspect(bytes, { encoding: 'windows-1251' })).sample[0]?.cells[0]).toBe('Jьrgen');
    await expect(inspect(bytes, { encoding: 'klingon' })).rejects.toMatchObject({ code: 'import.encoding-unknown' });
  });

  it.each([
    ['%PDF-1.7', 'not-csv', 'a PDF'],
    ['\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1', 'old-workbook', 'save it as "Excel workbook (.xlsx)"'],
  ])('is refused as %j with the way out', async (beginning, code, way) => {
    await expect(inspect(Buffer.from(beginning, 'latin1'))).rejects.toMatchObject({
      code: `import.${code}`,
      message: expect.stringContaining(way),
    });
  });

  it.each([
    [['mimetype', 'content.xml'], 'open-document'],
    [['Index/Document.iwa', 'preview.jpg'], 'numbers'],
    [['list.csv'], 'zip'],
  ])('is refused as a zip of %j by its name', async (names, code) => {
    const zip = new ZipFile();
    for (const name of names) zip.addBuffer(Buffer.from('x'), name);
    zip.end();
    await expect(inspect(await buffer(zip.outputStream))).rejects.toMatchObject({
      code: `import.${code}`,
      message: expect.stringMatching(/xlsx|Excel/),
    });
  });
});

describe('a column', () => {
  /** A whole name has several words. */
  const cell = (heading: string): string => (heading.startsWith('Nombre') ? 'Ana Ruiz' : 'Ana');

  it.each([
    ['Person - Name,Person - Email - Work,Organization - Name', { fullName: 0, email: 1, company: 2 }],
    ['First Name *,E-Mail (business),Surname', { firstName: 0, email: 1, lastName: 2 }],
    ['Name Prefix,E-mail 1 - Value,Phone 1 - Value', { salutation: 0, email: 1, phone: 2 }],
    ['Associated Company,Email,Mailing Country', { company: 0, email: 1, country: 2 }],
    ['Civilité,Adresse e-mail,Téléphone', { salutation: 0, email: 1, phone: 2 }],
    ['Anrede,E-Mail-Adresse,Telefon (geschäftlich)', { salutation: 0, email: 1, phone: 2 }],
    ['Имя,Электронная почта,Компания', { firstName: 0, email: 1, company: 2 }],
    ['이름,이메일,회사', { fullName: 0, email: 1, company: 2 }],
    ['MailingCountry,Email,AccountName', { country: 0, email: 1, company: 2 }],
    ['Prénom,Email,Nom', { firstName: 0, email: 1, lastName: 2 }],
    ['Lead Owner,Email,Record ID', { email: 1 }],
    ['Nombre,Email,Empresa', { fullName: 0, email: 1, company: 2 }],
  ])('has its meaning: %s', async (heading, columns) => {
    expect((await inspect(`${heading}\n${cell(heading)},a@example.com,Other\n`)).columns).toEqual(columns);
  });

  it('called title is a salutation where it has some', async () => {
    expect((await inspect('Title,Email\nMs.,a@example.com\nDr.,b@example.com\n')).columns).toEqual({
      salutation: 0,
      email: 1,
    });
  });
});
