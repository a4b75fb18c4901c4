import { parseLocale } from '#kernel';
import { documentIn } from './reader-document.js';

const [en, de, fr] = ['en', 'de', 'fr'].map((tag) => parseLocale(tag)!);
const document = (locale: typeof en, key = 'brochure') => ({ kind: 'document' as const, key, locale: locale! });
const chosen = (wanted: string | null, launched = de!, assets = [document(en), document(de)]) =>
  documentIn(assets, { key: 'brochure', wanted, launched })?.locale;

describe('a document for a reader', () => {
  it('is in the language of the reader', () => {
    expect(chosen('en-GB')).toBe('en');
    expect(chosen('de-AT')).toBe('de');
  });

  it('is in that of the launch, if there is none in the reader’s', () => {
    expect(chosen('pl')).toBe('de');
    expect(chosen(null)).toBe('de');
    expect(chosen('*', en)).toBe('en');
  });

  it('is any, if there is none in either', () => {
    expect(chosen('pl', fr)).toBe('en');
  });

  it('is none of another name', () => {
    expect(chosen('en', de, [document(en, 'price list')])).toBeUndefined();
  });
});
