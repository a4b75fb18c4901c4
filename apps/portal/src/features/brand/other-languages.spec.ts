import { emptyTranslation, languagesOf, toLocales } from './other-languages';

describe('the translations of a brand profile', () => {
  it('are unchanged after a round trip through the form', () => {
    const locales = {
      fr: { postalAddress: '1 rue A' },
      de: { legalLine: 'HRB 1', postalAddress: 'Weg 1', contact: { title: 'Vertrieb' } },
    };
    const languages = languagesOf(locales);
    expect(languages).toEqual([
      { locale: 'de', legalLine: 'HRB 1', postalAddress: 'Weg 1', contact: { name: '', title: 'Vertrieb', phone: '' } },
      { ...emptyTranslation('fr'), postalAddress: '1 rue A' },
    ]);
    expect(toLocales(languages)).toEqual(locales);
  });

  it('are left out if empty', () => {
    expect(toLocales([{ ...emptyTranslation('de'), legalLine: ' ' }])).toEqual({});
  });
});
