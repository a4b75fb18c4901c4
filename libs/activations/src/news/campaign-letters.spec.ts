import { newId, type VendorId } from '#kernel';
import { endLetter, offerLetter } from './campaign-letters.js';

const URL = 'https://portal.example/offers/1';
const reader = (locale: string) => ({ email: 'x@partner.example', name: 'Ada', locale });
const NORTHWIND = { id: newId<VendorId>(), name: 'Northwind' };
const EDGE = {
  vendor: NORTHWIND,
  title: { en: 'Edge', de: 'Netzrand' },
  summary: { en: 'Stop attacks' },
  closesOn: '2027-03-05',
};

describe('the mail about campaigns that were published to a partner', () => {
  it.each([
    ['en-GB', 'New campaign from Northwind: “Edge”', 'Stop attacks. You can launch it until 5 March 2027.'],
    ['de', 'Neue Kampagne von Northwind: „Netzrand“', 'bis zum 5. März 2027'],
  ])('says to a reader of %s what it is and until when it can be launched', (locale, subject, text) => {
    const letter = offerLetter(reader(locale), { kind: 'offered', message: null, url: URL, campaigns: [EDGE] });
    expect(letter.subject).toBe(subject);
    expect(letter.text).toContain(text);
    expect(letter.text).toContain(URL);
    expect(letter.senderName).toContain('Northwind');
  });

  it('names several in one mail, and no vendor as its sender if there are two', () => {
    const contoso = { id: newId<VendorId>(), name: 'Contoso' };
    const campaigns = [EDGE, { ...EDGE, vendor: contoso, title: { en: 'Cloud' } }];
    const letter = offerLetter(reader('en'), { kind: 'offered', message: null, url: URL, campaigns });
    expect(letter.subject).toBe('2 new campaigns for you');
    for (const title of ['“Edge”', '“Cloud”']) expect(letter.text).toContain(title);
    expect(letter.senderName).toBeNull();
  });
});

describe('the mail about more days to launch a campaign', () => {
  it.each([
    ['en-GB', 'You can launch “Edge” until 5 March 2027', 'has extended the launch period'],
    ['de', 'Sie können „Netzrand“ bis zum 5. März 2027 starten', 'verlängert'],
  ])('says to a reader of %s until when', (locale, subject, text) => {
    const letter = offerLetter(reader(locale), { kind: 'extended', message: null, url: URL, campaigns: [EDGE] });
    expect(letter.subject).toBe(subject);
    expect(letter.text).toContain(text);
  });
});

describe('the mail in which a vendor asks a partner to launch', () => {
  it.each([
    ['en-GB', 'Northwind asks you to launch “Edge”', 'Northwind writes: We help you.'],
    ['de', 'Northwind bittet Sie, „Netzrand“ zu starten', 'Northwind schreibt: We help you.'],
  ])('has the words of the vendor for a reader of %s', (locale, subject, text) => {
    const reminder = { kind: 'reminded', message: 'We help you.', url: URL, campaigns: [EDGE] } as const;
    const letter = offerLetter(reader(locale), reminder);
    expect(letter.subject).toBe(subject);
    expect(letter.text).toContain(text);
    expect(offerLetter(reader(locale), { ...reminder, message: null }).text).not.toContain('We help you.');
  });
});

describe('the mail about the end of a campaign', () => {
  it.each([
    ['retired', 'Its time is over.', 'Reason given by Northwind: Its time is over.'],
    ['recalled', 'Its price is wrong.', 'Remove copies that you have published'],
  ] as const)('that was %s gives the reason and what to do', (status, reason, text) => {
    const letter = endLetter(reader('en'), URL, { status, vendor: NORTHWIND, title: EDGE.title, reason, code: null });
    expect(letter.text).toContain(text);
    expect(letter.text).toContain(reason);
  });

  it.each([
    ['en', 'its last day is over', 'The last day that Northwind set'],
    ['de', 'Der letzte Tag ist vorbei', 'Der letzte Tag, den Northwind'],
  ] as const)('whose last day came says so, and not that a person ended it: %s', (language, subject, text) => {
    const end = { status: 'retired', vendor: NORTHWIND, title: EDGE.title, reason: null, code: 'last-day' } as const;
    const letter = endLetter(reader(language), URL, end);
    expect(letter.subject).toContain(subject);
    expect(letter.text).toContain(text);
  });

  it('has no line about a reason where there is none', () => {
    const end = { status: 'retired', vendor: NORTHWIND, title: EDGE.title, reason: null, code: null } as const;
    expect(endLetter(reader('de'), URL, end).text).not.toContain('Grund');
  });
});
