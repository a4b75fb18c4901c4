import { Texts } from './texts.js';

const en = { title: 'Hello', errors: { empty: '{{field}} is empty' }, days_one: 'a day', days_other: '{{count}} days' };
const de = {
  title: 'Hallo',
  errors: { empty: '{{field}} ist leer' },
  days_one: 'ein Tag',
  days_other: '{{count}} Tage',
};
const he = { title: 'שלום', errors: { empty: '{{field}} ריק' }, days_one: 'יום', days_other: '{{count}} ימים' };
const texts = new Texts(en, { de, he });

describe('the texts of a feature', () => {
  it('are in the first wanted language that exists', () => {
    expect(texts.in('fr', null, 'de-AT').t('title')).toBe('Hallo');
    expect(texts.in('de-AT').language).toBe('de');
  });

  it('are English if no wanted language exists', () => {
    expect(texts.in('fr', null).t('title')).toBe('Hello');
    expect(texts.in().language).toBe('en');
  });

  it('list their languages, English first', () => {
    expect(texts.languages).toEqual(['en', 'de', 'he']);
  });

  it('choose the plural form by count', () => {
    expect(texts.in('de').t('days', { count: 1 })).toBe('ein Tag');
    expect(texts.in('en').t('days', { count: 3 })).toBe('3 days');
  });

  it.each(['{{title}}', '$t(title)', '$& $1', '<b>&"', '{{field}} {{field}}'])(
    'show the value %s as it is',
    (field) => {
      expect(texts.in('en').t('errors.empty', { field })).toBe(`${field} is empty`);
    },
  );

  it('isolate values in a right-to-left language', () => {
    expect(texts.in('he').t('errors.empty', { field: 'Acme' })).toBe('\u2068Acme\u2069 ריק');
  });

  it('refuse a text without its value', () => {
    expect(() => texts.in('en').t('errors.empty')).toThrow('{{field}} is empty');
  });

  it('refuse an unknown key and an incomplete language at compile time', () => {
    // @ts-expect-error no such key
    texts.in('en').t('subtitle');
    // @ts-expect-error `errors` is missing
    new Texts(en, { fr: { title: 'Bonjour' } });
  });
});
