import { leadLetter } from './lead-letter.js';

describe('a mail about a lead', () => {
  it.each([
    ['de-AT', 'Ein Lead wartet auf Müller & Söhne'],
    ['en-GB', 'A lead is waiting for Müller & Söhne'],
    ['fr', 'A lead is waiting for Müller & Söhne'],
  ])('is written for a reader of %s', (locale, subject) => {
    const letter = leadLetter('x@partner.example', locale, 'Müller & Söhne', 'reminder');
    expect(letter.subject).toBe(subject);
    expect(letter.html).toContain('Müller &#38; Söhne');
  });
});
