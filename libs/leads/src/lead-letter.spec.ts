import { HOUR_MS } from '#kernel';
import { leadLetter, type LeadOccasion } from './lead-letter.js';

const URL = 'https://portal.example/leads?lead=1';
const to = (locale: string) => ({ email: 'x@partner.example', name: 'Ada', locale });
const PERSON = {
  name: 'Vera Visitor',
  company: 'Prospects & Co',
  phone: { text: '+49 30 1234', url: 'tel:+49301234' },
};
const FACTS = {
  partner: 'Acme',
  campaign: 'Zero trust',
  response: 'form',
  isOver: false,
  person: null,
  waitedMs: 0,
} as const;

describe('a mail about a lead', () => {
  it.each([
    ['de-AT', 'Ein Lead wartet auf Müller & Söhne'],
    ['en-GB', 'A lead is waiting for Müller & Söhne'],
    ['fr', 'A lead is waiting for Müller & Söhne'],
  ])('is written for a reader of %s', (locale, subject) => {
    const letter = leadLetter(to(locale), URL, 'reminder', { ...FACTS, partner: 'Müller & Söhne' });
    expect(letter.subject).toBe(subject);
    expect(letter.html).toContain('Müller &amp; Söhne');
    expect(letter.text).toContain(URL);
    expect(letter.html).toContain(`href="${URL}"`);
    expect(letter.text).toContain('Zero trust');
  });

  it.each([
    ['en', 6, 'for 6 hours'],
    ['en', 25, 'for a day'],
    ['en', 72, 'for 3 days'],
    ['de', 1, 'seit einer Stunde'],
    ['de', 50, 'seit 2 Tagen'],
  ])('says in %s how long it waits: %i hours', (locale, hours, words) => {
    expect(leadLetter(to(locale), URL, 'escalation', { ...FACTS, waitedMs: hours * HOUR_MS }).text).toContain(words);
  });

  it.each([
    ['en', 'A lead of Acme has gone quiet', 'has had no activity for 7 days'],
    ['de', 'Ein Lead von Acme ist liegen geblieben', 'ist seit 7 Tagen ohne Aktivität'],
  ])('says in %s of one that was taken up that it lies, not that it waits to be accepted', (locale, subject, words) => {
    for (const occasion of ['taken-up-reminder', 'taken-up-escalation'] as const) {
      const letter = leadLetter(to(locale), URL, occasion, { ...FACTS, waitedMs: 7 * 24 * HOUR_MS });
      expect(letter.subject).toBe(subject);
      expect(letter.text).toContain(words);
    }
  });

  it('says of a person that asks after the end of the campaign that it is over', () => {
    const over = { ...FACTS, isOver: true };
    for (const occasion of ['received', 'asked-again'] as const)
      expect(leadLetter(to('en'), URL, occasion, over).text).toContain('This campaign is over');
    expect(leadLetter(to('en'), URL, 'clicked', over).text).not.toContain('is over');
    expect(leadLetter(to('en'), URL, 'received', FACTS).text).not.toContain('is over');
  });

  it('has campaign, response and a telephone number that a tap calls', () => {
    const letter = leadLetter(to('en'), URL, 'received', { ...FACTS, person: PERSON });
    expect(letter.text).toContain('Campaign: Zero trust\nResponse: Sent the form\nName: Vera Visitor\n');
    expect(letter.html).toContain('<a href="tel:+49301234"');
    expect(letter.html).toContain('Prospects &amp; Co');
  });

  it('says only what it is given of the person, and why', () => {
    const { text } = leadLetter(to('en'), URL, 'clicked', {
      ...FACTS,
      response: 'document',
      person: { name: null, company: null, phone: { text: '030 1234', url: 'tel:0301234' } },
    });
    expect(text).toContain('Response: Opened a document\nPhone: 030 1234');
    expect(text).toContain('It does not name the contact, because e-mail is not private.');
  });

  it('has no number to call where a program clicked', () => {
    const { text } = leadLetter(to('de'), URL, 'withdrawn', { ...FACTS, response: 'click', person: PERSON });
    expect(text).not.toContain('Vera');
    expect(text).not.toContain('Telefon');
  });

  it.each<LeadOccasion>(['received', 'clicked', 'withdrawn', 'reminder', 'escalation', 'taken-up-reminder'])(
    'has every text and value in each language: %s',
    (occasion) => {
      for (const locale of ['en', 'de'])
        expect(leadLetter(to(locale), URL, occasion, { ...FACTS, person: PERSON }).text).not.toMatch(/\{\{|undefined/);
    },
  );
});
