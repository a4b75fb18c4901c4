import { newId, type VendorId } from '#kernel';
import { partnershipLetter } from './partnership-letter.js';

const URL = 'https://portal.example/vendors';
const NOW = new Date('2027-03-05T09:00:00Z');
const reader = (locale: string) => ({ email: 'x@partner.example', name: 'Ada', locale });
const NORTHWIND = { id: newId<VendorId>(), name: 'Northwind' };
const end = (endsAt: Date, campaignsEndAt: Date) =>
  ({ kind: 'end', by: 'vendor', reason: 'The contract is over.', endsAt, campaignsEndAt }) as const;
const letter = (locale: string, to: 'partner' | 'vendor', news: Parameters<typeof partnershipLetter>[1]['news']) =>
  partnershipLetter(reader(locale), { to, other: NORTHWIND, news, url: URL, now: NOW });

describe('the mail about the end of a partnership', () => {
  it.each([
    ['en', 'Northwind has ended the partnership', 'Reason given by Northwind: The contract is over.'],
    ['de', 'Northwind hat die Partnerschaft beendet', 'Ihre Kontakte, Leads und Ergebnisse bleiben bei Ihnen.'],
  ])('gives a reader of %s the reason, and says what stays', (locale, subject, text) => {
    const { subject: said, text: body, branding } = letter(locale, 'partner', end(NOW, NOW));
    expect(said).toBe(subject);
    expect(body).toContain(text);
    expect(branding?.organisationId).toBe(NORTHWIND.id);
  });

  it.each([
    ['en', 'Northwind ends the partnership on 31 March 2027', 'stop at the end of 30 April 2027'],
    ['de', 'Northwind beendet die Partnerschaft am 31. März 2027', 'mit dem Ende des 30. April 2027'],
  ])('names the last days to a reader of %s while they are to come', (locale, subject, text) => {
    const announced = end(new Date('2027-04-01T00:00:00Z'), new Date('2027-05-01T00:00:00Z'));
    const { subject: said, text: body } = letter(locale, 'partner', announced);
    expect(said).toBe(subject);
    expect(body).toContain(text);
  });

  it.each([
    ['en', 'Northwind invites you back'],
    ['de', 'Northwind lädt Sie zurück ein'],
  ])('says in %s that the vendor lets a partner come back', (locale, subject) => {
    expect(letter(locale, 'partner', { kind: 'return-offer', by: 'vendor' }).subject).toBe(subject);
  });

  it('tells a vendor that a partner leaves, and that it stays after all', () => {
    expect(letter('en', 'vendor', end(NOW, NOW)).subject).toBe('Northwind has left your programme');
    expect(letter('en', 'vendor', { kind: 'withdrawal', by: 'partner' }).subject).toBe(
      'Northwind stays in your programme',
    );
  });
});
