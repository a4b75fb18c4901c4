import { dateIn, dayOrderOf } from './date-text.js';

describe('a date as people write it', () => {
  it.each([
    ['2027-03-31', '2027-03-31'],
    ['2027/3/1', '2027-03-01'],
    ['2027-03-31T23:30:00+02:00', '2027-03-31'],
    ['2027-03-31 00:00:00', '2027-03-31'],
    ['31.03.2027', '2027-03-31'],
    ['1. 3. 2027', '2027-03-01'],
    ['03.04.27', '2027-04-03'],
    ['31/03/2027', '2027-03-31'],
    ['3/31/2027 12:00 AM', '2027-03-31'],
    ['04/04/2027', '2027-04-04'],
    ['31 March 2027', '2027-03-31'],
    ['March 31st, 2027', '2027-03-31'],
    ['31-Mar-27', '2027-03-31'],
    ['31. März 2027', '2027-03-31'],
    ['31 de marzo de 2027', '2027-03-31'],
    ['1er août 2027', '2027-08-01'],
    ['29.02.2028', '2028-02-29'],
  ])('%s', (text, value) => {
    expect(dateIn(text)).toEqual({ value });
  });

  it.each(['29.02.2027', '31/31/2027', '2027-13-01', 'soon', '12', '1.1.1899', 'March 2027', '0/5/2027'])(
    '%s is none',
    (text) => {
      expect(dateIn(text)).toEqual({ problem: 'date-invalid' });
    },
  );

  it('is ambiguous until other dates of the file show the order', () => {
    expect(dateIn('03/04/2027')).toEqual({ problem: 'date-ambiguous' });
    const order = (...texts: string[]) => dayOrderOf(texts);
    expect(dateIn('03/04/2027', order('1/2/2027', '1/31/2027'))).toEqual({ value: '2027-03-04' });
    expect(dateIn('03/04/2027', order('31/1/2027', '31.12.2027'))).toEqual({ value: '2027-04-03' });
    expect(order('31/1/2027', '1/31/2027')).toBeNull();
    expect(order('soon', '')).toBeNull();
  });
});
