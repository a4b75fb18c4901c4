import { ROW_PROBLEMS } from '#contacts';
import { CsvTable, groupCell, moneyCell, releasedCell, sentenceCell, withheldCell } from './csv-table.js';

const COLUMNS = ['campaignId', 'campaign', 'launched', 'share', 'own', 'at'] as const;
const ROW = ['0198-id', 'Kosten; klar', 'yes', 'clicks', 0.5, new Date('2026-11-26T15:04:09Z')];

const textIn = (language: 'en' | 'de' | undefined): string => {
  const table = new CsvTable(COLUMNS, language);
  return table.heading() + table.lines([ROW]);
};

describe('a table as CSV', () => {
  it('has stable keys, ids and instants for programs', () => {
    expect(textIn(undefined)).toBe(
      '\ufeffcampaignId,campaign,launched,share,own,at\r\n0198-id,"Kosten; klar",yes,clicks,0.5,2026-11-26T15:04:09.000Z\r\n',
    );
  });

  it('has names and no ids for readers, with the separator and decimal sign of their spreadsheets', () => {
    expect(textIn('de')).toBe(
      '\ufeffKampagne;Gestartet;Quote;Ihr Wert;Zeitpunkt\r\n"Kosten; klar";ja;Klicks;0,5;2026-11-26 15:04\r\n',
    );
    expect(textIn('en')).toBe(
      '\ufeffCampaign,Launched,Rate,Yours,Time\r\n"Kosten; klar",yes,Clicks,0.5,2026-11-26 15:04\r\n',
    );
  });

  it('tells readers a metric from the number of an entry, and programs of both by the name that they know', () => {
    const headings = (['de', 'en', undefined] as const).map((language) =>
      [new CsvTable(['metric', 'value'], language), new CsvTable(['number', 'value'], language)].map((table) =>
        table.heading().trim(),
      ),
    );
    expect(headings).toEqual([
      ['Kennzahl;Wert', 'Nr.;Wert'],
      ['Metric,Value', 'No.,Value'],
      ['number,value', 'number,value'],
    ]);
    expect(new CsvTable(['metric', 'value'], 'de').lines([['sent', 3]])).toBe('Gesendet;3\r\n');
  });

  const EUR = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });

  it('has amounts in whole units with all decimals of their currency, which has a column of its own', () => {
    const line = (amount: Parameters<typeof moneyCell>[0], language?: 'en' | 'de') =>
      new CsvTable(['amount', 'currency'], language).lines([[moneyCell(amount), null]]).trim();
    expect([line(EUR(629_050)), line(EUR(629_050), 'en'), line(EUR(629_050), 'de')]).toEqual([
      '6290.50,EUR',
      '6290.50,EUR',
      '6290,50;EUR',
    ]);
    expect([line(EUR(0)), line(EUR(5)), line(null)]).toEqual(['0.00,EUR', '0.05,EUR', ',']);
    expect(line({ minorUnits: 500, currency: 'JPY' })).toBe('500,JPY');
    // An import could not tell whether `12.375` is of thousands.
    expect(line({ minorUnits: 12_375, currency: 'KWD' })).toBe('12.3750,KWD');
    expect(line(EUR(9_007_199_254_740_991))).toBe('90071992547409.91,EUR');
  });

  it('has a row for each currency, with numbers of no currency in the first one', () => {
    const table = new CsvTable(['campaign', 'currency', 'costs', 'leads', 'open'], undefined);
    const costs = moneyCell([EUR(100), { minorUnits: 300, currency: 'USD' }]);
    const open = moneyCell({ minorUnits: 7, currency: 'CHF' });
    expect(table.lines([['Alba', null, costs, 4, open]])).toBe(
      'Alba,CHF,,4,0.07\r\nAlba,EUR,1.00,,\r\nAlba,USD,3.00,,\r\n',
    );
  });

  it('has no amount that is not made as one, and none without its currency', () => {
    const write = (columns: ConstructorParameters<typeof CsvTable>[0], cell: number | ReturnType<typeof moneyCell>) =>
      new CsvTable(columns, undefined).lines([columns.map((_, at) => (at === 0 ? cell : null))]);
    expect(() => write(['costs', 'currency'], 1234)).toThrow('is of money');
    expect(() => write(['costs'], moneyCell(EUR(1)))).toThrow('no column "currency"');
    expect(() => write(['sent', 'currency'], moneyCell(EUR(1)))).toThrow('not listed');
  });

  it('says in the place of a number that it is withheld, and leaves a cell empty where there is none', () => {
    const row = [
      releasedCell({ value: null, margin: 20, smallest: 50 }),
      releasedCell(null),
      withheldCell('not-shown'),
    ];
    const lines = (language?: 'de') =>
      new CsvTable(['sent', 'people-won', 'open', 'currency', 'leads'], language).lines([[...row, null, null]]);
    expect(lines()).toBe('withheld,not-released,not-shown,,\r\n');
    expect(lines('de')).toBe('keine Angabe;noch nicht veröffentlicht;nicht gezeigt;;\r\n');
  });

  it('has the currency beside each amount on paper', () => {
    const paper = (language: 'en' | 'de', amounts: Parameters<typeof moneyCell>[0]) =>
      new CsvTable(['amount', 'currency'], language).printed([[moneyCell(amounts), null]]);
    const both = [EUR(629_050), { minorUnits: 500, currency: 'JPY' }];
    expect(paper('en', both)).toEqual({ headings: ['Amount'], rows: [['€6,290.50; ¥500']], isNumber: [true] });
    expect(paper('de', both).rows[0]?.[0]).toMatch(/^6\.290,50\s€; 500\s¥$/);
  });

  it.each(Object.entries(ROW_PROBLEMS))('has the sentence of %s in the language of the reader', (code, english) => {
    const cell = sentenceCell(code, english);
    expect(cell.forPrograms).toBe(english);
    expect(cell.forReaders('en')).toBe(english);
    expect(cell.forReaders('de')).toMatch(/\.$/);
    expect(cell.forReaders('de')).not.toBe(english);
  });

  it('names the group of a comparison', () => {
    const group = { tiers: ['gold', 'silver'], regions: [], countries: [], isHandPicked: false };
    expect(groupCell(group).forReaders('de')).toBe('Stufe gold oder silver');
    expect(groupCell(null).forPrograms).toBe('partners in no group');
  });
});
