import type { TierRequirement } from '#contracts';
import type { VendorId } from '#kernel';
import { tierLetter } from './tier-letter.js';

const READER = {
  email: 'jonas@kessler.example',
  name: 'Jonas',
  locale: 'de',
  region: 'DE',
  countryCode: 'DE',
} as const;
const missing: TierRequirement = {
  fact: 'campaigns',
  atLeast: 3,
  measured: 1,
  since: '2026-07-01',
  attribute: null,
  condition: null,
  isMet: false,
};
const NEWS = {
  vendor: { id: 'v' as VendorId, name: 'Northwind' },
  from: 'Gold',
  to: 'Silber',
  dropsOn: '2027-01-14',
  requirements: [missing, { ...missing, fact: null, attribute: 'Security specialist', isMet: true }],
};

describe('the e-mail about a tier', () => {
  it('names the day of the drop and what is missing, in the language of the reader', () => {
    const { subject, text } = tierLetter(READER, 'https://portal.example/vendors', NEWS);
    expect(subject).toBe('Northwind: Ihre Stufe sinkt am 14. Januar 2027 auf Silber');
    expect(text).toContain('seit dem 1. Juli 2026: 1 von 3');
    expect(text).not.toContain('Security specialist');
  });

  it('says that the tier has changed', () => {
    const { subject, text } = tierLetter({ ...READER, locale: 'en' }, 'https://portal.example/vendors', {
      ...NEWS,
      dropsOn: null,
    });
    expect(subject).toBe('Northwind: your tier is now Silber');
    expect(text).toContain('It was Gold before.');
  });
});
