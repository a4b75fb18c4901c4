import { emptyTranslation, languagesOf, toLocales } from './other-languages';

describe('what reads otherwise in another language', () => {
  it('goes into a form and comes back as it was', () => {
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

  it('is left out where nothing was written', () => {
    expect(toLocales([{ ...emptyTranslation('de'), legalLine: ' ' }])).toEqual({});
  });
});
