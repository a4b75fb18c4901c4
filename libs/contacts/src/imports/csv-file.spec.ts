import fc from 'fast-check';
import iconv from 'iconv-lite';
import Papa from 'papaparse';
import { csvLines } from '../csv-cell.js';
import { readCandidate } from './contact-candidate.js';
import { CsvReader, firstRows } from './csv-rows.js';
import { type CsvFile, inspectFile, type InspectionChoice, NO_CHOICE } from './csv-file.js';
import { MAX_FILE_BYTES } from './list-format.js';

const LIST =
  'Vorname;Nachname;E-Mail;Firma\r\nJürgen;Groß;juergen@example.com;"Müller; Söhne"\r\nZoë;Żak;zoe@example.com;\r\n';

const inspect = async (bytes: Buffer, choice: Partial<InspectionChoice> = {}): Promise<CsvFile> =>
  (await inspectFile(bytes, { ...NO_CHOICE, ...choice })).file;

describe('a list', () => {
  it.each([
    ['UTF-8', Buffer.from(LIST)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${LIST}`)],
    ['UTF-16LE with a mark', iconv.encode(LIST, 'utf-16le', { addBOM: true })],
    ['UTF-16BE with a mark', iconv.encode(LIST, 'utf-16be', { addBOM: true })],
    ['UTF-16LE', iconv.encode(LIST, 'utf-16le')],
    ['UTF-16BE', iconv.encode(LIST, 'utf-16be')],
    ['Windows-1252', iconv.encode(LIST.replace('Żak', 'Šak'), 'windows-1252')],
  ])('is read in %s', async (_, bytes) => {
    const { dialect, columns, headingRows, headers, sample } = await inspect(bytes);
    expect({ delimiter: dialect.delimiter, columns, headingRows, headers }).toEqual({
      delimiter: ';',
      columns: { firstName: 0, lastName: 1, email: 2, company: 3 },
      headingRows: 1,
      headers: ['Vorname', 'Nachname', 'E-Mail', 'Firma'],
    });
    expect(sample[0]?.cells).toEqual(['Jürgen', 'Groß', 'juergen@example.com', 'Müller; Söhne']);
  });

  it('is read in Windows-1252 when the first letter beyond ASCII comes late', async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => `p${n}@example.com,Ada`).join('\n');
    const bytes = Buffer.concat([
      Buffer.from(`email,name\n${rows}\n`),
      iconv.encode('x@example.com,Müller\n', 'win1252'),
    ]);
    expect((await inspect(bytes)).encoding).toBe('windows-1252');
  });

  it.each([
    [',', 'email,company\na@example.com,"A, B"\n'],
    [';', 'email;company\na@example.com;"A; B"\n'],
    ['\t', 'email\tcompany\na@example.com\tA, B\n'],
    ['|', 'email|company\na@example.com|A, B\n'],
    [';', 'sep=;\r\nemail;company\r\na@example.com;A,B,C,D\r\n'],
    [',', 'email\na@example.com\n'],
  ])('may separate by %j', async (delimiter, text) => {
    const { dialect, columns, sample } = await inspect(Buffer.from(text));
    expect(dialect.delimiter).toBe(delimiter);
    expect(columns.email).toBe(0);
    expect(sample).toHaveLength(1);
  });

  it('may have line breaks and quotes within quotes', async () => {
    const { sample } = await inspect(
      Buffer.from('name,email\n"Ada\r\n""Countess"" Lovelace",ada@example.com\nBob,bob@example.com'),
    );
    expect(sample).toEqual([
      { number: 2, cells: ['Ada\r\n"Countess" Lovelace', 'ada@example.com'] },
      { number: 3, cells: ['Bob', 'bob@example.com'] },
    ]);
  });

  it('may end its lines with CR alone', async () => {
    expect((await inspect(Buffer.from('email,name\ra@example.com,Ada\rb@example.com,Bob'))).sample).toHaveLength(2);
  });

  it.each([
    [
      'Adresse électronique,Prénom,Nom de famille,Société,Pays',
      { email: 0, firstName: 1, lastName: 2, company: 3, country: 4 },
    ],
    [
      'Correo electrónico,Nombre,Apellidos,Empresa,País',
      { email: 0, firstName: 1, lastName: 2, company: 3, country: 4 },
    ],
    ['Adres e-mail,Imię,Nazwisko,Spółka,Kraj', { email: 0, firstName: 1, lastName: 2, company: 3, country: 4 }],
    ['メールアドレス,名,姓,会社名,国', { email: 0, firstName: 1, lastName: 2, company: 3, country: 4 }],
    ['E-Mail Address,Full Name,x,Organization,Time zone', { email: 0, fullName: 1, company: 3, timeZone: 4 }],
  ])('names its columns: %s', async (header, columns) => {
    expect((await inspect(Buffer.from(`${header}\na@example.com,b,c,d,e\n`))).columns).toEqual(columns);
  });

  it('shows its addresses by what a column holds, whatever it is called', async () => {
    const { columns } = await inspect(
      Buffer.from('id,who,reach them at\n1,Ada,ada@example.com\n2,Bob,bob@example.com\n'),
    );
    expect(columns.email).toBe(2);
  });

  it('prefers the column with addresses to one that only has the name', async () => {
    const { columns } = await inspect(Buffer.from('email,contact\nyes,ada@example.com\nno,bob@example.com\n'));
    expect(columns).toEqual({ email: 1 });
  });

  it('may have no header', async () => {
    const { columns, headingRows, sample } = await inspect(Buffer.from('Ada,ada@example.com\nBob,bob@example.com\n'));
    expect([columns, headingRows, sample.length]).toEqual([{ email: 1 }, 0, 2]);
  });

  it('follows the mapping of the uploading user', async () => {
    const bytes = Buffer.from('a,b\nada@example.com,eve@example.com\n');
    expect((await inspect(bytes, { mapping: { email: 1 } })).columns).toEqual({ email: 1 });
    await expect(inspect(bytes, { mapping: { email: 2 } })).rejects.toEqual(
      expect.objectContaining({ code: 'import.mapping-invalid' }),
    );
  });

  it.each([
    ['import.file-empty', Buffer.alloc(0)],
    ['import.file-empty', Buffer.from('\ufeff\r\n\r\n')],
    ['import.no-rows', Buffer.from('email,first name\r\n')],
    ['import.workbook-unreadable', Buffer.from('PK\u0003\u0004 xl/workbook.xml')],
    ['import.not-csv', Buffer.from('%PDF-1.7')],
    ['import.too-many-columns', Buffer.from(`email${',x'.repeat(200)}\n`)],
    ['import.too-large', Buffer.alloc(MAX_FILE_BYTES + 1, 'a')],
  ])('is refused with %s', async (code, bytes) => {
    await expect(inspect(bytes)).rejects.toEqual(expect.objectContaining({ code }));
  });

  describe('with a quotation mark that is never closed', () => {
    const read = (text: string): unknown => firstRows(text, { delimiter: ',', newline: '\n' }, true);
    const people = (count: number, company = 'x'): string =>
      Array.from({ length: count }, (_, n) => `person${n}@example.com,${company}\n`).join('');
    const refusal = (line: number, row: number): Error =>
      expect.objectContaining({ code: 'import.quote-not-closed', details: { row, line } });

    it.each([3, 20_000])('is refused, instead of losing the %i rows after it', (count) => {
      expect(() => read(`email,name\na@example.com,"open\n${people(count)}`)).toThrow(refusal(2, 2));
    });

    it('is refused with the line as an editor counts it, where earlier cells have several', () => {
      expect(() => read(`email,name\na@example.com,"two\nlines"\nb@example.com,"open\n${people(3)}`)).toThrow(
        refusal(4, 3),
      );
    });

    it.each([
      ['of a quoted cell', people(2) + people(2, '"Harbour, Ltd"')],
      ['of a file that quotes every cell', '"b@example.com","x"\n"c@example.com","y"\n'],
      ['far below', `${people(30)}z@example.com,"\n`],
    ])('is refused where it is closed by accident by that %s', (_, rest) => {
      expect(() => read(`email,name\na@example.com,"open\n${rest}`)).toThrow(refusal(2, 2));
    });

    it('is refused where that shows beyond the beginning only', () => {
      const text = `email,name\n${people(10)}a@example.com,"open\n${people(20_000)}`;
      const reader = new CsvReader({ delimiter: ',', newline: '\n' });
      expect(() => [...reader.push(text)].flat()).toThrow(refusal(12, 12));
    });
  });

  it('may have an address of several lines, and a quote within a cell', async () => {
    const { sample } = await inspect(
      Buffer.from('email,address,company\na@example.com,"4 Quay Street\nLeeds\nLS1 4AB",Joe "the shop" Ltd\n'),
    );
    expect(sample).toHaveLength(1);
  });

  it.each([
    ['a heading', 'email,name\n'],
    ['nothing', ''],
  ])('is told to have a row that is too long, where a cell of a megabyte comes after %s', async (_, before) => {
    const bytes = Buffer.from(`${before}a@example.com,${'x'.repeat(1_000_000)}\nb@example.com,x\n`);
    await expect(inspect(bytes)).rejects.toEqual(expect.objectContaining({ code: 'import.row-too-long' }));
  });

  it('has no apostrophe that an export sets before a formula', async () => {
    const { sample } = await inspect(
      Buffer.from(
        csvLines([
          ['email', 'phone'],
          ['a@example.com', '+49 711 1'],
          ['b@example.com', "'n Sync"],
        ]),
      ),
    );
    expect(sample.map(({ cells }) => cells[1])).toEqual(['+49 711 1', "'n Sync"]);
  });

  it('gives the same rows for any split into chunks', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'ü', '"', ',', '\n', '\r\n', ' ', '=', '\ud83d\ude80'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 20 }),
        fc.nat(30),
        (table, cut) => {
          const text = Papa.unparse(table, { quotes: true, newline: '\r\n' });
          const reader = new CsvReader({ delimiter: ',', newline: '\n' });
          const pieces = text.match(new RegExp(`[^]{1,${cut + 1}}`, 'g')) ?? [];
          const rows = [...pieces.flatMap((piece) => [...reader.push(piece)].flat()), ...reader.flush()];
          const filled = table.filter((cells) => cells.some((value) => value.trim() !== ''));
          expect(rows.map(({ cells }) => cells)).toEqual(filled);
        },
      ),
    );
  });
});

