import { isCopy, isFromTemplate, isPlaceholder, untranslatedIn } from './copy-check.js';

const EN = {
  'a.title': 'Stop an attack where it starts',
  'a.text': 'Read what Northwind Edge does in your Cloud and at the edge.',
  'a.who': 'Elena Fischer',
  'a.button': 'Continue',
  'a.number': '1 day',
  'a.percent': '62 %',
  'a.brand': 'Northwind Edge',
  'a.site': 'www.northwind.example',
  'a.field': '{{partner.name}}',
  'a.acronym': 'VPN, MFA',
  'a.webinar': 'Webinar',
  'a.demo': 'Book Your Demo',
  'a.book': 'You can book a demo at your desk.',
};
const other = (texts: object) => ({ locale: 'fr', texts: { ...EN, ...texts } });
const flagged = (texts: object, locale = 'en'): string[] => {
  const isUntranslated = untranslatedIn({ locale, texts: EN }, other(texts));
  return Object.keys(EN).filter(isUntranslated);
};

describe('a text that is still in the first language', () => {
  it('is found, but not names, numbers, addresses, fields and acronyms', () => {
    expect(flagged({})).toEqual(['a.title', 'a.text', 'a.button', 'a.number', 'a.webinar', 'a.demo', 'a.book']);
  });

  it('is right where the other texts of the language use its words', () => {
    expect(flagged({ 'a.text': 'Inscrivez-vous au webinar de Northwind Edge.' })).not.toContain('a.webinar');
  });

  it('is not looked for between two locales of one language', () => {
    expect(flagged({}, 'fr-CA')).toEqual([]);
  });

  it('is found whatever its spaces and case', () => {
    expect(flagged({ 'a.title': ' Stop an attack  where it STARTS' })).toContain('a.title');
  });

  it('is no text that one language lacks', () => {
    const isUntranslated = untranslatedIn({ locale: 'en', texts: EN }, { locale: 'de', texts: {} });
    expect(isUntranslated('a.title')).toBe(false);
  });
});

describe('a placeholder', () => {
  it.each([
    'The subject of this e-mail',
    'Was Ihre Leser wissen sollen.',
    'Lorem ipsum dolor sit amet, consectetur',
    'TODO',
    'tbd',
    'XXX',
    'Your headline here',
    'Hello [Company Name], read this',
    'TODO: ask legal',
    'Platzhalter',
  ])('is found: %s', (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  it.each([
    'What this e-mail is about is your network.',
    'A list of things to do',
    'We add text to each picture [1]',
    'XX Awards 2026',
    'Your text is safe with us',
    'The placeholder of a form tells what to write.',
    'Read the [report]',
  ])('is not: %s', (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });
});

describe('a text of the template', () => {
  it.each([
    ['We read them together, line by line.', 'We read them together, line by line.', true],
    ['We read them together, line by line.', 'We read them alone.', false],
    ['Last name', 'Last name', false],
    ['We read them together, line by line.', undefined, false],
  ])('%s', (text, template, isSame) => {
    expect(isFromTemplate(text, template)).toBe(isSame);
  });
});

describe('literal text', () => {
  it.each([
    ['Read more', true],
    ['P.S. Bring your last three bills.', true],
    ['Northwind Edge', false],
    ['©', false],
    ['62 %', false],
    ['{{partner.name}}, ', false],
  ])('%s', (text, copy) => {
    expect(isCopy(text)).toBe(copy);
  });
});
