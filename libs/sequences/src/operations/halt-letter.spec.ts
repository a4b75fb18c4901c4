import { newId, type VendorId } from '#kernel';
import { haltLetter, vendorDomainLetter } from './halt-letter.js';

const reader = (locale: string) => ({ email: 'ada@x.example', name: 'Ada', locale });
const URL = 'https://portal.example/sending';
const facts = { domain: 'mail.x.example', bad: 12, submitted: 100, fixes: ['Set the MX record.'] };

describe('the mail about paused sending', () => {
  it.each(
    (['identity', 'bounces', 'complaints', 'trouble', 'operator', 'restore'] as const).flatMap((cause) =>
      ['en', 'de'].map((locale) => ({ cause, locale })),
    ),
  )('has a reason and a button: $cause, $locale', ({ cause, locale }) => {
    const { text, html } = haltLetter(reader(locale), URL, { cause, facts, name: 'Acme' });
    expect(html).toContain(`href="${URL}"`);
    expect(text).toContain(cause === 'identity' ? 'Set the MX record.' : 'Ada,\n\n');
    expect(text).not.toMatch(/\{\{|undefined/);
  });

  it.each(['en', 'de'])('tells the vendor of its domain what to do: %s', (locale) => {
    const vendor = { id: newId<VendorId>(), name: 'Northwind' };
    const letter = vendorDomainLetter(reader(locale), URL, { vendor, facts });
    expect(letter.text).toContain('Set the MX record.');
    expect(letter.branding?.organisationId).toBe(vendor.id);
  });
});
