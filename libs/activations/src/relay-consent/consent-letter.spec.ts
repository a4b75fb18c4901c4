import { consentLetter } from './consent-letter.js';

const letterIn = (locale: string, changes: object = {}) =>
  consentLetter({ email: 'x@partner.example', name: 'Ada', locale }, 'https://portal.example/vendors', {
    vendor: 'Northwind',
    servers: ['mail.northwind.example', 'spare.northwind.example'],
    heldCount: 2,
    ...changes,
  });

describe('the mail that asks for consent to a server', () => {
  it('names the servers, the campaigns that wait, and where to agree', () => {
    const { subject, text } = letterIn('en-GB');
    expect(subject).toBe('Your campaigns of Northwind wait for your consent to a mail server');
    expect(text).toContain('2 of your campaigns are paused');
    expect(text).toContain('mail.northwind.example and spare.northwind.example');
    expect(text).toContain('https://portal.example/vendors');
  });

  it('is in German for a reader of German', () => {
    expect(letterIn('de-AT', { heldCount: 1 }).text).toContain('1 Ihrer Kampagnen ist angehalten');
  });

  it('makes no header of a hostile name', () => {
    expect(letterIn('en', { vendor: 'N\r\nBcc: a@b.example' }).subject).not.toMatch(/[\r\n]/);
  });
});
