import { newId, type PartnerAttributeId, type VendorId } from '#kernel';
import type { PartnerAttribute } from '#organisations';
import { partnersOfTable } from './partner-import-rows.js';

const attribute = (name: string, kind: PartnerAttribute['kind'], labels: string[] = []): PartnerAttribute => ({
  id: newId<PartnerAttributeId>(),
  vendorId: newId<VendorId>(),
  name,
  help: '',
  kind,
  owner: 'vendor',
  options: labels.map((label) => ({ key: label.toLowerCase().replaceAll(' ', '-'), label })),
});
const FOCUS = attribute('Industry focus', 'choices', ['Health', 'Public sector']);
const CERTIFIED = attribute('Certified', 'certification');
const SIZE = attribute('Employees', 'number');
const SINCE = attribute('Since', 'date');
const RESELLER = attribute('Reseller', 'yes-no');
const ATTRIBUTES = [FOCUS, CERTIFIED, SIZE, SINCE, RESELLER];

const read = (headings: string[], ...lines: string[][]) => readTable(null, headings, ...lines);
const readTable = (decimalSign: '.' | null, headings: string[], ...lines: string[][]) =>
  partnersOfTable({ headings, decimalSign, rows: lines.map((cells, at) => ({ number: at + 2, cells })) }, ATTRIBUTES);
const valueOf = (one: PartnerAttribute, cell: string): unknown =>
  read([one.name], [cell]).rows[0]?.attributes.get(one.id);

describe('a table of partners', () => {
  it('is refused where no column is known, with the names that it has', () => {
    expect(() => read(['Foo', 'Bar'], ['a', 'b'])).toThrow(
      expect.objectContaining({ code: 'import.columns-unknown', details: { field: 'file', headings: ['Foo', 'Bar'] } }),
    );
  });

  it('has columns in any order, in the words of the product’s own files, and tells which it does not use', () => {
    const { rows, ignoredColumns } = read(
      ['Externe ID', 'Firma', 'E-Mail', 'Land', 'Stufe', 'Region', 'Fax'],
      ['K-1', 'Kessler', 'jonas@kessler.example', 'Deutschland', 'gold', '', '0711'],
    );
    expect(rows).toMatchObject([
      {
        line: 2,
        externalId: 'K-1',
        organisationName: 'Kessler',
        email: 'jonas@kessler.example',
        countryCode: 'DE',
        tier: 'gold',
        faults: [],
      },
    ]);
    expect(rows[0]).not.toHaveProperty('region');
    expect(ignoredColumns).toEqual(['Fax']);
  });

  it('has values of attributes as people write them', () => {
    expect(valueOf(FOCUS, 'public SECTOR; health')).toEqual(['public-sector', 'health']);
    expect(valueOf(SIZE, '1250')).toBe(1250);
    expect(valueOf(SIZE, '1,250.5')).toBe(1250.5);
    expect(valueOf(SIZE, '0,5')).toBe(0.5);
    expect(valueOf(SIZE, '0.375')).toBe(0.375);
    expect(valueOf(SIZE, '-1.250.000')).toBe(-1_250_000);
    expect(valueOf(SINCE, '31.12.2027')).toBe('2027-12-31');
    expect(valueOf(RESELLER, 'Ja')).toBe(true);
    expect(valueOf(CERTIFIED, '2027-12-31')).toEqual({ number: null, expiresOn: '2027-12-31' });
    expect(valueOf(CERTIFIED, 'NW 17, 31.12.2027')).toEqual({ number: 'NW 17', expiresOn: '2027-12-31' });
    expect(valueOf(CERTIFIED, 'yes')).toEqual({ number: null, expiresOn: null });
    expect(valueOf(SIZE, '-')).toBeNull();
    expect(read(['Employees'], ['']).rows[0]?.attributes.size).toBe(0);
  });

  it('takes three digits after a sign for thousands or decimals only if the workbook or the column says which', () => {
    const numbers = (decimalSign: '.' | null, ...cells: string[]): unknown[] =>
      readTable(decimalSign, ['Employees'], ...cells.map((cell) => [cell])).rows.map(({ attributes, faults }) =>
        faults?.length === 0 ? attributes.get(SIZE.id) : faults?.[0]?.reason,
      );
    expect(numbers('.', '12.375')).toEqual([12.375]);
    expect(numbers(null, '12.375', '1,250')).toEqual(['value-invalid', 'value-invalid']);
    expect(numbers(null, '12.375', '0,5')).toEqual([12_375, 0.5]);
    expect(numbers(null, '12.375', '7.5', '1,250')).toEqual([12.375, 7.5, 1250]);
    expect(numbers(null, '12.375', '7.5', '0,5')).toEqual(['value-invalid', 7.5, 0.5]);
  });

  it('reports cells that are no value, with the column and the text', () => {
    const { rows } = read(
      ['Industry focus', 'Employees', 'Since', 'Country'],
      ['Banking', 'many', '2027-02-30', 'Land'],
    );
    expect(rows[0]?.faults).toMatchObject([
      { reason: 'value-invalid', field: 'Industry focus', value: 'Banking' },
      { reason: 'value-invalid', field: 'Employees', value: 'many' },
      { reason: 'value-invalid', field: 'Since', value: '2027-02-30' },
      { reason: 'country-unknown', field: 'countryCode', value: 'Land' },
    ]);
  });
});
