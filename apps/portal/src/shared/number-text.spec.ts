import { amountText, numberText, readNumber, withoutCurrency } from './number-text';

const read = (text: string, locale = 'en', decimals = 2) => readNumber(text, locale, decimals);
const number = (value: number) => ({ kind: 'number', value });

describe('a typed number', () => {
  it.each(['en', 'en-GB', 'de', 'de-AT', 'de-CH', 'fr', 'es', 'pl', 'sv'])(
    'is the same in %s, if both separators are typed or the decimals are two',
    (locale) => {
      for (const text of ['12.400,50', '12,400.50', '12 400,50', '12\u202f400,5', "12'400.50", '12’400.50', '12400,5'])
        expect(read(text, locale)).toEqual(number(12_400.5));
      expect(read('1.240.000', locale)).toEqual(number(1_240_000));
      expect(read('1,240,000.00', locale)).toEqual(number(1_240_000));
      expect(read(' 12400 ', locale)).toEqual(number(12_400));
      expect(read('12400.', locale)).toEqual(number(12_400));
      expect(read(',5', locale)).toEqual(number(0.5));
      expect(read('-3,5', locale)).toEqual(number(-3.5));
      expect(read('0.500', locale)).toEqual(number(0.5));
    },
  );

  it('with one separator before three digits is thousands where the locale groups so', () => {
    expect(read('12.400', 'de')).toEqual(number(12_400));
    expect(read('12,400', 'en')).toEqual(number(12_400));
    expect(read('12.500', 'de-AT')).toEqual(number(12_500));
    expect(read('12.500', 'pt-PT')).toEqual(number(12_500));
    expect(read('12.500', 'de-CH').kind).toBe('ambiguous');
  });

  it.each([
    ['€ 12.500,-', 'de-AT', 'EUR'],
    ['12.500,00 €', 'de', 'EUR'],
    ['12500 EUR', 'de', 'EUR'],
    ['$12,500.–', 'en', 'USD'],
    ["CHF 12'500.--", 'de-CH', 'CHF'],
    ['12 500 zł', 'pl', 'PLN'],
  ])('%s is an amount with the signs of its currency', (text, locale, currency) => {
    expect(read(withoutCurrency(text, locale, currency), locale)).toEqual(number(12_500));
  });

  it('with the sign of another currency is refused', () => {
    expect(read(withoutCurrency('$12,500', 'en', 'EUR'))).toEqual({ kind: 'notANumber' });
  });

  it('of money is shown with all decimals or none', () => {
    expect([amountText(12.5, 'de', 2), amountText(12, 'de', 2)]).toEqual(['12,50', '12']);
  });

  it('is ambiguous if the separator is not the locale’s for thousands', () => {
    expect(read('12.400', 'en')).toEqual({ kind: 'ambiguous', grouped: 12_400, decimal: 12.4 });
    expect(read('12,400', 'de')).toEqual({ kind: 'ambiguous', grouped: 12_400, decimal: 12.4 });
    expect(read('12,400', 'fr').kind).toBe('ambiguous');
    expect(read('1.500', 'en', 0)).toEqual({ kind: 'ambiguous', grouped: 1500, decimal: 1.5 });
  });

  it('with more decimals than the field has is refused, not cut', () => {
    expect(read('12.345,678', 'de')).toEqual({ kind: 'tooPrecise' });
    expect(read('2.5', 'en', 0)).toEqual({ kind: 'tooPrecise' });
    expect(read('2.0', 'en', 0)).toEqual(number(2));
  });

  it.each(['12 40', '1.2.3', '12,40.000', 'abc', '12 EUR', '.', '--3', "1'24,5"])('%s is not a number', (text) => {
    expect(read(text)).toEqual({ kind: 'notANumber' });
  });

  it('is empty without text', () => {
    expect(read('  ')).toEqual({ kind: 'empty' });
  });

  it('is shown as the locale writes it, and read again as the same number', () => {
    for (const locale of ['en', 'de', 'fr', 'de-CH', 'pl'])
      for (const value of [0, 7, 12_400.5, 1_240_000.25, -3.5, 12_400])
        expect(read(numberText(value, locale, 2), locale)).toEqual(number(value));
  });
});
