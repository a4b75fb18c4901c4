import { unsavedTexts, withoutSaved } from './unsaved-texts';

describe('a partner’s texts that are not saved', () => {
  const written = { en: { link: 'https://a.example', offer: 'Hello' }, de: { link: 'https://a.example' }, fr: {} };

  it('are those of all languages, not only of the shown one', () => {
    expect(unsavedTexts(written)).toEqual([
      { locale: 'en', texts: written.en },
      { locale: 'de', texts: written.de },
    ]);
  });

  it('are still those that were changed since they were sent, and those of other languages', () => {
    const sent = { locale: 'en', texts: { link: 'https://a.example', offer: 'Hell' } };
    expect(withoutSaved(written, sent)).toEqual({ ...written, en: { offer: 'Hello' } });
    expect(unsavedTexts(withoutSaved(written, { locale: 'de', texts: written.de }))).toEqual([
      { locale: 'en', texts: written.en },
    ]);
  });
});
