import { ROW_PROBLEMS } from '#contacts';
import { amountsCell, CsvTable, groupCell, sentenceCell, wholeUnitsCell } from './csv-table.js';

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

  it('has amounts in the smallest unit for programs, as money for readers', () => {
    const sums = amountsCell([
      { minorUnits: 1_240_000, currency: 'EUR' },
      { minorUnits: 500, currency: 'JPY' },
    ]);
    expect(sums.forPrograms).toBe('1240000 EUR; 500 JPY');
    expect(sums.forReaders('en')).toBe('€12,400.00; ¥500');
    expect(sums.forReaders('de')).toMatch(/^12\.400,00\s€; 500\s¥$/);
  });

  it('has amounts in whole units, with all decimals of their currency on paper', () => {
    const amount = { minorUnits: 629_050, currency: 'EUR' };
    const paper = (language: 'en' | 'de', one: typeof amount) =>
      new CsvTable(['amount'], language).printed([[wholeUnitsCell(one)]]);
    expect(paper('en', amount)).toMatchObject({ rows: [['6,290.50']], isNumber: [true] });
    expect(paper('de', amount).rows).toEqual([['6.290,50']]);
    expect(paper('en', { minorUnits: 500, currency: 'JPY' }).rows).toEqual([['500']]);
    expect(paper('en', { minorUnits: 12_375, currency: 'KWD' }).rows).toEqual([['12.375']]);
    const line = (language?: 'de') => new CsvTable(['amount'], language).lines([[wholeUnitsCell(amount)]]).trim();
    expect([line(), line('de')]).toEqual(['6290.5', '6290,5']);
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
