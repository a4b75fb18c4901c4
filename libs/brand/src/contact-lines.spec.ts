import type { BrandProfile } from './brand-profile.js';
import { type Locale, newId } from '#kernel';
import { contactLines } from './contact-lines.js';

const PROFILE: BrandProfile = {
  partnerId: newId(),
  version: 1,
  name: 'Alpenblick IT',
  legalName: 'Alpenblick IT GmbH',
  legalLine: null,
  postalAddress: 'Hauptstraße 1\n80331 München',
  countryCode: 'DE',
  timeZone: 'Europe/Berlin',
  website: 'https://www.alpenblick.example/',
  privacyUrl: null,
  imprintUrl: null,
  verifiedHosts: ['alpenblick.example'],
  contact: { name: 'Mia Huber', title: 'Sales', phone: '+49 89 1234', email: 'mia@alpenblick.example' },
  colours: null,
  locales: {},
  logoId: null,
};
const linesOf = (changes: Partial<BrandProfile>): string[] => contactLines({ ...PROFILE, ...changes }, 'de' as Locale);

describe('the contact details in a document', () => {
  it('are the legal name, the contact, the website and the address', () => {
    expect(linesOf({})).toEqual([
      'Alpenblick IT GmbH',
      'Mia Huber, Sales',
      '+49 89 1234',
      'mia@alpenblick.example',
      'www.alpenblick.example',
      'Hauptstraße 1',
      '80331 München',
    ]);
  });

  it('leave out an unproved website, which readers would turn into a link', () => {
    expect(linesOf({ verifiedHosts: [] }).join(' ')).not.toContain('www.');
  });

  it('have no empty lines', () => {
    const contact = { name: null, title: null, phone: null, email: null };
    expect(linesOf({ legalName: null, postalAddress: null, website: null, contact })).toEqual(['Alpenblick IT']);
  });
});