describe('a row of a list', () => {
  const columns = { email: 0, firstName: 1, country: 2, fullName: 3 };
  const read = (...cells: string[]) => readCandidate({ number: 7, cells }, columns);

  it('becomes a candidate', () => {
    expect(read('Ada@Example.com', 'محمد', 'de').candidate).toMatchObject({
      email: 'Ada@example.com',
      normalised: 'ada@example.com',
      details: { firstName: 'محمد', country: 'DE', lastName: null },
    });
  });

  it('is rejected for its address, with the row that a spreadsheet shows', () => {
    expect(read('ada at example', 'Ada')).toEqual({
      candidate: null,
      problems: [
        { row: 7, severity: 'error', code: 'email-invalid', field: 'email', value: 'ada at example', address: null },
      ],
    });
  });

  it('drops an unknown cell, and nothing else', () => {
    const { candidate, problems } = read('ada@example.com', 'Ada', 'Narnia');
    expect(candidate?.details).toMatchObject({ firstName: 'Ada', country: null });
    expect(problems).toMatchObject([{ severity: 'warning', code: 'country-unknown', value: 'Narnia' }]);
  });

  it('drops zero bytes and bidi controls, with a warning', () => {
    const { candidate, problems } = read('ada@example.com', 'A\u0000d\u202ea');
    expect(candidate?.details.firstName).toBe('Ada');
    expect(problems).toMatchObject([{ code: 'characters-removed' }]);
  });

  it.each([
    ['an address', 'ada@example.com', ''],
    ['a name with an address', 'Ada <ada@example.com>', ''],
    ['an address as whole name', '', 'ada@example.com'],
  ])('uses no greeting by %s: the cell is left out', (_, firstName, fullName) => {
    const { candidate, problems } = read('ada@example.com', firstName, '', fullName);
    expect(JSON.stringify(candidate?.details)).not.toContain('@');
    expect(problems).toMatchObject([{ severity: 'warning', code: 'address-in-name' }]);
  });

  it('uses the name of a whole name with an address', () => {
    const { candidate, problems } = read('ada@example.com', '', '', 'Ada <ada@example.com>');
    expect([candidate?.details.firstName, problems]).toEqual(['Ada', []]);
  });

  it('has its name in one line', () => {
    expect(read('ada@example.com', 'Ada\r\nMaria').candidate?.details.firstName).toBe('Ada Maria');
  });

  it('keeps a formula as text', () => {
    expect(read('ada@example.com', '=HYPERLINK("http://evil.example")').candidate?.details.firstName).toBe(
      '=HYPERLINK("http://evil.example")',
    );
  });

  it.each([
    ['Ada King Lovelace', 'Ada King', 'Lovelace'],
    ['Lovelace, Ada', 'Ada', 'Lovelace'],
    ['Ada', 'Ada', null],
  ])('splits the name %s', (fullName, firstName, lastName) => {
    expect(read('ada@example.com', '', '', fullName).candidate?.details).toMatchObject({ firstName, lastName });
  });
});

describe('an exported list', () => {
  it('shows formulas as text', () => {
    expect(csvLines([['=1+1', '+1', '-1+1', '@x', '\tx', 'a"b', null, 3]])).toBe(
      `'=1+1,'+1,'-1+1,'@x,"'\tx","a""b",,3\r\n`,
    );
    expect(csvLines([["'=1", "'quoted"]])).toBe("''=1,'quoted\r\n");
  });

  it('shows numbers as numbers, below zero, too', () => {
    expect(csvLines([[-0.5, -12, 1.25]])).toBe('-0.5,-12,1.25\r\n');
    expect(csvLines([[-0.5, -12, 1.25]], ';')).toBe('-0,5;-12;1,25\r\n');
    // As text, such as amounts.
    expect(csvLines([['-120.00', '-7', '-1.5-1', '-', "'-1"]])).toBe("-120.00,-7,'-1.5-1,'-,''-1\r\n");
    expect(csvLines([['-120,00']], ';')).toBe('-120,00\r\n');
  });
});
