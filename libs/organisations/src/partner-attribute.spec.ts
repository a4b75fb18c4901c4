import { newId, type PartnerAttributeId, type VendorId } from '#kernel';
import {
  columnsOf,
  keyedOptions,
  type PartnerAttribute,
  repeatedLabel,
  valueFault,
  valueOfColumns,
} from './partner-attribute.js';

const attribute = (kind: PartnerAttribute['kind'], options: PartnerAttribute['options'] = []): PartnerAttribute => ({
  id: newId<PartnerAttributeId>(),
  vendorId: newId<VendorId>(),
  name: 'Focus',
  help: '',
  kind,
  owner: 'vendor',
  options,
});
const OPTIONS = [
  { key: 'healthcare', label: 'Healthcare' },
  { key: 'banking', label: 'Banking' },
];

describe('a value of an attribute', () => {
  it.each([
    [attribute('text'), 'Any text'],
    [attribute('choice', OPTIONS), 'banking'],
    [attribute('choices', OPTIONS), ['banking', 'healthcare']],
    [attribute('number'), 0.5],
    [attribute('date'), '2028-02-29'],
    [attribute('yes-no'), false],
    [attribute('certification'), { number: 'N-1', expiresOn: '2028-02-29' }],
    [attribute('certification'), { number: null, expiresOn: null }],
  ])('of kind %# is stored and read again', (one, value) => {
    expect(valueFault(one, value)).toBeNull();
    expect(valueOfColumns(one.kind, columnsOf(one, value))).toEqual(value);
  });

  it.each([
    [attribute('text'), ''],
    [attribute('text'), 5],
    [attribute('choice', OPTIONS), 'retail'],
    [attribute('choices', OPTIONS), []],
    [attribute('choices', OPTIONS), ['banking', 'retail']],
    [attribute('number'), '5'],
    [attribute('date'), '2027-02-29'],
    [attribute('yes-no'), 'yes'],
    [attribute('certification'), '2027-01-01'],
  ])('of another kind is a fault: %#', (one, value) => {
    expect(valueFault(one, value)).not.toBeNull();
  });
});

describe('options of a choice', () => {
  it('have keys made of their labels, that stay when a label changes', () => {
    const first = keyedOptions([{ label: 'Öffentlicher Dienst' }, { label: '株' }, { label: '式' }], []);
    expect(first.map(({ key }) => key)).toEqual(['offentlicher-dienst', 'option', 'option-2']);
    const renamed = keyedOptions([{ key: 'option', label: 'Stock' }, { label: 'Option' }], first);
    expect(renamed).toEqual([
      { key: 'option', label: 'Stock' },
      { key: 'option-3', label: 'Option' },
    ]);
  });

  it('differ in more than upper and lower case', () => {
    expect(repeatedLabel([...OPTIONS, { key: 'b', label: 'BANKING' }])).toBe('BANKING');
    expect(repeatedLabel(OPTIONS)).toBeNull();
  });
});
