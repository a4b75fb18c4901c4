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

const read = (headings: string[], ...lines: string[][]) =>
  partnersOfTable({ headings, rows: lines.map((cells, at) => ({ number: at + 2, cells })) }, ATTRIBUTES);
const valueOf = (one: PartnerAttribute, cell: string): unknown =>
  read([one.name], [cell]).rows[0]?.attributes.get(one.id);

describe('a table of partners', () => {
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
    expect(valueOf(SIZE, '1.250')).toBe(1250);
    expect(valueOf(SIZE, '1,250.5')).toBe(1250.5);
    expect(valueOf(SIZE, '0,5')).toBe(0.5);
    expect(valueOf(SINCE, '31.12.2027')).toBe('2027-12-31');
    expect(valueOf(RESELLER, 'Ja')).toBe(true);
    expect(valueOf(CERTIFIED, '2027-12-31')).toEqual({ number: null, expiresOn: '2027-12-31' });
    expect(valueOf(CERTIFIED, 'NW 17, 31.12.2027')).toEqual({ number: 'NW 17', expiresOn: '2027-12-31' });
    expect(valueOf(CERTIFIED, 'yes')).toEqual({ number: null, expiresOn: null });
    expect(valueOf(SIZE, '-')).toBeNull();
    expect(read(['Employees'], ['']).rows[0]?.attributes.size).toBe(0);
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
