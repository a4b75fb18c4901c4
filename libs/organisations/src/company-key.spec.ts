import { companyKey } from './company-key.js';

describe('the key of a company’s name', () => {
  it.each([
    ['Brightwater IT Ltd.', 'BRIGHTWATER-IT'],
    ['Müller & Söhne GmbH & Co. KG', 'Muller Sohne'],
    ['Müller & Söhne GmbH', 'MUELLER SOEHNE'],
    ['Straßenbau S.A.R.L.', 'strassenbau'],
    ['株式会社テスト', '株式会社 テスト'],
  ])('is one for %s and %s', (one, other) => {
    expect(companyKey(one)).toBe(companyKey(other));
  });

  it.each([
    ['Brightwater IT', 'Brightwater Data'],
    ['Ltd', 'AG'],
  ])('is not one for %s and %s', (one, other) => {
    expect(companyKey(one)).not.toBe(companyKey(other));
  });

  it('is empty for a name without letters', () => {
    expect(companyKey('…')).toBe('');
  });
});
