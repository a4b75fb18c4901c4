import { HOUR_MS } from '#kernel';
import { leadLetter } from './lead-letter.js';

const URL = 'https://portal.example/leads';
const to = (locale: string) => ({ email: 'x@partner.example', name: 'Ada', locale });

describe('a mail about a lead', () => {
  it.each([
    ['de-AT', 'Ein Lead wartet auf Müller & Söhne'],
    ['en-GB', 'A lead is waiting for Müller & Söhne'],
    ['fr', 'A lead is waiting for Müller & Söhne'],
  ])('is written for a reader of %s', (locale, subject) => {
    const letter = leadLetter(to(locale), URL, 'Müller & Söhne', 'reminder', 25 * HOUR_MS);
    expect(letter.subject).toBe(subject);
    expect(letter.html).toContain('Müller &amp; Söhne');
    expect(letter.text).toContain(URL);
    expect(letter.html).toContain(`href="${URL}"`);
  });

  it.each([
    ['en', 6, 'for 6 hours'],
    ['en', 25, 'for a day'],
    ['en', 72, 'for 3 days'],
    ['de', 1, 'seit einer Stunde'],
    ['de', 50, 'seit 2 Tagen'],
  ])('says in %s how long it waits: %i hours', (locale, hours, words) => {
    expect(leadLetter(to(locale), URL, 'Acme', 'escalation', hours * HOUR_MS).text).toContain(words);
  });

  it.each([
    ['en', 'A lead of Acme has gone quiet', 'has had no activity for 7 days'],
    ['de', 'Ein Lead von Acme ist liegen geblieben', 'ist seit 7 Tagen ohne Aktivität'],
  ])('says in %s of one that was taken up that it lies, not that it waits to be accepted', (locale, subject, words) => {
    for (const occasion of ['taken-up-reminder', 'taken-up-escalation'] as const) {
      const letter = leadLetter(to(locale), URL, 'Acme', occasion, 7 * 24 * HOUR_MS);
      expect(letter.subject).toBe(subject);
      expect(letter.text).toContain(words);
    }
  });
});
